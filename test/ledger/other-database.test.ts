import { setTimeout as sleep } from 'node:timers/promises';
import { afterEach, beforeEach, expect, it } from 'vitest';
import type { TestDatabase } from '../support/database.ts';
import { freePort, runProgram } from '../support/program.ts';
import { buildStore, type Store } from '../support/store/store.ts';
import { startTestBridge } from '../support/test-bridge.ts';
import { createTestDatabase } from '../support/test-database.ts';

let database: TestDatabase;
let ledger: TestDatabase;
let store: Store;
let environment: { readonly BRIDGE_DATABASE_URL: string };

beforeEach(async () => {
  database = await createTestDatabase();
  ledger = await createTestDatabase('ledger');
  // The last version whose changes are seen by comparing, which needs every table of the bridge.
  store = await buildStore(database, { version: '4.12.1 U' });
  environment = { BRIDGE_DATABASE_URL: ledger.url };
});
afterEach(async () => {
  await database.drop();
  await ledger.drop();
});

const TABLES = ['exports', 'notices', 'order_fingerprints'].map((name) => `cscart_shipstation_${name}`);

async function bridgeTablesOf(of: Pick<TestDatabase, 'query'>): Promise<string[]> {
  const rows = await of.query<Record<string, string>>(`show tables like '%shipstation%'`);
  return rows.flatMap((row) => Object.values(row)).sort();
}

const lines = [{ sku: 'MUG', name: 'Mug', quantity: 2 }];
const label = (orderId: number, trackingNumber: string) => ({
  orderNumber: String(orderId),
  carrier: 'UPS',
  service: '',
  trackingNumber,
});

it('an export of several pages, its left-out orders and what was seen to change are kept there', async () => {
  const long = new Date(Date.now() - 3 * 86_400_000);
  const placed = await store.addOrders([
    { lines, placedAt: long },
    { lines, placedAt: long },
    { lines, placedAt: long },
    { lines, placedAt: long, shipTo: { city: '' } },
  ]);
  const ids = placed.map(({ orderId }) => orderId);
  const bridge = await startTestBridge(store, { environment: { ...environment, EXPORT_PAGE_SIZE: '1' } });
  try {
    const window = () => ({ start: new Date(Date.now() - 60_000), end: new Date() });
    await bridge.shipstation.poll(window());
    expect(bridge.shipstation.orders.size).toBe(0);
    for (const orderId of ids) await store.setStatus(orderId, 'C');
    const { pages } = await bridge.shipstation.poll(window());
    expect(pages).toBe(4);
    expect([...bridge.shipstation.orders.keys()].map(Number)).toEqual(ids.slice(0, 3));
    // Page 2 and later know when the bridge saw the change, too.
    for (const order of bridge.shipstation.orders.values())
      expect(order.LastModified).not.toBe(order.OrderDate);
    const [kept] = await ledger.query<{ left_out: string }>(
      'select left_out from cscart_shipstation_exports order by export_id desc limit 1',
    );
    expect(JSON.parse(kept?.left_out ?? '')).toEqual({ 'no-city': { count: 1, examples: [ids[3]] } });

    await ledger.run('update cscart_shipstation_order_fingerprints set placed_at = 1 where order_id = ?', [
      ids[0],
    ]);
    await bridge.bridge.prune();
    const known = await ledger.query<{ order_id: number }>(
      'select order_id from cscart_shipstation_order_fingerprints order by order_id',
    );
    expect(known.map(({ order_id }) => order_id)).toEqual(ids.slice(1));
  } finally {
    await bridge.close();
  }
  expect(await bridgeTablesOf(store)).toEqual([]);
});

