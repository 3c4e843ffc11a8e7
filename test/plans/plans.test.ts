import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { TestDatabase } from '../support/database.ts';
import type { PlacedProduct } from '../support/store/plain-product.ts';
import { buildStore, type Store } from '../support/store/store.ts';
import type { StoreVersion } from '../support/store-shapes.ts';
import { createTestDatabase } from '../support/test-database.ts';
import { type PlanStep, planOf, type SentStatement, statementsOf } from './planned-statements.ts';

/** The tables that grow with the store: none may ever be read whole, since that locks out the shop's checkout. */
const GROWING = [
  'orders',
  'order_details',
  'order_data',
  'shipments',
  'shipment_items',
  'profile_fields_data',
];
const WHOLE = ['ALL', 'index'];
// So many that the server never finds it cheaper to read all of them.
const ORDERS = 3000;
// Placed before the days in which orders are compared; the others are the newest.
const OLD_ORDERS = 2500;
const MINUTE_MS = 60_000;
const OLD_MS = 200 * 86_400_000;

const SHAPES: readonly { readonly version: StoreVersion }[] = [
  { version: '4.3.3 M' },
  { version: '4.6.1 M' },
  { version: '4.12.2 M' },
  { version: '4.18.2 M' },
  { version: '4.20.1 U' },
];

describe.each(SHAPES)('in a store of $version', ({ version }) => {
  let database: TestDatabase;
  let store: Store;
  let sent: readonly SentStatement[];
  const plans = new Map<string, readonly PlanStep[]>();

  beforeAll(async () => {
    database = await createTestDatabase();
    store = await buildStore(database, { version });
    const now = Date.now();
    const placedAt = (index: number) =>
      new Date(now - (ORDERS - index) * MINUTE_MS - (index < OLD_ORDERS ? OLD_MS : 0));
    const products: PlacedProduct[] = [];
    for (let index = 0; index < 50; index += 1)
      products.push(await store.addProduct({ sku: `SKU-${index}`, name: `Thing ${index}`, weight: 1 }));
    const placed = await store.addOrders(
      Array.from({ length: ORDERS }, (_, index) => ({
        placedAt: placedAt(index),
        status: 'P',
        lines: [{ product: products[0], quantity: 2 }, { product: products[1 + (index % 49)] }],
      })),
    );
    for (const { orderId } of placed.slice(0, 500)) await store.addShipment({ orderId });
    await store.run(
      `analyze table ${GROWING.filter(
        (name) => store.hasColumn(name, 'order_id') || name.startsWith('shipment'),
      )
        .map((name) => store.table(name))
        .join(', ')}`,
    );
    const [whole, part] = [placed[2700]?.orderId ?? 0, placed[2701]?.orderId ?? 0];
    sent = await statementsOf(store, { from: placedAt(2600), whole, part });
    for (const statement of sent) plans.set(statement.sql, await planOf(store, statement));
  }, 120_000);
  afterAll(() => database.drop());

  it('every kind of statement was sent and has a plan', () => {
    const steps = [...plans.values()].flat();
    for (const table of ['orders', 'order_details', 'order_data', 'shipments', 'shipment_items'])
      expect(steps.map((step) => step.table)).toContain(table);
    expect(sent.some(({ sql }) => /^\s*update `cscart_orders`/i.test(sql))).toBe(true);
    expect(sent.some(({ sql }) => /^\s*insert .*into `cscart_shipment_items`/is.test(sql))).toBe(true);
  });

  it('no statement reads the whole of a table that grows with the store', () => {
    const readingAll = [...plans].flatMap(([sql, steps]) =>
      steps
        .filter(
          ({ table, access, key }) =>
            GROWING.includes(table) && (WHOLE.includes(access) || key === null) && access !== 'system',
        )
        .map((step) => ({ sql, ...step })),
    );
    expect(readingAll).toEqual([]);
  });
});

it('a statement that does read a table whole is seen', async () => {
  const database = await createTestDatabase();
  const store = await buildStore(database, { version: '4.18.2 M' });
  await store.addOrders(Array.from({ length: 50 }, () => ({})));
  const orders = store.table('orders');
  const plan = await planOf(store, {
    sql: `select o.order_id from ${orders} o where o.notes = ?`,
    values: ['x'],
  });
  await database.drop();
  expect(plan).toMatchObject([{ table: 'orders', access: 'ALL', key: null }]);
});
