import { validateOrders } from '../../test/support/orders-schema.ts';
import { PASSWORD, USERNAME } from '../bridge-process.ts';

/** What one request came to. */
export interface Asked {
  /** HTTP's status; 0 when there was no connection, -1 when there was one and no answer in time. */
  readonly status: number;
  readonly body: string;
  /** What is wrong with the answer; `undefined` for one that ShipStation can work with, now or later. */
  readonly wrong?: string | undefined;
}

// The bridge itself gives a statement up after 35 seconds: whoever has heard nothing after this hears nothing any more, however
// slow the machine is.
const UNANSWERED_MS = 120_000;
const AUTHORIZATION = `Basic ${Buffer.from(`${USERNAME}:${PASSWORD}`).toString('base64')}`;

/** Asks for one page of an export; a 200 must be a valid orders document. */
export async function askPage(url: string, parameters: Readonly<Record<string, string>>): Promise<Asked> {
  const query = new URLSearchParams({ action: 'export', ...parameters });
  const asked = await ask(`${url}?${query}`, {});
  if (asked.status !== 200 || asked.wrong !== undefined) return asked;
  const [problem] = validateOrders(asked.body);
  return { ...asked, wrong: problem && `200 with invalid XML: ${problem}` };
}

/** Sends a notice, byte for byte the same each time. */
export function sendNotice(url: string, body: string): Promise<Asked> {
  return ask(`${url}?action=shipnotify`, {
    method: 'POST',
    body,
    headers: { 'content-type': 'application/xml' },
  });
}

async function ask(
  url: string,
  init: { method?: string; body?: string; headers?: Record<string, string> },
): Promise<Asked> {
  const signal = AbortSignal.timeout(UNANSWERED_MS);
  try {
    const headers = { ...init.headers, authorization: AUTHORIZATION };
    const response = await fetch(url, { ...init, headers, signal });
    const body = await response.text();
    return { status: response.status, body, wrong: wrongWith(response, body) };
  } catch (error) {
    if (signal.aborted)
      return { status: -1, body: '', wrong: `no answer after ${UNANSWERED_MS / 1000} seconds` };
    return { status: 0, body: error instanceof Error ? error.message : '' };
  }
}

/** 200, or 503 with Retry-After and one short plain line: everything else sends the merchant the wrong way. */
function wrongWith({ status, headers }: Response, body: string): string | undefined {
  const said = `${status} with '${body.slice(0, 150)}'`;
  if (status === 200) return undefined;
  if (status !== 503) return said;
  if (!/^\d+$/.test(headers.get('retry-after') ?? '')) return `${said} without Retry-After`;
  if (!headers.get('content-type')?.startsWith('text/plain')) return `${said} that is no plain text`;
  return /^[^\n<{]{10,200}\n$/.test(body) ? undefined : `${said} that is no short plain line`;
}
