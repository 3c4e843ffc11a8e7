import { type ImportedOrder, readOrdersPage } from './imported-order.ts';
import { validateOrders } from './orders-schema.ts';
import { type Label, shipNoticeXml, wireDate } from './ship-notice-xml.ts';

export interface ShipStationOptions {
  /** What a merchant types into "URL to custom XML page"; may have a query string of its own. */
  readonly url: string;
  readonly username: string;
  readonly password: string;
  /** Real ShipStation always sends Basic; tiles of its own also the headers or the query. Default: `basic`. */
  readonly authentication?: 'basic' | 'query' | 'headers';
  /** How long one answer may take, in milliseconds. Default: 30 seconds. */
  readonly timeout?: number;
}

/** What the store answered; status 0 when there was no answer, with the cause as body. */
export interface Answer {
  readonly status: number;
  readonly body: string;
}

interface PollStatistics {
  readonly pages: number;
  /** Orders received, those that were there before included. */
  readonly orders: number;
  /** From the question to the last byte of the answer, for each page. */
  readonly milliseconds: readonly number[];
}

interface NoticeOptions {
  /** Sends the parameters alone, as notices arrive on hosts that lose the body. */
  readonly withoutBody?: boolean;
}

export interface ShipStation {
  /** The imported orders by OrderNumber; a later import replaces an earlier one. */
  readonly orders: ReadonlyMap<string, ImportedOrder>;
  /** The notices that the store has not taken yet. */
  readonly failedNotices: readonly Label[];
  /** Asks for an export without dates. Throws {@link StoreError} unless the answer is a valid orders document. */
  testConnection(): Promise<Answer>;
  /** Imports all pages of a window. Throws {@link StoreError} at the first page that is not valid. */
  poll(window: { readonly start: Date; readonly end: Date }): Promise<PollStatistics>;
  /** Tells the store of a label; never throws. A notice that was not taken is kept for {@link retryFailed}. */
  label(label: Label, options?: NoticeOptions): Promise<Answer>;
  /** Sends each failed notice once more, byte for byte, as ShipStation does about hourly. */
  retryFailed(): Promise<readonly Answer[]>;
}

/** An answer that ShipStation would show to the merchant as an error of the store. */
export class StoreError extends Error {
  override readonly name = 'StoreError';
  readonly status: number;
  readonly body: string;

  constructor(problem: string, { status, body }: Answer) {
    super(`${problem} (status ${status}). We received: '${body.slice(0, 300)}'`);
    this.status = status;
    this.body = body;
  }
}

interface SentNotice {
  readonly label: Label;
  readonly url: string;
  readonly body: string;
}

/** A stand-in for ShipStation: the client of one custom store, over real HTTP. */
export function createShipStation(options: ShipStationOptions): ShipStation {
  const orders = new Map<string, ImportedOrder>();
  let failed: SentNotice[] = [];

  async function ask(url: string, notice?: string): Promise<Answer> {
    const credentials = credentialHeaders(options);
    const signal = AbortSignal.timeout(options.timeout ?? 30_000);
    const response =
      notice === undefined
        ? await fetch(url, { headers: credentials, signal })
        : await fetch(url, {
            method: 'POST',
            body: notice,
            headers: { ...credentials, 'content-type': 'application/xml' },
            signal,
          });
    return { status: response.status, body: await response.text() };
  }

  async function importPage(parameters: Record<string, string>) {
    const startedAt = performance.now();
    const answer = await ask(requestUrl(options, { action: 'export', ...parameters }));
    const milliseconds = performance.now() - startedAt;
    if (answer.status !== 200) throw new StoreError('The store did not answer with 200', answer);
    const [problem] = validateOrders(answer.body);
    if (problem !== undefined) throw new StoreError(`Invalid XML. Error: '${problem}'`, answer);
    return { answer, milliseconds, ...readOrdersPage(answer.body) };
  }

  async function send(notice: SentNotice): Promise<Answer> {
    let answer: Answer;
    try {
      answer = await ask(notice.url, notice.body);
    } catch (error) {
      answer = { status: 0, body: describeFailure(error) };
    }
    if (answer.status < 200 || answer.status > 299) failed.push(notice);
    return answer;
  }

  return {
    orders,
    get failedNotices() {
      return failed.map((notice) => notice.label);
    },
    async testConnection() {
      return (await importPage({})).answer;
    },
    async poll({ start, end }) {
      const milliseconds: number[] = [];
      let received = 0;
      let pages = 1;
      for (let number = 1; number <= pages; number += 1) {
        const window = { start_date: wireDate(start), end_date: wireDate(end) };
        const page = await importPage({ ...window, page: `${number}` });
        if (number === 1) pages = page.pages;
        milliseconds.push(page.milliseconds);
        received += page.orders.length;
        for (const order of page.orders) orders.set(order.OrderNumber, order);
      }
      return { pages: milliseconds.length, orders: received, milliseconds };
    },
    label(label, { withoutBody = false } = {}) {
      const url = requestUrl(options, {
        action: 'shipnotify',
        order_number: label.orderNumber,
        carrier: label.carrier,
        service: label.service,
        tracking_number: label.trackingNumber,
      });
      const body = withoutBody ? '' : shipNoticeXml(label, orders.get(label.orderNumber));
      return send({ label, url, body });
    },
    async retryFailed() {
      const notices = failed;
      failed = [];
      const answers: Answer[] = [];
      for (const notice of notices) answers.push(await send(notice));
      return answers;
    },
  };
}

function requestUrl(options: ShipStationOptions, parameters: Record<string, string>): string {
  const credentials =
    options.authentication === 'query'
      ? { 'SS-UserName': options.username, 'SS-Password': options.password }
      : {};
  const query = Object.entries({ ...parameters, ...credentials })
    .map(([name, value]) => `${name}=${encodeParameter(value)}`)
    .join('&');
  return `${options.url}${options.url.includes('?') ? '&' : '?'}${query}`;
}

/** As .NET encodes a parameter: hex digits in lower case, `+` for a blank. */
function encodeParameter(value: string): string {
  return encodeURIComponent(value)
    .replace(/%[0-9A-F]{2}/g, (encoded) => encoded.toLowerCase())
    .replaceAll('%20', '+');
}

function credentialHeaders({
  authentication,
  username,
  password,
}: ShipStationOptions): Record<string, string> {
  if (authentication === 'query') return {};
  if (authentication === 'headers') return { 'SS-Auth-User': username, 'SS-Auth-Pw': password };
  return { authorization: `Basic ${Buffer.from(`${username}:${password}`).toString('base64')}` };
}

function describeFailure(error: unknown): string {
  if (!(error instanceof Error)) return String(error);
  return error.cause instanceof Error ? `${error.message}: ${error.cause.message}` : error.message;
}
