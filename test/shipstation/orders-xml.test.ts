import fc from 'fast-check';
import { XMLParser } from 'fast-xml-parser';
import { describe, expect, test } from 'vitest';
import type { OrderDocument, OrderItem } from '../../src/shipstation/order-document.ts';
import { SHIPSTATION_STATUSES } from '../../src/shipstation/order-document.ts';
import { orderProblem } from '../../src/shipstation/order-problem.ts';
import { encodeOrderXml, joinOrdersXml, writeOrdersXml } from '../../src/shipstation/orders-xml.ts';
import { WIRE_WORDS } from '../../src/shipstation/wire-words.ts';
import { cleanText } from '../../src/shipstation/xml-text.ts';
import { createCents } from '../../src/values/cents.ts';
import { createEpochSeconds } from '../../src/values/epoch-seconds.ts';
import { type ImportedItem, type ImportedOrder, readOrdersPage } from '../support/imported-order.ts';
import { validateOrders } from '../support/orders-schema.ts';
import { aBillTo, anItem, anOrder, anyOrder, aShipTo } from './order-documents.ts';

const PROLOG = '<?xml version="1.0" encoding="utf-8"?>';

function write(...orders: OrderDocument[]): string {
  return writeOrdersXml({ pages: 1, orders }, WIRE_WORDS['custom-store']);
}

/** The order as ShipStation reads it, after its XML was found valid. */
function imported(changes: Partial<OrderDocument> = {}): ImportedOrder {
  const xml = write(anOrder(changes));
  expect(validateOrders(xml)).toEqual([]);
  const [order] = readOrdersPage(xml).orders;
  if (order === undefined) throw new Error('no order came out');
  return order;
}

function importedItem(changes: Partial<OrderItem> = {}): ImportedItem {
  const [item] = imported({ items: [anItem(changes)] }).Items;
  if (item === undefined) throw new Error('no item came out');
  return item;
}

describe('a page', () => {
  test('without orders is exactly an empty list', () => {
    expect(writeOrdersXml({ pages: 1, orders: [] }, WIRE_WORDS['custom-store'])).toBe(
      `${PROLOG}<Orders pages="1"></Orders>`,
    );
  });

  test.each([1, 2, 17, 32_767])('tells that there are %d pages', (pages) => {
    const xml = writeOrdersXml({ pages, orders: [anOrder()] }, WIRE_WORDS['custom-store']);
    expect(xml.startsWith(`${PROLOG}<Orders pages="${pages}"><Order>`)).toBe(true);
    expect(validateOrders(xml)).toEqual([]);
  });

  test.each([0, -1, 1.5, 32_768, Number.NaN, Number.POSITIVE_INFINITY])(
    'is refused with %d pages',
    (pages) => {
      expect(() => writeOrdersXml({ pages, orders: [] }, WIRE_WORDS['custom-store'])).toThrow(RangeError);
    },
  );

  test('is the same where its orders are written one by one, as bytes', () => {
    fc.assert(
      fc.property(
        fc.array(anyOrder, { maxLength: 4 }),
        fc.integer({ min: 1, max: 32_767 }),
        (orders, pages) => {
          const words = WIRE_WORDS['custom-store'];
          const written = orders.map((order) => encodeOrderXml(order, words));
          expect(joinOrdersXml({ pages, orders: written }).toString()).toBe(
            writeOrdersXml({ pages, orders }, words),
          );
        },
      ),
    );
    expect(() => joinOrdersXml({ pages: 0, orders: [] })).toThrow(RangeError);
  });

  test('keeps the order of its orders', () => {
    const xml = write(
      anOrder({ orderNumber: '9' }),
      anOrder({ orderNumber: '10' }),
      anOrder({ orderNumber: '1' }),
    );
    expect(readOrdersPage(xml).orders.map((order) => order.OrderNumber)).toEqual(['9', '10', '1']);
  });

  test('has no namespace, no attribute but pages, and no blanks between elements', () => {
    const xml = write(anOrder(), anOrder());
    expect(xml.slice(PROLOG.length)).not.toMatch(/xmlns|>\s+</);
    expect(xml.match(/=/g)).toHaveLength('version encoding pages'.split(' ').length);
  });
});

