import type { Queryable } from '../../database/database.ts';
import type { OrderId } from '../../values/order-id.ts';
import { readOrderData } from '../orders/order-data.ts';
import { readProducts } from '../orders/products.ts';
import { parseShippingIds } from '../orders/shipping-ids.ts';
import { nameOfLine, needsShipping, readStoredLines, statusOf } from '../orders/stored-lines.ts';
import type { Store } from '../store/store.ts';
import { storedText } from '../stored-text.ts';

/** What must be known of an order to write a shipment of it. */
export interface OrderToShip {
  readonly orderId: OrderId;
  /** Letter of its status. */
  readonly status: string;
  /** A Multi-Vendor order that only holds the vendors' orders together. */
  readonly isParent: boolean;
  /** First of its shipping methods; 0 where it has none, which the shop tolerates. */
  readonly shippingId: number;
  readonly lines: readonly LineToShip[];
  /** Whether gift certificates go by post: the shop keeps no line and no shipment of them. Looked up only where no line is shipped. */
  readonly hasPostedCertificates: boolean;
}

export interface LineToShip {
  readonly itemId: number;
  readonly productId: number;
  readonly sku: string;
  readonly name: string;
  readonly ordered: number;
  /** Sum over all shipments; a careless writer may have shipped more than was ordered. */
  readonly shipped: number;
  readonly needsShipping: boolean;
}

interface OrderHead {
  readonly status: string;
  readonly isParent: string;
  readonly shippingIds: string | null;
  readonly language: string | null;
}

/** Reads one order in four queries, five where no line is shipped; `undefined` when the store has none of this number. */
export async function readOrderToShip(
  session: Queryable,
  store: Store,
  orderId: OrderId,
): Promise<OrderToShip | undefined> {
  const [order] = await session.query<OrderHead>(
    `select status, is_parent_order as isParent, shipping_ids as shippingIds, lang_code as language
       from ${store.tables('orders')} where order_id = ?`,
    [orderId],
  );
  if (!order) return undefined;
  // As an export names the lines.
  const languages = [storedText(order.language), ...store.languages];
  const lines = (await readStoredLines(session, store, [orderId])).get(orderId) ?? [];
  const shipped = await readShippedSums(
    session,
    store,
    orderId,
    lines.map((line) => line.itemId),
  );
  // Only what `extra` leaves open is looked up: the name, and whether an old order's product is a download.
  const openIds = lines.flatMap((line) =>
    line.extra.name === undefined || line.extra.isDownload !== false ? [line.productId] : [],
  );
  const products = await readProducts(session, store, [...new Set(openIds)], {
    columns: [],
    withNames: true,
  });
  const linesToShip = lines.map((line): LineToShip => {
    const product = products.get(line.productId);
    return {
      itemId: line.itemId,
      productId: line.productId,
      sku: line.productCode,
      name: nameOfLine(line, product, languages),
      ordered: line.amount,
      shipped: shipped.get(line.itemId) ?? 0,
      needsShipping: needsShipping(line, product),
    };
  });
  return {
    orderId,
    status: statusOf(order.status, lines),
    isParent: order.isParent === 'Y',
    shippingId: parseShippingIds(order.shippingIds)[0] ?? 0,
    lines: linesToShip,
    hasPostedCertificates:
      !linesToShip.some((line) => line.needsShipping) &&
      (await hasPostedCertificates(session, store, orderId)),
  };
}

async function hasPostedCertificates(session: Queryable, store: Store, orderId: OrderId): Promise<boolean> {
  const orderData = (await readOrderData(session, store, [orderId], [])).get(orderId);
  return orderData?.purchasedGiftCertificates.some(({ isPosted }) => isPosted) ?? false;
}

/**
 * How much of each line has been shipped. Found by item id, because `shipment_items` has no index on the order;
 * an item id can occur in other orders too (a parent and its child share them).
 */
async function readShippedSums(
  session: Queryable,
  store: Store,
  orderId: OrderId,
  itemIds: readonly number[],
): Promise<Map<number, number>> {
  if (itemIds.length === 0) return new Map();
  const rows = await session.query<{ itemId: number; amount: string | number }>(
    `select item_id as itemId, sum(amount) as amount
       from ${store.tables('shipment_items')}
      where item_id in (?) and order_id = ? group by item_id`,
    [itemIds, orderId],
  );
  return new Map(rows.map((row) => [row.itemId, Number(row.amount)]));
}
