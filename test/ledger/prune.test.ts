import { afterAll, beforeAll, expect, it, vi } from 'vitest';
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

const keptList = (window: number, age: number) =>
  ledger.run(
    `insert into cscart_shipstation_exports (window_start, window_end, page_size, order_ids, left_out, created_at)
     values (?, ?, 100, '', '{}', unix_timestamp() - ?)`,
    [window, window, age],
  );
const keptWindows = async () =>
  (
    await ledger.query<{ window: number }>('select window_start as window from cscart_shipstation_exports')
  ).map(({ window }) => window);

it('removes kept lists after a day, and none before', async () => {
  await ledger.run('delete from cscart_shipstation_exports');
  await keptList(1, DAY + 60);
  await keptList(2, DAY - 60);
  await bridge.bridge.prune();
  expect(await keptWindows()).toEqual([2]);
});

it('keeps the latest list however old it is: it says when ShipStation last polled', async () => {
  await ledger.run('delete from cscart_shipstation_exports');
  await keptList(1, 40 * DAY);
  await keptList(2, 30 * DAY);
  await bridge.bridge.prune();
  expect(await keptWindows()).toEqual([2]);
  expect((await bridge.bridge.backlog()).lastExportAt).toBeGreaterThan(0);
});

interface KeptNotice {
  readonly name: string;
  readonly state: string;
  readonly days: number;
  readonly needsAttention?: boolean;
}

async function keepNotices(notices: readonly KeptNotice[]): Promise<void> {
  await ledger.run('delete from cscart_shipstation_notices');
  for (const { name, state, days, needsAttention = false } of notices)
    await ledger.run(
      `insert into cscart_shipstation_notices
         (fingerprint, state, decision, needs_attention, raw_query, raw_body, received_at, changed_at)
       values (?, ?, '', ?, '', '', 1, unix_timestamp() - ?)`,
      [name, state, needsAttention ? 1 : 0, days * DAY],
    );
}

const leftNotices = async () =>
  new Set(
    (await ledger.query<{ name: string }>('select fingerprint as name from cscart_shipstation_notices')).map(
      ({ name }) => name,
    ),
  );

const OF_ALL_STATES: readonly KeptNotice[] = ['applied', 'refused', 'received', 'planned'].flatMap((state) =>
  [89, 91, 4000].map((days) => ({ name: `${state} ${days}`, state, days })),
);

it('removes notices that are done with after ninety days, and never one that waits', async () => {
  await keepNotices(OF_ALL_STATES);
  await bridge.bridge.prune();
  const waiting = ['received', 'planned'].flatMap((state) =>
    [89, 91, 4000].map((days) => `${state} ${days}`),
  );
  expect(await leftNotices()).toEqual(new Set(['applied 89', 'refused 89', ...waiting]));
  expect(bridge.logs).toContainEqual(expect.objectContaining({ event: 'ledger.pruned', notices: 4 }));
});

it('never removes a notice that the admin should look at', async () => {
  await keepNotices([
    { name: 'to look at', state: 'applied', days: 4000, needsAttention: true },
    { name: 'refused', state: 'refused', days: 4000, needsAttention: true },
    { name: 'fine', state: 'applied', days: 4000 },
  ]);
  await bridge.bridge.prune();
  expect(await leftNotices()).toEqual(new Set(['to look at', 'refused']));
});

it('keeps notices for as long as RETENTION_DAYS says', async () => {
  const shorter = await startTestBridge(store, {
    environment: { BRIDGE_DATABASE_URL: ledger.url, RETENTION_DAYS: '14' },
  });
  try {
    await keepNotices([13, 15].map((days) => ({ name: `applied ${days}`, state: 'applied', days })));
    await shorter.bridge.prune();
    expect(await leftNotices()).toEqual(new Set(['applied 13']));
  } finally {
    await shorter.close();
  }
});

it.each([
  ['ahead', 10],
  ['behind', -10],
])(
  'removes nothing that is young by the clock of the database, though its own is years %s',
  async (_, years) => {
    await keepNotices([{ name: 'young', state: 'applied', days: 1 }]);
    await ledger.run('delete from cscart_shipstation_exports');
    await keptList(1, 7200);
    await keptList(2, 60);
    const realNow = Date.now();
    const clock = vi.spyOn(Date, 'now').mockReturnValue(realNow + years * 365 * DAY * 1000);
    try {
      await bridge.bridge.prune();
    } finally {
      clock.mockRestore();
    }
    expect(await leftNotices()).toEqual(new Set(['young']));
    expect(await keptWindows()).toEqual([1, 2]);
  },
);

it('removes many rows in pieces, and leaves the rest for the next time when the bridge stops', async () => {
  await ledger.run('delete from cscart_shipstation_notices');
  await ledger.run(
    `insert into cscart_shipstation_notices
       (fingerprint, state, decision, raw_query, raw_body, received_at, changed_at)
     select concat('old ', seq), 'applied', '', '', '', 1, 1 from seq_1_to_1200`,
  );
  const deletes = () =>
    bridge.statements.filter((sql) => sql.includes('delete from') && sql.includes('notices'));
  bridge.statements.length = 0;
  await bridge.bridge.prune(AbortSignal.abort());
  expect(await leftNotices()).toHaveProperty('size', 1200);
  await bridge.bridge.prune();
  expect(await leftNotices()).toHaveProperty('size', 0);
  expect(deletes()).toHaveLength(3);
  for (const sql of deletes()) expect(sql).toMatch(/ limit 500$/);
});

it('forgets how orders looked once they are compared no longer, and none before', async () => {
  const DAYS_COMPARED = 45;
  for (const days of [DAYS_COMPARED - 1, DAYS_COMPARED + 1])
    await ledger.run(
      `insert into cscart_shipstation_order_fingerprints (order_id, placed_at, fingerprint, changed_at)
       values (?, unix_timestamp() - ?, '', 1)`,
      [days, days * DAY],
    );
  await bridge.bridge.prune();
  expect(await ledger.query('select order_id from cscart_shipstation_order_fingerprints')).toEqual([
    { order_id: DAYS_COMPARED - 1 },
  ]);
});
