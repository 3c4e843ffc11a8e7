import { describe, expect, test } from 'vitest';
import { customField, notes } from '../../../../src/bridge/export-orders/order-document/field-texts.ts';
import type { ShippingWords } from '../../../../src/bridge/export-orders/order-document/shipping-words.ts';
import type { Order, OrderLine, PickupPoint } from '../../../../src/cscart/orders/order.ts';
import type { ProfileField } from '../../../../src/cscart/store/profile-fields.ts';
import type { Store } from '../../../../src/cscart/store/store.ts';
import { createCents } from '../../../../src/values/cents.ts';
import { aStore, mappingRules } from '../../a-store.ts';
import { aMethod, anOrderLine, aStoreOrder } from '../../plain-orders.ts';

const COLUMNS = new Set(['orders.po_number', 'orders.gift', 'products.ean', 'products.shelf']);
const WRAP: ProfileField = {
  id: 36,
  name: 'gift_wrap',
  section: 'C',
  type: 'S',
  labels: new Map([
    ['en', 'Gift wrap'],
    ['de', 'Geschenkpapier'],
  ]),
  choices: new Map([
    [
      '5',
      new Map([
        ['en', 'Red'],
        ['de', 'Rot'],
      ]),
    ],
  ]),
};
const DAY: ProfileField = {
  id: 40,
  name: '',
  section: 'C',
  type: 'D',
  labels: new Map([['en', 'Day']]),
  choices: new Map(),
};
const TEXT: ProfileField = {
  id: 41,
  name: 'text',
  section: 'C',
  type: 'T',
  labels: new Map(),
  choices: new Map(),
};

/** A store that has all that the tests name. */
const STORE: Partial<Store> = {
  shape: {
    ...aStore().shape,
    has: (table, column) => column === undefined || COLUMNS.has(`${table}.${column}`),
  },
  timeZone: 'Pacific/Kiritimati',
  profileFields: [WRAP, DAY, TEXT],
  features: [
    { id: 8, names: ['Shelf'] },
    { id: 9, names: ['Shelf'] },
  ],
  storefronts: {
    all: [],
    find: ({ storefrontId }) =>
      storefrontId === 2 ? { id: 2, name: 'Shop of mugs', url: undefined } : undefined,
    companyName: (companyId) => (companyId === 7 ? 'Acme' : undefined),
  },
};

const NO_WORDS: ShippingWords = { method: '', isRush: false };
const readers = (environment: Readonly<Record<string, string>>, store: Partial<Store> = STORE) =>
  mappingRules(environment, store).fields;

/** What a custom field of these sources says. */
function field(sources: string, changes: Partial<Order> = {}, words = NO_WORDS): string | undefined {
  const { customField1 } = readers({ EXPORT_CUSTOM_FIELD_1: sources, RUSH_MARK: 'Hurry' });
  return customField(customField1, aStoreOrder(changes), words);
}

/** What notes of these sources say. */
function note(sources: string, changes: Partial<Order> = {}, words = NO_WORDS): string | undefined {
  const { internalNotes } = readers({ EXPORT_INTERNAL_NOTES: sources });
  return notes(internalNotes, aStoreOrder(changes), words);
}

const LOCKER: PickupPoint = {
  name: 'Locker 5',
  address: '1 Main St',
  city: 'Salem',
  state: 'OR',
  country: 'US',
  zipcode: '97301',
  phone: '',
};
const PO = { columns: new Map([['po_number', 'PO 7']]) };

