import { request } from 'node:http';
import { type AddressInfo, connect } from 'node:net';
import type { FastifyInstance } from 'fastify';
import { expect, onTestFinished } from 'vitest';
import type { ArrivedNotice } from '../../src/bridge/apply-notice/notice-answer.ts';
import type { ExportRequest } from '../../src/bridge/export-orders/export-request.ts';
import type { Log } from '../../src/bridge/log.ts';
import { type AppDependencies, buildApp } from '../../src/server/app.ts';
import type { Limits } from '../../src/server/limits.ts';
import type { OrderDocument } from '../../src/shipstation/order-document.ts';

export const USERNAME = 'shipstation';
export const PASSWORD = 'correct:horse-battery';

/** Right credentials as an `Authorization` header, unless others are given. */
export function basic(username = USERNAME, password = PASSWORD): Record<string, string> {
  return { authorization: `Basic ${Buffer.from(`${username}:${password}`).toString('base64')}` };
}

export interface Endpoint {
  readonly app: FastifyInstance;
  readonly port: number;
  /** Lets time pass for the rate limits, whose clock stands still else. */
  readonly pass: (milliseconds: number) => void;
  /** What the bridge was asked for. */
  readonly exports: readonly ExportRequest[];
  readonly notices: readonly ArrivedNotice[];
  /** Every line that was logged, with its level and message. */
  readonly logged: readonly (Record<string, unknown> & {
    readonly level: string;
    readonly message: string;
  })[];
  /** Asks over HTTP, with the right credentials unless the request has headers of its own. */
  readonly ask: (pathAndQuery: string, init?: RequestInit) => Promise<Response>;
}

/** A bridge whose every page has these orders. */
export function withOrders(
  orders: readonly OrderDocument[],
  pages = 1,
): Pick<AppDependencies['bridge'], 'exportOrders'> {
  return {
    exportOrders: async (_, write) => ({ pages, orders: orders.map((order) => write(order)) }),
  };
}

/** Puts the app on a port of its own, with a bridge that only remembers, and closes it when the test is over. */
export async function startEndpoint(
  bridge: Partial<AppDependencies['bridge']> = {},
  config: Partial<AppDependencies['config']> = {},
  limits: Partial<Limits> = {},
): Promise<Endpoint> {
  const exports: ExportRequest[] = [];
  const notices: ArrivedNotice[] = [];
  const logged: (Record<string, unknown> & { level: string; message: string })[] = [];
  const write = (level: string) => (line: object, message: string) =>
    void logged.push({ ...line, level, message });
  const log: Log = { info: write('info'), warn: write('warn'), error: write('error') };
  let at = 0;
  const app = await buildApp({
    now: () => at,
    bridge: {
      exportOrders: async (asked, write) => {
        exports.push(asked);
        return (await bridge.exportOrders?.(asked, write)) ?? { pages: 1, orders: [] };
      },
      applyNotice: async (arrived) => {
        notices.push(arrived);
        return (await bridge.applyNotice?.(arrived)) ?? { kind: 'applied', sentence: 'Shipment 1.' };
      },
    },
    config: {
      credentials: { username: USERNAME, passwords: [PASSWORD] },
      vocabulary: 'custom-store',
      trustProxy: false,
      rateLimitPerMinute: 1000,
      ...config,
    },
    log,
    limits,
  });
  await app.listen({ port: 0, host: '127.0.0.1' });
  onTestFinished(() => app.close());
  const { port } = app.server.address() as AddressInfo; // listening on TCP
  return {
    app,
    port,
    pass: (milliseconds) => {
      at += milliseconds;
    },
    exports,
    notices,
    logged,
    ask: (pathAndQuery, init = {}) =>
      fetch(`http://127.0.0.1:${port}${pathAndQuery}`, { headers: basic(), ...init }),
  };
}

/** The status and text of an answer that is one short line of plain text, fit for the merchant. */
export async function plainLine(response: Response): Promise<{ status: number; text: string }> {
  const text = await response.text();
  expect(response.headers.get('content-type')).toBe('text/plain; charset=utf-8');
  expect(text).toMatch(/^[^\n<{]{1,200}\n?$/);
  return { status: response.status, text: text.trimEnd() };
}

/** Sends bytes as they are, and gives all that comes back until the server closes the connection. */
export function sendBytes(port: number, bytes: string): Promise<string> {
  return new Promise((resolve, reject) => {
    const chunks: Buffer[] = [];
    const socket = connect(port, '127.0.0.1', () => socket.write(bytes));
    socket.on('data', (chunk) => chunks.push(chunk));
    socket.on('close', () => resolve(Buffer.concat(chunks).toString()));
    socket.on('error', reject);
  });
}

/** Posts a body that the server may refuse before it has read it. */
export function postLargeBody(
  port: number,
  body: Buffer,
  headers: Record<string, string>,
): Promise<Response> {
  return new Promise((resolve, reject) => {
    let isAnswered = false;
    const posted = request(
      {
        port,
        host: '127.0.0.1',
        method: 'POST',
        path: '/shipstation?action=shipnotify',
        headers: { ...basic(), ...headers },
      },
      (answer) => {
        isAnswered = true;
        const chunks: Buffer[] = [];
        answer.on('data', (chunk: Buffer) => chunks.push(chunk));
        answer.on('end', () =>
          resolve(
            new Response(Buffer.concat(chunks), {
              status: answer.statusCode ?? 0,
              headers: { 'content-type': answer.headers['content-type'] ?? '' },
            }),
          ),
        );
      },
    );
    // The rest of a refused body has nowhere to go.
    posted.on('error', (error) => (isAnswered ? undefined : reject(error)));
    posted.end(body);
  });
}