describe('an order', () => {
  test('with nothing optional has the required elements alone', () => {
    const order = anOrder({
      billTo: { name: 'Pat Doe' },
      shipTo: aShipTo({ state: undefined }),
      items: [anItem({ lineItemId: undefined })],
    });
    expect(write(order)).toBe(
      `${PROLOG}<Orders pages="1"><Order>` +
        '<OrderID>7001</OrderID>' +
        '<OrderNumber>7001</OrderNumber>' +
        '<OrderDate>03/02/2026 09:05</OrderDate>' +
        '<OrderStatus>paid</OrderStatus>' +
        '<LastModified>03/02/2026 09:17</LastModified>' +
        '<OrderTotal>56.90</OrderTotal>' +
        '<TaxAmount>2.40</TaxAmount>' +
        '<ShippingAmount>6.50</ShippingAmount>' +
        '<Customer>' +
        '<CustomerCode>pat@example.test</CustomerCode>' +
        '<BillTo><Name>Pat Doe</Name></BillTo>' +
        '<ShipTo>' +
        '<Name>Pat Doe</Name>' +
        '<Address1>5 Hill Rd</Address1>' +
        '<City>Salem</City>' +
        '<PostalCode>97301</PostalCode>' +
        '<Country>US</Country>' +
        '</ShipTo>' +
        '</Customer>' +
        '<Items><Item>' +
        '<SKU>MUG-2</SKU>' +
        '<Name>Stone mug</Name>' +
        '<Quantity>2</Quantity>' +
        '<UnitPrice>24.00</UnitPrice>' +
        '</Item></Items>' +
        '</Order></Orders>',
    );
  });

  test('with everything optional has every element', () => {
    const order = imported({
      shippingMethod: 'Courier to door',
      paymentMethod: 'Card',
      currencyCode: 'USD',
      customerNotes: 'Leave with the porter',
      internalNotes: 'Check the glaze',
      gift: true,
      giftMessage: 'Happy birthday!',
      customField1: 'spring10',
      customField2: 'RUSH',
      customField3: 'PO 7',
      billTo: {
        name: 'Pat Doe',
        company: 'Doe Ltd',
        phone: '+1 503 555 0100',
        email: 'pat@example.test',
        address1: '7 Hill Rd',
        address2: 'Back door',
        city: 'Salem',
        state: 'OR',
        postalCode: '97302',
        country: 'US',
      },
      shipTo: {
        name: 'Sam Doe',
        company: 'Doe & Sons',
        address1: '5 Hill Rd',
        address2: 'Flat 2',
        city: 'Salem',
        state: 'OR',
        postalCode: '97301',
        country: 'US',
        phone: '+1 503 555 0101',
      },
      items: [
        {
          lineItemId: '34001',
          sku: 'MUG-2',
          name: 'Stone mug',
          upc: '012345678905',
          location: 'Shelf A 3',
          imageUrl: 'https://shop.example.test/images/mug%202.png?w=100&h=100',
          weight: { hundredths: 1450, units: 'Ounces' },
          quantity: 2,
          unitPrice: createCents(2400),
          options: [{ name: 'Glaze', value: 'Blue' }],
        },
        {
          sku: '',
          name: 'Spring coupon',
          quantity: 1,
          unitPrice: createCents(-500),
          adjustment: true,
        },
      ],
    });
    expect(order).toEqual({
      OrderID: '7001',
      OrderNumber: '7001',
      OrderDate: '03/02/2026 09:05',
      OrderStatus: 'paid',
      LastModified: '03/02/2026 09:17',
      ShippingMethod: 'Courier to door',
      PaymentMethod: 'Card',
      CurrencyCode: 'USD',
      OrderTotal: '56.90',
      TaxAmount: '2.40',
      ShippingAmount: '6.50',
      CustomerNotes: 'Leave with the porter',
      InternalNotes: 'Check the glaze',
      Gift: 'true',
      GiftMessage: 'Happy birthday!',
      CustomField1: 'spring10',
      CustomField2: 'RUSH',
      CustomField3: 'PO 7',
      CustomerCode: 'pat@example.test',
      BillTo: {
        Name: 'Pat Doe',
        Company: 'Doe Ltd',
        Phone: '+1 503 555 0100',
        Email: 'pat@example.test',
        Address1: '7 Hill Rd',
        Address2: 'Back door',
        City: 'Salem',
        State: 'OR',
        PostalCode: '97302',
        Country: 'US',
      },
      ShipTo: {
        Name: 'Sam Doe',
        Company: 'Doe & Sons',
        Address1: '5 Hill Rd',
        Address2: 'Flat 2',
        City: 'Salem',
        State: 'OR',
        PostalCode: '97301',
        Country: 'US',
        Phone: '+1 503 555 0101',
      },
      Items: [
        {
          LineItemID: '34001',
          SKU: 'MUG-2',
          Name: 'Stone mug',
          UPC: '012345678905',
          Location: 'Shelf A 3',
          ImageUrl: 'https://shop.example.test/images/mug%202.png?w=100&h=100',
          Weight: '14.50',
          WeightUnits: 'Ounces',
          Quantity: '2',
          UnitPrice: '24.00',
          Options: [{ Name: 'Glaze', Value: 'Blue' }],
        },
        {
          SKU: '',
          Name: 'Spring coupon',
          Quantity: '1',
          UnitPrice: '-5.00',
          Adjustment: 'true',
          Options: [],
        },
      ],
    });
  });

  test('without a currency code and a UPC is valid against the schema as printed', () => {
    const order = anOrder({
      gift: true,
      giftMessage: 'Happy birthday!',
      customField1: 'a',
      customField2: 'b',
      customField3: 'c',
      items: [anItem({ location: 'Shelf A 3' })],
    });
    for (const one of [anOrder(), order]) expect(validateOrders(write(one), { printed: true })).toEqual([]);
  });

  test.each(SHIPSTATION_STATUSES)('has the status word %s as it is', (orderStatus) => {
    expect(imported({ orderStatus }).OrderStatus).toBe(orderStatus);
  });

  test.each(SHIPSTATION_STATUSES)('has a word of its own vocabulary for the status %s', (orderStatus) => {
    const xml = writeOrdersXml({ pages: 1, orders: [anOrder({ orderStatus })] }, WIRE_WORDS['cs-cart']);
    expect(validateOrders(xml)).toEqual([]);
    expect(['pending', 'processed', 'shipped', 'canceled']).toContain(
      readOrdersPage(xml).orders[0]?.OrderStatus,
    );
  });

  test('has dates in UTC, with their seconds cut off', () => {
    const order = imported({
      orderDate: createEpochSeconds(Date.UTC(2026, 11, 31, 23, 59, 59) / 1000),
      lastModified: createEpochSeconds(Date.UTC(2027, 0, 1, 0, 0, 0) / 1000),
    });
    expect([order.OrderDate, order.LastModified]).toEqual(['12/31/2026 23:59', '01/01/2027 00:00']);
  });

  test.each([
    [0, '0.00'],
    [1, '0.01'],
    [-1, '-0.01'],
    [10, '0.10'],
    [100, '1.00'],
    [123_456, '1234.56'],
    [-123_456, '-1234.56'],
    [999_999_999, '9999999.99'],
  ])('writes %d cents as %s everywhere', (cents, text) => {
    const amount = createCents(cents);
    const order = imported({
      orderTotal: amount,
      taxAmount: amount,
      shippingAmount: amount,
      items: [anItem({ unitPrice: amount })],
    });
    expect([order.OrderTotal, order.TaxAmount, order.ShippingAmount, order.Items[0]?.UnitPrice]).toEqual([
      text,
      text,
      text,
      text,
    ]);
  });

  test.each([
    'shippingMethod',
    'paymentMethod',
    'currencyCode',
    'customerNotes',
    'internalNotes',
    'giftMessage',
    'customField1',
    'customField2',
    'customField3',
  ] as const)('leaves %s out when it is empty or absent', (member) => {
    const plain = write(anOrder());
    expect(write(anOrder({ [member]: '' }))).toBe(plain);
    expect(write(anOrder({ [member]: undefined }))).toBe(plain);
  });

  test.each([undefined, false])('with gift %s says nothing of it', (gift) => {
    expect(write(anOrder({ gift }))).toBe(write(anOrder()));
  });

  test('may have a gift message without being a gift, and be a gift without a message', () => {
    expect(imported({ giftMessage: 'Hi' })).not.toHaveProperty('Gift');
    expect(imported({ gift: true })).not.toHaveProperty('GiftMessage');
  });

  test('keeps the lines of its notes and of its gift message', () => {
    const text = 'One\nTwo\n\nThree';
    const order = imported({ customerNotes: text, internalNotes: text, giftMessage: text });
    expect([order.CustomerNotes, order.InternalNotes, order.GiftMessage]).toEqual([text, text, text]);
  });

  test('keeps required texts that are empty', () => {
    const order = imported({
      customerCode: '',
      billTo: { name: '' },
      shipTo: { name: '', address1: '', city: '', postalCode: '', country: 'IE' },
      items: [anItem({ sku: '', name: '' })],
    });
    expect(order.CustomerCode).toBe('');
    expect(order.BillTo).toEqual({ Name: '' });
    expect(order.ShipTo).toEqual({ Name: '', Address1: '', City: '', PostalCode: '', Country: 'IE' });
    expect(order.Items[0]).toMatchObject({ SKU: '', Name: '' });
  });

  test.each([
    ['USD', 'USD'],
    ['EUR', 'EUR'],
    ['usd', undefined],
    ['DOLLAR', undefined],
    ['US', undefined],
    ['U$D', undefined],
    ['USD\n', undefined],
  ])('with the currency %j has %j', (currencyCode, expected) => {
    expect(imported({ currencyCode }).CurrencyCode).toBe(expected);
  });

  test.each([
    ['US', 'US'],
    ['us', 'US'],
    ['', undefined],
    ['U', undefined],
    ['USA', undefined],
    ['12', undefined],
    ['ÄÖ', undefined],
    ['US\n', undefined],
    [undefined, undefined],
  ])('with the bill-to country %j has %j', (country, expected) => {
    expect(imported({ billTo: aBillTo({ country }) }).BillTo.Country).toBe(expected);
  });

  test('has its ship-to country in capitals', () => {
    expect(imported({ shipTo: aShipTo({ country: 'gb' }) }).ShipTo.Country).toBe('GB');
  });

  test('without items has an empty list', () => {
    expect(write(anOrder({ items: [] }))).toContain('</Customer><Items></Items></Order>');
  });
});

