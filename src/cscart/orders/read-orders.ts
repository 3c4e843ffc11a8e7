import type { Queryable } from '../../database/database.ts';
import { type Cents, parseCents, ZERO_CENTS } from '../../values/cents.ts';
import type { OrderId } from '../../values/order-id.ts';
import type { Store } from '../store/store.ts';
import type { Address, Order, OrderLine } from './order.ts';
import { NO_ORDER_DATA, type OrderData, readOrderData } from './order-data.ts';
import { type OrderRow, readOrderRows } from './order-rows.ts';
import { readProductImages } from './product-images.ts';
import {
  type Product,
  readProducts,
  readWeightModifiers,
  type WeightModifier,
  weightWithOptions,
} from './products.ts';
import { nameOfLine, needsShipping, readStoredLines, type StoredLine } from './stored-lines.ts';
import { type FindName, readMethodNames } from './translated-names.ts';

/** An order that is there but could not be understood. */
export interface UnreadableOrder {
  readonly orderId: OrderId;
  readonly problem: string;
}

/** Everything that one page of orders needs besides the order rows themselves. */
interface PageFacts {
  readonly lines: ReadonlyMap<OrderId, readonly StoredLine[]>;
  readonly orderData: ReadonlyMap<OrderId, OrderData>;
  readonly products: ReadonlyMap<number, Product>;
  readonly modifiers: ReadonlyMap<number, WeightModifier>;
  readonly images: ReadonlyMap<number, string>;
  readonly paymentName: FindName;
  readonly shippingName: FindName;
}

/**
 * Reads whole orders in seven queries at the most, however many they are: three by order id, four by what those name.
 * The result stands in the order of `orderIds`; ids that the store no longer has are absent. One order that cannot be
 * understood never spoils the others.
 */
export async function readOrders(
  database: Queryable,
  store: Store,
  orderIds: readonly OrderId[],
): Promise<Iterable<Order | UnreadableOrder>> {
  if (orderIds.length === 0) return [];
  const [{ rows, orderData, names }, linesAndProducts] = await Promise.all([
    readRowsAndNames(database, store, orderIds),
    readLinesAndProducts(database, store, orderIds),
  ]);
  const facts = { ...linesAndProducts, ...names, orderData };
  return ordersOf(orderIds, new Map(rows.map((row) => [row.order_id, row])), facts, store);
}

async function readRowsAndNames(database: Queryable, store: Store, orderIds: readonly OrderId[]) {
  const [rows, orderData] = await Promise.all([
    readOrderRows(database, store, orderIds),
    readOrderData(database, store, orderIds),
  ]);
  const names = await readMethodNames(database, store, {
    payments: unique(rows.map((row) => row.payment_id)),
    shippings: unique(rows.flatMap((row) => methodsWithoutName(row, orderData))),
  });
  return { rows, orderData, names };
}

async function readLinesAndProducts(database: Queryable, store: Store, orderIds: readonly OrderId[]) {
  const lines = await readStoredLines(database, store, orderIds);
  const productIds = new Set<number>();
  const variantIds = new Set<number>();
  for (const ofOrder of lines.values()) {
    for (const line of ofOrder) {
      productIds.add(line.productId);
      for (const variantId of line.extra.variantIds) variantIds.add(variantId);
    }
  }
  const [products, modifiers, images] = await Promise.all([
    readProducts(database, store, [...productIds]),
    readWeightModifiers(database, store, [...variantIds]),
    readProductImages(database, store, [...productIds]),
  ]);
  return { lines, products, modifiers, images };
}

/** Makes each order when it is asked for, so that a large page is never in memory as rows and as orders at once. */
function* ordersOf(
  orderIds: readonly OrderId[],
  rows: ReadonlyMap<OrderId, OrderRow>,
  facts: PageFacts,
  store: Store,
): Generator<Order | UnreadableOrder> {
  for (const orderId of orderIds) {
    const row = rows.get(orderId);
    if (!row) continue;
    try {
      yield toOrder(row, facts, store);
    } catch (error) {
      yield { orderId, problem: error instanceof Error ? error.message : 'unknown' };
    }
  }
}

