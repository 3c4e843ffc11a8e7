import { afterAll, beforeAll, expect, it } from 'vitest';
import { createDatabase } from '../support/database.ts';
import { type MariaDb, startMariaDb } from '../support/mariadb.ts';
import { buildStore, type Store } from '../support/store/store.ts';
import { startTestBridge, type TestBridge } from '../support/test-bridge.ts';

let mariadb: MariaDb;
let store: Store;
let bridge: TestBridge;

beforeAll(async () => {
  mariadb = await startMariaDb();
  store = await buildStore(await createDatabase(mariadb.url('')), { version: '4.12.2 U' });
  bridge = await startTestBridge(store);
});
afterAll(async () => {
  await bridge.close();
  await mariadb.stop();
});

it('answers 503 with Retry-After while the database is away, and works again without a restart', async () => {
  const { orderId } = await store.addOrder({ lines: [{ sku: 'MUG', quantity: 1 }] });
  const window = { start: new Date(Date.now() - 3_600_000), end: new Date(Date.now() + 3_600_000) };
  await bridge.shipstation.poll(window);
  await mariadb.kill();

  const poll = await bridge.request('action=export&start_date=01/01/2026+00:00&end_date=12/31/2026+00:00');
  expect(poll.status).toBe(503);
  expect(poll.headers.get('retry-after')).toMatch(/^\d+$/);
  expect(poll.body).toMatch(/^[^\n<{]{10,120}\n$/);
  const label = { orderNumber: String(orderId), carrier: 'UPS', service: '', trackingNumber: '1Z' };
  expect((await bridge.shipstation.label(label)).status).toBe(503);
  await expect(bridge.bridge.checkReady()).rejects.toThrow(
    /ECONNREFUSED|PROTOCOL_CONNECTION_LOST|ECONNRESET/,
  );
  expect(bridge.logs).toContainEqual(expect.objectContaining({ event: 'database.unavailable' }));

  await mariadb.restart();
  await bridge.bridge.checkReady();
  const [again] = await bridge.shipstation.retryFailed();
  expect(again?.status).toBe(200);
  await bridge.shipstation.poll(window);
  expect(bridge.shipstation.orders.get(String(orderId))?.OrderStatus).toBe('shipped');
  expect(await store.shipments(orderId)).toHaveLength(1);
});
