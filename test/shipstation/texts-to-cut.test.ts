import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { OrderDocument, OrderItem } from '../../src/shipstation/order-document.ts';
import { writeOrdersXml } from '../../src/shipstation/orders-xml.ts';
import { textsToCut } from '../../src/shipstation/texts-to-cut.ts';
import { WIRE_WORDS } from '../../src/shipstation/wire-words.ts';
import { cleanText } from '../../src/shipstation/xml-text.ts';
import { type ImportedOrder, readOrdersPage } from '../support/imported-order.ts';
import { aBillTo, anItem, anOrder, anyOrder, aShipTo } from './order-documents.ts';

const SHOP = 'https://shop.test/';

type Fill = (text: string) => Partial<OrderDocument>;

const item = (changes: Partial<OrderItem>): Partial<OrderDocument> => ({
  items: [anItem(), anItem(changes)],
});

/** Every element that holds a text of any length: its limit by the guide, and an order with a text in it. */
const ELEMENTS: readonly (readonly [element: string, limit: number, fill: Fill])[] = [
  ['ShippingMethod', 100, (text) => ({ shippingMethod: text })],
  ['PaymentMethod', 50, (text) => ({ paymentMethod: text })],
  ['CustomerNotes', 1000, (text) => ({ customerNotes: text })],
  ['InternalNotes', 1000, (text) => ({ internalNotes: text })],
  ['GiftMessage', 1000, (text) => ({ giftMessage: text })],
  ['CustomField1', 100, (text) => ({ customField1: text })],
  ['CustomField2', 100, (text) => ({ customField2: text })],
  ['CustomField3', 100, (text) => ({ customField3: text })],
  ['CustomerCode', 50, (text) => ({ customerCode: text })],
  ['BillTo/Name', 100, (text) => ({ billTo: aBillTo({ name: text }) })],
  ['BillTo/Company', 100, (text) => ({ billTo: aBillTo({ company: text }) })],
  ['BillTo/Phone', 50, (text) => ({ billTo: aBillTo({ phone: text }) })],
  ['BillTo/Email', 100, (text) => ({ billTo: aBillTo({ email: text }) })],
  ['BillTo/Address1', 200, (text) => ({ billTo: aBillTo({ address1: text }) })],
  ['BillTo/Address2', 200, (text) => ({ billTo: aBillTo({ address2: text }) })],
  ['BillTo/City', 100, (text) => ({ billTo: aBillTo({ city: text }) })],
  ['BillTo/State', 100, (text) => ({ billTo: aBillTo({ state: text }) })],
  ['BillTo/PostalCode', 50, (text) => ({ billTo: aBillTo({ postalCode: text }) })],
  ['ShipTo/Name', 100, (text) => ({ shipTo: aShipTo({ name: text }) })],
  ['ShipTo/Company', 100, (text) => ({ shipTo: aShipTo({ company: text }) })],
  ['ShipTo/Phone', 50, (text) => ({ shipTo: aShipTo({ phone: text }) })],
  ['ShipTo/Address1', 200, (text) => ({ shipTo: aShipTo({ address1: text }) })],
  ['ShipTo/Address2', 200, (text) => ({ shipTo: aShipTo({ address2: text }) })],
  ['ShipTo/City', 100, (text) => ({ shipTo: aShipTo({ city: text }) })],
  ['ShipTo/State', 100, (text) => ({ shipTo: aShipTo({ state: text }) })],
  ['ShipTo/PostalCode', 50, (text) => ({ shipTo: aShipTo({ postalCode: text }) })],
  ['Item/SKU', 50, (text) => item({ sku: text })],
  ['Item/Name', 200, (text) => item({ name: text })],
  ['Item/UPC', 12, (text) => item({ upc: text })],
  ['Item/Location', 100, (text) => item({ location: text })],
  ['Item/ImageUrl', 500, (text) => item({ imageUrl: SHOP + text.slice(SHOP.length) })],
  [
    'Item/Option/Name',
    100,
    (text) =>
      item({
        options: [
          { name: 'a', value: 'b' },
          { name: text, value: 'b' },
        ],
      }),
  ],
  [
    'Item/Option/Value',
    100,
    (text) =>
      item({
        options: [
          { name: 'a', value: 'b' },
          { name: 'a', value: text },
        ],
      }),
  ],
];

function write(order: OrderDocument): string {
  return writeOrdersXml({ pages: 1, orders: [order] }, WIRE_WORDS['custom-store']);
}

describe('a text', () => {
  test.each(ELEMENTS)('of %s has %i characters, and is written whole', (_, limit, fill) => {
    const order = anOrder(fill(`${'x'.repeat(limit - 1)}z`));
    expect(textsToCut(order)).toEqual([]);
    expect(write(order)).toContain('xz<');
  });

  test.each(ELEMENTS)(
    'of %s with more than %i characters is named, and not written whole',
    (element, limit, fill) => {
      const order = anOrder(fill(`${'x'.repeat(limit)}z`));
      expect(textsToCut(order)).toEqual([element]);
      expect(write(order)).not.toContain('xz<');
    },
  );

  test.each(ELEMENTS)('of %s that is empty is not named', (_, _limit, fill) => {
    expect(textsToCut(anOrder(fill('')))).toEqual([]);
  });
});

test('an order that has nothing optional has nothing to cut', () => {
  expect(textsToCut(anOrder({ items: [] }))).toEqual([]);
});

test('an element is named once, however many of its texts are cut', () => {
  const long = 'x'.repeat(1001);
  const items = [anItem({ name: long, sku: long }), anItem({ name: long }), anItem()];
  expect(textsToCut(anOrder({ items, customerNotes: long }))).toEqual([
    'CustomerNotes',
    'Item/SKU',
    'Item/Name',
  ]);
});

