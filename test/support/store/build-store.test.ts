import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { TestDatabase } from '../database.ts';
import { STORE_VERSIONS, tableShapes } from '../store-shapes.ts';
import { createTestDatabase } from '../test-database.ts';
import { buildStore } from './store.ts';

let database: TestDatabase;

beforeEach(async () => {
  database = await createTestDatabase('store');
});

afterEach(async () => {
  await database.drop();
});

async function enginesOf(prefix: string): Promise<Record<string, string>> {
  const rows = await database.query<{ name: string; engine: string; collation: string }>(
    `select substring(table_name, ?) as name, engine, table_collation as collation
       from information_schema.tables where table_schema = database()`,
    [prefix.length + 1],
  );
  expect(new Set(rows.map(({ collation }) => collation))).toEqual(new Set(['utf8mb3_general_ci']));
  return Object.fromEntries(rows.map(({ name, engine }) => [name, engine]));
}

describe('buildStore', () => {
  it.each(STORE_VERSIONS)(
    'makes a store of %s that takes products, orders and shipments',
    async (version) => {
      const store = await buildStore(database, { version });
      const shirt = await store.addProduct({
        name: 'Shirt',
        sku: 'TEE',
        image: 'shirt.jpg',
        options: [{ name: 'Size', variants: [{ name: 'Large', weightModifier: '0.1' }] }],
      });
      const placed = await store.addOrder({
        lines: [{ product: shirt, quantity: 2, options: [{ name: 'Size', value: 'Large' }] }, {}],
        taxes: [{ description: 'VAT', amount: '1.00', included: true }],
        discount: '2.00',
        coupons: ['Spring10'],
        usedCertificates: [{ code: 'GC-1', cost: '3.00' }],
        purchasedCertificates: [{ code: 'GC-2', amount: '20.00' }],
      });
      await store.addShipment({ orderId: placed.orderId, carrier: 'ups', trackingNumber: '1Z' });
      // 2 × 10.00 + 12.50 + 20.00 − 2.00 + 7.50 − 3.00
      expect(placed.total).toBe('55.00');
      expect(await store.order(placed.orderId)).toMatchObject({ orderId: 101, status: 'P' });
      const [shipment] = await store.shipments(placed.orderId);
      expect(shipment?.items.map(({ amount }) => amount).sort()).toEqual([1, 2]);
      const types = await store.query<{ type: string }>(
        `select type from ${store.table('order_data')} where order_id = 101 order by type`,
      );
      expect(types.map(({ type }) => type)).toEqual(['B', 'C', 'G', 'L', 'R', 'T', 'U']);
      const engines = await enginesOf('cscart_');
      expect(engines).toEqual(
        Object.fromEntries(
          tableShapes(version).map(({ name }) => [name, name === 'lock_keys' ? 'InnoDB' : 'MyISAM']),
        ),
      );
    },
  );

  it('makes every table InnoDB if asked, under the prefix asked for', async () => {
    const store = await buildStore(database, { version: '4.18.2 M', engine: 'InnoDB', prefix: 'shop1_' });
    await store.addOrder();
    const engines = await enginesOf('shop1_');
    expect(engines).toMatchObject({ orders: 'InnoDB', shipments: 'InnoDB', lock_keys: 'InnoDB' });
    expect(new Set(Object.values(engines))).toEqual(new Set(['InnoDB']));
    expect(store.table('orders')).toBe('`shop1_orders`');
  });

  it('gives the server columns and keys as the version has them', async () => {
    await buildStore(database, { version: '4.12.2 U' });
    expect(
      await database.query(
        `select column_type as type, is_nullable as nullable, column_default as preset
           from information_schema.columns
          where table_schema = database() and table_name = 'cscart_order_details' order by ordinal_position`,
      ),
    ).toEqual([
      { type: 'int(11) unsigned', nullable: 'NO', preset: '0' },
      { type: 'mediumint(8) unsigned', nullable: 'NO', preset: '0' },
      { type: 'mediumint(8) unsigned', nullable: 'NO', preset: '0' },
      { type: 'varchar(64)', nullable: 'NO', preset: "''" },
      { type: 'decimal(12,2)', nullable: 'NO', preset: '0.00' },
      { type: 'mediumint(8) unsigned', nullable: 'NO', preset: '0' },
      { type: 'longblob', nullable: 'NO', preset: null },
    ]);
    const keys = await database.query<{ name: string; columns: string }>(
      `select index_name as name, group_concat(column_name order by seq_in_index) as columns
         from information_schema.statistics
        where table_schema = database() and table_name = 'cscart_orders' group by index_name`,
    );
    expect(Object.fromEntries(keys.map(({ name, columns }) => [name, columns]))).toEqual({
      PRIMARY: 'order_id',
      company_id: 'company_id',
      idx_updated_at: 'updated_at',
      promotion_ids: 'promotion_ids',
      shipping_ids: 'shipping_ids',
      status: 'status',
      timestamp: 'timestamp',
      user_id: 'user_id',
    });
  });

  it("adds the old add-on's column on request only", async () => {
    const store = await buildStore(database, { version: '4.6.1 M', lastModify: true });
    const { orderId } = await store.addOrder({
      placedAt: '2026-03-01T10:00:00Z',
      lastModify: '2026-03-02T00:00:00Z',
    });
    expect(await store.order(orderId)).toEqual({
      orderId,
      status: 'P',
      timestamp: Date.UTC(2026, 2, 1, 10) / 1000,
      updatedAt: undefined,
      lastModify: Date.UTC(2026, 2, 2) / 1000,
    });
    const other = await buildStore(database, { version: '4.6.1 M', prefix: 'plain_' });
    expect(other.hasColumn('orders', 'last_modify')).toBe(false);
  });

  it.each([
    ['4.3.3 M', 'd.status = s.status and d.type = s.type', 'Processed'],
    ['4.11.3 U', 'd.status_id = s.status_id', 'Processed'],
    ['4.11.5 M', 'd.status_id = s.status_id', 'Paid'],
  ] as const)('names the statuses of %s in every language', async (version, join, paid) => {
    const store = await buildStore(database, {
      version,
      languages: ['en', 'de'],
      statuses: [{ letter: 'A', name: 'Shipped', names: { de: 'Versandt' }, inventory: 'D' }],
    });
    const names = await store.query<{ status: string; lang_code: string; description: string }>(
      `select s.status, d.lang_code, d.description from ${store.table('statuses')} s
         join ${store.table('status_descriptions')} d on ${join} where s.type = 'O'`,
    );
    const named = Object.fromEntries(names.map((row) => [`${row.status} ${row.lang_code}`, row.description]));
    expect(Object.keys(named)).toHaveLength(9 * 2);
    expect(named).toMatchObject({ 'O en': 'Open', 'O de': 'Offen', 'P en': paid, 'A de': 'Versandt' });
    const inventory = await store.query<{ status: string; value: string }>(
      `select s.status, d.value from ${store.table('statuses')} s
         join ${store.table('status_data')} d on ${join} where s.type = 'O' and d.param = 'inventory'`,
    );
    expect(Object.fromEntries(inventory.map(({ status, value }) => [status, value]))).toEqual({
      ...{ O: 'D', P: 'D', C: 'D', Y: 'D', A: 'D' },
      ...{ F: 'I', D: 'I', B: 'I', I: 'I' },
    });
  });

  it.each([
    ['4.0.1 M', ['AUP', 'CHP', 'DHL', 'FDX', 'UPS', 'USP'], 'carrier'],
    ['4.14.2 M', ['aup', 'can', 'dhl', 'fedex', 'swisspost', 'temando', 'ups', 'usps'], 'module'],
    ['4.18.2 U', ['aup', 'can', 'dhl', 'fedex', 'swisspost', 'ups', 'usps'], 'module'],
    ['4.20.1 U', ['aup', 'can', 'dhl', 'fedex', 'fedexrest', 'swisspost', 'ups', 'usps', 'uspsv2'], 'module'],
  ] as const)('offers the carriers of %s', async (version, carriers, column) => {
    const store = await buildStore(database, { version });
    const rows = await store.query<{ code: string }>(
      `select distinct ${column} as code from ${store.table('shipping_services')} where ${column} <> '' order by 1`,
    );
    expect(rows.map(({ code }) => code)).toEqual(carriers);
  });

  it('keeps the settings under their sections', async () => {
    const store = await buildStore(database, {
      version: '4.18.2 M',
      weightSymbol: 'кг',
      weightSymbolGrams: 1000,
      languages: ['de', 'en'],
      primaryCurrency: 'EUR',
      storefrontUrl: 'laden.example/shop',
    });
    const settings = await store.query<{ section: string; name: string; value: string }>(
      `select s.name as section, o.name, o.value from ${store.table('settings_objects')} o
         join ${store.table('settings_sections')} s on s.section_id = o.section_id`,
    );
    expect(settings).toEqual(
      expect.arrayContaining([
        { section: 'General', name: 'weight_symbol', value: 'кг' },
        { section: 'General', name: 'weight_symbol_grams', value: '1000' },
        { section: 'Appearance', name: 'timezone', value: 'America/Los_Angeles' },
        { section: 'Appearance', name: 'frontend_default_language', value: 'de' },
      ]),
    );
    expect(
      await store.query(`select currency_code from ${store.table('currencies')} where is_primary = 'Y'`),
    ).toEqual([{ currency_code: 'EUR' }]);
    expect(await store.query(`select url from ${store.table('storefronts')} where is_default = 'Y'`)).toEqual(
      [{ url: 'laden.example/shop' }],
    );
  });
});
