import { once } from 'node:events';
import { Agent, type IncomingMessage, request } from 'node:http';
import { wireDate } from '../test/support/ship-notice-xml.ts';
import type { Window } from './bench-store.ts';
import { type BenchBridge, CREDENTIALS } from './bridge-process.ts';
import { timed } from './timing.ts';

// As a client that asks again and again.
const KEEP_ALIVE = new Agent({ keepAlive: true });

interface Page {
  readonly pages: number;
  readonly orders: number;
}

/** One whole request: from the question to the last byte of the answer. */
async function ask(
  { url }: BenchBridge,
  parameters: Readonly<Record<string, string>>,
  body?: string,
): Promise<{ status: number; body: Buffer }> {
  const asking = request(`${url}?${new URLSearchParams(parameters)}`, {
    method: body === undefined ? 'GET' : 'POST',
    auth: `${CREDENTIALS.username}:${CREDENTIALS.password}`,
    agent: KEEP_ALIVE,
  });
  asking.end(body);
  const [response] = (await once(asking, 'response')) as [IncomingMessage];
  const chunks: Buffer[] = [];
  for await (const chunk of response) chunks.push(chunk as Buffer);
  return { status: response.statusCode ?? 0, body: Buffer.concat(chunks) };
}

/**
 * Asks for a page of a window. Throws where it has no orders, or another number than expected: a page that is not full
 * would make every figure too good.
 */
export async function askPage(
  bridge: BenchBridge,
  { startMs, endMs }: Window,
  page: number,
  expectedOrders?: number,
): Promise<Page & { readonly milliseconds: number; readonly body: Buffer }> {
  const [milliseconds, { status, body }] = await timed(() =>
    ask(bridge, {
      action: 'export',
      start_date: wireDate(new Date(startMs)),
      end_date: wireDate(new Date(endMs)),
      page: String(page),
    }),
  );
  const read = readPage(body);
  const isFull = expectedOrders === undefined ? read.orders > 0 : read.orders === expectedOrders;
  if (status !== 200 || !isFull)
    throw new Error(
      `page ${page} was answered with ${status} and ${read.orders} of ${expectedOrders ?? 'some'} orders: ${body.toString('utf8', 0, 200)}`,
    );
  return { ...read, milliseconds, body };
}

/** The numbers of the orders on a full page. Throws as {@link askPage}. */
export async function askOrderNumbers(
  bridge: BenchBridge,
  window: Window,
  page: number,
  expectedOrders: number,
): Promise<readonly string[]> {
  const { body } = await askPage(bridge, window, page, expectedOrders);
  return [...body.toString('utf8').matchAll(/<OrderNumber>(?:<!\[CDATA\[)?([^<\]]+)/g)].map(
    ([, number = '']) => number,
  );
}

/** Sends a notice. Throws where it is not applied. */
export async function sendNotice(
  bridge: BenchBridge,
  parameters: Readonly<Record<string, string>>,
  xml: string,
): Promise<number> {
  const [milliseconds, { status, body }] = await timed(() =>
    ask(bridge, { action: 'shipnotify', ...parameters }, xml),
  );
  if (status !== 200)
    throw new Error(`a notice was answered with ${status}: ${body.toString('utf8', 0, 200)}`);
  return milliseconds;
}

/** How many pages the answer says there are, and how many orders it holds. */
export function readPage(body: Buffer): Page {
  const [, pages] = /<Orders pages="(\d+)"/.exec(body.toString('latin1', 0, 200)) ?? [];
  let orders = 0;
  for (let at = body.indexOf('</Order>'); at >= 0; at = body.indexOf('</Order>', at + 1)) orders += 1;
  return { pages: Number(pages ?? 0), orders };
}
