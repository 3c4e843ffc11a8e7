import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { MappingRules } from '../../../../src/bridge/export-orders/order-document/mapping-rules.ts';
import { toOrderDocument } from '../../../../src/bridge/export-orders/order-document/to-order-document.ts';
import type { Order, PickupPoint } from '../../../../src/cscart/orders/order.ts';
import type { OrderDocument } from '../../../../src/shipstation/order-document.ts';
import { orderProblem } from '../../../../src/shipstation/order-problem.ts';
import { createCents } from '../../../../src/values/cents.ts';
import { createEpochSeconds } from '../../../../src/values/epoch-seconds.ts';
import { createOrderId } from '../../../../src/values/order-id.ts';
import { aStore, mappingRules } from '../../a-store.ts';
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

describe('when an order changed', () => {
  test.each<[string, number | undefined, number]>([
    ['is what the store says', undefined, 1_772_443_020],
    ['is what the bridge saw, where that is later', 1_772_443_021, 1_772_443_021],
    ['is what the store says, where that is later', 1_772_443_019, 1_772_443_020],
  ])('%s', (_, seen, expected) => {
    const seenChanges = new Map(
      seen === undefined ? [] : [[createOrderId(7001), createEpochSeconds(seen)] as const],
    );
    expect(exported({}, { ...RULES, seenChanges }).lastModified).toBe(expected);
  });
});

describe('of the statuses that are wanted', () => {
  const rules = mappingRules({ ORDER_EXPORT_STATUSES: 'paid, on_hold' });

  test('an order is sent', () => {
    expect(exported({ status: 'P' }, rules).orderStatus).toBe('paid');
  });

  test('an order that has none is left out', () => {
    expect(toOrderDocument(aStoreOrder({ status: 'C' }), rules)).toEqual({
      orderId: 7001,
      reason: 'status-not-wanted',
      detail: 'shipped',
    });
  });

  test('an order whose status means nothing is left out for that', () => {
    expect(toOrderDocument(aStoreOrder({ status: 'B' }), rules)).toMatchObject({
      reason: 'status-not-mapped',
    });
  });
});

describe('an order that the buyer fetches', () => {
  const LOCKER: PickupPoint = {
    name: 'Locker 5',
    address: '1 Main St',
    city: 'Portland',
    state: 'Oregon',
    country: 'US',
    zipcode: '97201',
    phone: '',
  };
  const pickup = aMethod('Pickup', { pickup: LOCKER });
  const pickups = mappingRules({ EXPORT_PICKUP_ORDERS: 'true' });

  test('is left out', () => {
    expect(toOrderDocument(aStoreOrder({ shippingMethods: [pickup] }), RULES)).toEqual({
      orderId: 7001,
      reason: 'pickup',
      detail: undefined,
    });
  });

  test('is sent to where it is fetched, if the merchant wants it', () => {
    expect(exported({ shippingMethods: [pickup] }, pickups).shipTo).toEqual({
      name: 'Pat Doe',
      company: 'Locker 5',
      address1: '1 Main St',
      city: 'Portland',
      state: 'OR',
      postalCode: '97201',
      country: 'US',
      phone: '555-0100',
    });
  });

  test('is sent to the first of several places', () => {
    const other = aMethod('Pickup', { pickup: { ...LOCKER, name: 'Shop', address: '2 Main St' } });
    expect(exported({ shippingMethods: [other, pickup] }, pickups).shipTo.address1).toBe('2 Main St');
  });

  test('is left out where its place is incomplete', () => {
    const shippingMethods = [aMethod('Pickup', { pickup: { ...LOCKER, city: '' } })];
    expect(toOrderDocument(aStoreOrder({ shippingMethods }), pickups)).toMatchObject({ reason: 'no-city' });
  });

  // Goods of several vendors: some are fetched, some are not.
  test.each([
    ['without them', RULES],
    ['with them', pickups],
  ])('in part alone is shipped (%s)', (_, rules) => {
    const shippingMethods = [pickup, aMethod('Courier')];
    expect(exported({ shippingMethods }, rules).shipTo.address1).toBe('5 Hill Rd');
  });

  test('is shipped where it holds nothing but certificates that go by post', () => {
    const certificate = aCertificate({ isPosted: true, amount: createCents(2400) });
    const order = { lines: [], purchasedGiftCertificates: [certificate], shippingMethods: [pickup] };
    expect(exported(order).shipTo.address1).toBe('5 Hill Rd');
  });
});

