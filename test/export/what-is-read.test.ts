import { afterEach, beforeEach, expect, it } from 'vitest';
import { readOrders } from '../../src/cscart/orders/read-orders.ts';
import { NO_EXTRAS } from '../../src/cscart/orders/wanted-extras.ts';
import { readStore } from '../../src/cscart/store/store.ts';
import { openDatabase } from '../../src/database/database.ts';
import { parseDatabaseUrl } from '../../src/database/database-url.ts';
import { createOrderId } from '../../src/values/order-id.ts';
import type { TestDatabase } from '../support/database.ts';
import { buildStore, type Store, type StoreOptions } from '../support/store/store.ts';
import { startTestBridge } from '../support/test-bridge.ts';
import { createTestDatabase } from '../support/test-database.ts';

let database: TestDatabase;

beforeEach(async () => {
  database = await createTestDatabase();
});
afterEach(() => database.drop());

const build = (options: Partial<StoreOptions> = {}) =>
  buildStore(database, { version: '4.18.2 M', ...options });

/** The orders of the last minutes, as ShipStation has them. */
async function imported(store: Store, environment: Readonly<Record<string, string>> = {}) {
  const bridge = await startTestBridge(store, { environment });
  try {
    await bridge.shipstation.poll({ start: new Date(Date.now() - 60_000), end: new Date() });
    return bridge.shipstation.orders;
  } finally {
    await bridge.close();
  }
}

it('payment details are never asked for', async () => {
  const store = await build();
  const { orderId } = await store.addOrder({ orderData: { P: Buffer.from('card 4111 1111 1111 1111') } });
  const url = parseDatabaseUrl(store.url);
  if ('problem' in url) throw new Error(url.problem);
  const types = new Set<unknown>();
  const connection = openDatabase(url, {
    onStatement: (sql, values) => {
      if (sql.includes('order_data')) for (const type of values[1] as string[]) types.add(type);
    },
  });
  const known = await readStore(connection, { prefix: store.prefix });
  await readOrders(connection, known, [createOrderId(orderId)], NO_EXTRAS);
  await connection.close();
  expect(types).toEqual(new Set(['L', 'T', 'C', 'U', 'B']));
});

it("the names of methods are in the order's own language", async () => {
  const store = await build({ languages: ['en', 'de'] });
  await store.run(
    `update ${store.table('shipping_descriptions')} set shipping = concat(lang_code, ' shipping');
     update ${store.table('payment_descriptions')} set payment = concat(lang_code, ' payment')`,
  );
  const orders = ['en', 'de', 'fr'].map((language) => ({ language, orderData: { L: null } }));
  const placed = await store.addOrders(orders);
  const found = await imported(store);
  expect(
    placed
      .map(({ orderId }) => found.get(String(orderId)))
      .map((order) => [order?.ShippingMethod, order?.PaymentMethod]),
  ).toEqual([
    ['en shipping', 'en payment'],
    ['de shipping', 'de payment'],
    // A language that the store no longer has.
    ['en shipping', 'en payment'],
  ]);
});

it('a download that is shipped all the same is a line, in an export and in a notice', async () => {
  const store = await build();
  const disc = await store.addProduct({ sku: 'DISC', name: 'Disc', isDownload: true });
  await store.run(`update ${store.table('products')} set edp_shipping = 'Y' where product_id = ?`, [
    disc.productId,
  ]);
  const { orderId } = await store.addOrder({
    lines: [
      { sku: 'A', isDownload: true, edpShipping: true, quantity: 1 },
      { product: disc, isDownload: true, quantity: 1 },
      { sku: 'B', isDownload: true, quantity: 1 },
    ],
  });
  const order = (await imported(store)).get(String(orderId));
  expect(
    order?.Items.map(({ SKU }) => SKU)
      .filter(Boolean)
      .sort(),
  ).toEqual(['A', 'DISC']);
  const bridge = await startTestBridge(store);
  await bridge.shipstation.label(
    { orderNumber: String(orderId), carrier: 'UPS', service: '', trackingNumber: '1' },
    { withoutBody: true },
  );
  await bridge.close();
  const [shipment] = await store.shipments(orderId);
  expect(shipment?.items).toHaveLength(2);
  expect((await store.order(orderId)).status).toBe('C');
});

it('a store that was upgraded and kept a column of 4.0 keeps its carriers', async () => {
  const store = await build();
  await store.run(
    `alter table ${store.table('shipping_services')} add carrier varchar(10) not null default ''`,
  );
  const { orderId } = await store.addOrder({});
  const bridge = await startTestBridge(store);
  await bridge.shipstation.label(
    { orderNumber: String(orderId), carrier: 'USPS', service: '', trackingNumber: '1' },
    { withoutBody: true },
  );
  await bridge.close();
  expect(await store.shipments(orderId)).toMatchObject([{ carrier: 'usps' }]);
});

it('pages grow when there would be more of them than the format can count', async () => {
  const store = await build();
  const { orderId } = await store.addOrder({ placedAt: '2026-03-01T00:00:00Z' });
  const columns = (await store.query<{ Field: string }>(`show columns from ${store.table('orders')}`))
    .map(({ Field }) => Field)
    .filter((column) => column !== 'order_id');
  for (let rows = 1; rows <= 32_768; rows *= 2) {
    await store.run(
      `insert into ${store.table('orders')} (${columns.join(', ')}) select ${columns.join(', ')} from ${store.table('orders')}`,
    );
  }
  const bridge = await startTestBridge(store, { environment: { EXPORT_PAGE_SIZE: '1' } });
  try {
    const { body } = await bridge.request(
      'action=export&start_date=02/28/2026+00:00&end_date=03/02/2026+00:00&page=1',
    );
    const pages = Number(/pages="(\d+)"/.exec(body)?.[1]);
    expect(pages).toBeLessThanOrEqual(32_767);
    const [kept] = await store.query<{ page_size: number; order_ids: string }>(
      `select page_size, order_ids from ${store.prefix}shipstation_exports`,
    );
    expect(kept?.page_size).toBe(3);
    expect(kept?.order_ids.split(',')).toHaveLength(65_536);
    expect(kept?.order_ids.startsWith(`${orderId},`)).toBe(true);
    expect(pages).toBe(Math.ceil(65_536 / 3));
  } finally {
    await bridge.close();
  }
});

it('a store without a table prefix is read when the setting says none', async () => {
  const store = await build({ prefix: '' });
  const { orderId } = await store.addOrder();
  const found = await imported(store, { CSCART_TABLE_PREFIX: 'none' });
  expect([...found.keys()]).toEqual([String(orderId)]);
});