function toOrder(row: OrderRow, facts: PageFacts, store: Store): Order {
  const orderData = facts.orderData.get(row.order_id) ?? NO_ORDER_DATA;
  const imageBase = store.imageBases.find({ storefrontId: row.storefront_id, companyId: row.company_id });
  return {
    orderId: row.order_id,
    status: row.status,
    placedAt: row.timestamp,
    changedAt: row.changed_at,
    email: row.email.trim(),
    company: row.company.trim(),
    contact: { firstname: row.firstname.trim(), lastname: row.lastname.trim(), phone: row.phone.trim() },
    billing: billingAddress(row),
    shipping: shippingAddress(row),
    total: storedCents(row.total),
    shippingCost: storedCents(row.shipping_cost),
    orderDiscount: storedCents(row.subtotal_discount),
    paymentSurcharge: storedCents(row.payment_surcharge),
    taxOnTop: orderData.taxOnTop,
    coupons: orderData.coupons,
    usedGiftCertificates: orderData.usedGiftCertificates,
    purchasedGiftCertificates: orderData.purchasedGiftCertificates,
    customerNotes: row.notes?.trim() ?? '',
    staffNotes: row.details?.trim() ?? '',
    shippingMethods:
      orderData.shippingMethods.length > 0
        ? unique(orderData.shippingMethods)
        : methodsWithoutName(row, facts.orderData).flatMap(
            (id) => facts.shippingName(id, row.lang_code) ?? [],
          ),
    paymentMethod: facts.paymentName(row.payment_id, row.lang_code) ?? '',
    lines: (facts.lines.get(row.order_id) ?? []).map((line) => toLine(line, facts, imageBase)),
  };
}

function toLine(
  line: StoredLine,
  { products, modifiers, images }: PageFacts,
  imageBase: string | undefined,
): OrderLine {
  const { extra } = line;
  const product = products.get(line.productId);
  const image = images.get(line.productId);
  return {
    itemId: line.itemId,
    productId: line.productId,
    sku: line.productCode,
    name: nameOfLine(line, product),
    unitPrice: extra.isUncharged ? ZERO_CENTS : storedCents(line.price),
    quantity: line.amount,
    needsShipping: needsShipping(line, product),
    weight:
      product &&
      weightWithOptions(
        product.weight,
        extra.variantIds.flatMap((id) => modifiers.get(id) ?? []),
      ),
    imageUrl: imageBase !== undefined && image !== undefined ? imageBase + image : undefined,
    options: extra.options,
  };
}

function billingAddress(row: OrderRow): Address {
  return {
    firstname: row.b_firstname.trim(),
    lastname: row.b_lastname.trim(),
    address: row.b_address.trim(),
    address2: row.b_address_2.trim(),
    city: row.b_city.trim(),
    state: row.b_state.trim(),
    country: row.b_country.trim().toUpperCase(),
    zipcode: row.b_zipcode.trim(),
    phone: row.b_phone.trim(),
  };
}

function shippingAddress(row: OrderRow): Address {
  return {
    firstname: row.s_firstname.trim(),
    lastname: row.s_lastname.trim(),
    address: row.s_address.trim(),
    address2: row.s_address_2.trim(),
    city: row.s_city.trim(),
    state: row.s_state.trim(),
    country: row.s_country.trim().toUpperCase(),
    zipcode: row.s_zipcode.trim(),
    phone: row.s_phone.trim(),
  };
}

/** Shipping ids of an order whose own data does not say the methods' names. `shipping_ids` is a comma list. */
function methodsWithoutName(row: OrderRow, orderData: ReadonlyMap<OrderId, OrderData>): number[] {
  if ((orderData.get(row.order_id)?.shippingMethods.length ?? 0) > 0) return [];
  return row.shipping_ids
    .split(',')
    .map(Number)
    .filter((id) => Number.isInteger(id) && id > 0);
}

function storedCents(decimal: string): Cents {
  const cents = parseCents(decimal);
  if (cents === undefined) throw new RangeError('an amount of money cannot be read');
  return cents;
}

function unique<Item>(items: readonly Item[]): Item[] {
  return [...new Set(items)];
}
