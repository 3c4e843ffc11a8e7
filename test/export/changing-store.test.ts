import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { leaveWhatUpgradesLeft } from '../matrix/altered-stores.ts';
import type { TestDatabase } from '../support/database.ts';
import type { ImportedOrder } from '../support/imported-order.ts';
import { buildStore, type Store, type StoreOptions } from '../support/store/store.ts';
import { startTestBridge, type TestBridge } from '../support/test-bridge.ts';
import { createTestDatabase } from '../support/test-database.ts';
import type { Environment } from './exporting-store.ts';
import { knowStore } from './know-store.ts';

const WINDOW = { start: new Date('2026-03-01T00:00:00Z'), end: new Date('2026-03-02T00:00:00Z') };
const placedAt = '2026-03-01T10:00:00Z';

let database: TestDatabase;
let store: Store;
let bridge: TestBridge | undefined;

beforeEach(async () => {
  database = await createTestDatabase();
});
afterEach(async () => {
  await bridge?.close();
  bridge = undefined;
  await database.drop();
});

async function open(options: StoreOptions, environment: Environment = {}): Promise<TestBridge> {
  store = await buildStore(database, options);
  await store.addColumn('orders', "gift_wrap varchar(16) not null default ''");
  await store.addColumn('products', "upc varchar(64) not null default ''");
  bridge = await startTestBridge(store, { environment });
  return bridge;
}

/** The only order of the window, as ShipStation gets it now. */
async function imported(from: TestBridge): Promise<ImportedOrder | undefined> {
  const shipstation = from.connect();
  await shipstation.poll(WINDOW);
  return [...shipstation.orders.values()][0];
}

const drop = (table: string, column: string) =>
  store.run(`alter table ${store.table(table)} drop column ${column}`);

describe('a running bridge notices without a restart', () => {
  it.each(['4.12.2 U', '4.18.2 M', '4.20.1 U'] as const)(
    'that the instant of change is gone from %s',
    async (version) => {
      const running = await open({ version });
      const { orderId } = await store.addOrder({ placedAt });
      expect((await imported(running))?.OrderID).toBe(String(orderId));
      await drop('orders', 'updated_at');
      expect((await imported(running))?.OrderID).toBe(String(orderId));
      const label = { orderNumber: String(orderId), carrier: 'UPS', service: '', trackingNumber: '1Z' };
      expect((await running.shipstation.label(label, { withoutBody: true })).status).toBe(200);
      const [row] = await store.query<{ status: string }>(
        `select status from ${store.table('orders')} where order_id = ?`,
        [orderId],
      );
      expect(row?.status).toBe('C');
    },
  );

  it('that it is gone, at the very notice', async () => {
    const running = await open({ version: '4.18.2 M' });
    const { orderId } = await store.addOrder({ placedAt });
    await drop('orders', 'updated_at');
    const label = { orderNumber: String(orderId), carrier: 'UPS', service: '', trackingNumber: '1Z' };
    expect((await running.shipstation.label(label, { withoutBody: true })).status).toBe(200);
    expect(await store.shipments(orderId)).toHaveLength(1);
  });

  it("that ShipStation's own add-on was taken away", async () => {
    const running = await open({ version: '4.6.1 M', lastModify: true });
    const { orderId } = await store.addOrder({ placedAt });
    expect((await imported(running))?.OrderID).toBe(String(orderId));
    await drop('orders', 'last_modify');
    expect((await imported(running))?.OrderID).toBe(String(orderId));
  });

  it.each(['4.6.1 M', '4.18.2 M'] as const)(
    "that an add-on's column which the configuration names is gone from %s",
    async (version) => {
      const running = await open(
        { version },
        { EXPORT_CUSTOM_FIELD_3: 'column:gift_wrap', EXPORT_UPC: 'column:upc', CHANGE_LOOKBACK_DAYS: '3650' },
      );
      const product = await store.addProduct({ name: 'Mug', columns: { upc: '036000291452' } });
      await store.addOrder({ placedAt, lines: [{ product }], columns: { gift_wrap: 'Gold' } });
      expect(await imported(running)).toMatchObject({
        CustomField3: 'Gold',
        Items: [{ UPC: '036000291452' }],
      });
      await drop('orders', 'gift_wrap');
      const without = await imported(running);
      expect(without).toMatchObject({ Items: [{ UPC: '036000291452' }] });
      expect(without?.CustomField3).toBeUndefined();
      await drop('products', 'upc');
      const poorest = await imported(running);
      expect([poorest?.Items[0]?.Name, poorest?.Items[0]?.UPC]).toEqual(['Mug', undefined]);
    },
  );

  it.each([
    'product_variation_group_products',
    'product_features_values',
    'product_options_descriptions',
    'profile_fields_data',
  ])('that the table %s is gone', async (table) => {
    store = await buildStore(database, { version: '4.18.2 M' });
    await store.addProfileField({ name: 'gate', label: 'Gate' });
    bridge = await startTestBridge(store, { environment: { EXPORT_CUSTOM_FIELD_3: 'field:gate' } });
    const product = await store.addProduct({ name: 'Mug', options: [{ name: 'Text', type: 'I' }] });
    const options = [{ name: 'Text', value: 'Hi' }];
    await store.addOrder({
      placedAt,
      lines: [{ product, options, withoutOptionValues: true }],
      profileFields: { gate: '42' },
    });
    expect((await imported(bridge))?.CustomField3).toBe('42');
    await store.run(`drop table ${store.table(table)}`);
    expect((await imported(bridge))?.Items[0]).toMatchObject({
      Name: 'Mug',
      Options: [{ Value: 'Hi' }],
    });
  });
});

describe('a store that was upgraded and kept what it has no use for', () => {
  it('is known by what it has, and exported', async () => {
    store = await buildStore(database, { version: '4.20.1 U' });
    await leaveWhatUpgradesLeft(store);
    const known = await knowStore(store);
    expect(known.kind).toMatchObject({ edition: 'CS-Cart', versions: '4.19 or later' });
    expect(known.carriers).toContain('fedexrest');
    expect(known.statuses).toHaveLength(8);
    bridge = await startTestBridge(store);
    const { orderId } = await store.addOrder({ placedAt });
    expect((await imported(bridge))?.OrderID).toBe(String(orderId));
  });

  it('of the other edition is still of its own', async () => {
    store = await buildStore(database, { version: '4.12.2 U' });
    await store.run(`create table \`${store.prefix}vendor_payouts\` (payout_id int)`);
    expect((await knowStore(store)).kind.edition).toBe('CS-Cart');
  });
});
