import { createDatabase } from '../../test/support/database.ts';
import type { MariaDb } from '../../test/support/mariadb.ts';
import type { PlacedOrder, PlainOrder } from '../../test/support/store/plain-order.ts';
import { buildStore, type Store } from '../../test/support/store/store.ts';

/** The first order's instant; the others follow, one a minute. */
export const FIRST_ORDER_MS = Date.parse('2026-01-01T00:00:00Z');
export const MINUTE_MS = 60_000;

const ORDERS = 400;
// Of the first line a unit leaves with each notice: there is always one left.
const UNITS = 500;

/** A store of 400 orders with three lines each, of which a lot can be shipped. */
export async function buildSoakStore(
  mariadb: MariaDb,
): Promise<{ readonly store: Store; readonly orders: readonly PlacedOrder[] }> {
  const store = await buildStore(await createDatabase(mariadb.url(''), 'soak'), { version: '4.18.2 M' });
  const order = (index: number): PlainOrder => ({
    placedAt: new Date(FIRST_ORDER_MS + index * MINUTE_MS),
    lines: ['MUG', 'SHIRT', 'HAT'].map((sku) => ({
      sku: `${sku}-${index}`,
      name: `A ${sku.toLowerCase()} with a name of ordinary length`,
      quantity: UNITS,
      options: [{ name: 'Size', value: 'Large' }],
    })),
    notes: index % 5 === 0 ? 'Please leave the parcel with the neighbour.' : '',
  });
  return { store, orders: await store.addOrders(Array.from({ length: ORDERS }, (_, index) => order(index))) };
}
