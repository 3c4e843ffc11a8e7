import type { Queryable } from '../../database/database.ts';
import type { Store } from '../store/store.ts';

// A read lock on a MyISAM table stops the shop's checkout: a chunk of this many order numbers takes milliseconds.
const CHUNK = 10_000;
// Of a store with more, the newest are counted.
const MOST_LOOKED_AT = 1_000_000;

export interface StatusCounts {
  /** By letter; hidden orders (incomplete, parents) included. */
  readonly counts: ReadonlyMap<string, number>;
  /** Whether older orders were not looked at. */
  readonly isPart: boolean;
}

/** Counts orders by status, newest first, in many short queries by ranges of the primary key. */
export async function countStatuses(
  database: Queryable,
  store: Pick<Store, 'tables'>,
): Promise<StatusCounts> {
  const orders = store.tables('orders');
  const [range] = await database.query<{ first: number | null; last: number | null }>(
    `select min(order_id) as first, max(order_id) as last from ${orders}`,
  );
  const first = range?.first ?? 0;
  const last = range?.last ?? -1;
  const oldest = Math.max(first, last - MOST_LOOKED_AT + 1);
  const counts = new Map<string, number>();
  for (let end = last; end >= oldest; end -= CHUNK) {
    const rows = await database.query<{ status: string; count: number }>(
      `select status, count(*) as count from ${orders} where order_id between ? and ? group by status`,
      [Math.max(end - CHUNK + 1, oldest), end],
    );
    for (const { status, count } of rows) counts.set(status, (counts.get(status) ?? 0) + count);
  }
  return { counts, isPart: oldest > first };
}
