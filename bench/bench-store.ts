import { createDatabase } from '../test/support/database.ts';
import type { MariaDb } from '../test/support/mariadb.ts';
import type { PlainOrder } from '../test/support/store/plain-order.ts';
import type { PlacedProduct } from '../test/support/store/plain-product.ts';
import { buildStore, type Store } from '../test/support/store/store.ts';

/** The first order's instant; the others follow, one a minute, so that a window holds as many orders as minutes. */
export const FIRST_ORDER_MS = Date.parse('2026-01-01T00:00:00Z');
export const MINUTE_MS = 60_000;

const PRODUCTS = 400;
const VERSION = '4.18.2 M';
const BATCH = 2_000;

/** A store of `orders` orders with two or three lines each, options, discounts and taxes, over 400 products. */
export async function buildBenchStore(mariadb: MariaDb, orders: number): Promise<Store> {
  const database = await createDatabase(mariadb.url(''), 'bench');
  const store = await buildStore(database, { version: VERSION });
  const products: PlacedProduct[] = [];
  for (let index = 0; index < PRODUCTS; index += 1) {
    products.push(
      await store.addProduct({
        sku: `SKU-${index}`,
        name: `Product ${index} with a name of ordinary length`,
        weight: 0.3 + index / 100,
        image: `product-${index}.jpg`,
        options: [{ name: 'Size', variants: [{ name: 'Large', weightModifier: 0.1 }, { name: 'Small' }] }],
      }),
    );
  }
  const order = (index: number): PlainOrder => ({
    placedAt: new Date(FIRST_ORDER_MS + index * MINUTE_MS),
    status: 'POC'[index % 3] ?? 'P',
    lines: Array.from({ length: 2 + (index % 2) }, (_, line) => ({
      product: products[(index * 7 + line * 13) % PRODUCTS],
      quantity: 1 + ((index + line) % 3),
      price: `${10 + ((index + line) % 50)}.95`,
      options: [{ name: 'Size', value: 'Large' }],
    })),
    discount: index % 4 === 0 ? '5.00' : '0.00',
    coupons: index % 4 === 0 ? ['spring10'] : [],
    taxes: [{ description: 'Sales tax', amount: '3.25', included: false }],
    notes: index % 5 === 0 ? 'Please leave the parcel with the neighbour.' : '',
  });
  for (let start = 0; start < orders; start += BATCH) {
    await store.addOrders(
      Array.from({ length: Math.min(BATCH, orders - start) }, (_, index) => order(start + index)),
    );
  }
  return store;
}