test('a name tells nothing of the text', () => {
  const order = anOrder({
    shipTo: aShipTo({ city: `Salem${'x'.repeat(100)}` }),
    customerNotes: `PIN ${'1'.repeat(1000)}`,
  });
  expect(textsToCut(order).join()).toBe('CustomerNotes,ShipTo/City');
});

interface Text {
  readonly element: string;
  readonly given: string;
  readonly written: string;
}

/** Every text of an order beside what ShipStation reads of it. */
function texts(order: OrderDocument, read: ImportedOrder): readonly Text[] {
  const all: Text[] = [];
  const add = (element: string, given: string | undefined, written: string | undefined) => {
    all.push({ element, given: cleanText(given ?? ''), written: written ?? '' });
  };
  add('ShippingMethod', order.shippingMethod, read.ShippingMethod);
  add('PaymentMethod', order.paymentMethod, read.PaymentMethod);
  add('CustomerNotes', order.customerNotes, read.CustomerNotes);
  add('InternalNotes', order.internalNotes, read.InternalNotes);
  add('GiftMessage', order.giftMessage, read.GiftMessage);
  add('CustomField1', order.customField1, read.CustomField1);
  add('CustomField2', order.customField2, read.CustomField2);
  add('CustomField3', order.customField3, read.CustomField3);
  add('CustomerCode', order.customerCode, read.CustomerCode);
  for (const [parent, given, written] of [
    ['BillTo', order.billTo, read.BillTo],
    ['ShipTo', order.shipTo, read.ShipTo],
  ] as const) {
    add(`${parent}/Name`, given.name, written.Name);
    add(`${parent}/Company`, given.company, written.Company);
    add(`${parent}/Phone`, given.phone, written.Phone);
    add(`${parent}/Address1`, given.address1, written.Address1);
    add(`${parent}/Address2`, given.address2, written.Address2);
    add(`${parent}/City`, given.city, written.City);
    add(`${parent}/State`, given.state, written.State);
    add(`${parent}/PostalCode`, given.postalCode, written.PostalCode);
  }
  add('BillTo/Email', order.billTo.email, read.BillTo.Email);
  for (const [index, given] of order.items.entries()) {
    const written = read.Items[index];
    add('Item/SKU', given.sku, written?.SKU);
    add('Item/Name', given.name, written?.Name);
    add('Item/UPC', given.upc, written?.UPC);
    add('Item/Location', given.location, written?.Location);
    // Without a value, and beyond ten, options are not written at all.
    const options = (given.options ?? []).filter(({ value }) => cleanText(value).trim() !== '').slice(0, 10);
    for (const [at, option] of options.entries()) {
      const name = cleanText(option.name).trim() === '' ? 'Option' : option.name;
      add('Item/Option/Name', name, written?.Options[at]?.Name);
      add('Item/Option/Value', option.value, written?.Options[at]?.Value);
    }
  }
  return all;
}

function writtenTexts(order: OrderDocument): readonly Text[] {
  const [read] = readOrdersPage(write(order)).orders;
  if (!read) throw new Error('no order came out');
  return texts(order, read);
}

describe('of any order', () => {
  test('every text that is not named comes out whole', () => {
    fc.assert(
      fc.property(anyOrder, (order) => {
        const cut = new Set(textsToCut(order));
        for (const { element, given, written } of writtenTexts(order))
          if (!cut.has(element)) expect(written, element).toBe(given);
      }),
      { numRuns: 500 },
    );
  });

  test('every element that is named has a text that does not', () => {
    const limits = new Map(ELEMENTS.map(([element, limit]) => [element, limit]));
    /** A text of plain letters about as long as the element may be. */
    const text = (element: string) => {
      const limit = limits.get(element) ?? Number.NaN;
      return fc.oneof(
        fc.constantFrom(limit - 1, limit, limit + 1, limit + 50).map((length) => 'x'.repeat(length)),
        fc.constant('x'),
      );
    };
    const address = (parent: string) => ({
      name: text(`${parent}/Name`),
      company: text(`${parent}/Company`),
      phone: text(`${parent}/Phone`),
      address1: text(`${parent}/Address1`),
      address2: text(`${parent}/Address2`),
      city: text(`${parent}/City`),
      state: text(`${parent}/State`),
      postalCode: text(`${parent}/PostalCode`),
      country: fc.constant('US'),
    });
    const option = fc.record({ name: text('Item/Option/Name'), value: text('Item/Option/Value') });
    const order = fc
      .record({
        shippingMethod: text('ShippingMethod'),
        paymentMethod: text('PaymentMethod'),
        customerNotes: text('CustomerNotes'),
        internalNotes: text('InternalNotes'),
        giftMessage: text('GiftMessage'),
        customField1: text('CustomField1'),
        customField2: text('CustomField2'),
        customField3: text('CustomField3'),
        customerCode: text('CustomerCode'),
        billTo: fc.record({ ...address('BillTo'), email: text('BillTo/Email') }),
        shipTo: fc.record(address('ShipTo')),
        items: fc.array(
          fc
            .record({
              sku: text('Item/SKU'),
              name: text('Item/Name'),
              upc: text('Item/UPC'),
              location: text('Item/Location'),
              options: fc.array(option, { maxLength: 10 }),
            })
            .map(anItem),
          { maxLength: 3 },
        ),
      })
      .map(anOrder);
    fc.assert(
      fc.property(order, (one) => {
        const lost = writtenTexts(one).filter(({ given, written }) => written !== given);
        expect(new Set(textsToCut(one))).toEqual(new Set(lost.map(({ element }) => element)));
      }),
      { numRuns: 300 },
    );
  });
});
