import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { MappingRules } from '../../../../src/bridge/export-orders/order-document/mapping-rules.ts';
import { toOrderDocument } from '../../../../src/bridge/export-orders/order-document/to-order-document.ts';
import type { Order } from '../../../../src/cscart/orders/order.ts';
import type { OrderDocument } from '../../../../src/shipstation/order-document.ts';
import { orderProblem } from '../../../../src/shipstation/order-problem.ts';
import { createCents } from '../../../../src/values/cents.ts';
import { createOrderId } from '../../../../src/values/order-id.ts';
import { mappingRules } from '../../a-store.ts';
import { aCertificate, aMethod, anAddress, anOrderLine, aStoreOrder } from '../../plain-orders.ts';

const RULES = mappingRules();

function exported(changes: Partial<Order>, rules: MappingRules = RULES): OrderDocument {
  const document = toOrderDocument(aStoreOrder(changes), rules);
  if ('reason' in document) throw new Error(`left out: ${document.reason} ${document.detail}`);
  return document;
}

test('an order becomes the document that ShipStation takes', () => {
  const document = exported({
    shippingCost: createCents(650),
    taxOnTop: createCents(240),
    orderDiscount: createCents(300),
    total: createCents(2990),
    shippingMethods: [aMethod('Courier'), aMethod('Pickup')],
    paymentMethod: 'Card',
    customerNotes: 'Leave with the porter',
    staffNotes: 'VIP',
    lines: [
      anOrderLine({
        imageUrl: 'https://shop.example.com/mug.jpg',
        options: [{ name: 'Glaze', value: 'Blue' }],
      }),
    ],
  });
  expect(document).toEqual({
    orderId: '7001',
    orderNumber: '7001',
    orderDate: 1_772_442_300,
    orderStatus: 'paid',
    lastModified: 1_772_443_020,
    shippingMethod: 'Courier, Pickup',
    paymentMethod: 'Card',
    currencyCode: 'USD',
    orderTotal: 2990,
    taxAmount: 240,
    shippingAmount: 650,
    customerNotes: 'Leave with the porter',
    internalNotes: 'VIP',
    customerCode: 'pat@example.test',
    billTo: { name: 'Pat Doe', phone: '555-0100', email: 'pat@example.test' },
    shipTo: {
      name: 'Pat Doe',
      address1: '5 Hill Rd',
      city: 'Salem',
      state: 'OR',
      postalCode: '97301',
      country: 'US',
      phone: '555-0100',
    },
    items: [
      {
        lineItemId: '3400100200',
        sku: 'MUG-2',
        name: 'Stone mug',
        imageUrl: 'https://shop.example.com/mug.jpg',
        weight: { hundredths: 800, units: 'Ounces' },
        quantity: 2,
        unitPrice: 1200,
        options: [{ name: 'Glaze', value: 'Blue' }],
      },
      {
        lineItemId: 'not-a-product:discount',
        sku: '',
        name: 'Discount',
        quantity: 1,
        unitPrice: -300,
        adjustment: true,
      },
    ],
  });
});

describe('an order', () => {
  test.each<[string, Partial<Order>, Partial<MappingRules['config']>, Partial<OrderDocument>]>([
    [
      'bears the prefix in its number alone',
      {},
      { orderNumberPrefix: 'EU-' },
      { orderId: '7001', orderNumber: 'EU-7001' },
    ],
    ['has no currency where the admin wants none', {}, { currencyCode: false }, { currencyCode: undefined }],
    ['has a customer code without an e-mail', { email: '' }, {}, { customerCode: 'order-7001' }],
    [
      'leaves out what it has not',
      {},
      {},
      { shippingMethod: undefined, paymentMethod: undefined, customerNotes: undefined },
    ],
    [
      'is sent when it is free',
      { total: createCents(0), orderDiscount: createCents(2400) },
      {},
      { orderTotal: createCents(0) },
    ],
  ])('%s', (_, changes, config, expected) => {
    const document = exported(changes, { ...RULES, config: { ...RULES.config, ...config } });
    expect(document).toEqual({ ...document, ...expected });
  });

  test('has no currency where the store has none', () => {
    expect(
      exported({}, { ...RULES, store: { ...RULES.store, primaryCurrency: '' } }).currencyCode,
    ).toBeUndefined();
  });

  test('lists each line that is shipped, and no other', () => {
    const lines = [
      anOrderLine({ itemId: 1 }),
      anOrderLine({ itemId: 2, options: [{ name: 'Glaze', value: 'Red' }] }),
      anOrderLine({ itemId: 3, needsShipping: false }),
      anOrderLine({ itemId: 4, quantity: 0 }),
      anOrderLine({ itemId: 5, unitPrice: createCents(0), name: 'Free sample' }),
    ];
    const ids = exported({ lines }).items.map((item) => item.lineItemId);
    expect(ids).toEqual(['1', '2', '5', 'not-a-product:downloads', 'not-a-product:rest']);
  });
});

