import { afterAll, beforeAll, expect, test } from 'vitest';
import { createMetrics, type Metrics } from '../../src/server/metrics.ts';
import { type StatementProxy, startStatementProxy } from '../../torture/statement-proxy.ts';
import type { TestDatabase } from '../support/database.ts';
import { buildStore, type Store } from '../support/store/store.ts';
import { startTestBridge, type TestBridge } from '../support/test-bridge.ts';
import { createTestDatabase } from '../support/test-database.ts';

const metrics: Metrics = createMetrics('1.2.3');
let database: TestDatabase;
let store: Store;
let proxy: StatementProxy;
let bridge: TestBridge;

beforeAll(async () => {
  database = await createTestDatabase();
  store = await buildStore(database, { version: '4.18.2 M' });
  const url = new URL(store.url);
  proxy = await startStatementProxy(Number(url.port));
  url.port = String(proxy.port);
  bridge = await startTestBridge(store, { databaseUrl: url.href, metrics });
});
afterAll(async () => {
  await bridge.close();
  await proxy.close();
  await database.drop();
});

/** The samples by name and labels, as they stand in the text. */
async function read(): Promise<ReadonlyMap<string, number>> {
  const text = await metrics.text(bridge.bridge);
  return new Map(
    text
      .split('\n')
      .filter((line) => line !== '' && !line.startsWith('#'))
      .map((line) => {
        const blank = line.lastIndexOf(' ');
        return [line.slice(0, blank).replace(/^cscart_shipstation_/, ''), Number(line.slice(blank + 1))];
      }),
  );
}

const RECENT_SECONDS = 600;
const label = (orderId: number | string, trackingNumber: string) =>
  bridge.shipstation.label(
    { orderNumber: String(orderId), carrier: 'UPS', service: '', trackingNumber },
    { withoutBody: true },
  );

