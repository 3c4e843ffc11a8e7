import type { Queryable } from '../../database/database.ts';
import type { EpochSeconds } from '../../values/epoch-seconds.ts';
import type { OrderId } from '../../values/order-id.ts';
import type { Store } from '../store/store.ts';
import { modifiedStamps } from '../store/store-shape.ts';
import {
  type ChangedOrder,
  type ChangedOrderRow,
  changedOrderColumns,
  toChangedOrder,
} from './changed-orders.ts';

/** An order as the filters look at it, with each instant that the store keeps of it, by column. */
export interface OrderInstants {
  readonly order: ChangedOrder;
  /** 0 where an order is older than the column. */
  readonly stamps: ReadonlyMap<string, EpochSeconds>;
}

/** Looks an order up by its number (primary key), whatever its status; `undefined`: the store has none. */
export async function findOrder(
  database: Queryable,
  store: Store,
  orderId: OrderId,
): Promise<OrderInstants | undefined> {
  const columns = modifiedStamps(store.shape);
  const [row] = await database.query<ChangedOrderRow & Readonly<Record<`stamp:${string}`, EpochSeconds>>>(
    `select ${[changedOrderColumns(store, 'o'), ...columns.map((column) => `o.${column} as \`stamp:${column}\``)].join(', ')}
       from ${store.tables('orders')} o where o.order_id = ?`,
    [orderId],
  );
  if (!row) return undefined;
  const order = toChangedOrder(row);
  return {
    order,
    stamps: new Map(columns.map((column) => [column, row[`stamp:${column}`] ?? order.placedAt])),
  };
}

// They are placed together with their parent; other buyers' orders may come between them.
const MOST_BETWEEN = 1000;

/** The vendors' orders of a Multi-Vendor parent. No index leads to them: they are looked for right behind it. */
export async function readChildOrders(
  database: Queryable,
  store: Store,
  parentId: OrderId,
): Promise<readonly OrderId[]> {
  const rows = await database.query<{ orderId: OrderId }>(
    `select order_id as orderId from ${store.tables('orders')}
      where order_id > ? and order_id <= ? and parent_order_id = ? order by order_id`,
    [parentId, parentId + MOST_BETWEEN, parentId],
  );
  return rows.map(({ orderId }) => orderId);
}