/** What each word says of an order that has it, under which label. */
const WORDS: readonly (readonly [word: string, changes: Partial<Order>, text: string, label: string])[] = [
  ['notes', { customerNotes: 'Ring twice' }, 'Ring twice', ''],
  ['staff-notes', { staffNotes: 'VIP' }, 'VIP', ''],
  ['coupons', { coupons: ['spring', 'vip'] }, 'spring, vip', 'Coupons: '],
  ['address-type', { addressType: 'residential' }, 'residential', 'Address type: '],
  ['vendor', { companyId: 7 }, 'Acme', 'Vendor: '],
  ['storefront', { storefrontId: 2 }, 'Shop of mugs', 'Storefront: '],
  [
    'gift-certificates',
    {
      usedGiftCertificates: [
        { code: 'GC-1', cost: createCents(5) },
        { code: 'GC-2', cost: createCents(0) },
      ],
    },
    'GC-1, GC-2',
    'Gift certificates: ',
  ],
  ['payment-method', { paymentMethod: 'Card' }, 'Card', 'Payment: '],
  [
    'pickup-point',
    {
      shippingMethods: [
        aMethod('Pickup', { pickup: LOCKER }),
        aMethod('Courier'),
        aMethod('Pickup', { pickup: { ...LOCKER, name: '' } }),
        aMethod('Pickup', { pickup: { ...LOCKER, name: 'Shop' } }),
      ],
    },
    'Locker 5, Shop',
    'Pickup: ',
  ],
  ['language', { language: 'de' }, 'de', 'Language: '],
  ['column:po_number', PO, 'PO 7', 'po_number: '],
  ['field:gift_wrap', { profileValues: new Map([[36, '5']]) }, 'Red', 'Gift wrap: '],
];

describe('a source', () => {
  test.each(WORDS)('%s says what the order has', (word, changes, text, label) => {
    expect(field(word, changes)).toBe(text);
    expect(note(word, changes)).toBe(label + text);
  });

  test.each(WORDS.filter(([word]) => word !== 'language').map(([word]) => [word]))(
    '%s says nothing of an order that has it not',
    (word) => {
      const plain = { companyId: 99, storefrontId: 99 };
      expect(field(word, plain)).toBeUndefined();
      expect(note(word, plain)).toBeUndefined();
    },
  );

  test('shipping-method says what ShipStation is told', () => {
    const words = { method: 'Ground', isRush: false };
    const order = { shippingMethods: [aMethod('UPS Ground')] };
    expect(field('shipping-method', order, words)).toBe('Ground');
    expect(note('shipping-method', order, words)).toBe('Shipping: Ground');
  });

  test('rush says the mark of a marked method, and nothing of another', () => {
    expect(field('rush', {}, { method: 'Ground', isRush: true })).toBe('Hurry');
    expect(field('rush', {}, { method: 'Ground', isRush: false })).toBeUndefined();
    expect(note('rush', {}, { method: 'Ground', isRush: true })).toBe('RUSH');
  });
});

describe('a field of the merchant’s own', () => {
  const wrapped = { profileValues: new Map([[36, '5']]) };

  test.each<[string, string, string]>([
    ['the order’s', 'de', 'Geschenkpapier: Rot'],
    ['the store’s, where the order’s has no words', 'fr', 'Gift wrap: Red'],
  ])('comes in a language: %s', (_, language, line) => {
    expect(note('field:36', { ...wrapped, language })).toBe(line);
  });

  test.each(['field:36', 'field:gift_wrap', 'field:Gift wrap', 'field:geschenkpapier'])(
    'is found as %s',
    (source) => {
      expect(field(source, wrapped)).toBe('Red');
    },
  );

  test('bears its name where it has no label', () => {
    expect(note('field:41', { profileValues: new Map([[41, 'Hi']]) })).toBe('text: Hi');
  });

  test('shows a day as the store’s clock has it', () => {
    const stored = String(Date.UTC(2026, 2, 30, 12) / 1000);
    expect(field('field:Day', { profileValues: new Map([[40, stored]]) })).toBe('2026-03-31');
  });
});

