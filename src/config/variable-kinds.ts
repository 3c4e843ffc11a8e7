import { isIP } from 'node:net';
import { z } from 'zod';
import { type DatabaseUrl, parseDatabaseUrl } from '../database/database-url.ts';
import { SHIPSTATION_STATUSES, type ShipStationStatus } from '../shipstation/order-document.ts';
import { type CalendarDay, createCalendarDay } from '../values/calendar-day.ts';
import { parseFieldSource, parseItemSource } from './field-source.ts';
import { type MethodRule, parseMethodMap } from './method-map.ts';

/** Any text, as it is written. */
export const text = z.string();
/** Words between commas, trimmed, without empty ones. */
export const commaList = z.string().transform((list) =>
  list
    .split(',')
    .map((word) => word.trim())
    .filter((word) => word !== ''),
);
/** A TCP port, 1 to 65535. */
export const port = wholeNumber(1, 65_535);

/** A whole number of at most nine digits, both bounds included. */
export function wholeNumber(least: number, most: number) {
  return z
    .string()
    .regex(/^\d{1,9}$/, `must be a whole number from ${least} to ${most}`)
    .transform(Number)
    .refine((number) => number >= least && number <= most, `must be a whole number from ${least} to ${most}`);
}

/** `true`, `yes` or `1`, `false`, `no` or `0`, in any case, as a boolean. */
export const yesOrNo = z
  .string()
  .toLowerCase()
  .pipe(z.enum(['true', 'false', 'yes', 'no', '1', '0'], 'must be true or false'))
  .transform((word) => word === 'true' || word === 'yes' || word === '1');

/** A `mysql://` address, in its parts. */
export const databaseUrl = z.string().transform((url, context): DatabaseUrl => {
  const parsed = parseDatabaseUrl(url);
  if (!('problem' in parsed)) return parsed;
  context.addIssue(parsed.problem);
  return z.NEVER;
});

/** An address that ShipStation is given. Its password has fields of its own, and a fragment is never sent. */
export const publicUrl = z
  .url({ protocol: /^https?$/, error: 'must be a URL like https://shop.example.com/shipstation' })
  .refine((url) => !/^https?:\/\/[^/?#]*@/i.test(url), 'must be without user name and password')
  .refine((url) => !url.includes('#'), 'must be without # and what is behind it');

/** A day; in which time zone is the store's affair. */
export const calendarDay = z.iso
  .date('must be a day like 2026-03-31')
  .transform((text, context): CalendarDay => {
    const [year = 0, month = 0, day = 0] = text.split('-').map(Number);
    const known = createCalendarDay(year, month, day);
    if (known) return known;
    context.addIssue('must be a day from 1970-01-01 to 2106-12-31');
    return z.NEVER;
  });

/** Two-letter country codes as a comma list, in capitals. */
export const countries = commaList
  .transform((codes) => codes.map((code) => code.toUpperCase()))
  .refine(
    (codes) => codes.every((code) => /^[A-Z]{2}$/.test(code)),
    'must be a comma list of two-letter country codes, e.g. US,CA',
  )
  // ISO 3166-1 keeps UK for the United Kingdom, but the store has it as GB.
  .refine((codes) => !codes.includes('UK'), 'has UK: the code of the United Kingdom is GB');

/** Who may say where a request came from: nobody, whoever connects, or the proxies of a list of addresses. */
export const trustProxy = z.string().transform((word, context): boolean | string[] => {
  if (/^(true|yes)$/i.test(word)) return true;
  if (/^(false|no)$/i.test(word)) return false;
  const addresses = word.split(',').map((address) => address.trim());
  if (addresses.every(isAddressOrNetwork)) return addresses;
  context.addIssue(
    'must be true, false or a comma list of addresses or networks, e.g. 10.0.0.1,172.16.0.0/12',
  );
  return z.NEVER;
});

function isAddressOrNetwork(text: string): boolean {
  const [address = '', bits, ...rest] = text.split('/');
  const mostBits = { 0: 0, 4: 32, 6: 128 }[isIP(address)] ?? 0;
  // A network of 0 bits would be everybody, which `true` says.
  const isNetwork = bits === undefined || (/^[1-9]\d{0,2}$/.test(bits) && Number(bits) <= mostBits);
  return mostBits > 0 && rest.length === 0 && isNetwork;
}

/** Ids of the store, as a comma list. */
export const idList = commaList
  .refine((ids) => ids.every((id) => /^\d{1,9}$/.test(id)), 'must be a comma list of ids (numbers)')
  .transform((ids) => ids.map(Number));

const STATUS_WORDS: ReadonlyMap<string, ShipStationStatus> = new Map([
  ...SHIPSTATION_STATUSES.map((status) => [status, status] as const),
  ['awaiting_payment', 'unpaid'],
  ['awaiting_shipment', 'paid'],
]);

/** ShipStation's statuses, by the words on the wire or by the names of the settings. */
export const statusList = commaList.transform((words, context) => {
  const statuses = words.map((word) => STATUS_WORDS.get(word.toLowerCase().replace(/[\s-]+/g, '_')));
  if (statuses.every((status) => status !== undefined)) return new Set(statuses);
  context.addIssue(`must be a comma list of ${[...STATUS_WORDS.keys()].join(', ')}`);
  return z.NEVER;
});

/** Methods by id or name; an exclamation mark before one leaves its orders out. */
export const methodList = commaList
  .refine((words) => !words.includes('!'), 'must have a method behind each !')
  .transform((words) => ({
    wanted: words.filter((word) => !word.startsWith('!')),
    unwanted: words.filter((word) => word.startsWith('!')).map((word) => word.slice(1).trim()),
  }));

/** Sources of order fields as a comma list. `none` takes away a default: an empty variable counts as not given. */
export const fieldSources = commaList.transform((words, context) =>
  parseAll(
    words.filter((word) => word.toLowerCase() !== 'none'),
    parseFieldSource,
    context,
  ),
);
/** One source of an order field; `none` is `undefined`. */
export const fieldSource = z.string().transform((word, context) => parseOne(word, parseFieldSource, context));
/** One source of an item field; `none` is `undefined`. */
export const itemSource = z.string().transform((word, context) => parseOne(word, parseItemSource, context));

/** Rules that rename and mark shipping methods, in the sequence in which they are tried. */
export const methodMap = z.string().transform((text, context): readonly MethodRule[] => {
  const rules = parseMethodMap(text);
  if (!('problem' in rules)) return rules;
  context.addIssue(rules.problem);
  return z.NEVER;
});

function parseAll<Parsed extends object>(
  words: readonly string[],
  parse: (word: string) => Parsed | { readonly problem: string },
  context: { addIssue(problem: string): void },
): readonly Parsed[] {
  return words.flatMap((word) => {
    const parsed = parse(word);
    if (!('problem' in parsed)) return parsed;
    context.addIssue(parsed.problem);
    return [];
  });
}

/** One source, or `none`. */
function parseOne<Parsed extends object>(
  word: string,
  parse: (word: string) => Parsed | { readonly problem: string },
  context: { addIssue(problem: string): void },
): Parsed | undefined {
  if (word.toLowerCase() === 'none') return undefined;
  const parsed = parse(word);
  if (!('problem' in parsed)) return parsed;
  context.addIssue(parsed.problem);
  return z.NEVER;
}