describe('a text that is too long', () => {
  const LONG = 'x'.repeat(5000);

  test('is cut to the length of its element', () => {
    const address = {
      name: LONG,
      company: LONG,
      phone: LONG,
      address1: LONG,
      address2: LONG,
      city: LONG,
      state: LONG,
      postalCode: LONG,
      country: 'US',
    };
    const order = imported({
      shippingMethod: LONG,
      paymentMethod: LONG,
      customerNotes: LONG,
      internalNotes: LONG,
      giftMessage: LONG,
      customField1: LONG,
      customField2: LONG,
      customField3: LONG,
      customerCode: LONG,
      billTo: { ...address, email: LONG },
      shipTo: address,
      items: [anItem({ sku: LONG, name: LONG, location: LONG, options: [{ name: LONG, value: LONG }] })],
    });
    const lengths = (texts: object) =>
      Object.fromEntries(Object.entries(texts).map(([name, text]) => [name, String(text).length]));
    expect(lengths(order)).toMatchObject({
      ShippingMethod: 100,
      PaymentMethod: 50,
      CustomerNotes: 1000,
      InternalNotes: 1000,
      GiftMessage: 1000,
      CustomField1: 100,
      CustomField2: 100,
      CustomField3: 100,
      CustomerCode: 50,
    });
    const addressLengths = {
      Name: 100,
      Company: 100,
      Phone: 50,
      Address1: 200,
      Address2: 200,
      City: 100,
      State: 100,
      PostalCode: 50,
      Country: 2,
    };
    expect(lengths(order.BillTo)).toEqual({ ...addressLengths, Email: 100 });
    expect(lengths(order.ShipTo)).toEqual(addressLengths);
    expect(lengths(order.Items[0] ?? {})).toMatchObject({ SKU: 50, Name: 200, Location: 100 });
    expect(lengths(order.Items[0]?.Options[0] ?? {})).toEqual({ Name: 100, Value: 100 });
  });

  test('keeps its whole length when it just fits', () => {
    expect(imported({ customerNotes: 'y'.repeat(1000) }).CustomerNotes).toBe('y'.repeat(1000));
  });

  test('is counted before it is escaped', () => {
    expect(imported({ customerNotes: '&'.repeat(1000) }).CustomerNotes).toBe('&'.repeat(1000));
    expect(imported({ customerNotes: '<'.repeat(1001) }).CustomerNotes).toBe(`${'<'.repeat(999)}…`);
  });

  test('is counted after forbidden characters and carriage returns went', () => {
    expect(imported({ customerNotes: '\0'.repeat(500) + 'z'.repeat(1000) }).CustomerNotes).toBe(
      'z'.repeat(1000),
    );
    expect(imported({ customerNotes: 'a\r\n'.repeat(500) }).CustomerNotes).toBe('a\n'.repeat(500));
  });

  test('is not cut inside an emoji', () => {
    const name = `${'n'.repeat(198)}\u{1f600}n`;
    expect(importedItem({ name }).Name).toBe(`${'n'.repeat(198)}…`);
    const city = `${'n'.repeat(99)}\u{1f600}`;
    expect(imported({ shipTo: aShipTo({ city }) }).ShipTo.City).toBe('n'.repeat(99));
  });

  test('says at its end that it was cut, where a reader reads it', () => {
    const order = imported({
      customerNotes: LONG,
      internalNotes: LONG,
      giftMessage: LONG,
      customField1: LONG,
      items: [anItem({ sku: LONG, name: LONG, options: [{ name: LONG, value: LONG }] })],
    });
    for (const text of [order.CustomerNotes, order.InternalNotes, order.GiftMessage, order.Items[0]?.Name])
      expect(text).toMatch(/x…$/);
    expect(order.Items[0]?.Options[0]?.Value).toMatch(/x…$/);
    // What automation rules compare, and keys, hold nothing but their own text.
    expect(order.CustomField1).toBe('x'.repeat(100));
    expect(order.Items[0]?.SKU).toBe('x'.repeat(50));
  });
});

