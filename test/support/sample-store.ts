import type { PlacedOrder, PlainOrder } from './store/plain-order.ts';
import { SAMPLE_BUYERS } from './store/sample-buyers.ts';
import { ordinaryOrders, type UnusualOrder, unusualOrders } from './store/sample-orders.ts';
import { addSampleProducts, type SampleProducts } from './store/sample-products.ts';
import type { Store } from './store/store.ts';
import { isAtLeast } from './store/version.ts';

export interface SampleStore {
  /** How many rows `orders` got, the multi-vendor parent and the incomplete order included. */
  readonly orders: number;
  /** Status P, three lines, nothing shipped: for a notice about all of it. */
  readonly wholeShipmentOrderId: number;
  /** Status P, two lines with quantities of at least 2, nothing shipped: for a notice about a part. */
  readonly partialShipmentOrderId: number;
  /** Status P, with one shipment that covers a part of it. */
  readonly partlyShippedOrderId: number;
  /** Status C, with one shipment that covers all of it. */
  readonly shippedOrderId: number;
  /** One of its products is not in the store any more. */
  readonly deletedProductOrderId: number;
  /** A multi-vendor parent (status T), and the orders of its two vendors. */
  readonly parentOrderId: number;
  readonly childOrderIds: readonly [number, number];
  /** The orders that are hard to export, by what is unusual about them. */
  readonly unusual: Readonly<Record<UnusualOrder, number>>;
}

const ORDINARY_ORDERS = 36;
const DAY_MS = 86_400_000;
const PERIOD_MS = 30 * DAY_MS;
/** Between the newest order and `now`. */
const REST_MS = 20 * 60_000;
/** Every so many orders, one was changed some hours after it was placed. */
const CHANGED_LATER = 5;

/**
 * Fills a fresh store with a month of orders, the same ones every time: ordinary ones, and one for each thing that is
 * hard to export. They lie within the 30 days before `now`; a higher order id is a later order.
 *
 * Meant for the shape `4.18.2 M`; every other version takes it too, except that a product name with a character
 * beyond three bytes needs the byte columns of 4.2 and later.
 */
export async function fillSampleStore(store: Store, now: Date): Promise<SampleStore> {
  const products = await addSampleProducts(store);
  const unusual = unusualOrders(products, SAMPLE_BUYERS);
  const unusualNames = Object.keys(unusual) as UnusualOrder[]; // Object.keys forgets the names that it was given.
  const first = [
    ...ordinaryOrders(products, SAMPLE_BUYERS, ORDINARY_ORDERS),
    ...unusualNames.map((name) => unusual[name]),
    ...(isAtLeast(store.version, '4.2.3')
      ? [{ lines: [{ product: products.mug, name: 'Party mug 🎉' }] }]
      : []),
  ];
  const last = shippingOrders(products);
  const family = vendorOrders(products);
  const total = first.length + Object.keys(last).length + 1 + family.children.length;
  const calendar = new Calendar(now, total);

  const placedFirst = await store.addOrders(first.map((order) => calendar.date(order)));
  const shipped = await store.addOrder(calendar.date(last.shipped));
  const partlyShipped = await store.addOrder(calendar.date(last.partlyShipped));
  const deletedProduct = await store.addOrder(calendar.date(last.deletedProduct));
  const parent = await store.addOrder(calendar.date(family.parent));
  const [acme, bolt] = family.children;
  const childOf = (child: PlainOrder) => ({ ...calendar.date(child), parentOrderId: parent.orderId });
  const firstChild = await store.addOrder(childOf(acme));
  const secondChild = await store.addOrder(childOf(bolt));
  const whole = await store.addOrder(calendar.date(last.whole));
  const partial = await store.addOrder(calendar.date(last.partial));

  await store.deleteProduct(products.lamp.productId);
  await addSampleShipments(store, shipped, partlyShipped);
  return {
    orders: total,
    wholeShipmentOrderId: whole.orderId,
    partialShipmentOrderId: partial.orderId,
    partlyShippedOrderId: partlyShipped.orderId,
    shippedOrderId: shipped.orderId,
    deletedProductOrderId: deletedProduct.orderId,
    parentOrderId: parent.orderId,
    childOrderIds: [firstChild.orderId, secondChild.orderId],
    // One id for each name, in the same order.
    unusual: Object.fromEntries(
      unusualNames.map((name, index) => [name, placedFirst[ORDINARY_ORDERS + index]?.orderId]),
    ) as Record<UnusualOrder, number>,
  };
}

