import type { Queryable } from '../../database/database.ts';
import type { EpochSeconds } from '../../values/epoch-seconds.ts';
import type { OrderId } from '../../values/order-id.ts';
import type { Store } from '../store/store.ts';
import { modifiedStamps } from '../store/store-shape.ts';
import { parseShippingIds } from './shipping-ids.ts';

/** An order that changed in a window, with what the filters look at. */
export interface ChangedOrder {
  readonly orderId: OrderId;
  /** The latest of the instants that the store keeps for it. */
  readonly changedAt: EpochSeconds;
  readonly placedAt: EpochSeconds;
  /** Letter of its status. */
  readonly status: string;
  /** A Multi-Vendor order that only holds the vendors' orders together. */
  readonly isParent: boolean;
  /** 0 where the version has no such column. */
  readonly storefrontId: number;
  readonly companyId: number;
  /** Ids of its shipping methods. */
  readonly shippingIds: readonly number[];
}

/** The columns that can say that an order changed, as this store has them. */
function changeColumns(store: Store): readonly string[] {
  return ['timestamp', ...modifiedStamps(store.shape)];
}

/** SQL for what is read of the order in `alias` before it is chosen, under the names of {@link ChangedOrder}. */
export function changedOrderColumns(store: Store, alias: string): string {
  return `${alias}.order_id as orderId, ${changedAtSql(store, alias)} as changedAt, ${alias}.timestamp as placedAt,
              ${alias}.status, ${alias}.is_parent_order = 'Y' as isParent,
              ${store.shape.has('orders', 'storefront_id') ? `${alias}.storefront_id` : '0'} as storefrontId,
              ${alias}.company_id as companyId, ${alias}.shipping_ids as shippingIds`;
}

/** SQL for the latest instant at which the order in `alias` changed. */
export function changedAtSql(store: Store, alias: string): string {
  const columns = changeColumns(store).map((column) => `${alias}.${column}`);
  return columns.length === 1 ? `${columns[0]}` : `greatest(${columns.join(', ')})`;
}

/**
 * The orders of which any instant lies within `from` … `to` (both included), by (changed, order id).
 *
 * Incomplete orders and Multi-Vendor parents are among them: whoever asks decides. One range per column, so that each
 * leans on its index (`timestamp`, `idx_updated_at`); only `last_modify` has none. Each range passes over what the
 * ranges before it have, and the server has nothing to merge or to sort in a temporary table.
 */
export async function findChangedOrders(
  database: Queryable,
  store: Store,
  window: { readonly from: EpochSeconds; readonly to: EpochSeconds },
): Promise<ChangedOrder[]> {
  const columns = changeColumns(store);
  const ranges = columns.map(
    (column, index) =>
      `select ${changedOrderColumns(store, 'o')}
         from ${store.tables('orders')} o
        where o.${column} between ? and ?
          ${columns
            .slice(0, index)
            .map((earlier) => `and o.${earlier} not between ? and ?`)
            .join(' ')}`,
  );
  const rows = await database.query<ChangedOrderRow>(
    ranges.join(' union all '),
    columns.flatMap((_, index) => Array.from({ length: index + 1 }, () => [window.from, window.to]).flat()),
  );
  return rows
    .map((row) => toChangedOrder(row))
    .sort((a, b) => a.changedAt - b.changedAt || a.orderId - b.orderId);
}

/** As MySQL answers: a condition is a number. */
export type ChangedOrderRow = Omit<ChangedOrder, 'isParent' | 'shippingIds'> & {
  readonly isParent: number;
  readonly shippingIds: string | null;
};

/** The order of a row, with whatever else was read of it. */
export function toChangedOrder<Row extends ChangedOrderRow>(
  row: Row,
): Omit<Row, 'isParent' | 'shippingIds'> & Pick<ChangedOrder, 'isParent' | 'shippingIds'> {
  return { ...row, isParent: row.isParent === 1, shippingIds: parseShippingIds(row.shippingIds) };
}
