import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { openDatabase } from '../../src/database/database.ts';
import { parseDatabaseUrl } from '../../src/database/database-url.ts';
import { createTableNames } from '../../src/database/table-names.ts';
import { closeNotice, planNotice } from '../../src/ledger/notices.ts';
import type { TestDatabase } from '../support/database.ts';
import { createLeastPrivilegeAccount, type TestAccount } from '../support/least-privilege-account.ts';
import { buildStore, type Store } from '../support/store/store.ts';
import { startTestBridge, type TestBridge } from '../support/test-bridge.ts';
import { createTestDatabase } from '../support/test-database.ts';

let database: TestDatabase;
let store: Store;
let account: TestAccount;
let bridge: TestBridge;

beforeEach(async () => {
  database = await createTestDatabase();
  store = await buildStore(database, { version: '4.18.2 M' });
  account = await createLeastPrivilegeAccount(store);
  bridge = await startTestBridge(store, { databaseUrl: account.databaseUrl });
});
afterEach(async () => {
  await bridge.close();
  await account.drop();
  await database.drop();
});

const lines = [
  { sku: 'MUG', name: 'Mug', quantity: 2 },
  { sku: 'SHIRT', name: 'Shirt', quantity: 3 },
];
const ship = (orderId: number, trackingNumber = '1Z') =>
  bridge.shipstation.label(
    { orderNumber: String(orderId), carrier: 'UPS', service: '', trackingNumber },
    { withoutBody: true },
  );

/** A notice that stops for want of a right, for real; what gives the right back is given back. */
async function interrupted(orderId: number, right: string, table: string): Promise<void> {
  const on = `on \`${database.name}\`.${store.table(table)}`;
  await store.run(`revoke ${right} ${on} from '${account.user}'@'%'`);
  expect((await ship(orderId)).status).toBe(503);
  await store.run(`grant ${right} ${on} to '${account.user}'@'%'`);
}

const decision = async () =>
  (
    await store.query<{ decision: string; needs_attention: number }>(
      `select * from ${store.prefix}shipstation_notices`,
    )
  )[0];

describe('a notice that was interrupted before its items', () => {
  it('uses its shipment also when the order was being saved in between', async () => {
    const { orderId } = await store.addOrder({ lines });
    await interrupted(orderId, 'insert', 'shipment_items');
    await store.setStatus(orderId, 'N');
    await bridge.bridge.prepare();
    expect((await ship(orderId)).status).toBe(503);
    await store.setStatus(orderId, 'P');
    expect((await ship(orderId)).status).toBe(200);
    const shipments = await store.allShipments();
    expect(shipments.map(({ items }) => items.length)).toEqual([2]);
    expect((await store.order(orderId)).status).toBe('C');
  });

  it('makes a new shipment when somebody in the shop has deleted the empty one', async () => {
    const { orderId } = await store.addOrder({ lines });
    await interrupted(orderId, 'insert', 'shipment_items');
    await store.run(`delete from ${store.table('shipments')}`);
    expect((await ship(orderId)).status).toBe(200);
    const shipments = await store.allShipments();
    expect(shipments.map(({ items, trackingNumber }) => [trackingNumber, items.length])).toEqual([['1Z', 2]]);
    expect(await store.shipments(orderId)).toHaveLength(1);
  });

  it('tells the admin of the empty shipment when nothing can be put into it any more', async () => {
    const { orderId } = await store.addOrder({ lines });
    await interrupted(orderId, 'insert', 'shipment_items');
    const [empty] = await store.allShipments();
    await store.addShipment({ orderId, trackingNumber: 'BY-HAND' });
    expect((await ship(orderId)).status).toBe(200);
    expect(await decision()).toMatchObject({
      needs_attention: 1,
      decision: expect.stringContaining(`Shipment ${empty?.shipmentId} was left without items`),
    });
    expect(bridge.logs).toContainEqual(expect.objectContaining({ event: 'notice.empty_shipment', orderId }));
  });
});

it('a notice that was interrupted before the status waits while the order is being saved', async () => {
  const { orderId } = await store.addOrder({ lines });
  await interrupted(orderId, 'update (status)', 'orders');
  await store.setStatus(orderId, 'N');
  expect((await ship(orderId)).status).toBe(503);
  await store.setStatus(orderId, 'P');
  await bridge.bridge.prepare();
  expect((await store.order(orderId)).status).toBe('C');
  expect(await store.allShipments()).toHaveLength(1);
});

it('what comes late of a notice that somebody else has applied changes nothing in the ledger', async () => {
  const { orderId } = await store.addOrder({ lines });
  await ship(orderId);
  const before = await decision();
  const url = parseDatabaseUrl(store.url);
  if ('problem' in url) throw new Error(url.problem);
  const ledger = openDatabase(url);
  const tables = createTableNames(store.prefix);
  const late = { noticeId: 1, state: 'received' } as const;
  expect(await planNotice(ledger, tables, late, '{}', null)).toBe(false);
  await closeNotice(ledger, tables, late, { state: 'refused', decision: 'late', needsAttention: true });
  await ledger.close();
  expect(await decision()).toEqual(before);
});