describe('an item', () => {
  test.each([1, 2, 99, 99_999])('has the quantity %d as a bare whole number', (quantity) => {
    expect(importedItem({ quantity }).Quantity).toBe(`${quantity}`);
  });

  test.each([
    [0, 'Grams', '0.00'],
    [1, 'Grams', '0.01'],
    [1450, 'Ounces', '14.50'],
    [100, 'Pounds', '1.00'],
    [999_999_999, 'Grams', '9999999.99'],
  ] as const)('of %d hundredths of %s weighs %s', (hundredths, units, text) => {
    const item = importedItem({ weight: { hundredths, units } });
    expect([item.Weight, item.WeightUnits]).toEqual([text, units]);
  });

  test.each([-1, 0.5, 1_000_000_000, Number.NaN, Number.POSITIVE_INFINITY])(
    'with a weight of %d hundredths has neither weight nor unit',
    (hundredths) => {
      const item = importedItem({ weight: { hundredths, units: 'Grams' } });
      expect(item).not.toHaveProperty('Weight');
      expect(item).not.toHaveProperty('WeightUnits');
    },
  );

  test.each([
    ['https://shop.example.test/a.png'],
    ['http://shop.example.test:8080/a/b.png?x=1&y=2'],
    ['https://shop.example.test/caf%C3%A9%20cup.png'],
    [`https://shop.example.test/${'a'.repeat(474)}`],
  ])('has the image %s', (imageUrl) => {
    expect(importedItem({ imageUrl }).ImageUrl).toBe(imageUrl);
  });

  test.each([
    ['', 'empty'],
    ['images/a.png', 'relative'],
    ['//shop.example.test/a.png', 'without a scheme'],
    ['ftp://shop.example.test/a.png', 'of another scheme'],
    ['javascript:alert(1)', 'a script'],
    ['data:image/png;base64,AAAA', 'inline'],
    ['https://', 'without a host'],
    ['https://shop.example.test/a b.png', 'with a blank'],
    ['https://shop.example.test/é.png', 'not encoded'],
    ['https://shop.example.test/100%.png', 'with a bare percent sign'],
    ['https://shop.example.test/%zz.png', 'wrongly encoded'],
    ['https://shop.example.test/a.png\n', 'with a line feed'],
    ['https://shop.example.test/<a>.png', 'with markup'],
    ['https://shop.example.test:port/a.png', 'with a port that is none'],
    ['https://[::1/a.png', 'with a broken host'],
    [`https://shop.example.test/${'a'.repeat(475)}`, 'too long to be kept whole'],
  ])('does not have the image %j (%s)', (imageUrl) => {
    expect(importedItem({ imageUrl })).not.toHaveProperty('ImageUrl');
  });

  test.each([
    ['012345678905', '012345678905'],
    ['96385074', '96385074'],
    ['X00-1 & 2', 'X00-1 & 2'],
    ['', undefined],
    // Cut, it would be another product's.
    ['4006381333931', undefined],
    ['x'.repeat(5000), undefined],
    [undefined, undefined],
  ])('with the UPC %j has %j', (upc, expected) => {
    expect(importedItem({ upc }).UPC).toBe(expected);
  });

  test.each([
    ['Shelf A 3', 'Shelf A 3'],
    ['', undefined],
    [undefined, undefined],
  ])('with the location %j has %j', (location, expected) => {
    expect(importedItem({ location }).Location).toBe(expected);
  });

  test.each([undefined, false])('with adjustment %s says nothing of it', (adjustment) => {
    expect(importedItem({ adjustment })).not.toHaveProperty('Adjustment');
  });

  test('keeps a repeated SKU as items of their own, in order', () => {
    const order = imported({
      items: [
        anItem({ lineItemId: '2', quantity: 1 }),
        anItem({ lineItemId: '1', quantity: 3 }),
        anItem({ lineItemId: '2', quantity: 5 }),
      ],
    });
    expect(order.Items.map((item) => [item.LineItemID, item.Quantity])).toEqual([
      ['2', '1'],
      ['1', '3'],
      ['2', '5'],
    ]);
  });

  test('keeps zeros and long digits of its keys', () => {
    expect(importedItem({ sku: '0012', lineItemId: '00034001' })).toMatchObject({
      SKU: '0012',
      LineItemID: '00034001',
    });
  });
});

