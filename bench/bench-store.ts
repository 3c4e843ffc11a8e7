import { createDatabase, type TestDatabase } from '../test/support/database.ts';
import type { MariaDb } from '../test/support/mariadb.ts';
import type { PlainOrder } from '../test/support/store/plain-order.ts';
import type { PlacedProduct } from '../test/support/store/plain-product.ts';
import { buildStore } from '../test/support/store/store.ts';
import type { StoreVersion } from '../test/support/store-shapes.ts';

export const MINUTE_MS = 60_000;

/** How many orders the small store has; a large one is made of as many such blocks as it needs. */
export const BLOCK_ORDERS = 10_000;

/** Of its own, so that the server tells the bridge's statements from those of the benchmark. */
export const BRIDGE_ACCOUNT = { user: 'bridge', password: 'bridge' };

/** A store with an order a minute, up to an hour ago. */
export interface BenchStore {
  readonly version: StoreVersion;
  /** As the administrator. */
  readonly database: TestDatabase;
  /** For the bridge. */
  readonly url: string;
  readonly orders: number;
  readonly firstOrderId: number;
  /** Instant of its last order. */
  readonly lastOrderMs: number;
}

/** First and last minute, both included. */
export interface Window {
  readonly startMs: number;
  readonly endMs: number;
}

/** The window that holds the store's last `orders` orders. */
export function lastOrders({ lastOrderMs }: Pick<BenchStore, 'lastOrderMs'>, orders: number): Window {
  return { startMs: lastOrderMs - (orders - 1) * MINUTE_MS, endMs: lastOrderMs };
}

/** The same number of orders, `orders` earlier. */
export function earlier({ startMs, endMs }: Window, orders: number): Window {
  return { startMs: startMs - orders * MINUTE_MS, endMs: endMs - orders * MINUTE_MS };
}

/** Forgets which windows were asked: the next page 1 is as that of a window which was never asked before. */
export async function forgetWindows({ database }: BenchStore): Promise<void> {
  try {
    await database.run(`delete from ${table('shipstation_exports')}`);
  } catch (error) {
    // Before the first bridge has started.
    if ((error as { code?: unknown }).code !== 'ER_NO_SUCH_TABLE') throw error;
  }
}

/** A table's name with the prefix that every store of the benchmark has. */
export function table(name: string): string {
  return `cscart_${name}`;
}

export function bridgeUrl(mariadb: MariaDb, database: TestDatabase): string {
  return mariadb.url(database.name, BRIDGE_ACCOUNT);
}

const FIRST_ORDER_ID = 101;
const PRODUCTS = 400;
const BATCH = 2_000;
const HOUR_MS = 3_600_000;

/** After this many orders, one is like another but for its instant and its products. */
export const ORDER_PERIOD = 60;

/** 10,000 orders with two or three lines each, options, discounts and taxes, over 400 products. */
export async function buildSmallStore(mariadb: MariaDb, version: StoreVersion): Promise<BenchStore> {
  const database = await createDatabase(mariadb.url(''), 'bench');
  const store = await buildStore(database, { version, firstOrderId: FIRST_ORDER_ID });
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
  const lastOrderMs = Math.floor((Date.now() - HOUR_MS) / MINUTE_MS) * MINUTE_MS;
  const firstOrderMs = lastOrderMs - (BLOCK_ORDERS - 1) * MINUTE_MS;
  const order = (index: number): PlainOrder => ({
    placedAt: new Date(firstOrderMs + index * MINUTE_MS),
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
  for (let start = 0; start < BLOCK_ORDERS; start += BATCH) {
    await store.addOrders(
      Array.from({ length: Math.min(BATCH, BLOCK_ORDERS - start) }, (_, index) => order(start + index)),
    );
  }
  return {
    version,
    database,
    url: bridgeUrl(mariadb, database),
    orders: BLOCK_ORDERS,
    firstOrderId: FIRST_ORDER_ID,
    lastOrderMs,
  };
}
