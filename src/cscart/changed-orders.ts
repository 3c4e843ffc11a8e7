import type { Queryable } from '../database/database.ts';
import type { EpochSeconds } from '../values/epoch-seconds.ts';
import type { OrderId } from '../values/order-id.ts';
import { INCOMPLETE } from './order-statuses.ts';
import type { Store } from './store.ts';

/** An order that changed in a window, with what the filters look at. */
export interface ChangedOrder {
  readonly orderId: OrderId;
  /** The latest of the instants that the store keeps for it. */
  readonly changedAt: EpochSeconds;
  readonly placedAt: EpochSeconds;
  /** Letter of its status. */
  readonly status: string;
  /** Two letters, or empty. */
  readonly country: string;
}

/** The columns that can say that an order changed, as this store has them. */
function changeColumns(store: Store): readonly string[] {
  // updated_at: 4.12.2 and later. last_modify: stores on which ShipStation's own add-on was installed.
  return [
    'timestamp',
    ...['updated_at', 'last_modify'].filter((column) => store.shape.has('orders', column)),
  ];
}

/** SQL for the latest instant at which the order in `alias` changed. */
export function changedAtSql(store: Store, alias: string): string {
  const columns = changeColumns(store).map((column) => `${alias}.${column}`);
  return columns.length === 1 ? `${columns[0]}` : `greatest(${columns.join(', ')})`;
}

/**
 * The orders of which any instant lies within `from` … `to` (both included), by (changed, order id).
 *
 * Incomplete orders and Multi-Vendor parents are not among them: the shop's own list hides them too. One range per
 * column, so that each leans on its index (`timestamp`, `idx_updated_at`); only `last_modify` has none.
 */
export async function findChangedOrders(
  database: Queryable,
  store: Store,
  window: { readonly from: EpochSeconds; readonly to: EpochSeconds },
): Promise<ChangedOrder[]> {
  const orders = store.tables('orders');
  const columns = changeColumns(store);
  const ranges = columns.map(
    (column) =>
      `select o.order_id as orderId, ${changedAtSql(store, 'o')} as changedAt, o.timestamp as placedAt,
              o.status, if(o.s_country = '', o.b_country, o.s_country) as country
         from ${orders} o
        where o.${column} between ? and ? and o.status <> '${INCOMPLETE}' and o.is_parent_order <> 'Y'`,
  );
  return database.query<ChangedOrder>(
    `${ranges.join(' union ')} order by changedAt, orderId`,
    columns.flatMap(() => [window.from, window.to]),
  );
}