describe('the options of an item', () => {
  const options = (...pairs: [string, string][]) =>
    importedItem({ options: pairs.map(([name, value]) => ({ name, value })) }).Options.map((option) => [
      option.Name,
      option.Value,
    ]);

  test('are kept in order, repeated names included', () => {
    expect(options(['Glaze', 'Blue'], ['Size', 'L'], ['Glaze', 'Red'])).toEqual([
      ['Glaze', 'Blue'],
      ['Size', 'L'],
      ['Glaze', 'Red'],
    ]);
  });

  test('are at most ten', () => {
    const many = Array.from({ length: 15 }, (_, index): [string, string] => [`n${index}`, `v${index}`]);
    expect(options(...many)).toEqual(many.slice(0, 10));
  });

  test('without a value are left out, and do not count', () => {
    const empty = Array.from({ length: 12 }, (): [string, string] => ['Engraving', '']);
    expect(options(...empty, ['Glaze', 'Blue'])).toEqual([['Glaze', 'Blue']]);
  });

  test.each(['', ' ', '\t\n', '\0\u0001'])('with the value %j are left out', (value) => {
    expect(options(['Engraving', value])).toEqual([]);
  });

  test.each(['', ' ', '\u0002'])('with the name %j keep their value under a neutral name', (name) => {
    expect(options([name, 'Blue'])).toEqual([['Option', 'Blue']]);
  });

  test.each<[string, OrderItem['options']]>([
    ['absent', undefined],
    ['an empty list', []],
    ['all without a value', [{ name: 'Engraving', value: '' }]],
  ])('leave no element when they are %s', (_, given) => {
    expect(write(anOrder({ items: [anItem({ options: given })] }))).not.toContain('Option');
  });
});