test('everything is there before anything has happened, so that rates can be formed', async () => {
  const before = await read();
  for (const name of [
    'export_seconds_count{page="first",outcome="answered"}',
    'export_seconds_count{page="later",outcome="unavailable"}',
    'orders_exported_total',
    'orders_left_out_total{reason="no-city"}',
    'notice_seconds_count{outcome="refused"}',
    'notices_resumed_total{outcome="applied"}',
    'notices_waiting',
    'notices_needing_attention',
  ]) {
    expect.soft(before.get(name), name).toBe(0);
  }
  expect(before.get('database_up')).toBe(1);
  expect(before.has('last_poll_timestamp_seconds')).toBe(false);
  expect(before.has('oldest_waiting_notice_timestamp_seconds')).toBe(false);
  expect([...before.keys()]).toContainEqual(expect.stringMatching(/^build_info\{version="1.2.3",node="v\d+/));
  expect(before.get('process_resident_memory_bytes')).toBeGreaterThan(0);
});

test('polls, orders, what is left out and notices are counted by what became of them', async () => {
  const { orderId } = await store.addOrder({ lines: [{ sku: 'MUG', quantity: 1 }] });
  await store.addOrder({});
  await store.addOrder({ shipTo: { city: '' }, billTo: { city: '' } });
  await store.addOrder({ status: 'N' });
  const window = { start: new Date(Date.now() - 60_000), end: new Date() };
  await bridge.shipstation.poll(window);
  expect((await bridge.request('action=export&start_date=yesterday')).status).toBe(400);
  expect((await label(orderId, '1Z')).status).toBe(200);
  expect((await label(orderId, '1Z')).status).toBe(200);
  expect((await label(987_654, '2Z')).status).toBe(404);
  const saved = await store.addOrder({ status: 'N' });
  expect((await label(saved.orderId, '3Z')).status).toBe(503);

  const counted = await read();
  expect(Object.fromEntries(counted)).toMatchObject({
    'export_seconds_count{page="first",outcome="answered"}': 1,
    orders_exported_total: 2,
    'orders_left_out_total{reason="no-city"}': 1,
    'orders_left_out_total{reason="incomplete"}': 1,
    'notice_seconds_count{outcome="applied"}': 1,
    'notice_seconds_count{outcome="repeated"}': 1,
    'notice_seconds_count{outcome="unknown-order"}': 1,
    'notice_seconds_count{outcome="later"}': 1,
    'request_seconds_count{action="export",status="400"}': 1,
    'request_seconds_count{action="shipnotify",status="200"}': 2,
    'request_seconds_count{action="shipnotify",status="503"}': 1,
    notices_waiting: 1,
    notices_needing_attention: 1,
    'pool_waiting{database="store"}': 0,
  });
  expect(counted.get('pool_connections{database="store",state="open"}')).toBeGreaterThan(0);
  const now = Date.now() / 1000;
  for (const name of ['last_poll', 'last_notice', 'oldest_waiting_notice']) {
    const at = counted.get(`${name}_timestamp_seconds`) ?? 0;
    expect.soft(Math.abs(now - at), name).toBeLessThan(RECENT_SECONDS);
  }
});

test('a notice that is carried on by itself is counted as such', async () => {
  await store.run(`update ${store.table('orders')} set status = 'P' where status = 'N'`);
  await store.run(
    `update ${store.prefix}shipstation_notices set changed_at = changed_at - 600 where state = 'received'`,
  );
  await bridge.bridge.tend();
  const counted = await read();
  expect(counted.get('notices_resumed_total{outcome="applied"}')).toBe(1);
  expect(counted.get('notices_waiting')).toBe(0);
  expect(counted.has('oldest_waiting_notice_timestamp_seconds')).toBe(false);
});

test('the last poll is known after a restart, and that of another bridge on the store', async () => {
  const restarted = createMetrics('1.2.3');
  const text = await restarted.text(bridge.bridge);
  expect(text).toMatch(/^cscart_shipstation_last_poll_timestamp_seconds \d{10}$/m);
  expect(text).toMatch(/^cscart_shipstation_last_notice_timestamp_seconds \d{10}$/m);
  expect(text).toMatch(/^cscart_shipstation_orders_exported_total 0$/m);
});

test('no word from outside becomes a label', async () => {
  for (const query of ['action=planted', 'action=export&start_date=planted', 'planted=planted'])
    await bridge.request(query);
  await bridge.request('action=planted', { method: 'PUT' });
  await label('planted', 'planted');
  expect(await metrics.text(bridge.bridge)).not.toContain('planted');
});

test('connections that are in use and statements that wait for one are seen', async () => {
  proxy.onStatement = (_, point) =>
    point === 'answered' ? new Promise((resolve) => setTimeout(resolve, 300, undefined)) : undefined;
  const asked = Array.from({ length: 14 }, () => bridge.bridge.checkReady());
  await expect.poll(() => bridge.bridge.pools().store?.waiting, { interval: 5 }).toBeGreaterThan(0);
  expect(bridge.bridge.pools().store).toMatchObject({ open: 10, idle: 0 });
  await Promise.all(asked);
  proxy.onStatement = () => undefined;
  expect(bridge.bridge.pools().store?.waiting).toBe(0);
});

test('a scrape is answered while the database hangs, and scrapes that come together wait for one statement', async () => {
  await read();
  proxy.onStatement = (statement, point) =>
    statement.includes('needAttention') && point === 'asked' ? new Promise(() => undefined) : undefined;
  bridge.statements.length = 0;
  const [first, second] = await Promise.all([read(), read()]);
  expect([first?.get('database_up'), second?.get('database_up')]).toEqual([0, 0]);
  expect(bridge.statements.filter((sql) => sql.includes('needAttention'))).toHaveLength(1);
  proxy.onStatement = () => undefined;
});

test('a scrape is answered while the database is away, without what only the database knows', async () => {
  proxy.cut();
  proxy.refuse(true);
  expect(
    (await bridge.request('action=export&start_date=01/01/2026+00:00&end_date=01/02/2026+00:00')).status,
  ).toBe(503);
  const away = await read();
  expect(away.get('database_up')).toBe(0);
  expect(away.get('export_seconds_count{page="first",outcome="unavailable"}')).toBe(1);
  expect(away.get('orders_exported_total')).toBe(2);
  expect(away.has('notices_waiting')).toBe(false);
  expect(away.has('notices_needing_attention')).toBe(false);
  expect(away.has('last_poll_timestamp_seconds')).toBe(true);

  proxy.refuse(false);
  const back = await read();
  expect(back.get('database_up')).toBe(1);
  expect(back.get('notices_waiting')).toBe(0);
});
