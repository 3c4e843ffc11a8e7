import type { Queryable } from '../../database/database.ts';
import { createEpochSeconds, type EpochSeconds } from '../../values/epoch-seconds.ts';
import type { OrderId } from '../../values/order-id.ts';
import type { Store } from '../store/store.ts';
import { modifiedStamps } from '../store/store-shape.ts';
import { type InstantRange, nextPiece, ORDERS_OF_A_PIECE, type Piece } from './pieces.ts';
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
  // Of columns with and without a sign it is a DECIMAL, which comes as text.
  return columns.length === 1 ? `${columns[0]}` : `cast(greatest(${columns.join(', ')}) as unsigned)`;
}

/**
 * The orders of which any instant lies within `from` … `to` (both included), by (changed, order id). An instant of change
 * that is 0 is none: the order is older than the column.
 *
 * Incomplete orders and Multi-Vendor parents are among them: whoever asks decides. One statement with a range per column,
 * each of which leans on its index (`timestamp`, `idx_updated_at`), and more of them where a range has more than `most`
 * orders. An order of which two instants lie within comes twice, and what was read of it last counts: a condition that
 * passes over it would have the server look at more orders than it gives. `last_modify`, which has no index, is read
 * besides, by ranges of the primary key.
 */
export async function findChangedOrders(
  database: Queryable,
  store: Store,
  window: InstantRange,
  {
    most = ORDERS_OF_A_PIECE,
    span = ORDERS_OF_A_SCAN,
  }: Readonly<Partial<Record<'most' | 'span', number>>> = {},
): Promise<ChangedOrder[]> {
  const found = new Map<OrderId, ChangedOrder>();
  const columns = changeColumns(store);
  let ranges = columns
    .filter((column) => column !== WITHOUT_INDEX)
    .map((column): ColumnRange => ({ column, piece: { ...rangeOf(column, window), most } }));
  while (ranges.length > 0) {
    const rows = await readRanges(database, store, ranges);
    for (const { column: _, instant: __, ...order } of rows) found.set(order.orderId, toChangedOrder(order));
    ranges = ranges.flatMap(({ column, piece }) => {
      const instants = rows.filter((row) => row.column === column).map(({ instant }) => instant);
      const next = nextPiece(piece, instants, window, most);
      return next ? [{ column, piece: next }] : [];
    });
  }
  if (columns.includes(WITHOUT_INDEX)) {
    for await (const row of scanOrders(database, store, rangeOf(WITHOUT_INDEX, window), span))
      found.set(row.orderId, toChangedOrder(row));
  }
  return [...found.values()].sort((a, b) => a.changedAt - b.changedAt || a.orderId - b.orderId);
}

// Made by ShipStation's own add-on, without an index.
const WITHOUT_INDEX = 'last_modify';

// Rows of which nothing but one column is looked at.
const ORDERS_OF_A_SCAN = 5000;

function rangeOf(column: string, { from, to }: InstantRange): InstantRange {
  return { from: column === 'timestamp' ? from : createEpochSeconds(Math.max(from, 1)), to };
}

interface ColumnRange {
  readonly column: string;
  readonly piece: Piece;
}

/** One piece of each range, in one statement. */
function readRanges(
  database: Queryable,
  store: Store,
  ranges: readonly ColumnRange[],
): Promise<(ChangedOrderRow & { readonly column: string; readonly instant: EpochSeconds })[]> {
  const parts = ranges.map(
    ({ column }) =>
      `(select ${changedOrderColumns(store, 'o')}, '${column}' as \`column\`, o.${column} as instant
          from ${store.tables('orders')} o where o.${column} between ? and ? order by o.${column} limit ?)`,
  );
  return database.query(
    parts.join(' union all '),
    ranges.flatMap(({ piece }) => [piece.from, piece.to, piece.most]),
  );
}

/** Looks through all orders, `span` numbers a statement, for those whose `last_modify` lies within a range. */
async function* scanOrders(
  database: Queryable,
  store: Store,
  { from, to }: InstantRange,
  span: number,
): AsyncGenerator<ChangedOrderRow> {
  const orders = store.tables('orders');
  const [ends] = await database.query<{ first: number | null; last: number | null }>(
    `select min(order_id) as first, max(order_id) as last from ${orders}`,
  );
  if (ends?.first == null || ends.last === null) return;
  for (let first = ends.first; first <= ends.last; first += span) {
    yield* await database.query<ChangedOrderRow>(
      `select ${changedOrderColumns(store, 'o')} from ${orders} o
        where o.order_id between ? and ? and o.${WITHOUT_INDEX} between ? and ?`,
      [first, first + span - 1, from, to],
    );
  }
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