describe('hostile text', () => {
  test.each<[string, string, string]>([
    ['markup', '</Name><Name>x', '</Name><Name>x'],
    ['the end of the document', '</Item></Items></Order></Orders>', '</Item></Items></Order></Orders>'],
    ['a CDATA section', '<![CDATA[x]]>', '<![CDATA[x]]>'],
    ['a bare ]]>', 'a]]>b', 'a]]>b'],
    ['an entity', '&lol; &amp; &#65;', '&lol; &amp; &#65;'],
    ['a DOCTYPE', '<!DOCTYPE x [<!ENTITY y "z">]>', '<!DOCTYPE x [<!ENTITY y "z">]>'],
    ['control characters', 'a\u0000\u0008\u000b\u001fb', 'ab'],
    ['a lone surrogate', 'a\ud800b', 'ab'],
    ['carriage returns', 'a\r\nb\rc', 'a\nb\nc'],
    ['leading and trailing blanks', '  a  ', '  a  '],
    ['replacement patterns', "$& $1 $' $$", "$& $1 $' $$"],
  ])('%s stays text in every element that holds some', (_, text, expected) => {
    const address = {
      name: text,
      company: text,
      phone: text,
      address1: text,
      address2: text,
      city: text,
      state: text,
      postalCode: text,
      country: 'US',
    };
    const order = imported({
      shippingMethod: text,
      paymentMethod: text,
      customerNotes: text,
      internalNotes: text,
      giftMessage: text,
      customField1: text,
      customField2: text,
      customField3: text,
      customerCode: text,
      billTo: { ...address, email: text },
      shipTo: address,
      items: [anItem({ sku: text, name: text, location: text, options: [{ name: text, value: text }] })],
    });
    const wanted = {
      Name: expected,
      Company: expected,
      Phone: expected,
      Address1: expected,
      Address2: expected,
      City: expected,
      State: expected,
      PostalCode: expected,
      Country: 'US',
    };
    expect(order).toMatchObject({
      ShippingMethod: expected,
      PaymentMethod: expected,
      CustomerNotes: expected,
      InternalNotes: expected,
      GiftMessage: expected,
      CustomField1: expected,
      CustomField2: expected,
      CustomField3: expected,
      CustomerCode: expected,
    });
    expect(order.BillTo).toEqual({ ...wanted, Email: expected });
    expect(order.ShipTo).toEqual(wanted);
    expect(order.Items[0]).toMatchObject({ SKU: expected, Name: expected, Location: expected });
    expect(order.Items[0]?.Options).toEqual([{ Name: expected, Value: expected }]);
  });
});

describe('any order without a problem', () => {
  test('is valid, whatever its texts hold', () => {
    fc.assert(
      fc.property(
        fc.array(anyOrder, { maxLength: 3 }),
        fc.integer({ min: 1, max: 32_767 }),
        (orders, pages) => {
          fc.pre(orders.every((order) => orderProblem(order) === undefined));
          expect(validateOrders(writeOrdersXml({ pages, orders }, WIRE_WORDS['custom-store']))).toEqual([]);
        },
      ),
      { numRuns: 500 },
    );
  });

  test('comes out as it went in: numbers, keys, and the beginnings of its texts', () => {
    fc.assert(
      fc.property(anyOrder, (order) => {
        const [read] = readOrdersPage(write(order)).orders;
        expect(read?.OrderID).toBe(order.orderId);
        expect(read?.OrderNumber).toBe(order.orderNumber);
        expect(Math.round(Number(read?.OrderTotal) * 100)).toBe(order.orderTotal);
        expect(read?.ShipTo.Country).toBe(order.shipTo.country.toUpperCase());
        expect(cleanText(order.shipTo.name).startsWith(read?.ShipTo.Name ?? '?')).toBe(true);
        const notes = read?.CustomerNotes ?? '';
        expect(cleanText(order.customerNotes ?? '').startsWith(notes.replace(/…$/, ''))).toBe(true);
        expect(read?.Items.map((item) => [item.LineItemID, Number(item.Quantity)])).toEqual(
          order.items.map((item) => [item.lineItemId, item.quantity]),
        );
        expect(read?.Items.map((item) => Math.round(Number(item.UnitPrice) * 100))).toEqual(
          order.items.map((item) => item.unitPrice),
        );
      }),
      { numRuns: 300 },
    );
  });

  test('reads the same with fast-xml-parser', () => {
    const parser = new XMLParser({
      parseTagValue: false,
      trimValues: false,
      isArray: (name) => name === 'Item' || name === 'Option',
    });
    fc.assert(
      fc.property(anyOrder, (order) => {
        const xml = write(order);
        const [read] = readOrdersPage(xml).orders;
        const other = parser.parse(xml).Orders.Order;
        expect(other.CustomerNotes).toBe(read?.CustomerNotes);
        expect(other.Customer.ShipTo).toEqual(read?.ShipTo);
        expect(other.Customer.BillTo).toEqual(read?.BillTo);
        expect(other.Items.Item.map((item: { SKU: string }) => item.SKU)).toEqual(
          read?.Items.map((item) => item.SKU),
        );
      }),
      { numRuns: 300 },
    );
  });
});

