import type { Queryable } from '../../database/database.ts';
import { AmountOutOfRange } from '../../values/cents.ts';
import type { OrderId } from '../../values/order-id.ts';
import type { Store } from '../store/store.ts';
import { readMethodNames } from './method-names.ts';
import { readOptionFacts } from './option-facts.ts';
import type { Order } from './order.ts';
import { readOrderData } from './order-data.ts';
import { type OrderRow, readOrderRows } from './order-rows.ts';
import { readProductFeatures } from './product-features.ts';
import { readProductImages } from './product-images.ts';
import { readProducts } from './products.ts';
import { readStoredLines } from './stored-lines.ts';
import { chosenMethods, type PageFacts, toOrder } from './to-order.ts';
import type { WantedExtras } from './wanted-extras.ts';

/** An order that is there but could not be understood. */
export interface UnreadableOrder {
  readonly orderId: OrderId;
  /** A sentence for the admin, without personal data; absent where nobody has foreseen it. */
  readonly problem: string | undefined;
  /** What was thrown that nobody has foreseen. */
  readonly cause?: unknown;
}

/**
 * Reads whole orders in seven queries, however many they are: three by order id, four by what those name; and up to two
 * more where a method has come since the store was last looked at.
 * The result stands in the order of `orderIds`; ids that the store no longer has are absent. One order that cannot be
 * understood never spoils the others.
 */
export async function readOrders(
  database: Queryable,
  store: Store,
  orderIds: readonly OrderId[],
  wanted: WantedExtras,
): Promise<Iterable<Order | UnreadableOrder>> {
  if (orderIds.length === 0) return [];
  const [{ rows, orderData, names }, linesAndProducts] = await Promise.all([
    readRowsAndNames(database, store, orderIds, wanted),
    readLinesAndProducts(database, store, orderIds, wanted),
  ]);
  const facts: PageFacts = { ...linesAndProducts, ...names, orderData, store, wanted };
  return ordersOf(orderIds, new Map(rows.map((row) => [row.order_id, row])), facts);
}

async function readRowsAndNames(
  database: Queryable,
  store: Store,
  orderIds: readonly OrderId[],
  wanted: WantedExtras,
) {
  const [rows, orderData] = await Promise.all([
    readOrderRows(database, store, orderIds, wanted.orderColumns),
    readOrderData(database, store, orderIds, wanted.profileFields),
  ]);
  // The names that the orders themselves bring need not be looked up, unless another language is wanted.
  const unnamed = rows.flatMap((row) =>
    chosenMethods(row, orderData.get(row.order_id)).flatMap(({ id, name }) =>
      id !== undefined && (name === '' || wanted.methodLanguage !== undefined) ? id : [],
    ),
  );
  const names = await readMethodNames(database, store, {
    payments: new Set(rows.map((row) => row.payment_id)),
    shippings: new Set(unnamed),
  });
  return { rows, orderData, names };
}

async function readLinesAndProducts(
  database: Queryable,
  store: Store,
  orderIds: readonly OrderId[],
  wanted: WantedExtras,
) {
  const lines = await readStoredLines(database, store, orderIds);
  const productIds = new Set<number>();
  const variantIds = new Set<number>();
  const openOptions = new Set<number>();
  let withNames = false;
  for (const ofOrder of lines.values()) {
    for (const line of ofOrder) {
      productIds.add(line.productId);
      if (line.extra.name === undefined) withNames = true;
      for (const variantId of line.extra.variantIds) variantIds.add(variantId);
      for (const { optionId } of line.extra.openOptions) openOptions.add(optionId);
    }
  }
  const [products, options, images, features] = await Promise.all([
    readProducts(database, store, [...productIds], { columns: wanted.productColumns, withNames }),
    readOptionFacts(database, store, [...variantIds], [...openOptions]),
    readProductImages(database, store, [...productIds]),
    readProductFeatures(database, store, [...productIds], wanted.features),
  ]);
  return { lines, products, options, images, features };
}

/** Makes each order when it is asked for, so that a large page is never in memory as rows and as orders at once. */
function* ordersOf(
  orderIds: readonly OrderId[],
  rows: ReadonlyMap<OrderId, OrderRow>,
  facts: PageFacts,
): Generator<Order | UnreadableOrder> {
  for (const orderId of orderIds) {
    const row = rows.get(orderId);
    if (!row) continue;
    try {
      yield toOrder(row, facts);
    } catch (error) {
      yield error instanceof AmountOutOfRange
        ? { orderId, problem: error.message }
        : { orderId, problem: undefined, cause: error };
    }
  }
}
