import { createHash } from 'node:crypto';
import { commonText } from '../../database/common-text.ts';
import type { Queryable } from '../../database/database.ts';
import { createEpochSeconds, type EpochSeconds } from '../../values/epoch-seconds.ts';
import type { OrderId } from '../../values/order-id.ts';
import type { Store } from '../store/store.ts';
import {
  type ChangedOrder,
  type ChangedOrderRow,
  changedOrderColumns,
  toChangedOrder,
} from './changed-orders.ts';
import { ORDER_COLUMNS } from './order-rows.ts';
import { nextPiece, ORDERS_OF_A_PIECE, type Piece } from './pieces.ts';
import type { WantedExtras } from './wanted-extras.ts';

/** What an order looks like at this moment, short enough to be compared with how it looked before. */
export interface OrderFingerprint extends ChangedOrder {
  /** To be compared by {@link compareFingerprint}. */
  readonly fingerprint: string;
}

/**
 * How a fingerprint compares with an earlier one of the same order: `different` when the order's row, its lines, or what
 * the configuration wants of it besides has changed. When the configuration wants other things than it did, those cannot
 * be compared: that alone is `incomparable`, and no change of the order.
 */
export function compareFingerprint(now: string, before: string): 'same' | 'different' | 'incomparable' {
  if (now === before) return 'same';
  const [order, extras = ''] = now.split(':');
  const [orderBefore, extrasBefore = ''] = before.split(':');
  if (order !== orderBefore) return 'different';
  const signature = (text: string) => text.slice(0, SIGNATURE_LENGTH);
  return signature(extras) === signature(extrasBefore) ? 'different' : 'incomparable';
}

// What is wanted besides the order's own row and lines; so short that the whole stays within the 64 characters of its
// column.
const SIGNATURE_LENGTH = 4;

function signatureOf({ orderColumns, profileFields }: Extras): string {
  const wanted = JSON.stringify([orderColumns.toSorted(), profileFields.toSorted((a, b) => a - b)]);
  return createHash('sha256').update(wanted).digest('hex').slice(0, SIGNATURE_LENGTH);
}

type Extras = Pick<WantedExtras, 'orderColumns' | 'profileFields'>;

// Everything of the row that an export reads, and what hides an order.
const COLUMNS = [...ORDER_COLUMNS, 'is_parent_order'] as const;

/**
 * SQL for 48 bits of a group of rows, in whatever order they come. Not of CRC32, whose differences cancel each other out:
 * two lines that exchange their quantities would look as before.
 */
function hashOfAll(columns: string): string {
  return `bit_xor(cast(conv(left(md5(concat_ws('\\n', ${columns})), 12), 16, 10) as unsigned))`;
}

// Hashing an order with its lines takes four times as long as looking at its instant: fewer of them at a time.
const ORDERS_OF_A_LOOK = Math.ceil(ORDERS_OF_A_PIECE / 2);

/**
 * Reads the fingerprints of all orders placed at or after `since`, hidden ones (incomplete, parents) included, by the
 * `timestamp` index, `most` orders a statement. For stores that keep no instant of change. An order can be seen twice,
 * because it is on the border of two statements or was given another `timestamp` between them: the later look counts.
 */
export async function* readOrderFingerprints(
  database: Queryable,
  store: Store,
  since: EpochSeconds,
  wanted: Extras,
  most: number = ORDERS_OF_A_LOOK,
): AsyncGenerator<readonly OrderFingerprint[]> {
  const range = { from: since, to: END_OF_TIME };
  let piece: Piece | undefined = { ...range, most };
  while (piece) {
    const orders = await readFingerprints(database, store, wanted, {
      condition: 'o.timestamp between ? and ? order by o.timestamp limit ?',
      values: [piece.from, piece.to, piece.most],
    });
    yield orders;
    const instants = orders.map(({ placedAt }) => placedAt);
    piece = nextPiece(piece, instants, range, most);
  }
}

// Orders that are dated ahead are among them.
const END_OF_TIME = createEpochSeconds(Number.MAX_SAFE_INTEGER);

/** Reads the fingerprints of some orders, by number, in one query. `orderIds` must not be empty. */
export function readFingerprintsOf(
  database: Queryable,
  store: Store,
  orderIds: readonly OrderId[],
  wanted: Extras,
): Promise<OrderFingerprint[]> {
  return readFingerprints(database, store, wanted, {
    condition: 'o.order_id in (?)',
    values: [orderIds],
  });
}

/**
 * An order, its lines and its profile fields in the same statement, so that no change comes between them. Lines and fields
 * are looked up order by order, by keys that begin with the order's number: the server need not know before it begins
 * which orders a `limit` will leave.
 *
 * A line counts with its item id, which changes with its options, its product, code, price and quantity.
 */
async function readFingerprints(
  database: Queryable,
  store: Store,
  wanted: Extras,
  orders: { readonly condition: string; readonly values: readonly (number | readonly number[])[] },
): Promise<OrderFingerprint[]> {
  const { orderColumns, profileFields } = wanted;
  // concat_ws passes over NULL, which would let a note that moves from one column to the next go unseen.
  const row = COLUMNS.map((column) => `ifnull(o.\`${column}\`, '')`).join(', ');
  const hasFields = profileFields.length > 0;
  const lines = `(
              select concat(lpad(hex(ifnull(${hashOfAll('d.item_id, d.product_id, d.product_code, d.price, d.amount')}, 0)), 12, '0'),
                            '-', count(*))
                from ${store.tables('order_details')} d where d.order_id = o.order_id)`;
  const fields = `(
              select ifnull(${hashOfAll('p.field_id, p.value')}, 0) from ${store.tables('profile_fields_data')} p
               where p.object_id = o.order_id and p.object_type = 'O' and p.field_id in (?))`;
  const extras = [
    ...orderColumns.map((column) => `ifnull(${commonText(`o.\`${column}\``)}, '')`),
    hasFields ? fields : `''`,
  ].join(', ');
  const rows = await database.query<ChangedOrderRow & { readonly fingerprint: string }>(
    `select ${changedOrderColumns(store, 'o')},
            concat(left(md5(concat_ws('\\n', ${row})), 28), ${lines}, ':', ?,
                   left(md5(concat_ws('\\n', ${extras})), 12)) as fingerprint
       from ${store.tables('orders')} o
      where ${orders.condition}`,
    [signatureOf(wanted), ...(hasFields ? [profileFields] : []), ...orders.values],
  );
  return rows.map((row) => toChangedOrder(row));
}