describe('each text of any order', () => {
  const graphemes = new Intl.Segmenter('und', { granularity: 'grapheme' });

  /** What has to come out, told in another way: the whole clusters that fit, of a text that XML can hold. */
  function fitting(text: string, limit: number): string {
    let kept = '';
    for (const { segment } of graphemes.segment(cleanText(text))) {
      if (kept.length + segment.length > limit) break;
      kept += segment;
    }
    return kept;
  }

  /** An optional text: no element when there was none to write. */
  function fittingOptional(text: string | undefined, limit: number): string | undefined {
    return text === undefined || text === '' ? undefined : fitting(text, limit);
  }

  /** The same for a text that a reader reads: with a mark where it was cut. */
  function short(text: string, limit: number): string {
    return cleanText(text).length <= limit ? cleanText(text) : `${fitting(text, limit - 1).trimEnd()}…`;
  }

  function shortOptional(text: string | undefined, limit: number): string | undefined {
    return text === undefined || text === '' ? undefined : short(text, limit);
  }

  test('of the order comes back, cut to its length', () => {
    fc.assert(
      fc.property(anyOrder, (order) => {
        const [read] = readOrdersPage(write(order)).orders;
        expect(read?.CustomerCode).toBe(fitting(order.customerCode, 50));
        expect(read?.ShippingMethod).toBe(fittingOptional(order.shippingMethod, 100));
        expect(read?.PaymentMethod).toBe(fittingOptional(order.paymentMethod, 50));
        expect(read?.CustomerNotes).toBe(shortOptional(order.customerNotes, 1000));
        expect(read?.InternalNotes).toBe(shortOptional(order.internalNotes, 1000));
        expect(read?.GiftMessage).toBe(shortOptional(order.giftMessage, 1000));
        expect(read?.Gift).toBe(order.gift === true ? 'true' : undefined);
        expect(read?.CustomField1).toBe(fittingOptional(order.customField1, 100));
        expect(read?.CustomField2).toBe(fittingOptional(order.customField2, 100));
        expect(read?.CustomField3).toBe(fittingOptional(order.customField3, 100));
      }),
      { numRuns: 300 },
    );
  });

  test('of its addresses comes back, cut to its length', () => {
    fc.assert(
      fc.property(anyOrder, ({ billTo, shipTo, ...order }) => {
        const [read] = readOrdersPage(write({ ...order, billTo, shipTo })).orders;
        const isCountry = /^[a-z]{2}$/i.test(billTo.country ?? '');
        expect({ Country: undefined, ...read?.BillTo }).toEqual({
          Name: fitting(billTo.name, 100),
          Company: fittingOptional(billTo.company, 100),
          Phone: fittingOptional(billTo.phone, 50),
          Email: fittingOptional(billTo.email, 100),
          Address1: fittingOptional(billTo.address1, 200),
          Address2: fittingOptional(billTo.address2, 200),
          City: fittingOptional(billTo.city, 100),
          State: fittingOptional(billTo.state, 100),
          PostalCode: fittingOptional(billTo.postalCode, 50),
          Country: isCountry ? billTo.country?.toUpperCase() : undefined,
        });
        expect(read?.ShipTo).toEqual({
          Name: fitting(shipTo.name, 100),
          Company: fittingOptional(shipTo.company, 100),
          Address1: fitting(shipTo.address1, 200),
          Address2: fittingOptional(shipTo.address2, 200),
          City: fitting(shipTo.city, 100),
          State: fittingOptional(shipTo.state, 100),
          PostalCode: fitting(shipTo.postalCode, 50),
          Country: shipTo.country.toUpperCase(),
          Phone: fittingOptional(shipTo.phone, 50),
        });
      }),
      { numRuns: 300 },
    );
  });

  test('of its items comes back, cut to its length', () => {
    fc.assert(
      fc.property(anyOrder, (order) => {
        const [read] = readOrdersPage(write(order)).orders;
        for (const [index, item] of order.items.entries()) {
          expect(read?.Items[index]).toMatchObject({
            SKU: fitting(item.sku, 50),
            Name: short(item.name, 200),
          });
          const upc = item.upc ?? '';
          expect(read?.Items[index]?.UPC).toBe(upc === '' || upc.length > 12 ? undefined : cleanText(upc));
          expect(read?.Items[index]?.Location).toBe(fittingOptional(item.location, 100));
          const chosen = (item.options ?? [])
            .map((option) => ({ Name: fitting(option.name, 100), Value: short(option.value, 100) }))
            .filter((option) => option.Value.trim() !== '')
            .map((option) => (option.Name.trim() === '' ? { ...option, Name: 'Option' } : option));
          expect(read?.Items[index]?.Options).toEqual(chosen.slice(0, 10));
        }
      }),
      { numRuns: 300 },
    );
  });

  test('leaves the numbers beside it alone', () => {
    fc.assert(
      fc.property(anyOrder, (order) => {
        const [read] = readOrdersPage(write(order)).orders;
        for (const text of [read?.OrderTotal, read?.TaxAmount, read?.ShippingAmount]) {
          expect(text).toMatch(/^-?\d{1,7}\.\d{2}$/);
        }
        for (const item of read?.Items ?? []) {
          expect(item.Quantity).toMatch(/^[1-9]\d{0,4}$/);
          expect(item.UnitPrice).toMatch(/^-?\d{1,7}\.\d{2}$/);
          expect(item.Weight ?? '0.00').toMatch(/^\d{1,7}\.\d{2}$/);
          expect(item.Weight === undefined).toBe(item.WeightUnits === undefined);
          expect(item.Adjustment ?? 'true').toBe('true');
        }
      }),
      { numRuns: 300 },
    );
  });
});

