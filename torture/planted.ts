import type { Label } from '../test/support/ship-notice-xml.ts';
import type { PlainOrder } from '../test/support/store/plain-order.ts';

/** What is nobody's business, planted where stores and ShipStation keep it. Each stands nowhere else. */
export const PLANTED = {
  'first name': 'Wolframine',
  'last name': 'Quettelberg',
  'e-mail': 'w.quettel@post.example',
  phone: '+44 7700 900776',
  company: 'Quettel & Daughters',
  street: '77 Larkspur Alley',
  'second address line': 'Flat Zinnia',
  town: 'Upper Marlwick',
  'postal code': 'QZ77 7XQ',
  recipient: 'Thessaly Brandreth',
  "customer's note": 'please ring the copper bell twice',
  "staff's note": 'pays late, see the red folder',
  'note to the buyer': 'wrapped in violet tissue for you',
  password: 'rivets:&harbour-lantern',
  'wrong password': 'rivets:&harbour-candle',
} as const;

const PERSON = { firstname: PLANTED['first name'], lastname: PLANTED['last name'], phone: PLANTED.phone };
const PLACE = {
  ...PERSON,
  address: PLANTED.street,
  address2: PLANTED['second address line'],
  city: PLANTED.town,
  zip: PLANTED['postal code'],
};

/** The personal part of an order. */
export const PLANTED_ORDER = {
  customer: { ...PERSON, email: PLANTED['e-mail'], company: PLANTED.company },
  billTo: PLACE,
  shipTo: PLACE,
  notes: PLANTED["customer's note"],
  details: PLANTED["staff's note"],
} as const satisfies PlainOrder;

/** The personal part of a notice; the note becomes the comment of the shipment. */
export const PLANTED_LABEL = {
  notesToCustomer: PLANTED['note to the buyer'],
  recipient: {
    Name: PLANTED.recipient,
    Company: PLANTED.company,
    Address1: PLANTED.street,
    Address2: PLANTED['second address line'],
    City: PLANTED.town,
    PostalCode: PLANTED['postal code'],
  },
} as const satisfies Partial<Label>;

/** The promise that no log line holds any of this. */
export const KEPT_SECRET = 'secrets and personal data in log lines';
/** The count of the lines that were looked at. */
export const LINES_LOOKED_AT = 'log lines looked at';

/** Reads what a bridge logs. */
export interface LogWatch {
  look(line: string): void;
  readonly lines: number;
  /** One for each line in which something was found, in words. */
  readonly findings: readonly string[];
}

/** @param environment settings of the bridge; the passwords of its databases are looked for as well */
export function createLogWatch(environment: Readonly<Record<string, string>> = {}): LogWatch {
  const secrets = Object.entries<string>(PLANTED);
  for (const [name, value] of Object.entries(environment))
    if (name.endsWith('_DATABASE_URL')) secrets.push([`password in ${name}`, new URL(value).password]);
  const patterns = secrets
    .filter(([, secret]) => secret !== '')
    .map(([what, secret]) => [what, patternOf(secret)] as const);
  const findings: string[] = [];
  let lines = 0;
  return {
    findings,
    get lines() {
      return lines;
    },
    look(line) {
      lines += 1;
      const found = patterns.filter(([, pattern]) => pattern.test(line)).map(([what]) => what);
      if (found.length > 0) findings.push(`${found.join(', ')} in ${line.slice(0, TOLD_CHARACTERS)}`);
    },
  };
}

const TOLD_CHARACTERS = 300;

/** A secret in all the shapes in which one may get into a log line. */
function patternOf(secret: string): RegExp {
  const bytes = Buffer.from(secret);
  const shapes = [
    secret,
    // In an address.
    encodeURIComponent(secret),
    encodeURIComponent(secret).replaceAll('%20', '+'),
    // In a body.
    secret.replaceAll('&', '&amp;'),
    secret.replaceAll('&', '&#x26;'),
    // A Buffer as JSON has it, and as text.
    bytes.join(','),
    bytes.toString('hex'),
    // In a header: where the secret begins within three bytes says how it looks.
    ...[0, 1, 2].map((before) => base64Within(bytes, before)),
  ];
  return new RegExp([...new Set(shapes)].map(escapeForRegExp).join('|'), 'i');
}

/** The letters of base64 that depend on these bytes alone, whatever stands around them. */
function base64Within(bytes: Buffer, before: number): string {
  const text = Buffer.concat([Buffer.alloc(before), bytes])
    .toString('base64')
    .replace(/=+$/, '');
  const whole = Math.floor(((before + bytes.length) * 8) / 6);
  return text.slice(Math.ceil((before * 8) / 6), whole);
}

function escapeForRegExp(text: string): string {
  return text.replace(/[.*+?^${}()|[\]\\]/g, '\\$&');
}

/**
 * Asks for what is refused, with planted words all over: wrong credentials in each form, addresses that do not exist,
 * notices that nobody can read. Gives what was not refused as it had to be, in words.
 */
export async function provokeRefusals(url: string, username: string): Promise<readonly string[]> {
  const { password, 'wrong password': wrong, recipient, street } = PLANTED;
  const basic = (given: string) => ({
    authorization: `Basic ${Buffer.from(`${username}:${given}`).toString('base64')}`,
  });
  const inQuery = (given: string) =>
    new URLSearchParams({ 'SS-UserName': username, 'SS-Password': given }).toString();
  const note = `<Note>${street}</Note>`;
  const requests: readonly [number, string, RequestInit][] = [
    [401, '?action=export', { headers: basic(wrong) }],
    [401, '?action=export', { headers: { 'ss-auth-user': username, 'ss-auth-pw': wrong } }],
    [401, `?action=export&${inQuery(wrong)}`, {}],
    [401, '?action=shipnotify', { method: 'POST', headers: basic(wrong), body: note }],
    [404, `/there?${inQuery(password)}&name=${encodeURIComponent(recipient)}`, { headers: basic(password) }],
    [400, `?action=export&start_date=${encodeURIComponent(recipient)}`, { headers: basic(password) }],
    [400, `?action=${encodeURIComponent(recipient)}&${inQuery(password)}`, {}],
    [400, '?action=shipnotify', { method: 'POST', headers: basic(password), body: note }],
    [
      404,
      `?action=shipnotify&order_number=${encodeURIComponent(recipient)}`,
      { method: 'POST', headers: basic(password) },
    ],
  ];
  const wrongly: string[] = [];
  for (const [expected, path, init] of requests) {
    const { status } = await fetch(url + path, init);
    if (status !== expected) wrongly.push(`${init.method ?? 'GET'} ${path}: ${status}, not ${expected}`);
  }
  return wrongly;
}