it('notices are refused, stopped, carried on and applied once by what is there', async () => {
  const bridge = await startTestBridge(store, { environment });
  const { orderId } = await store.addOrder({ lines });
  const stopped = await store.addOrder({ lines });
  const send = async (id: number, trackingNumber: string) =>
    (await bridge.shipstation.label(label(id, trackingNumber), { withoutBody: true })).status;
  try {
    expect(await bridge.request('action=shipnotify', { method: 'POST', body: '<Orders/>' })).toMatchObject({
      status: 400,
    });
    expect(await send(999_999, 'NOBODY')).toBe(404);
    expect([await send(orderId, '1Z'), await send(orderId, '1Z')]).toEqual([200, 200]);
    // Between the shipment and its items.
    await store.run(`rename table ${store.table('shipment_items')} to away`);
    expect(await send(stopped.orderId, '2Z')).toBe(503);
    await store.run(`rename table away to ${store.table('shipment_items')}`);
    await store.run(
      `create trigger no_items before insert on ${store.table('shipment_items')} for each row
         signal sqlstate '45000' set mysql_errno = 1205`,
    );
    expect(await send(stopped.orderId, '2Z')).toBe(503);
    expect((await store.allShipments()).map(({ items }) => items.length)).toEqual([1, 0]);
    await store.run('drop trigger no_items');
    await bridge.bridge.checkReady();
  } finally {
    await bridge.close();
  }
  expect(await ledger.query('select state from cscart_shipstation_notices order by notice_id')).toEqual(
    ['refused', 'refused', 'applied', 'planned'].map((state) => ({ state })),
  );

  const restarted = await startTestBridge(store, { environment });
  await restarted.close();
  expect((await store.allShipments()).map(({ trackingNumber }) => trackingNumber)).toEqual(['1Z', '2Z']);
  expect(await store.shipments(stopped.orderId)).toMatchObject([{ items: [{ amount: 2 }] }]);
  expect((await store.order(stopped.orderId)).status).toBe('C');
  expect(await bridgeTablesOf(store)).toEqual([]);
});

it('a bridge whose own tables are gone is not ready, and one that has closed holds no connection', async () => {
  const bridge = await startTestBridge(store, { environment });
  await ledger.run('drop table cscart_shipstation_notices');
  await expect(bridge.bridge.checkReady()).rejects.toThrow();
  const connections = async () => {
    const [row] = await store.query<{ count: number }>(
      'select count(*) as count from information_schema.processlist where db = ? and id <> connection_id()',
      [ledger.name],
    );
    return row?.count ?? Number.NaN;
  };
  await ledger.query('select 1');
  const ofBridge = (await connections()) - 1;
  expect(ofBridge).toBeGreaterThan(0);
  await bridge.close();
  // The server needs a moment to see it.
  for (let attempt = 0; attempt < 100 && (await connections()) > 1; attempt += 1) await sleep(10);
  expect(await connections()).toBeLessThanOrEqual(1);
});

it('install makes and drops the tables there alone, and prints the rights to them', async () => {
  const settings = {
    ...environment,
    SHIPSTATION_USERNAME: 'shipstation',
    SHIPSTATION_PASSWORD: 'a-long-password',
    CSCART_DATABASE_URL: store.url,
    PORT: String(await freePort()),
    OPS_PORT: String(await freePort()),
  };
  expect(await runProgram(['install'], settings).exitCode).toBe(0);
  expect(await bridgeTablesOf(ledger)).toEqual(TABLES);
  expect(await bridgeTablesOf(store)).toEqual([]);
  const printed = runProgram(['install', '--print'], settings);
  expect(await printed.exitCode).toBe(0);
  expect(printed.output()).toContain(`use \`${ledger.name}\`;`);
  for (const table of TABLES) expect(printed.output()).toContain(`on \`${ledger.name}\`.\`${table}\` to`);
  expect(printed.output()).toContain(`on \`${database.name}\`.\`cscart_orders\` to`);
  expect(await runProgram(['install', '--remove'], settings).exitCode).toBe(0);
  expect(await bridgeTablesOf(ledger)).toEqual([]);
});