describe('what has to be read with the orders', () => {
  test('is nothing where no source asks for it', () => {
    expect(readers({}).wanted).toEqual({
      profileFields: [],
      orderColumns: [],
      productColumns: [],
      features: [],
      methodLanguage: undefined,
    });
  });

  test('is what any source asks for, once', () => {
    const { wanted, unknown } = readers({
      EXPORT_CUSTOM_FIELD_1: 'field:36, column:po_number',
      EXPORT_CUSTOM_FIELD_2: 'field:Gift wrap',
      EXPORT_CUSTOM_FIELD_3: 'field:Day',
      EXPORT_CUSTOMER_NOTES: 'column:po_number',
      EXPORT_INTERNAL_NOTES: 'field:text',
      EXPORT_GIFT: 'column:GIFT',
      EXPORT_GIFT_MESSAGE: 'field:text',
      EXPORT_UPC: 'column:ean',
      EXPORT_LOCATION: 'feature:Shelf',
      SHIPPING_METHOD_LANGUAGE: 'en',
    });
    expect(wanted).toEqual({
      profileFields: [36, 40, 41],
      orderColumns: ['po_number', 'GIFT'],
      productColumns: ['ean'],
      features: [8, 9],
      methodLanguage: 'en',
    });
    expect(unknown).toEqual([]);
  });
});

describe('a source that the store does not have', () => {
  test.each<[string, string]>([
    ['EXPORT_CUSTOM_FIELD_1', 'field:Locker'],
    ['EXPORT_CUSTOM_FIELD_2', 'column:locker'],
    ['EXPORT_CUSTOM_FIELD_3', 'field:99'],
    ['EXPORT_CUSTOMER_NOTES', 'column:ean'],
    ['EXPORT_INTERNAL_NOTES', 'field:Locker'],
    ['EXPORT_GIFT', 'field:Locker'],
    ['EXPORT_GIFT_MESSAGE', 'column:locker'],
    ['EXPORT_UPC', 'column:po_number'],
    ['EXPORT_LOCATION', 'feature:Locker'],
  ])('is named: %s=%s', (variable, source) => {
    const { unknown, wanted } = readers({ [variable]: source });
    expect(unknown).toEqual([{ variable, source }]);
    expect(wanted).toEqual(readers({}).wanted);
  });

  test('says nothing, and the others beside it speak', () => {
    const { customField1, unknown } = readers({ EXPORT_CUSTOM_FIELD_1: 'field:No, coupons, column:no' });
    expect(customField(customField1, aStoreOrder({ coupons: ['vip'] }), NO_WORDS)).toBe('vip');
    expect(unknown.map(({ source }) => source)).toEqual(['field:No', 'column:no']);
  });

  test('is no gift, no message, no UPC and no location', () => {
    const { gift, giftMessage, upc, location } = readers({
      EXPORT_GIFT: 'field:No',
      EXPORT_GIFT_MESSAGE: 'column:no',
      EXPORT_UPC: 'feature:No',
      EXPORT_LOCATION: 'column:no',
    });
    expect([gift, giftMessage, upc, location]).toEqual([undefined, undefined, undefined, undefined]);
  });
});

describe('the field of an item', () => {
  const read = (source: string, line: Partial<OrderLine>) =>
    readers({ EXPORT_LOCATION: source }).location?.(anOrderLine(line));

  test.each<[string, string, Partial<OrderLine>, string | undefined]>([
    ['is a column of its product', 'column:shelf', { productColumns: new Map([['shelf', 'A 3']]) }, 'A 3'],
    [
      'is none where the column is empty',
      'column:shelf',
      { productColumns: new Map([['shelf', '']]) },
      undefined,
    ],
    ['is none where the product is gone', 'column:shelf', {}, undefined],
    ['is a feature of its product', 'feature:8', { features: new Map([[8, 'A 3']]) }, 'A 3'],
    [
      'is the first feature of the name that says something',
      'feature:Shelf',
      {
        features: new Map([
          [8, ''],
          [9, 'B 4'],
        ]),
      },
      'B 4',
    ],
    ['is none where the feature is another', 'feature:8', { features: new Map([[9, 'B 4']]) }, undefined],
    ['is none where the feature is empty', 'feature:8', { features: new Map([[8, '']]) }, undefined],
    ['is none where the product has no feature', 'feature:Shelf', {}, undefined],
  ])('%s', (_, source, line, expected) => {
    expect(read(source, line)).toBe(expected);
  });
});
