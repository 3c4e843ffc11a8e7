import fc from 'fast-check';
import {
  type BillTo,
  type OrderDocument,
  type OrderItem,
  SHIPSTATION_STATUSES,
  type ShipTo,
  WEIGHT_UNITS,
} from '../../src/shipstation/order-document.ts';
import { createCents } from '../../src/values/cents.ts';
import { createEpochSeconds } from '../../src/values/epoch-seconds.ts';

/** 2026-03-02 09:05:30 UTC. */
const MARCH = Date.UTC(2026, 2, 2, 9, 5, 30) / 1000;

export function aShipTo(changes: Partial<ShipTo> = {}): ShipTo {
  return {
    name: 'Pat Doe',
    address1: '5 Hill Rd',
    city: 'Salem',
    state: 'OR',
    postalCode: '97301',
    country: 'US',
    ...changes,
  };
}

export function aBillTo(changes: Partial<BillTo> = {}): BillTo {
  return { name: 'Pat Doe', email: 'pat@example.test', ...changes };
}

export function anItem(changes: Partial<OrderItem> = {}): OrderItem {
  return {
    lineItemId: '34001',
    sku: 'MUG-2',
    name: 'Stone mug',
    quantity: 2,
    unitPrice: createCents(2400),
    ...changes,
  };
}

/** An order that has nothing optional but what is given. */
export function anOrder(changes: Partial<OrderDocument> = {}): OrderDocument {
  return {
    orderId: '7001',
    orderNumber: '7001',
    orderDate: createEpochSeconds(MARCH),
    orderStatus: 'paid',
    lastModified: createEpochSeconds(MARCH + 12 * 60),
    orderTotal: createCents(5690),
    taxAmount: createCents(240),
    shippingAmount: createCents(650),
    customerCode: 'pat@example.test',
    billTo: aBillTo(),
    shipTo: aShipTo(),
    items: [anItem()],
    ...changes,
  };
}

/** Any string at all: lone surrogates, control characters, emoji, and much that looks like XML. */
export const anyText: fc.Arbitrary<string> = fc.oneof(
  fc.string({ unit: 'binary' }),
  fc.string({ unit: 'grapheme' }),
  fc
    .array(fc.integer({ min: 0, max: 0xffff }))
    .map((units) => units.map((unit) => String.fromCharCode(unit)).join('')),
  fc
    .array(
      fc.constantFrom(
        '<',
        '>',
        '&',
        '&amp;',
        ']]>',
        '<![CDATA[',
        '"',
        "'",
        '\r',
        '\r\n',
        '\n',
        '\t',
        '\0',
        'é',
      ),
    )
    .map((pieces) => pieces.join('')),
  fc.nat({ max: 1200 }).map((length) => 'long '.repeat(length / 5)),
);

const visibleText = anyText.map((text) => `x${text}`);
const key = fc.stringMatching(/^[A-Za-z0-9-]{1,50}$/);
const country = fc.stringMatching(/^[A-Za-z]{2}$/);
const amount = fc.integer({ min: -999_999_999, max: 999_999_999 }).map(createCents);
const instant = fc.integer({ min: 0, max: 0xffff_ffff }).map(createEpochSeconds);
const maybe = <T>(value: fc.Arbitrary<T>) => fc.option(value, { nil: undefined });
const maybeText = maybe(anyText);

const items: fc.Arbitrary<OrderItem> = fc.record({
  lineItemId: maybe(key),
  sku: anyText,
  name: anyText,
  upc: maybe(fc.oneof(fc.stringMatching(/^\d{12}$/), anyText)),
  location: maybeText,
  imageUrl: maybe(fc.oneof(fc.webUrl({ withFragments: true, withQueryParameters: true }), anyText)),
  weight: maybe(
    fc.record({
      hundredths: fc.oneof(fc.nat(), fc.integer(), fc.double()),
      units: fc.constantFrom(...WEIGHT_UNITS),
    }),
  ),
  quantity: fc.integer({ min: 1, max: 99_999 }),
  unitPrice: amount,
  options: maybe(fc.array(fc.record({ name: anyText, value: anyText }), { maxLength: 15 })),
});

const adjustments: fc.Arbitrary<OrderItem> = fc.record({
  sku: fc.constant(''),
  name: anyText,
  quantity: fc.constant(1),
  unitPrice: fc.integer({ min: -999_999_999, max: -1 }).map(createCents),
  adjustment: fc.constant(true),
});

/** Any order in which nothing is wrong that `orderProblem` speaks of; its texts are hostile. */
export const anyOrder: fc.Arbitrary<OrderDocument> = fc.record({
  orderId: key,
  orderNumber: key,
  orderDate: instant,
  orderStatus: fc.constantFrom(...SHIPSTATION_STATUSES),
  lastModified: instant,
  shippingMethod: maybeText,
  paymentMethod: maybeText,
  currencyCode: maybe(fc.oneof(fc.constantFrom('USD', 'EUR', 'usd'), anyText)),
  orderTotal: amount,
  taxAmount: amount,
  shippingAmount: amount,
  customerNotes: maybeText,
  internalNotes: maybeText,
  gift: maybe(fc.boolean()),
  giftMessage: maybeText,
  customField1: maybeText,
  customField2: maybeText,
  customField3: maybeText,
  customerCode: anyText,
  billTo: fc.record({
    name: anyText,
    company: maybeText,
    phone: maybeText,
    email: maybeText,
    address1: maybeText,
    address2: maybeText,
    city: maybeText,
    state: maybeText,
    postalCode: maybeText,
    country: maybe(fc.oneof(country, anyText)),
  }),
  shipTo: fc.record({
    name: visibleText,
    company: maybeText,
    address1: visibleText,
    address2: maybeText,
    city: visibleText,
    state: maybeText,
    postalCode: anyText,
    country,
    phone: maybeText,
  }),
  items: fc.array(fc.oneof(items, adjustments), { minLength: 1, maxLength: 4 }),
});
