import type { Queryable } from '../database/database.ts';
import type { OrderId } from '../values/order-id.ts';
import type { Store } from './store.ts';

/** A row of `order_details`. */
export interface LineRow {
  readonly item_id: number;
  readonly order_id: OrderId;
  readonly product_id: number;
  readonly product_code: string;
  readonly price: string;
  readonly amount: number;
  /** PHP-serialized. */
  readonly extra: Buffer;
}

/**
 * Reads the lines of orders, by index `o_k` (the primary key begins with item_id), in a stable order.
 * `extra` is text up to 4.1 and longblob after: read as bytes either way, since PHP's string lengths count bytes.
 * `orderIds` must not be empty.
 */
export async function readLineRows(
  database: Queryable,
  store: Store,
  orderIds: readonly OrderId[],
): Promise<Map<OrderId, LineRow[]>> {
  const rows = await database.query<LineRow>(
    `select item_id, order_id, product_id, product_code, price, amount, cast(extra as binary) as extra
       from ${store.tables('order_details')} where order_id in (?)`,
    [orderIds],
  );
  rows.sort((a, b) => a.order_id - b.order_id || a.product_id - b.product_id || a.item_id - b.item_id);
  const lines = new Map<OrderId, LineRow[]>();
  for (const row of rows) {
    const ofOrder = lines.get(row.order_id);
    if (ofOrder) ofOrder.push(row);
    else lines.set(row.order_id, [row]);
  }
  return lines;
}
