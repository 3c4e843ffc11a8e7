import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { TestDatabase } from '../database.ts';
import { phpSerialize } from '../php-serialize.ts';
import { createTestDatabase } from '../test-database.ts';
import { buildStore } from './store.ts';

let database: TestDatabase;

beforeEach(async () => {
  database = await createTestDatabase('store');
});

afterEach(async () => {
  await database.drop();
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

  it('takes the columns of an add-on', async () => {
    const store = await buildStore(database, { version: '4.18.2 M' });
    expect(store.hasColumn('products', 'upc')).toBe(false);
    await store.addColumn('products', 'upc varchar(64)');
    await store.addColumn('products', "shelf varchar(16) not null default 'none'");
    expect(store.hasColumn('products', 'upc')).toBe(true);
    await store.addProduct({ name: 'Mug', columns: { upc: '036000291452', shelf: 'A4', company_id: 2 } });
    await store.addProduct({ name: 'Cup' });
    expect(
      await store.query(`select upc, shelf, company_id from ${store.table('products')} order by product_id`),
    ).toEqual([
      { upc: '036000291452', shelf: 'A4', company_id: 2 },
      { upc: null, shelf: 'none', company_id: 1 },
    ]);
    await expect(store.addColumn('products', 'upc')).rejects.toThrow('not a column');
    await expect(store.addColumn('product', 'upc int(11)')).rejects.toThrow('no table product');
  });

  it('knows what kind of address an order goes to', async () => {
    const store = await buildStore(database, { version: '4.18.2 M' });
    const { orderId } = await store.addOrder({ shipTo: { addressType: 'commercial' } });
    await store.addOrder();
    expect(
      await store.query(`select order_id, s_address_type from ${store.table('orders')} order by order_id`),
    ).toEqual([
      { order_id: orderId, s_address_type: 'commercial' },
      { order_id: orderId + 1, s_address_type: '' },
    ]);
    await expect(store.addOrder({ billTo: { addressType: 'commercial' } })).rejects.toThrow('b_address_type');
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