describe('a gift certificate', () => {
  const KIM = anAddress({
    address: '9 Lake St',
    address2: 'Unit 4',
    city: 'Toronto',
    state: 'ON',
    country: 'CA',
    zipcode: 'M5V',
  });
  const posted = aCertificate({ isPosted: true, recipient: 'Kim Poe', address: KIM });
  const alone = { lines: [], total: createCents(2500), subtotal: createCents(2500) };

  test('that goes by post, alone, is an order for its recipient', () => {
    const { shipTo, items, internalNotes } = exported({ ...alone, purchasedGiftCertificates: [posted] });
    expect(shipTo).toEqual({
      name: 'Kim Poe',
      address1: '9 Lake St',
      address2: 'Unit 4',
      city: 'Toronto',
      state: 'ON',
      postalCode: 'M5V',
      country: 'CA',
    });
    expect(items).toEqual([
      {
        lineItemId: 'not-a-product:certificate:1',
        sku: '',
        name: 'Gift certificate GC-1 for Kim Poe (by post)',
        quantity: 1,
        unitPrice: 2500,
      },
    ]);
    expect(internalNotes).toBeUndefined();
  });

  test('that goes by post, beside downloads, is an order for its recipient', () => {
    const lines = [anOrderLine({ needsShipping: false })];
    const order = { lines, total: createCents(4900), purchasedGiftCertificates: [posted] };
    expect(exported(order).shipTo.name).toBe('Kim Poe');
    expect(exported(order).items.map(({ name }) => name)).toEqual([
      'Gift certificate GC-1 for Kim Poe (by post)',
      'Downloadable items',
    ]);
  });

  test('that goes by post to an address that is not whole goes to the buyer', () => {
    const purchasedGiftCertificates = [{ ...posted, address: { ...KIM, city: '' } }];
    const { shipTo, internalNotes } = exported({ ...alone, purchasedGiftCertificates });
    expect(shipTo.address1).toBe('5 Hill Rd');
    // What was typed is not lost.
    expect(internalNotes).toBe('Gift certificate GC-1 goes to: Kim Poe, 9 Lake St, Unit 4, ON, M5V, CA');
  });

  test('that goes by post, beside products, lies in the buyer’s parcel and names its recipient', () => {
    const { shipTo, items, internalNotes } = exported({
      total: createCents(4900),
      staffNotes: 'VIP',
      purchasedGiftCertificates: [posted],
    });
    expect(shipTo.address1).toBe('5 Hill Rd');
    expect(items.map(({ name }) => name)).toEqual([
      'Stone mug',
      'Gift certificate GC-1 for Kim Poe (by post)',
    ]);
    expect(internalNotes).toBe(
      'VIP\nGift certificate GC-1 goes to: Kim Poe, 9 Lake St, Unit 4, Toronto, ON, M5V, CA',
    );
  });

  test('for the buyer’s own address is not worth a note', () => {
    const purchasedGiftCertificates = [{ ...posted, address: aStoreOrder().shipping }];
    expect(exported({ total: createCents(4900), purchasedGiftCertificates }).internalNotes).toBeUndefined();
  });

  test('for the same street of another town is worth one', () => {
    const address = { ...aStoreOrder().shipping, city: 'Portland' };
    const purchasedGiftCertificates = [{ ...posted, address }];
    expect(exported({ total: createCents(4900), purchasedGiftCertificates }).internalNotes).toBe(
      'Gift certificate GC-1 goes to: Kim Poe, 5 Hill Rd, Portland, OR, 97301, US',
    );
  });

  test('for somebody else than the first one is named in the notes, and so is each more', () => {
    const purchasedGiftCertificates = [
      posted,
      { ...posted, code: 'GC-2', recipient: 'Lee', address: anAddress({ address: '3 Sea St', city: 'Rye' }) },
      { ...posted, code: 'GC-3' },
      { ...posted, code: 'GC-4', recipient: '', address: anAddress({ address: '4 Sea St' }) },
      // By e-mail: its address, if it has one, is nobody's concern.
      { ...posted, code: 'GC-5', isPosted: false, address: anAddress({ address: '5 Sea St' }) },
    ];
    const { shipTo, internalNotes } = exported({
      ...alone,
      total: createCents(12_500),
      purchasedGiftCertificates,
    });
    expect(shipTo.name).toBe('Kim Poe');
    expect(internalNotes).toBe(
      'Gift certificate GC-2 goes to: Lee, 3 Sea St, Rye\nGift certificate GC-4 goes to: 4 Sea St',
    );
  });

  test('that is free and goes by post is sent', () => {
    const purchasedGiftCertificates = [{ ...posted, amount: createCents(0) }];
    const document = exported({
      ...alone,
      total: createCents(0),
      subtotal: createCents(0),
      purchasedGiftCertificates,
    });
    expect(document.orderTotal).toBe(0);
    expect(document.items.map(({ unitPrice }) => unitPrice)).toEqual([0]);
  });

  test('that goes by e-mail, alone, is nothing to ship', () => {
    const order = aStoreOrder({ ...alone, purchasedGiftCertificates: [aCertificate()] });
    expect(toOrderDocument(order, RULES)).toEqual({
      orderId: 7001,
      reason: 'only-downloads',
      detail: undefined,
    });
  });

  test('that goes by e-mail, beside products, is a line of money', () => {
    const { items } = exported({ total: createCents(4900), purchasedGiftCertificates: [aCertificate()] });
    expect(items.map(({ name, unitPrice }) => [name, unitPrice])).toEqual([
      ['Stone mug', 1200],
      ['Gift certificate GC-1', 2500],
    ]);
  });
});

