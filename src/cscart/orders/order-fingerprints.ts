import { createHash } from 'node:crypto';
import { commonText } from '../../database/common-text.ts';
import type { Queryable } from '../../database/database.ts';
import type { EpochSeconds } from '../../values/epoch-seconds.ts';
import type { OrderId } from '../../values/order-id.ts';
import type { Store } from '../store/store.ts';
import {
  type ChangedOrder,
  type ChangedOrderRow,
  changedOrderColumns,
  toChangedOrder,
} from './changed-orders.ts';
import { ORDER_COLUMNS } from './order-rows.ts';
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

/**
 * Reads the fingerprints of all orders placed at or after `since`, hidden ones (incomplete, parents) included, in two
 * queries by the `timestamp` index and, for lines and profile fields, by ranges of their keys that begin with the order.
 * For stores that keep no instant of change.
 *
 * A line counts with its item id, which changes with its options, its product, code, price and quantity.
 */
export async function readOrderFingerprints(
  database: Queryable,
  store: Store,
  since: EpochSeconds,
  wanted: Extras,
): Promise<OrderFingerprint[]> {
  // As a value, not a subquery: MariaDB would read the whole tables before it knows where to begin.
  const [first] = await database.query<{ orderId: OrderId | null }>(
    `select min(order_id) as orderId from ${store.tables('orders')} where timestamp >= ?`,
    [since],
  );
  if (!first?.orderId) return [];
  return readFingerprints(database, store, wanted, {
    orders: ['o.timestamp >= ?', since],
    others: [(column) => `${column} >= ?`, first.orderId],
  });
}

/** Reads the fingerprints of some orders, by number, in one query. `orderIds` must not be empty. */
export function readFingerprintsOf(
  database: Queryable,
  store: Store,
  orderIds: readonly OrderId[],
  wanted: Extras,
): Promise<OrderFingerprint[]> {
  return readFingerprints(database, store, wanted, {
    orders: ['o.order_id in (?)', orderIds],
    others: [(column) => `${column} in (?)`, orderIds],
  });
}

type Value = number | readonly number[];

/** Which orders, as conditions with one value each. */
interface Selection {
  readonly orders: readonly [condition: string, value: Value];
  /** The same for a table whose rows belong to orders, by the column that says to which. */
  readonly others: readonly [condition: (column: string) => string, value: Value];
}

async function readFingerprints(
  database: Queryable,
  store: Store,
  wanted: Extras,
  { orders: [ofOrders, ordersValue], others: [ofOthers, othersValue] }: Selection,
): Promise<OrderFingerprint[]> {
  const { orderColumns, profileFields } = wanted;
  // concat_ws passes over NULL, which would let a note that moves from one column to the next go unseen.
  const row = COLUMNS.map((column) => `ifnull(o.\`${column}\`, '')`).join(', ');
  const hasFields = profileFields.length > 0;
  const extras = [
    ...orderColumns.map((column) => `ifnull(${commonText(`o.\`${column}\``)}, '')`),
    hasFields ? 'ifnull(f.fields_hash, 0)' : `''`,
  ].join(', ');
  const fields = `left join (
         select p.object_id, ${hashOfAll('p.field_id, p.value')} as fields_hash
           from ${store.tables('profile_fields_data')} p
          where ${ofOthers('p.object_id')} and p.object_type = 'O' and p.field_id in (?)
          group by p.object_id
       ) f on f.object_id = o.order_id`;
  const rows = await database.query<ChangedOrderRow & { readonly fingerprint: string }>(
    `select ${changedOrderColumns(store, 'o')},
            concat(left(md5(concat_ws('\\n', ${row})), 28), lpad(hex(ifnull(l.lines_hash, 0)), 12, '0'),
                   '-', ifnull(l.line_count, 0), ':', ?, left(md5(concat_ws('\\n', ${extras})), 12)) as fingerprint
       from ${store.tables('orders')} o
       left join (
         select d.order_id, count(*) as line_count,
                ${hashOfAll('d.item_id, d.product_id, d.product_code, d.price, d.amount')} as lines_hash
           from ${store.tables('order_details')} d
          where ${ofOthers('d.order_id')}
          group by d.order_id
       ) l on l.order_id = o.order_id
       ${hasFields ? fields : ''}
      where ${ofOrders}`,
    [signatureOf(wanted), othersValue, ...(hasFields ? [othersValue, profileFields] : []), ordersValue],
  );
  return rows.map((row) => toChangedOrder(row));
}
