import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { TestDatabase } from '../database.ts';
import { phpSerialize } from '../php-serialize.ts';
import { STORE_VERSIONS } from '../store-shapes.ts';
import { createTestDatabase } from '../test-database.ts';
import { buildStore } from './store.ts';
import { StoreTables } from './tables.ts';

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

describe('Store', () => {
  it('puts an image where the shop looks for it', async () => {
    const store = await buildStore(database, { version: '4.18.2 M' });
    const large = await store.addProduct({ name: 'Mug', image: { path: 'mug 1.jpg', imageId: 2345 } });
    const small = await store.addProduct({ name: 'Cup', image: { path: 'cup.png', detailed: false } });
    const links = await store.query(
      `select l.object_id, l.image_id, l.detailed_id, l.type, i.image_path from ${store.table('images_links')} l
         join ${store.table('images')} i on i.image_id in (l.image_id, l.detailed_id)
        where l.object_type = 'product' order by l.object_id`,
    );
    expect(links).toEqual([
      { object_id: large.productId, image_id: 0, detailed_id: 2345, type: 'M', image_path: 'mug 1.jpg' },
      { object_id: small.productId, image_id: 2346, detailed_id: 0, type: 'M', image_path: 'cup.png' },
    ]);
  });

  it('serializes a line with its options as the shop does', async () => {
    const store = await buildStore(database, { version: '4.18.2 M' });
    const shirt = await store.addProduct({
      name: 'Cotton Tee',
      price: '20.50',
      options: [
        { name: 'Size', variants: [{ name: 'Small' }, { name: 'Large' }] },
        { name: 'Engraving', type: 'I' },
      ],
    });
    const { orderId } = await store.addOrder({
      lines: [
        {
          product: shirt,
          options: [
            { name: 'Size', value: 'Large' },
            { name: 'Engraving', value: 'For Zoë ♥' },
          ],
        },
      ],
    });
    const [row] = await store.query<{ extra: Buffer }>(
      `select extra from ${store.table('order_details')} where order_id = ?`,
      [orderId],
    );
    const extra = row?.extra.toString('utf8');
    expect(extra).toContain('s:15:"product_options";a:2:{i:1;s:1:"2";i:2;s:12:"For Zoë ♥";}');
    expect(extra).toContain(
      'i:0;a:7:{s:9:"option_id";s:1:"1";s:11:"option_type";s:1:"S";s:5:"value";s:1:"2";s:11:"option_name";s:4:"Size";',
    );
    expect(extra).toContain('s:12:"variant_name";s:5:"Large";');
    expect(extra).toContain('s:7:"product";s:10:"Cotton Tee";');
    expect(extra).toContain('s:10:"base_price";d:20.5;');
  });

  it('lets a test write any column, extra and order data as it likes', async () => {
    const store = await buildStore(database, { version: '4.18.2 M' });
    const { orderId } = await store.addOrder({
      columns: { b_county: 'Suffolk' },
      lines: [{ extra: Buffer.from([0x61, 0xff]), itemId: 4_163_016_541 }, { extra: { buy_id: 7 } }],
      orderData: { S: '1795404638', L: null, G: 'a:0:{}' },
    });
    const [order] = await store.query(`select b_county from ${store.table('orders')} where order_id = ?`, [
      orderId,
    ]);
    expect(order).toEqual({ b_county: 'Suffolk' });
    const lines = await store.query<{ item_id: number; extra: Buffer }>(
      `select item_id, extra from ${store.table('order_details')} where order_id = ? order by product_code, item_id`,
      [orderId],
    );
    expect(lines.find(({ item_id }) => item_id === 4_163_016_541)?.extra).toEqual(Buffer.from([0x61, 0xff]));
    expect(lines.find(({ item_id }) => item_id !== 4_163_016_541)?.extra.toString()).toContain(
      's:6:"buy_id";i:7;',
    );
    const stored = await store.query<{ type: string; data: Buffer }>(
      `select type, data from ${store.table('order_data')} where order_id = ? order by type`,
      [orderId],
    );
    expect(stored.map(({ type, data }) => [type, data.toString()])).toEqual([
      ['G', 'a:0:{}'],
      ['R', phpSerialize('USD').toString()],
      ['S', '1795404638'],
    ]);
  });

  it('places many orders with their own ids, lines and a cart snapshot each', async () => {
    const store = await buildStore(database, { version: '4.18.2 M', firstOrderId: 5000 });
    const placed = await store.addOrders(
      Array.from({ length: 1200 }, (_, index) => ({
        lines: [{ quantity: 1 + (index % 3) }, { sku: '0012' }],
        placedAt: new Date(Date.UTC(2026, 0, 1) + index * 60_000),
      })),
    );
    expect(placed.map(({ orderId }) => orderId)).toEqual(
      Array.from({ length: 1200 }, (_, index) => 5000 + index),
    );
    const itemIds = placed.flatMap(({ lines }) => lines.map(({ itemId }) => itemId));
    expect(new Set(itemIds).size).toBe(2400);
    const large = itemIds.filter((itemId) => itemId >= 2 ** 31).length;
    expect(large).toBeGreaterThan(900);
    expect(large).toBeLessThan(1500);
    const [counts] = await store.query(
      `select (select count(*) from ${store.table('orders')}) as orders,
              (select count(*) from ${store.table('order_details')}) as details,
              (select count(*) from ${store.table('order_data')} where type = 'G' and length(data) > 4000) as snapshots`,
    );
    expect(counts).toEqual({ orders: 1200, details: 2400, snapshots: 1200 });
  });

  it('goes on counting after an order number that was asked for', async () => {
    const store = await buildStore(database, { version: '4.18.2 M' });
    await store.addOrder({ orderId: 7000 });
    expect((await store.addOrder()).orderId).toBe(7001);
  });

  it('changes a status with the modified stamps that the version has', async () => {
    const store = await buildStore(database, { version: '4.18.2 M' });
    const { orderId } = await store.addOrder({ placedAt: '2026-01-01T00:00:00Z', updatedAt: null });
    expect((await store.order(orderId)).updatedAt).toBe(0);
    await store.setStatus(orderId, 'C', '2026-01-02T00:00:00Z');
    expect(await store.order(orderId)).toMatchObject({ status: 'C', updatedAt: Date.UTC(2026, 0, 2) / 1000 });
    await expect(store.order(1)).rejects.toThrow('no order 1');
  });

  it('reads a shipment by the order whose lines it holds', async () => {
    const store = await buildStore(database, { version: '4.3.6 M' });
    const first = await store.addOrder({ lines: [{ quantity: 3 }, {}] });
    const second = await store.addOrder();
    const itemId = first.lines[0]?.itemId ?? 0;
    const shipmentId = await store.addShipment({
      orderId: first.orderId,
      trackingNumber: '9400',
      carrier: 'usps',
      items: [{ itemId, amount: 2 }],
      shippedAt: '2026-02-03T04:05:06Z',
    });
    await store.insert('shipments', [{ tracking_number: 'without items' }]);
    expect(await store.shipments(first.orderId)).toEqual([
      {
        shipmentId,
        shippingId: 1,
        trackingNumber: '9400',
        carrier: 'usps',
        timestamp: Date.UTC(2026, 1, 3, 4, 5, 6) / 1000,
        comments: '',
        status: undefined,
        items: [{ itemId, orderId: first.orderId, productId: 0, amount: 2 }],
      },
    ]);
    expect(await store.shipments(second.orderId)).toEqual([]);
    expect((await store.allShipments()).map(({ trackingNumber }) => trackingNumber)).toEqual([
      '9400',
      'without items',
    ]);
  });

  it('refuses what does not fit, in every row', async () => {
    const store = await buildStore(database, { version: '4.18.2 M' });
    await expect(store.addOrders([{}, { customer: { firstname: 'x'.repeat(33) } }])).rejects.toThrow(
      /too long/,
    );
    await expect(store.addOrder({ columns: { no_such_column: 1 } })).rejects.toThrow('orders.no_such_column');
    await expect(store.addOrder({ placedAt: 'yesterday' })).rejects.toThrow('not an instant');
    await expect(store.addOrder({ payment: 'Barter' })).rejects.toThrow('Barter');
  });
});

