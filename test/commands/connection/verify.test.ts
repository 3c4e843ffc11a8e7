import { setTimeout as sleep } from 'node:timers/promises';
import { describe, expect, test } from 'vitest';
import { DatabaseUnavailable } from '../../../src/database/database-errors.ts';
import { basic, PASSWORD, startEndpoint, USERNAME, withOrders } from '../../server/endpoint.ts';
import { anOrder } from '../../shipstation/order-documents.ts';
import { html } from './outcomes.ts';
import {
  type BridgeOptions,
  behind,
  findingsOf,
  passTo,
  plainAddress,
  problemOf,
  tlsAddress,
} from './servers.ts';

const levelsOf = (findings: Awaited<ReturnType<typeof findingsOf>>) =>
  Object.fromEntries(findings.map(({ check, level }) => [check, level]));

describe('a bridge that is reached well', () => {
  test('is asked as ShipStation asks, and nothing is found', async () => {
    const asked: string[] = [];
    const url = await behind({
      instead: ({ method, url: path, headers }) => {
        asked.push(
          `${method} ${path} ${headers.authorization === basic()['authorization'] ? 'right' : headers.authorization ? 'wrong' : 'none'}`,
        );
        return false;
      },
    });
    const findings = await findingsOf(`${url}?store=2`);
    expect(levelsOf(findings)).toMatchObject({
      TLS: 'ok',
      'test connection': 'ok',
      orders: 'ok',
      'no password': 'ok',
      'wrong password': 'ok',
      notices: 'ok',
    });
    const date = '\\d\\d%2f\\d\\d%2f\\d{4}\\+\\d\\d%3a\\d\\d';
    expect(asked).toEqual([
      'GET /shipstation?store=2&action=export right',
      expect.stringMatching(
        `^GET /shipstation\\?store=2&action=export&start_date=${date}&end_date=${date}&page=1 right$`,
      ),
      'GET /shipstation?store=2&action=export none',
      'GET /shipstation?store=2&action=export wrong',
      'POST /shipstation?store=2&action=export right',
    ]);
  });

  test('is asked for a day that ends now, and no notice is brought', async () => {
    const { port, exports, notices } = await startEndpoint(withOrders([anOrder(), anOrder()], 3));
    const findings = await findingsOf(await tlsAddress(passTo(port)));
    expect(findings.find(({ check }) => check === 'orders')?.message).toMatch(
      /^2 orders of the last 24 hours on page 1 of 3 \(\d+ ms\)$/,
    );
    expect(exports).toHaveLength(1);
    expect((exports[0]?.end ?? 0) - (exports[0]?.start ?? 0)).toBe(24 * 3600);
    expect(Math.abs((exports[0]?.end ?? 0) - Date.now() / 1000)).toBeLessThan(300);
    expect(notices).toEqual([]);
  });

  test('is asked at the address of the CS-Cart tile where that is chosen', async () => {
    const { port } = await startEndpoint();
    // The shop has its front page; only what is ShipStation's is passed on.
    const url = await tlsAddress(
      passTo(port, {
        instead: ({ url: path = '' }, response) => {
          if (path.startsWith('/?dispatch=shipstation&')) return false;
          response.end(html('My shop', 'dispatch=products.view'));
          return true;
        },
      }),
    );
    const shop = new URL(url).origin;
    const tile = await findingsOf(shop, { config: { vocabulary: 'cs-cart' } });
    expect(levelsOf(tile)).toMatchObject({ 'test connection': 'ok', notices: 'ok' });
    expect(await problemOf(shop)).toMatchObject({
      check: 'test connection',
      message: expect.stringContaining('the shop itself answers'),
    });
  });

  test('is reached without TLS, with a warning', async () => {
    const findings = await findingsOf(await plainAddress(passTo((await startEndpoint()).port)));
    expect(levelsOf(findings)).toMatchObject({ address: 'warning', 'test connection': 'ok', notices: 'ok' });
  });

  test('is told apart by its own password, whatever letters that has', async () => {
    const credentials = { username: 'Jürgen', passwords: ['pässwörd:♥', 'old'] };
    const url = await behind({}, {}, { credentials });
    expect(levelsOf(await findingsOf(url, { config: { credentials } }))).toMatchObject({
      'test connection': 'ok',
    });
  });
});

describe('a bridge that has a problem of its own is found out', () => {
  test.each<[string, BridgeOptions, string, RegExp]>([
    [
      'another password',
      [{}, { credentials: { username: USERNAME, passwords: [`${PASSWORD}!`] } }],
      'test connection',
      /another user name or password than these settings$/,
    ],
    [
      'no database',
      [{ exportOrders: () => Promise.reject(new DatabaseUnavailable('ECONNREFUSED')) }],
      'orders',
      /cannot work: The store database cannot answer/,
    ],
    [
      'a mistake',
      [{ exportOrders: () => Promise.reject(new TypeError('x')) }],
      'orders',
      /failed: Something went wrong in the bridge; its log has more under request/,
    ],
    [
      'too many requests',
      [{}, { rateLimitPerMinute: 1 }],
      'orders',
      /refuses: Too many requests in one minute/,
    ],
  ])('%s', async (_, bridge, check, message) => {
    const findings = await findingsOf(await behind({}, ...bridge));
    const problem = findings.find(({ level }) => level === 'problem');
    expect(problem).toMatchObject({ check, message: expect.stringMatching(message) });
  });

  test('an address that it does not understand', async () => {
    const { message } = await problemOf(`${await behind({})}?vendor=7`);
    expect(message).toMatch(/refuses the address: The parameter vendor is not known here/);
  });

  test('slowness', async () => {
    const exportOrders = async () => {
      await sleep(5_100);
      return { pages: 1, orders: [] };
    };
    const findings = await findingsOf(await behind({}, { exportOrders }), { limitMs: 20_000 });
    expect(findings.find(({ check }) => check === 'orders')).toMatchObject({
      level: 'warning',
      message: expect.stringMatching(/, but slowly: \d+\.\d seconds$/),
    });
  });
});

test('the add-on that the bridge replaces is no bridge', async () => {
  const url = await plainAddress((_request, response) =>
    response.end('<?xml version="1.0"?><Orders><Order></Order><Order></Order></Orders>'),
  );
  expect((await problemOf(url)).message).toContain(
    'another program answers: it sends 2 orders without being asked',
  );
});

test('nobody listens', async () => {
  expect(await problemOf('http://127.0.0.1:1/shipstation')).toMatchObject({
    check: 'connection',
    message: 'port 1 of 127.0.0.1 is closed: nothing listens there',
  });
});

test('nobody knows the name', async () => {
  // A machine without a name server says that instead.
  const problem = await problemOf('https://no-such-shop.invalid/shipstation');
  expect(problem).toMatchObject({
    check: 'name',
    message: expect.stringMatching(/not known to DNS|could not be looked up/),
  });
});

test('no finding holds the password', async () => {
  const echo = await plainAddress((request, response) =>
    response.writeHead(404, { 'content-type': 'text/plain' }).end(JSON.stringify(request.headers)),
  );
  for (const url of [await behind({}), echo]) {
    const text = JSON.stringify(await findingsOf(url));
    expect(text).not.toContain(PASSWORD);
    expect(text).not.toContain(Buffer.from(`${USERNAME}:${PASSWORD}`).toString('base64'));
  }
});
