import { afterAll, beforeAll, expect, it } from 'vitest';
import type { TestDatabase } from '../support/database.ts';
import { buildStore, type Store } from '../support/store/store.ts';
import { startTestBridge, type TestBridge } from '../support/test-bridge.ts';
import { createTestDatabase } from '../support/test-database.ts';

let database: TestDatabase;
let ledger: TestDatabase;
let store: Store;
let bridge: TestBridge;

beforeAll(async () => {
  database = await createTestDatabase();
  ledger = await createTestDatabase('ledger');
  store = await buildStore(database, { version: '4.18.2 M' });
  bridge = await startTestBridge(store, { environment: { BRIDGE_DATABASE_URL: ledger.url } });
});
afterAll(async () => {
  await bridge.close();
  await database.drop();
  await ledger.drop();
});

const now = () => Math.floor(Date.now() / 1000);
const DAY = 86_400;

it('keeps its tables in the other database, and works as in the store itself', async () => {
  const { orderId } = await store.addOrder({ lines: [{ sku: 'A', quantity: 2 }] });
  await bridge.shipstation.poll({ start: new Date(Date.now() - 60_000), end: new Date() });
  const label = { orderNumber: String(orderId), carrier: 'UPS', service: '', trackingNumber: '1Z' };
  const answers = await Promise.all(
    Array.from({ length: 12 }, () => bridge.shipstation.label(label, { withoutBody: true })),
  );
  expect(answers.map(({ status }) => status)).toEqual(answers.map(() => 200));
  expect(await store.shipments(orderId)).toHaveLength(1);
  expect(await store.query(`show tables like '%shipstation%'`)).toEqual([]);
  expect(await ledger.query('select state from cscart_shipstation_notices')).toEqual([{ state: 'applied' }]);
  expect(await ledger.query('select order_ids from cscart_shipstation_exports')).toEqual([
    { order_ids: String(orderId) },
  ]);
});

it('writes a notice down even when the store cannot be read', async () => {
  await store.run(`rename table ${store.table('statuses')} to away`);
  const other = await startTestBridge(store, {
    environment: { BRIDGE_DATABASE_URL: ledger.url },
    isUnprepared: true,
  });
  try {
    const label = { orderNumber: '101', carrier: 'UPS', service: '', trackingNumber: 'WHILE-AWAY' };
    expect((await other.shipstation.label(label, { withoutBody: true })).status).toBe(503);
    expect(
      await ledger.query(`select state from cscart_shipstation_notices where raw_query like '%WHILE-AWAY%'`),
    ).toEqual([{ state: 'received' }]);
  } finally {
    await other.close();
    await store.run(`rename table away to ${store.table('statuses')}`);
  }
});

it('removes kept lists after a day, and none before', async () => {
  const insert = (start: number, age: number) =>
    ledger.run(
      `insert into cscart_shipstation_exports (window_start, window_end, page_size, order_ids, left_out, created_at)
       values (?, ?, 100, '', '{}', ?)`,
      [start, start, now() - age],
    );
  await ledger.run('delete from cscart_shipstation_exports');
  await insert(1, DAY + 60);
  await insert(2, DAY - 60);
  await bridge.bridge.prune();
  expect(await ledger.query('select window_start from cscart_shipstation_exports')).toEqual([
    { window_start: 2 },
  ]);
});

it('removes notices that are done with after ninety days, and never one that waits', async () => {
  await ledger.run('delete from cscart_shipstation_notices');
  const states = ['applied', 'refused', 'received', 'planned'];
  for (const [index, state] of states.entries()) {
    for (const days of [89, 91]) {
      await ledger.run(
        `insert into cscart_shipstation_notices
           (fingerprint, state, decision, raw_query, raw_body, received_at, changed_at) values (?, ?, '', '', '', 1, ?)`,
        [`${index}-${days}`, state, now() - days * DAY],
      );
    }
  }
  await bridge.bridge.prune();
  const left = await ledger.query<{ fingerprint: string }>(
    'select fingerprint from cscart_shipstation_notices',
  );
  expect(new Set(left.map(({ fingerprint }) => fingerprint))).toEqual(
    new Set(['0-89', '1-89', '2-89', '2-91', '3-89', '3-91']),
  );
});