/** Gives each order the next instant of an evenly divided month. */
class Calendar {
  readonly #start: number;
  readonly #step: number;
  #placed = 0;

  constructor(now: Date, orders: number) {
    this.#step = Math.floor((PERIOD_MS - REST_MS) / orders);
    this.#start = now.getTime() - REST_MS - this.#step * (orders - 1);
  }

  date(order: PlainOrder): PlainOrder {
    const position = this.#placed++;
    const placedAt = new Date(this.#start + this.#step * position);
    if (position % CHANGED_LATER !== 0) return { ...order, placedAt };
    return { ...order, placedAt, updatedAt: new Date(placedAt.getTime() + REST_MS / 2) };
  }
}

/** The orders whose shipments matter. */
function shippingOrders(products: SampleProducts) {
  const { mug, bigMug, shirt, notebook, pencil, lamp, teapot } = products;
  return {
    shipped: { status: 'C', lines: [{ product: mug, quantity: 2 }, { product: teapot }] },
    partlyShipped: { lines: [{ product: notebook, quantity: 4 }, { product: mug }] },
    deletedProduct: { lines: [{ product: lamp }, { product: pencil }] },
    whole: {
      lines: [
        { product: mug, quantity: 2 },
        { product: shirt, options: [{ name: 'Size', value: 'Medium' }] },
        { product: notebook },
      ],
    },
    partial: {
      lines: [
        { product: bigMug, quantity: 3 },
        { product: pencil, quantity: 2 },
      ],
    },
  } as const satisfies Readonly<Record<string, PlainOrder>>;
}

/**
 * A cart with goods of two vendors: the parent holds all lines and the sum, each child the lines of one vendor, under
 * the same item ids.
 */
function vendorOrders(products: SampleProducts): {
  parent: PlainOrder;
  children: readonly [PlainOrder, PlainOrder];
} {
  const ofAcme = { product: products.chair, quantity: 2, itemId: 4_163_016_541 };
  const ofBolt = { product: products.cup, itemId: 912_559_630 };
  const acme = { name: 'UPS Ground', cost: '24.00' };
  const bolt = { name: 'USPS Priority Mail', cost: '9.35' };
  return {
    parent: {
      status: 'T',
      isParent: true,
      companyId: 0,
      lines: [ofAcme, ofBolt],
      shipping: { methods: [acme, bolt] },
    },
    children: [
      { companyId: 1, lines: [ofAcme], shipping: { methods: [acme] } },
      { companyId: 2, lines: [ofBolt], shipping: { methods: [bolt] } },
    ],
  };
}

async function addSampleShipments(
  store: Store,
  shipped: PlacedOrder,
  partlyShipped: PlacedOrder,
): Promise<void> {
  const hoursAfter = ({ timestamp }: PlacedOrder) => new Date((timestamp + 3 * 3600) * 1000);
  await store.addShipment({
    orderId: shipped.orderId,
    carrier: 'ups',
    trackingNumber: '1Z999AA10123456784',
    shippedAt: hoursAfter(shipped),
  });
  await store.addShipment({
    orderId: partlyShipped.orderId,
    carrier: 'usps',
    trackingNumber: '9400111899223197428490',
    items: partlyShipped.lines.slice(0, 1).map(({ itemId }) => ({ itemId, amount: 2 })),
    shippedAt: hoursAfter(partlyShipped),
  });
}
