import type { Queryable } from '../../database/database.ts';
import type { EpochSeconds } from '../../values/epoch-seconds.ts';
import type { Store } from '../store/store.ts';
import { type ChangedOrder, type ChangedOrderRow, changedAtSql, SHIP_TO_COUNTRY } from './changed-orders.ts';
import { ORDER_COLUMNS } from './order-rows.ts';

/** What an order looks like at this moment, short enough to be compared with how it looked before. */
export interface OrderFingerprint extends ChangedOrder {
  /** Differs whenever anything that an export says of the order does. */
  readonly fingerprint: string;
}

// Everything of the row that an export reads, and what hides an order.
const COLUMNS = [...ORDER_COLUMNS, 'is_parent_order'] as const;

/**
 * Reads the fingerprints of all orders placed at or after `since`, hidden ones (incomplete, parents) included, in one
 * query by the `timestamp` index and, for the lines, by a range of `o_k`. For stores that keep no instant of change.
 *
 * A line counts with its item id, which changes with its options, its product, code, price and quantity.
 */
export async function readOrderFingerprints(
  database: Queryable,
  store: Store,
  since: EpochSeconds,
): Promise<OrderFingerprint[]> {
  const orders = store.tables('orders');
  // concat_ws passes over NULL, which would let a note that moves from one column to the next go unseen.
  const row = COLUMNS.map((column) => `ifnull(o.${column}, '')`).join(', ');
  const rows = await database.query<ChangedOrderRow & { readonly fingerprint: string }>(
    `select o.order_id as orderId, ${changedAtSql(store, 'o')} as changedAt, o.timestamp as placedAt, o.status,
            ${SHIP_TO_COUNTRY} as country, o.is_parent_order = 'Y' as isParent,
            concat(md5(concat_ws('\\n', ${row})), lpad(hex(ifnull(l.lines_hash, 0)), 8, '0'), '-', ifnull(l.line_count, 0)) as fingerprint
       from ${orders} o
       left join (
         select d.order_id, count(*) as line_count,
                bit_xor(crc32(concat_ws('\\n', d.item_id, d.product_id, d.product_code, d.price, d.amount))) as lines_hash
           from ${store.tables('order_details')} d
          where d.order_id >= (select min(m.order_id) from ${orders} m where m.timestamp >= ?)
          group by d.order_id
       ) l on l.order_id = o.order_id
      where o.timestamp >= ?`,
    [since, since],
  );
  return rows.map((row) => ({ ...row, isParent: row.isParent === 1 }));
}