describe('the configured fields of an order', () => {
  const everyColumn = { shape: { ...aStore().shape, has: () => true } };
  const rules = mappingRules(
    {
      EXPORT_CUSTOM_FIELD_1: 'payment-method',
      EXPORT_CUSTOM_FIELD_2: 'rush',
      EXPORT_CUSTOM_FIELD_3: 'column:po_number',
      EXPORT_CUSTOMER_NOTES: 'notes, coupons',
      EXPORT_INTERNAL_NOTES: 'shipping-method, staff-notes',
      EXPORT_GIFT: 'column:gift',
      EXPORT_GIFT_MESSAGE: 'column:gift_text',
      SHIPPING_METHOD_MAP: 'UPS* = Ground (rush)',
      RUSH_MARK: 'Hurry',
    },
    everyColumn,
  );

  test('stand each in its own place', () => {
    const document = exported(
      {
        paymentMethod: 'Card',
        coupons: ['vip'],
        customerNotes: 'Ring',
        staffNotes: 'VIP',
        shippingMethods: [aMethod('UPS 2Day')],
        columns: new Map([
          ['po_number', 'PO 7'],
          ['gift', 'Y'],
          ['gift_text', 'Happy birthday!\nYours, Sam'],
        ]),
      },
      rules,
    );
    expect(document).toMatchObject({
      shippingMethod: 'Ground',
      customField1: 'Card',
      customField2: 'Hurry',
      customField3: 'PO 7',
      customerNotes: 'Ring\nCoupons: vip',
      internalNotes: 'Shipping: Ground\nVIP',
      gift: true,
      giftMessage: 'Happy birthday!\nYours, Sam',
    });
  });

  test('are not there where the order says nothing', () => {
    const document = exported({}, rules);
    const { customField1, customField2, customField3, customerNotes, internalNotes } = document;
    expect([customField1, customField2, customField3, customerNotes, internalNotes]).toEqual(
      Array.from({ length: 5 }, () => undefined),
    );
    expect([document.gift, document.giftMessage]).toEqual([undefined, undefined]);
  });

  test('say nothing of a gift that is none', () => {
    expect(exported({ columns: new Map([['gift', 'N']]) }, rules).gift).toBeUndefined();
  });
});

