import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { STORE_CASES, type StoreCase } from '../matrix/shapes.ts';
import type { TestDatabase } from '../support/database.ts';
import { createLeastPrivilegeAccount, type TestAccount } from '../support/least-privilege-account.ts';
import { buildStore, type Store } from '../support/store/store.ts';
import { startTestBridge, type TestBridge } from '../support/test-bridge.ts';
import { createTestDatabase } from '../support/test-database.ts';

let database: TestDatabase;
let store: Store;
let account: TestAccount;
let bridge: TestBridge;

async function open(options: StoreCase['options'], alter?: StoreCase['alter']): Promise<void> {
  database = await createTestDatabase();
  store = await buildStore(database, options);
  await alter?.(store);
  account = await createLeastPrivilegeAccount(store);
  bridge = await startTestBridge(store, { databaseUrl: account.databaseUrl });
}
afterEach(async () => {
  await bridge.close();
  await account.drop();
  await database.drop();
});

const lines = [
  { sku: 'MUG', name: 'Mug', quantity: 2 },
  { sku: 'SHIRT', name: 'Shirt', quantity: 3 },
];

describe('the account of install --print', () => {
  // Rights do not depend on the engine.
  const stores = STORE_CASES.filter(({ options }) => options.engine !== 'InnoDB');

  it.each(stores)('is enough for an export and a notice of $name', async ({ options, alter }) => {
    await open(options, alter);
    const { orderId } = await store.addOrder({ lines });
    await bridge.shipstation.poll({ start: new Date(Date.now() - 60_000), end: new Date() });
    expect([...bridge.shipstation.orders.keys()]).toEqual([String(orderId)]);
    const label = { orderNumber: String(orderId), carrier: 'UPS', service: '', trackingNumber: '1Z' };
    expect(await bridge.shipstation.label(label)).toMatchObject({ status: 200 });
    expect((await store.order(orderId)).status).toBe('C');
    await bridge.bridge.checkReady();
    await bridge.bridge.prune();
  });

  it('may neither read payment data apart from what an order needs, nor delete, nor change a table', async () => {
    await open({ version: '4.18.2 M' });
    const grants = await store.query<Record<string, string>>(`show grants for '${account.user}'@'%'`);
    const text = grants.flatMap((grant) => Object.values(grant)).join('\n');
    const ofStore = text.split('\n').filter((grant) => !/shipstation_|USAGE/.test(grant));
    expect(ofStore.length).toBeGreaterThan(20);
    for (const grant of ofStore)
      expect(grant).toMatch(/^GRANT (SELECT( \(\S+\))?|INSERT|UPDATE \(.*\)|[, ])+ ON /);
    const written = ofStore.filter((grant) => /INSERT|UPDATE/.test(grant));
    expect(new Set(written.map((grant) => /`cscart_(\w+)`/.exec(grant)?.[1]))).toEqual(
      new Set(['orders', 'shipment_items', 'shipments']),
    );
    expect(text).not.toMatch(/users`|user_profiles`/);
  });
});

