import type {
  Address,
  ChosenMethod,
  Order,
  OrderLine,
  PurchasedCertificate,
} from '../../src/cscart/orders/order.ts';
import type { LineToShip, OrderToShip } from '../../src/cscart/shipments/order-to-ship.ts';
import type { OrderStatus } from '../../src/cscart/store/order-statuses.ts';
import type { NoticeItem, ShipNotice } from '../../src/shipstation/ship-notice.ts';
import { createCents, ZERO_CENTS } from '../../src/values/cents.ts';
import { createEpochSeconds } from '../../src/values/epoch-seconds.ts';
import { createOrderId } from '../../src/values/order-id.ts';

const NO_ADDRESS: Address = {
  firstname: '',
  lastname: '',
  address: '',
  address2: '',
  city: '',
  state: '',
  country: '',
  zipcode: '',
  phone: '',
};

/** An address in which nothing stands but what is given. */
export function anAddress(given: Partial<Address> = {}): Address {
  return { ...NO_ADDRESS, ...given };
}

/** A line of an exported order: two mugs at 12.00. */
export function anOrderLine(changes: Partial<OrderLine> = {}): OrderLine {
  return {
    itemId: 3_400_100_200,
    productId: 17,
    sku: 'MUG-2',
    name: 'Stone mug',
    unitPrice: createCents(1200),
    quantity: 2,
    needsShipping: true,
    weight: 0.5,
    imageUrl: undefined,
    options: [],
    partOf: undefined,
    isDamaged: false,
    productColumns: new Map(),
    features: new Map(),
    ...changes,
  };
}

/** A method by which the parcel is shipped. */
export function aMethod(name: string, changes: Partial<ChosenMethod> = {}): ChosenMethod {
  return { id: undefined, name, pickup: undefined, ...changes };
}

/** A gift certificate that was bought and goes by e-mail. */
export function aCertificate(changes: Partial<PurchasedCertificate> = {}): PurchasedCertificate {
  return {
    key: '3000000001',
    code: 'GC-1',
    amount: createCents(2500),
    isPosted: false,
    recipient: '',
    address: anAddress(),
    ...changes,
  };
}

/** An order as the store means it, whose total is what its one line comes to. */
export function aStoreOrder(changes: Partial<Order> = {}): Order {
  return {
    orderId: createOrderId(7001),
    status: 'P',
    placedAt: createEpochSeconds(1_772_442_300),
    changedAt: createEpochSeconds(1_772_443_020),
    storefrontId: 1,
    companyId: 1,
    language: 'en',
    email: 'pat@example.test',
    company: '',
    contact: { firstname: 'Pat', lastname: 'Doe', phone: '555-0100' },
    billing: anAddress(),
    shipping: anAddress({
      firstname: 'Pat',
      lastname: 'Doe',
      address: '5 Hill Rd',
      city: 'Salem',
      state: 'OR',
      country: 'US',
      zipcode: '97301',
    }),
    addressType: '',
    total: createCents(2400),
    subtotal: createCents(2400),
    shippingCost: ZERO_CENTS,
    orderDiscount: ZERO_CENTS,
    paymentSurcharge: ZERO_CENTS,
    taxOnTop: ZERO_CENTS,
    coupons: [],
    usedGiftCertificates: [],
    purchasedGiftCertificates: [],
    customerNotes: '',
    staffNotes: '',
    shippingMethods: [],
    paymentMethod: '',
    lines: [anOrderLine()],
    damagedParts: [],
    profileValues: new Map(),
    columns: new Map(),
    ...changes,
  };
}

/** A line of which two are ordered and none is shipped. */
export function aLineToShip(changes: Partial<LineToShip> = {}): LineToShip {
  return {
    itemId: 101,
    productId: 17,
    sku: 'MUG-2',
    name: 'Stone mug',
    ordered: 2,
    shipped: 0,
    needsShipping: true,
    ...changes,
  };
}

/** A paid order to be shipped. */
export function anOrderToShip(changes: Partial<OrderToShip> = {}): OrderToShip {
  return {
    orderId: createOrderId(7001),
    status: 'P',
    isParent: false,
    shippingId: 3,
    lines: [aLineToShip()],
    hasPostedCertificates: false,
    ...changes,
  };
}

/** A notice without an item list: everything that is left. */
export function aNotice(changes: Partial<ShipNotice> = {}): ShipNotice {
  return {
    orderKeys: ['7001'],
    trackingNumber: '1ZTEST0000000001',
    carrier: 'UPS',
    service: '',
    notesToCustomer: '',
    ...changes,
  };
}

/** One unit that nothing identifies but what is given. */
export function aNoticeItem(given: Partial<NoticeItem> = {}): NoticeItem {
  return { lineItemId: '', sku: '', name: '', quantity: 1, ...given };
}

/** The statuses of a fresh install, with their effect on the stock. */
export const FRESH_STATUSES: readonly OrderStatus[] = [
  { letter: 'P', names: ['Paid', 'Bezahlt'], stockEffect: 'decrease' },
  { letter: 'C', names: ['Complete'], stockEffect: 'decrease' },
  { letter: 'O', names: ['Open'], stockEffect: 'decrease' },
  { letter: 'F', names: ['Failed'], stockEffect: 'increase' },
  { letter: 'D', names: ['Declined'], stockEffect: 'increase' },
  { letter: 'B', names: ['Backordered'], stockEffect: 'increase' },
  { letter: 'I', names: ['Canceled'], stockEffect: 'increase' },
  { letter: 'Y', names: ['Awaiting call'], stockEffect: 'increase' },
  { letter: 'A', names: ['Partly shipped'], stockEffect: 'decrease' },
];

/** A status of {@link FRESH_STATUSES}. */
export function freshStatus(letter: string): OrderStatus {
  const status = FRESH_STATUSES.find((one) => one.letter === letter);
  if (!status) throw new Error(`no status ${letter} in a fresh install`);
  return status;
}