describe('snapshot', () => {
  it.each<[string, string]>([
    ['a changed value', "update cscart_orders set notes = 'x' where order_id = 101"],
    ['a new row', "insert into cscart_shipments (tracking_number) values ('1Z')"],
    ['a lost row', 'delete from cscart_order_details limit 1'],
    ['a new column', 'alter table cscart_orders add column last_modify int not null default 0'],
    ['a new key', 'alter table cscart_shipment_items add key order_id (order_id)'],
    ['another engine', 'alter table cscart_products engine=InnoDB'],
    ['a trigger', 'create trigger watch after update on cscart_orders for each row set @seen = 1'],
  ])('shows %s, in that table alone', async (_name, statement) => {
    const store = await buildStore(database, { version: '4.18.2 M' });
    await store.addOrder();
    const before = await store.snapshot();
    expect(await store.snapshot()).toEqual(before);
    await store.run(statement);
    const after = await store.snapshot();
    const changed = Object.keys(before).filter((table) => {
      return JSON.stringify(before[table]) !== JSON.stringify(after[table]);
    });
    const [, table] = /cscart_(\w+)/.exec(statement) ?? [];
    expect(changed).toEqual([table]);
  });

  it('does not look at tables beside the store', async () => {
    const store = await buildStore(database, { version: '4.18.2 M' });
    const before = await store.snapshot();
    await store.run('create table cscart_shipstation_notices (id int)');
    expect(await store.snapshot()).toEqual(before);
    expect(before['orders']).toMatchObject({ rows: 0 });
  });
});

describe('StoreTables', () => {
  const tables = new StoreTables('4.0.1 M', { prefix: 'x_', engine: 'MyISAM', lastModify: false });

  it('leaves out what the version lacks and fills in what it requires', () => {
    expect(
      tables.insertSql('shipments', [{ carrier: 'UPS', status: 'P' }, { tracking_number: "1'Z" }]),
    ).toEqual([
      "set statement sql_mode='STRICT_ALL_TABLES' for insert into `x_shipments` " +
        '(`tracking_number`, `carrier`, `comments`) values ' +
        "(default, 'UPS', ''),('1\\'Z', default, '')",
    ]);
    expect(tables.insertSql('storefronts', [{ storefront_id: 1 }])).toEqual([]);
    expect(tables.insertSql('orders', [])).toEqual([]);
  });

  it('divides what would be too long for one statement', () => {
    const rows = Array.from({ length: 5 }, () => ({ content: 'x'.repeat(400_000) }));
    expect(tables.insertSql('logs', rows).map((sql) => sql.match(/x{400000}/g)?.length)).toEqual([2, 2, 1]);
  });

  it('refuses a name that no version has', () => {
    expect(() => tables.insertSql('orders', [{ tracking: 1 }])).toThrow('orders.tracking');
    expect(() => tables.insertSql('order', [{ order_id: 1 }])).toThrow('order');
  });
});
