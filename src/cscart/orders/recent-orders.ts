import type { Queryable } from '../../database/database.ts';
import type { EpochSeconds } from '../../values/epoch-seconds.ts';
import type { Store } from '../store/store.ts';
import {
  type ChangedOrder,
  type ChangedOrderRow,
  changedOrderColumns,
  toChangedOrder,
} from './changed-orders.ts';

/** The newest orders placed at or after `since`, newest first, `most` at the most (index timestamp). */
export async function readRecentOrders(
  database: Queryable,
  store: Store,
  since: EpochSeconds,
  most: number,
): Promise<readonly ChangedOrder[]> {
  const rows = await database.query<ChangedOrderRow>(
    `select ${changedOrderColumns(store, 'o')} from ${store.tables('orders')} o
      where o.timestamp >= ? order by o.timestamp desc limit ?`,
    [since, most],
  );
  return rows.map((row) => toChangedOrder(row));
}