test('what does not fit into an item stands in the internal notes, behind the staff’s own', () => {
  const options = Array.from({ length: 11 }, (_, index) => ({ name: `N${index}`, value: `V${index}` }));
  const lines = [
    anOrderLine({ itemId: 1, options }),
    anOrderLine({ itemId: 2, name: 'Jug', options: [{ name: 'Engraving', value: 'x'.repeat(150) }] }),
  ];
  expect(exported({ lines, total: createCents(4800), staffNotes: 'VIP' }).internalNotes).toBe(
    `VIP\nStone mug: N10: V10\nJug: Engraving: ${'x'.repeat(150)}`,
  );
});

describe('parts of a whole', () => {
  const lines = [
    anOrderLine({ itemId: 1, name: 'PC', unitPrice: createCents(10_000), quantity: 1 }),
    anOrderLine({ itemId: 2, name: 'Disk', unitPrice: createCents(3000), quantity: 2, partOf: 'PC' }),
  ];

  test.each<[string, number, readonly number[]]>([
    ['that cost extra', 16_000, [10_000, 3000]],
    ['that the price of the whole holds', 10_000, [10_000, 0]],
  ])('are items of their own: %s', (_, amount, prices) => {
    const { items } = exported({ lines, subtotal: createCents(amount), total: createCents(amount) });
    expect(items.map(({ unitPrice }) => unitPrice)).toEqual(prices);
    expect(items[1]?.options).toEqual([{ name: 'Part of', value: 'PC' }]);
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

describe('an order of which some could not be read', () => {
  test('tells the packer to look at the line, behind what could be read', () => {
    const lines = [
      anOrderLine({ name: 'Jug', isDamaged: true, options: [{ name: 'Size', value: 'Large' }] }),
      anOrderLine({ itemId: 2 }),
    ];
    const { items, internalNotes } = exported({ lines, total: createCents(4800) });
    expect(items[0]?.options).toEqual([{ name: 'Size', value: 'Large' }]);
    expect(internalNotes).toBe('Jug: what was chosen could not be read; look at it in the shop');
  });

  test('tells the packer that the method is not known', () => {
    expect(exported({ damagedParts: ['L'] }).internalNotes).toMatch(/^The shipping method could not be read/);
    expect(exported({ damagedParts: ['T'] }).internalNotes).toBeUndefined();
  });
});

test('a gift message says that an order is a gift, where no other field does', () => {
  const rules = mappingRules({ EXPORT_GIFT_MESSAGE: 'notes' });
  expect(exported({ customerNotes: 'Happy birthday' }, rules)).toMatchObject({
    gift: true,
    giftMessage: 'Happy birthday',
  });
  expect(exported({}, rules).gift).toBeUndefined();
});

test('an order is left out when the pickup point is in another country than is wanted', () => {
  const pickup = {
    name: 'Harbour',
    address: 'Quai 1',
    city: 'Nice',
    state: '',
    country: 'FR',
    zipcode: '',
    phone: '',
  };
  const order = aStoreOrder({ shippingMethods: [aMethod('Pickup', { pickup })] });
  const rules = (countries: string) =>
    mappingRules({ ORDER_COUNTRIES: countries, EXPORT_PICKUP_ORDERS: 'true' });
  expect(toOrderDocument(order, rules('US'))).toMatchObject({ reason: 'country-not-wanted' });
  expect(toOrderDocument(order, rules('US,FR'))).toMatchObject({ shipTo: { country: 'FR' } });
});