describe('where each text is written', () => {
  const MARK = 'only-here';
  const empty: OrderDocument = anOrder({
    billTo: { name: '' },
    shipTo: { name: '', address1: '', city: '', postalCode: '', country: 'US' },
    items: [{ sku: '', name: '', quantity: 1, unitPrice: createCents(0) }],
  });
  const withItem = (changes: Partial<OrderItem>): OrderDocument => ({
    ...empty,
    items: empty.items.map((item) => ({ ...item, ...changes })),
  });

  test.each<[string, OrderDocument]>([
    ['Order OrderID', { ...empty, orderId: MARK }],
    ['Order OrderNumber', { ...empty, orderNumber: MARK }],
    ['Order ShippingMethod', { ...empty, shippingMethod: MARK }],
    ['Order PaymentMethod', { ...empty, paymentMethod: MARK }],
    ['Order CustomerNotes', { ...empty, customerNotes: MARK }],
    ['Order InternalNotes', { ...empty, internalNotes: MARK }],
    ['Order GiftMessage', { ...empty, giftMessage: MARK }],
    ['Order CustomField1', { ...empty, customField1: MARK }],
    ['Order CustomField2', { ...empty, customField2: MARK }],
    ['Order CustomField3', { ...empty, customField3: MARK }],
    ['Order Customer CustomerCode', { ...empty, customerCode: MARK }],
    ['Order Customer BillTo Name', { ...empty, billTo: { name: MARK } }],
    ['Order Customer BillTo Company', { ...empty, billTo: { name: '', company: MARK } }],
    ['Order Customer BillTo Phone', { ...empty, billTo: { name: '', phone: MARK } }],
    ['Order Customer BillTo Email', { ...empty, billTo: { name: '', email: MARK } }],
    ['Order Customer BillTo Address1', { ...empty, billTo: { name: '', address1: MARK } }],
    ['Order Customer BillTo Address2', { ...empty, billTo: { name: '', address2: MARK } }],
    ['Order Customer BillTo City', { ...empty, billTo: { name: '', city: MARK } }],
    ['Order Customer BillTo State', { ...empty, billTo: { name: '', state: MARK } }],
    ['Order Customer BillTo PostalCode', { ...empty, billTo: { name: '', postalCode: MARK } }],
    ['Order Customer ShipTo Name', { ...empty, shipTo: { ...empty.shipTo, name: MARK } }],
    ['Order Customer ShipTo Company', { ...empty, shipTo: { ...empty.shipTo, company: MARK } }],
    ['Order Customer ShipTo Address1', { ...empty, shipTo: { ...empty.shipTo, address1: MARK } }],
    ['Order Customer ShipTo Address2', { ...empty, shipTo: { ...empty.shipTo, address2: MARK } }],
    ['Order Customer ShipTo City', { ...empty, shipTo: { ...empty.shipTo, city: MARK } }],
    ['Order Customer ShipTo State', { ...empty, shipTo: { ...empty.shipTo, state: MARK } }],
    ['Order Customer ShipTo PostalCode', { ...empty, shipTo: { ...empty.shipTo, postalCode: MARK } }],
    ['Order Customer ShipTo Phone', { ...empty, shipTo: { ...empty.shipTo, phone: MARK } }],
    ['Order Items Item LineItemID', withItem({ lineItemId: MARK })],
    ['Order Items Item SKU', withItem({ sku: MARK })],
    ['Order Items Item Name', withItem({ name: MARK })],
    ['Order Items Item UPC', withItem({ upc: MARK })],
    ['Order Items Item Location', withItem({ location: MARK })],
    ['Order Items Item ImageUrl', withItem({ imageUrl: `https://${MARK}/` })],
    ['Order Items Item Options Option Name', withItem({ options: [{ name: MARK, value: 'x' }] })],
    ['Order Items Item Options Option Value', withItem({ options: [{ name: 'x', value: MARK }] })],
  ])('%s, once', (path, order) => {
    const xml = write(order);
    const before = xml.slice(0, xml.indexOf(MARK));
    const open: string[] = [];
    for (const [, slash, name = ''] of before.matchAll(/<(\/?)(\w+)/g)) {
      if (slash === '/') expect(open.pop()).toBe(name);
      else open.push(name);
    }
    expect(open.join(' ')).toBe(`Orders ${path}`);
    expect(xml.split(MARK)).toHaveLength(2);
    expect(validateOrders(xml)).toEqual([]);
  });
});

test('writes the largest page, of 500 orders', () => {
  const items = Array.from({ length: 5 }, (_, index) =>
    anItem({
      lineItemId: `${index}`,
      imageUrl: 'https://shop.example.test/images/detailed/1/mug.png',
      weight: { hundredths: 45_000, units: 'Grams' },
      options: [{ name: 'Glaze', value: 'Blue & white' }],
    }),
  );
  const orders = Array.from({ length: 500 }, (_, index) =>
    anOrder({ orderId: `${index}`, customerNotes: 'Leave with the porter, please.'.repeat(10), items }),
  );
  const xml = writeOrdersXml({ pages: 1, orders }, WIRE_WORDS['custom-store']);
  expect(validateOrders(xml)).toEqual([]);
  const written = readOrdersPage(xml).orders;
  expect(written.map(({ OrderID }) => OrderID)).toEqual(orders.map(({ orderId }) => orderId));
});