describe('an order is left out', () => {
  test.each<[string, Partial<Order>, string | undefined]>([
    ['incomplete', { status: 'N' }, undefined],
    ['parent', { status: 'T' }, undefined],
    ['status-not-mapped', { status: 'B' }, 'status B'],
    ['no-lines', { lines: [] }, undefined],
    ['only-downloads', { lines: [anOrderLine({ needsShipping: false })] }, undefined],
    ['only-downloads', { lines: [anOrderLine({ quantity: 0 })] }, undefined],
    [
      'no-name',
      { shipping: anAddress({ address: '5 Hill Rd' }), contact: { firstname: '', lastname: '', phone: '' } },
      undefined,
    ],
    ['no-address', { shipping: anAddress() }, undefined],
    [
      'beyond-format',
      { lines: [anOrderLine({ quantity: 100_000 })] },
      'Item 1: The quantity is 100000, not a whole number from 1 to 99999.',
    ],
    [
      'beyond-format',
      { total: createCents(1_000_000_000) },
      'The order total 10000000.00 has more than 7 digits before the point.',
    ],
  ])('%s', (reason, changes, detail) => {
    expect(toOrderDocument(aStoreOrder(changes), RULES)).toEqual({ orderId: 7001, reason, detail });
  });

  test('with a detail that holds no personal datum', () => {
    const order = aStoreOrder({
      total: createCents(1_000_000_000),
      shipping: anAddress({ ...aStoreOrder().shipping, city: '\u0001' }),
    });
    const left = JSON.stringify(toOrderDocument(order, RULES));
    expect(left).toContain('beyond-format');
    for (const word of ['Pat', 'Doe', 'example.test', 'Hill', '555']) expect(left).not.toContain(word);
  });
});

test('whatever is sent, ShipStation can take, and it adds up to the cent', () => {
  const cents = fc.integer({ min: 0, max: 100_000 }).map(createCents);
  const text = fc.string({ unit: 'binary', maxLength: 80 });
  const order = fc
    .record({
      orderId: fc.integer({ min: 1, max: 16_777_215 }).map(createOrderId),
      status: fc.constantFrom('P', 'C'),
      email: text,
      company: text,
      shipping: fc
        .record({
          firstname: text,
          address: text.map((street) => `5 ${street}`),
          city: text.map((city) => `x${city}`),
          country: fc.constantFrom('US', 'CA', 'XYZ'),
        })
        .map((place) => anAddress(place)),
      total: cents,
      shippingCost: cents,
      taxOnTop: cents,
      orderDiscount: cents,
      usedGiftCertificates: fc.array(fc.record({ code: text, cost: cents }), { maxLength: 2 }),
      purchasedGiftCertificates: fc.array(
        fc.record({ code: text, amount: cents, isPosted: fc.boolean() }).map(aCertificate),
        { maxLength: 2 },
      ),
      lines: fc.array(
        fc
          .record({
            sku: text,
            name: text,
            unitPrice: cents,
            quantity: fc.nat({ max: 9 }),
            needsShipping: fc.boolean(),
          })
          .map((line) => anOrderLine(line)),
        { maxLength: 4 },
      ),
    })
    .map((changes) => aStoreOrder(changes));
  fc.assert(
    fc.property(order, (one) => {
      const document = toOrderDocument(one, RULES);
      fc.pre(!('reason' in document));
      expect(orderProblem(document)).toBeUndefined();
      const items = document.items.reduce((sum, item) => sum + item.unitPrice * item.quantity, 0);
      expect(items + document.shippingAmount + document.taxAmount).toBe(document.orderTotal);
    }),
  );
});
