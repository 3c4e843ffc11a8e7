import type { Queryable } from '../../database/database.ts';
import type { OrderId } from '../../values/order-id.ts';
import { serializedColumn } from '../php-values/serialized-column.ts';
import { INCOMPLETE } from '../store/order-statuses.ts';
import type { Store } from '../store/store.ts';
import { storedText } from '../stored-text.ts';
import { translate } from '../translations.ts';
import { type LineExtra, readLineExtra } from './line-extra.ts';
import type { Product } from './products.ts';

/** A row of `order_details`, with its `extra` read. */
export interface StoredLine {
  readonly itemId: number;
  readonly orderId: OrderId;
  readonly productId: number;
  readonly productCode: string;
  /** DECIMAL as text. */
  readonly price: string;
  readonly amount: number;
  readonly extra: LineExtra;
  /** The status of its order at the very moment at which the line was read: while an admin saves, some lines are missing. */
  readonly orderStatus: string;
}

/** NULL is in no shape of the table, but one altered column must not cost a whole page. */
type LineRow = Omit<StoredLine, 'extra' | 'productCode'> & {
  readonly productCode: string | null;
  readonly extra: Buffer | null;
};

/**
 * Reads the lines of orders, by index `o_k` (the primary key begins with item_id), in a stable order.
 * `extra` is text up to 4.1 and longblob after: read as bytes either way, since PHP's string lengths count bytes.
 * `orderIds` must not be empty.
 *
 * The status comes in the same statement, which sees both tables at one moment, MyISAM's too: the shop makes an order
 * incomplete before it takes its lines away, and puts the status back after the last one is there again.
 */
export async function readStoredLines(
  database: Queryable,
  store: Store,
  orderIds: readonly OrderId[],
): Promise<Map<OrderId, StoredLine[]>> {
  const read = await database.queryEach(
    `select d.item_id as itemId, d.order_id as orderId, d.product_id as productId, d.product_code as productCode, d.price,
            d.amount, ${serializedColumn('d.extra')} as extra, o.status as orderStatus
       from ${store.tables('order_details')} d join ${store.tables('orders')} o on o.order_id = d.order_id
      where d.order_id in (?)`,
    [orderIds],
    toStoredLine,
  );
  read.sort((a, b) => a.orderId - b.orderId || a.productId - b.productId || a.itemId - b.itemId);
  const lines = new Map<OrderId, StoredLine[]>();
  for (const line of read) {
    const ofOrder = lines.get(line.orderId);
    if (ofOrder) ofOrder.push(line);
    else lines.set(line.orderId, [line]);
  }
  return lines;
}

function toStoredLine({
  itemId,
  orderId,
  productId,
  productCode,
  price,
  amount,
  extra,
  orderStatus,
}: LineRow): StoredLine {
  return {
    itemId,
    orderId,
    productId,
    productCode: storedText(productCode),
    price,
    amount,
    extra: readLineExtra(extra ?? NO_BYTES),
    orderStatus,
  };
}

const NO_BYTES = Buffer.alloc(0);

/** The status of an order by its row and its lines: incomplete if it was so when any of them was read. */
export function statusOf(rowStatus: string, lines: readonly StoredLine[]): string {
  return lines.some(({ orderStatus }) => orderStatus === INCOMPLETE) ? INCOMPLETE : rowStatus;
}

/**
 * The name under which a line is exported and found again: as ordered, else today's in the first of `languages` that has
 * one, else what it has.
 */
export function nameOfLine(
  line: StoredLine,
  product: Product | undefined,
  languages: readonly string[],
): string {
  return (
    line.extra.name ??
    translate(product?.names, languages) ??
    (line.productCode || `Product ${line.productId}`)
  );
}

/** False for a downloadable product, unless it is shipped all the same. An old order's line leaves that to the product. */
export function needsShipping({ extra }: StoredLine, product: Product | undefined): boolean {
  const isDownload = extra.isDownload ?? product?.isDownload ?? false;
  return !isDownload || extra.isDownloadShipped || product?.isDownloadShipped === true;
}