/** A right that is taken away stops a notice between two steps, for real; given back, the notice must be carried on. */
describe('a notice that stops between two steps', () => {
  beforeEach(() => open({ version: '4.18.2 M' }));

  it.each([
    ['before the shipment', 'insert', 'shipments', 0],
    ['between shipment and items', 'insert', 'shipment_items', 1],
    ['between items and status', 'update (status)', 'orders', 1],
  ])('%s is carried on when it comes again', async (_, right, table, leftBehind) => {
    const { orderId } = await store.addOrder({ lines });
    const label = { orderNumber: String(orderId), carrier: 'UPS', service: '', trackingNumber: '1Z' };
    const on = `on \`${database.name}\`.${store.table(table)}`;
    await store.run(`revoke ${right} ${on} from '${account.user}'@'%'`);

    const stopped = await bridge.shipstation.label(label, { withoutBody: true });
    expect(stopped.status).toBe(503);
    expect(stopped.body).toMatch(/^[^\n]{10,120}\n$/);
    expect(await store.allShipments()).toHaveLength(leftBehind);

    await store.run(`grant ${right} ${on} to '${account.user}'@'%'`);
    const [again] = await bridge.shipstation.retryFailed();
    expect(again?.status).toBe(200);
    const shipments = await store.allShipments();
    expect(shipments).toHaveLength(1);
    expect(shipments[0]?.items.map(({ amount }) => amount).sort()).toEqual([2, 3]);
    expect((await store.order(orderId)).status).toBe('C');
  });

  it.each([
    ['the items', 'insert', 'shipment_items'],
    ['the status', 'update (status)', 'orders'],
  ])('before %s is carried on at the next start', async (_, right, table) => {
    const { orderId } = await store.addOrder({ lines });
    const on = `on \`${database.name}\`.${store.table(table)}`;
    await store.run(`revoke ${right} ${on} from '${account.user}'@'%'`);
    await bridge.shipstation.label(
      { orderNumber: String(orderId), carrier: 'UPS', service: '', trackingNumber: '1Z' },
      { withoutBody: true },
    );
    await store.run(`grant ${right} ${on} to '${account.user}'@'%'`);
    const restarted = await startTestBridge(store, { databaseUrl: account.databaseUrl });
    await restarted.close();
    expect(await store.shipments(orderId)).toHaveLength(1);
    expect((await store.order(orderId)).status).toBe('C');
    expect(restarted.logs).toContainEqual(expect.objectContaining({ event: 'notice.resumed', orderId }));
  });

  it('adopts nothing that a person made meanwhile', async () => {
    const { orderId } = await store.addOrder({ lines });
    const on = `on \`${database.name}\`.${store.table('shipments')}`;
    await store.run(`revoke insert ${on} from '${account.user}'@'%'`);
    await bridge.shipstation.label(
      { orderNumber: String(orderId), carrier: 'UPS', service: '', trackingNumber: '1Z' },
      { withoutBody: true },
    );
    await store.run(`grant insert ${on} to '${account.user}'@'%'`);
    await store.addShipment({ orderId, trackingNumber: 'BY-HAND' });
    const [again] = await bridge.shipstation.retryFailed();
    expect(again?.status).toBe(200);
    expect(await store.allShipments()).toMatchObject([{ trackingNumber: 'BY-HAND' }]);
  });
});

describe('a right that is missing', () => {
  beforeEach(() => open({ version: '4.18.2 M' }));

  it.each([
    ['insert', 'shipments', /INSERT on \w*shipments/],
    ['insert', 'shipment_items', /INSERT on \w*shipment_items/],
    ['update (updated_at)', 'orders', /UPDATE \(updated_at\) on \w*orders/],
    ['select', 'order_data', undefined],
    ['select', 'currencies', /SELECT on \w*currencies/],
  ])('is named at start: %s on %s', async (right, table, named) => {
    await store.run(
      `revoke ${right} on \`${database.name}\`.${store.table(table)} from '${account.user}'@'%'`,
    );
    const restarted = await startTestBridge(store, { databaseUrl: account.databaseUrl, isUnprepared: true });
    try {
      await expect(restarted.bridge.prepare()).rejects.toThrow(named ?? /order_data/);
    } finally {
      await restarted.close();
    }
  });

  it('is told to ShipStation as something that does not pass by itself', async () => {
    await store.addOrder({ lines });
    await store.run(
      `revoke select on \`${database.name}\`.${store.table('products')} from '${account.user}'@'%'`,
    );
    const answer = await bridge.request(
      'action=export&start_date=01/01/2020+00:00&end_date=12/31/2037+00:00',
    );
    expect(answer).toMatchObject({ status: 503, body: expect.stringMatching(/^The bridge cannot work/) });
    expect(bridge.logs).toContainEqual(
      expect.objectContaining({
        event: 'store.not_ready',
        reason: expect.stringMatching(/SELECT on \w*products/),
      }),
    );
  });
});

describe('at the next start', () => {
  beforeEach(() => open({ version: '4.18.2 M' }));

  it('a notice that was written down and no more is applied', async () => {
    const { orderId } = await store.addOrder({ lines });
    const label = { orderNumber: String(orderId), carrier: 'UPS', service: '', trackingNumber: '1Z' };
    await store.setStatus(orderId, 'N');
    expect((await bridge.shipstation.label(label, { withoutBody: true })).status).toBe(503);
    await store.setStatus(orderId, 'P');
    const restarted = await startTestBridge(store, { databaseUrl: account.databaseUrl });
    await restarted.close();
    expect(await store.shipments(orderId)).toMatchObject([{ trackingNumber: '1Z' }]);
    expect((await store.order(orderId)).status).toBe('C');
  });
});
