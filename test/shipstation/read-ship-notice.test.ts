import { readdirSync, readFileSync } from 'node:fs';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { type NoticeQuery, readShipNotice } from '../../src/shipstation/read-ship-notice.ts';
import type { ShipNotice } from '../../src/shipstation/ship-notice.ts';
import { UnreadableNotice } from '../../src/shipstation/unreadable-notice.ts';
import { escapeText } from '../../src/shipstation/xml-text.ts';
import { type Label, shipNoticeXml } from '../support/ship-notice-xml.ts';

const FIXTURES = new URL('../../fixtures/notices/', import.meta.url);

const utc = (iso: string) => Date.parse(iso) / 1000;
const fixture = (name: string) => readFileSync(new URL(name, FIXTURES));

function read(xml: string, query: NoticeQuery = {}): ShipNotice {
  return readShipNotice({ query, body: Buffer.from(xml) });
}

/** A notice for order 1 with more in it. */
function withOrder(inner: string, query: NoticeQuery = {}): ShipNotice {
  return read(`<ShipNotice><OrderID>1</OrderID>${inner}</ShipNotice>`, query);
}

function withItems(...items: string[]): ShipNotice {
  return withOrder(`<Items>${items.map((item) => `<Item>${item}</Item>`).join('')}</Items>`);
}

function withQuantity(text: string): ShipNotice {
  return withItems('<SKU>A</SKU><Quantity>1</Quantity>', `<SKU>B</SKU><Quantity>${text}</Quantity>`);
}

const NOTHING_BUT_THE_ORDER: ShipNotice = {
  orderKeys: ['1'],
  trackingNumber: '',
  carrier: '',
  service: '',
  shipDate: undefined,
  labelCreateDate: undefined,
  notesToCustomer: '',
  items: undefined,
};

describe('a sample notice', () => {
  const samples: Record<string, ShipNotice> = {
    'one-item.xml': {
      orderKeys: ['7001'],
      trackingNumber: '1ZTEST0000000001',
      carrier: 'UPS',
      service: 'UPS® Ground',
      shipDate: { year: 2026, month: 3, day: 3 },
      labelCreateDate: utc('2026-03-02T18:40:00Z') as NonNullable<ShipNotice['labelCreateDate']>,
      notesToCustomer: '',
      items: [{ lineItemId: '34001', sku: 'MUG-2', name: 'Stone mug', quantity: 1 }],
    },
    'marked-as-shipped.xml': {
      orderKeys: ['7002'],
      trackingNumber: '',
      carrier: 'APC',
      service: '',
      shipDate: { year: 2025, month: 12, day: 8 },
      labelCreateDate: utc('2025-12-08T16:05:00Z') as NonNullable<ShipNotice['labelCreateDate']>,
      notesToCustomer: '',
      items: [{ lineItemId: '', sku: '', name: 'Tea towel', quantity: 3 }],
    },
    'same-sku-twice.xml': {
      orderKeys: ['7003', 'WEB-7003'],
      trackingNumber: '0000780012345678901234',
      carrier: 'FedEx',
      service: 'FedEx Home Delivery®',
      shipDate: { year: 2026, month: 3, day: 5 },
      labelCreateDate: utc('2026-03-05T07:15:00Z') as NonNullable<ShipNotice['labelCreateDate']>,
      notesToCustomer: '',
      items: [
        { lineItemId: '0034', sku: '0012', name: 'Shirt, red', quantity: 2 },
        { lineItemId: '0035', sku: '0012', name: 'Shirt, blue', quantity: 1 },
      ],
    },
    'note-to-customer.xml': {
      orderKeys: ['7004'],
      trackingNumber: 'AB123456785GB',
      carrier: 'RoyalMail',
      service: 'Tracked 24®',
      shipDate: { year: 2026, month: 3, day: 6 },
      labelCreateDate: utc('2026-03-06T11:00:00Z') as NonNullable<ShipNotice['labelCreateDate']>,
      notesToCustomer: 'Two boxes & one letter.\nNot a declaration: <!DOCTYPE html>',
      items: [{ lineItemId: '41', sku: 'A&B', name: 'Salt <fine> &amp; pepper', quantity: 1 }],
    },
    'without-items.xml': {
      orderKeys: ['7005'],
      trackingNumber: '9400100000000000000000',
      carrier: 'USPS',
      service: '',
      shipDate: { year: 2026, month: 3, day: 7 },
      labelCreateDate: utc('2026-03-07T09:30:00Z') as NonNullable<ShipNotice['labelCreateDate']>,
      notesToCustomer: '',
      items: undefined,
    },
    'older-form.xml': {
      orderKeys: ['7006'],
      trackingNumber: '9400100000000000000017',
      carrier: 'USPS',
      service: 'Priority Mail',
      shipDate: { year: 2026, month: 3, day: 9 },
      labelCreateDate: utc('2026-03-08T21:56:00Z') as NonNullable<ShipNotice['labelCreateDate']>,
      notesToCustomer: '',
      items: [{ lineItemId: '', sku: 'CUP-9', name: 'Espresso cup', quantity: 2 }],
    },
  };

  test.each(Object.entries(samples))('%s is read', (name, expected) => {
    expect(readShipNotice({ query: {}, body: fixture(name) })).toEqual(expected);
  });

  test.each(Object.entries(samples))('%s says the same in UTF-16', (name, expected) => {
    const body = Buffer.from(`\ufeff${fixture(name).toString('utf8')}`, 'utf16le');
    expect(readShipNotice({ query: {}, body })).toEqual(expected);
  });

  test.each(Object.entries(samples))(
    '%s says the same with Windows line ends and a byte order mark',
    (name, expected) => {
      const text = fixture(name).toString('utf8').replaceAll('\n', '\r\n');
      expect(readShipNotice({ query: {}, body: Buffer.from(`\ufeff\r\n${text}`) })).toEqual(expected);
    },
  );

  test('is expected above, each of them', () => {
    expect(Object.keys(samples).sort()).toEqual(readdirSync(FIXTURES).sort());
  });
});

describe('the keys of the order', () => {
  test.each<[string, string, NoticeQuery, string[]]>([
    ['are the id of the body', '<OrderID>7</OrderID>', {}, ['7']],
    ['are the number of the body', '<OrderNumber>7</OrderNumber>', {}, ['7']],
    ['are that of the query', '', { order_number: '7' }, ['7']],
    [
      'are all three, the id first',
      '<OrderNumber>WEB-7</OrderNumber><OrderID>7</OrderID>',
      { order_number: 'X-7' },
      ['7', 'WEB-7', 'X-7'],
    ],
    ['are told once each', '<OrderNumber>7</OrderNumber><OrderID>7</OrderID>', { order_number: '7' }, ['7']],
    [
      'keep their rank when one repeats',
      '<OrderNumber>8</OrderNumber><OrderID>7</OrderID>',
      { order_number: '7' },
      ['7', '8'],
    ],
    [
      'are trimmed before they are compared',
      '<OrderNumber> 7 </OrderNumber><OrderID>\n7\n</OrderID>',
      { order_number: '7 ' },
      ['7'],
    ],
    [
      'leave out what is empty',
      '<OrderNumber>8</OrderNumber><OrderID></OrderID>',
      { order_number: '' },
      ['8'],
    ],
    ['leave out what is blank', '<OrderNumber> </OrderNumber><OrderID/>', { order_number: '9' }, ['9']],
    ['keep leading zeros', '<OrderID>0007</OrderID>', { order_number: '7' }, ['0007', '7']],
    ['keep case', '<OrderID>web-7</OrderID>', { order_number: 'WEB-7' }, ['web-7', 'WEB-7']],
    ['keep long digits', '<OrderID>12345678901234567890</OrderID>', {}, ['12345678901234567890']],
    ['are the first that says something', '<OrderID/><OrderID>7</OrderID><OrderID>8</OrderID>', {}, ['7']],
  ])('%s', (_, inner, query, expected) => {
    expect(read(`<ShipNotice>${inner}</ShipNotice>`, query).orderKeys).toEqual(expected);
  });

  test.each<[string, string, NoticeQuery]>([
    ['no key', '<ShipNotice></ShipNotice>', {}],
    ['a self-closing root', '<ShipNotice/>', {}],
    ['blank keys', '<ShipNotice><OrderID> </OrderID></ShipNotice>', { order_number: ' ' }],
    ['keys in another place', '<ShipNotice><Items><OrderID>7</OrderID></Items></ShipNotice>', {}],
    ['no body and no parameter', '', {}],
    ['no body and a blank parameter', '', { order_number: ' ' }],
    ['a key of control characters', '<ShipNotice><OrderID>&#1;</OrderID></ShipNotice>', {}],
  ])('are missed with %s', (_, xml, query) => {
    expect(() => read(xml, query)).toThrow(
      new UnreadableNotice('The shipment notice does not name an order.'),
    );
  });
});

describe('carrier, service and tracking number', () => {
  const QUERY = { order_number: '1', carrier: 'ups', service: 'ground', tracking_number: 'Q1' };

  test('come from the body', () => {
    const body = '<Carrier>UPS</Carrier><Service>UPS® Ground</Service><TrackingNumber>B1</TrackingNumber>';
    expect(withOrder(body, QUERY)).toEqual({
      ...NOTHING_BUT_THE_ORDER,
      carrier: 'UPS',
      service: 'UPS® Ground',
      trackingNumber: 'B1',
    });
  });

  test.each<[string, string]>([
    ['has none of them', ''],
    ['has them empty', '<Carrier></Carrier><Service></Service><TrackingNumber></TrackingNumber>'],
    ['has them self-closing', '<Carrier/><Service/><TrackingNumber/>'],
    ['has them blank', '<Carrier> </Carrier><Service>\n</Service><TrackingNumber>\t</TrackingNumber>'],
    ['has them in another element', '<Package><Carrier>DHL</Carrier><Service>X</Service></Package>'],
    ['has them in small letters', '<carrier>DHL</carrier><service>X</service>'],
  ])('come from the query where the body %s', (_, inner) => {
    expect(withOrder(inner, QUERY)).toEqual({
      ...NOTHING_BUT_THE_ORDER,
      carrier: 'ups',
      service: 'ground',
      trackingNumber: 'Q1',
    });
  });

  test('come from both, each on its own', () => {
    expect(withOrder('<Carrier>UPS</Carrier><Service/>', { ...QUERY, tracking_number: '' })).toEqual({
      ...NOTHING_BUT_THE_ORDER,
      carrier: 'UPS',
      service: 'ground',
    });
  });

  test('are trimmed, wherever they come from', () => {
    const notice = withOrder('<Carrier> UPS\n</Carrier>', { service: ' ground ', tracking_number: '\tQ1 ' });
    expect([notice.carrier, notice.service, notice.trackingNumber]).toEqual(['UPS', 'ground', 'Q1']);
  });

  test('may be missing altogether', () => {
    expect(withOrder('')).toEqual(NOTHING_BUT_THE_ORDER);
  });

  test.each(['0012', '9400100000000000000000', '1e10', '0x1F', 'true', 'null', '00', '1Z 999 AA1', '+41'])(
    'keep the tracking number %s as it is',
    (trackingNumber) => {
      expect(withOrder(`<TrackingNumber>${trackingNumber}</TrackingNumber>`).trackingNumber).toBe(
        trackingNumber,
      );
      expect(withOrder('', { tracking_number: trackingNumber }).trackingNumber).toBe(trackingNumber);
    },
  );

  test('take a tracking number of 255 characters', () => {
    const longest = '9'.repeat(255);
    expect(withOrder(`<TrackingNumber> ${longest} </TrackingNumber>`).trackingNumber).toBe(longest);
    expect(withOrder('', { tracking_number: longest }).trackingNumber).toBe(longest);
  });

  test.each(['9'.repeat(256), 'x'.repeat(100_000)])('refuse a longer one', (trackingNumber) => {
    const refusal = new UnreadableNotice('The tracking number is longer than 255 characters.');
    expect(() => withOrder(`<TrackingNumber>${trackingNumber}</TrackingNumber>`)).toThrow(refusal);
    expect(() => withOrder('', { tracking_number: trackingNumber })).toThrow(refusal);
    expect(() => read('', { order_number: '1', tracking_number: trackingNumber })).toThrow(refusal);
  });
});

describe('without a body', () => {
  const QUERY = { order_number: ' 7001 ', carrier: 'USPS', service: '', tracking_number: '94001' };

  test.each<[string, string]>([
    ['empty', ''],
    ['a blank', ' '],
    ['line ends', '\r\n\r\n'],
    ['a byte order mark', '\ufeff'],
  ])('(%s) the query is the notice, of everything', (_, body) => {
    expect(read(body, QUERY)).toEqual({
      ...NOTHING_BUT_THE_ORDER,
      orderKeys: ['7001'],
      carrier: 'USPS',
      trackingNumber: '94001',
    });
  });

  test('an order number is enough', () => {
    expect(read('', { order_number: '1' })).toEqual(NOTHING_BUT_THE_ORDER);
  });

  test('absent and undefined parameters are the same', () => {
    const query = { order_number: '1', carrier: undefined, service: undefined, tracking_number: undefined };
    expect(read('', query)).toEqual(NOTHING_BUT_THE_ORDER);
  });
});

describe('dates', () => {
  test.each<[string, ShipNotice['shipDate']]>([
    ['03/03/2026', { year: 2026, month: 3, day: 3 }],
    ['3/3/2026', { year: 2026, month: 3, day: 3 }],
    [' 03/03/2026 ', { year: 2026, month: 3, day: 3 }],
    ['12/31/2026 23:59', { year: 2026, month: 12, day: 31 }],
    ['', undefined],
    ['02/30/2026', undefined],
    ['2026-03-03', undefined],
    ['tomorrow', undefined],
  ])('ship date %j', (text, expected) => {
    expect(withOrder(`<ShipDate>${text}</ShipDate>`).shipDate).toEqual(expected);
  });

  test.each<[string, string | undefined]>([
    ['03/02/2026 18:40', '2026-03-02T18:40:00Z'],
    ['3/2/2026 6:40 PM', '2026-03-02T18:40:00Z'],
    ['03/02/2026 18:40:07', '2026-03-02T18:40:07Z'],
    ['', undefined],
    ['13/13/2026 18:40', undefined],
    ['2026-03-02T18:40:00Z', undefined],
  ])('label date %j', (text, expected) => {
    const { labelCreateDate } = withOrder(`<LabelCreateDate>${text}</LabelCreateDate>`);
    expect(labelCreateDate).toBe(expected === undefined ? undefined : utc(expected));
  });
});

describe('the note to the buyer', () => {
  test.each<[string, string, string]>([
    ['keeps its lines', 'one\ntwo\n\nthree', 'one\ntwo\n\nthree'],
    ['has one kind of line end', 'one\r\ntwo\rthree', 'one\ntwo\nthree'],
    ['is trimmed at its ends', '\n one \n', 'one'],
    ['is decoded once', '&lt;b&gt; &amp;amp; &#65;', '<b> &amp; A'],
    ['is raw in CDATA', '<![CDATA[&lt; <b> ]]>', '&lt; <b>'],
    ['loses what XML forbids', 'a&#0;b\u0001c', 'abc'],
    ['keeps a long text', 'x'.repeat(5000), 'x'.repeat(5000)],
    ['is not read from elements inside', 'a<b>c</b>d', 'ad'],
  ])('%s', (_, written, expected) => {
    expect(withOrder(`<NotesToCustomer>${written}</NotesToCustomer>`).notesToCustomer).toBe(expected);
  });

  test('is not that for the staff, nor that of the buyer', () => {
    const notes = '<InternalNotes>staff</InternalNotes><CustomerNotes>buyer</CustomerNotes>';
    expect(withOrder(notes).notesToCustomer).toBe('');
  });
});

describe('the items', () => {
  test('are read by name, in any order of their parts', () => {
    const parts = [
      '<LineItemID>1</LineItemID>',
      '<SKU>A</SKU>',
      '<Name>Mug</Name>',
      '<Quantity>2</Quantity>',
    ];
    const item = { lineItemId: '1', sku: 'A', name: 'Mug', quantity: 2 };
    for (const first of parts) {
      const reordered = [first, ...parts.filter((part) => part !== first).reverse()];
      expect(withItems(reordered.join('')).items).toEqual([item]);
    }
  });

  test('keep order and repeats', () => {
    const repeated = '<SKU>A</SKU><Quantity>1</Quantity>';
    const other = '<SKU>B</SKU><Quantity>2</Quantity>';
    expect(withItems(repeated, other, repeated).items?.map((item) => [item.sku, item.quantity])).toEqual([
      ['A', 1],
      ['B', 2],
      ['A', 1],
    ]);
  });

  test('may lack everything but the quantity', () => {
    expect(withItems('<Quantity>1</Quantity>').items).toEqual([
      { lineItemId: '', sku: '', name: '', quantity: 1 },
    ]);
  });

  test('know nothing of other elements', () => {
    const item =
      '<UPC>1</UPC><SKU>A</SKU><Options><Option><SKU>B</SKU></Option></Options><Quantity>1</Quantity>';
    expect(withItems(item).items).toEqual([{ lineItemId: '', sku: 'A', name: '', quantity: 1 }]);
  });

  test('keep their keys as they were written', () => {
    const item = '<LineItemID>0034</LineItemID><SKU>0012</SKU><Name>1e3</Name><Quantity>1</Quantity>';
    expect(withItems(item).items).toEqual([{ lineItemId: '0034', sku: '0012', name: '1e3', quantity: 1 }]);
  });

  test.each<[string, string]>([
    ['there is no list', ''],
    ['the list is self-closing', '<Items/>'],
    ['the list is empty', '<Items></Items>'],
    ['the list is blank', '<Items>\n  </Items>'],
    ['the list holds a comment', '<Items><!-- none --></Items>'],
    ['the list holds something else', '<Items><Package>1</Package></Items>'],
    [
      'the list is in another element',
      '<Package><Items><Item><Quantity>1</Quantity></Item></Items></Package>',
    ],
    ['items are outside of a list', '<Item><SKU>A</SKU><Quantity>1</Quantity></Item>'],
  ])('are everything when %s', (_, inner) => {
    expect(withOrder(inner).items).toBeUndefined();
  });

  test('of two lists are taken together', () => {
    const list = (sku: string) => `<Items><Item><SKU>${sku}</SKU><Quantity>1</Quantity></Item></Items>`;
    expect(withOrder(`${list('A')}<Items/>${list('B')}`).items?.map((item) => item.sku)).toEqual(['A', 'B']);
  });

  test('of the quantity 0 are dropped', () => {
    expect(withQuantity('0').items?.map((item) => item.sku)).toEqual(['A']);
  });

  test('are nothing, not everything, when all have the quantity 0', () => {
    expect(withItems('<SKU>A</SKU><Quantity>0</Quantity>').items).toEqual([]);
  });

  test.each<[string, number]>([
    ['1', 1],
    ['2', 2],
    ['2.0', 2],
    ['2.00', 2],
    [' 2 ', 2],
    ['002', 2],
    ['99999', 99_999],
    ['99999.0', 99_999],
    ['&#50;', 2],
    ['<![CDATA[2]]>', 2],
  ])('with the quantity %j count it', (text, quantity) => {
    expect(withQuantity(text).items?.[1]).toEqual({ lineItemId: '', sku: 'B', name: '', quantity });
  });

  test.each([
    '-1',
    '-0',
    '2.5',
    '0.375',
    '2.',
    '.5',
    '1,000',
    '2,0',
    '1e3',
    '0x10',
    '+2',
    '2 pieces',
    '2 3',
    'two',
    'NaN',
    'Infinity',
    '',
    ' ',
    '-',
    '٢',
    '100000',
    '99999999999999999999',
    '9'.repeat(1000),
    '2.000000000000000000001',
  ])('with the quantity %j are refused, and told by their place', (text) => {
    expect(() => withQuantity(text)).toThrow(
      new UnreadableNotice('The quantity of item 2 is not a whole number from 0 to 99999.'),
    );
  });

  test('without a quantity are refused', () => {
    expect(() => withItems('<SKU>A</SKU>')).toThrow(
      new UnreadableNotice('The quantity of item 1 is not a whole number from 0 to 99999.'),
    );
    expect(() => withItems('')).toThrow(UnreadableNotice);
  });

  test('are read by the ten thousand', () => {
    // Nearly as many as fit into the largest body that is taken.
    const items = Array.from(
      { length: 30_000 },
      (_, index) =>
        `<LineItemID>${index}</LineItemID><SKU>SKU-${index}</SKU><Name>Salt &amp; pepper ${index}</Name><Quantity>1</Quantity>`,
    );
    const notice = withItems(...items);
    expect(notice.items).toEqual(
      items.map((_, index) => ({
        lineItemId: `${index}`,
        sku: `SKU-${index}`,
        name: `Salt & pepper ${index}`,
        quantity: 1,
      })),
    );
  });
});

describe('namespaces', () => {
  test.each<[string, string]>([
    ['a default one', '<ShipNotice xmlns="urn:x"><OrderID>1</OrderID><Carrier>UPS</Carrier></ShipNotice>'],
    [
      'a prefix',
      '<s:ShipNotice xmlns:s="urn:x"><s:OrderID>1</s:OrderID><s:Carrier>UPS</s:Carrier></s:ShipNotice>',
    ],
    [
      'a prefix of some',
      '<ShipNotice xmlns:s="urn:x"><s:OrderID>1</s:OrderID><Carrier>UPS</Carrier></ShipNotice>',
    ],
    [
      'those that .NET writes',
      '<ShipNotice xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance" xsi:nil="false"><OrderID>1</OrderID><Carrier>UPS</Carrier></ShipNotice>',
    ],
  ])('%s changes nothing', (_, xml) => {
    expect(read(xml)).toEqual({ ...NOTHING_BUT_THE_ORDER, carrier: 'UPS' });
  });
});

describe('a body that is no notice', () => {
  const QUERY = { order_number: '1', tracking_number: '1Z' };
  const OTHER_ROOT = 'The body is not a shipment notice: its root element is not ShipNotice.';
  const NOT_WELL_FORMED = 'The shipment notice is not well-formed XML (line 1).';

  // The query would do, but what came with it cannot be trusted to be whole.
  test.each<[string, string, string]>([
    ['another root', '<Orders pages="1"></Orders>', OTHER_ROOT],
    ['a root in small letters', '<shipnotice><OrderID>1</OrderID></shipnotice>', OTHER_ROOT],
    ['a wrapped notice', '<x><ShipNotice><OrderID>1</OrderID></ShipNotice></x>', OTHER_ROOT],
    ['an HTML page', '<html><body>Error</body></html>', OTHER_ROOT],
    ['a form', 'order_number=1&tracking_number=1Z', NOT_WELL_FORMED],
    ['JSON', '{"orderNumber":"1"}', NOT_WELL_FORMED],
    ['half a notice', '<ShipNotice><OrderID>1</OrderID><Items><Item><SKU>A</SKU>', NOT_WELL_FORMED],
    ['mismatched tags', '<ShipNotice><OrderID>1</OrderNumber></ShipNotice>', NOT_WELL_FORMED],
    ['two notices', '<ShipNotice/><ShipNotice/>', 'The shipment notice is not well-formed XML.'],
    [
      'a DOCTYPE',
      '<!DOCTYPE ShipNotice [<!ENTITY x SYSTEM "file:///etc/passwd">]><ShipNotice><OrderID>&x;</OrderID></ShipNotice>',
      'The shipment notice has a DOCTYPE, which is not accepted.',
    ],
  ])('is refused whatever the query says: %s', (_, xml, sentence) => {
    expect(() => read(xml, QUERY)).toThrow(new UnreadableNotice(sentence));
  });

  test('is told by an error of its own name', () => {
    const error = new UnreadableNotice('x');
    expect([error.name, error instanceof Error]).toEqual(['UnreadableNotice', true]);
  });

  test('is refused without a word of what it holds', () => {
    const secret = 'Zoe-Hidden';
    for (const xml of [
      `<${secret}/>`,
      `<ShipNotice><OrderID>${secret}</ShipNotice>`,
      `<ShipNotice><OrderID>1</OrderID><Items><Item><SKU>${secret}</SKU><Quantity>${secret}</Quantity></Item></Items></ShipNotice>`,
      `<ShipNotice><Recipient><Name>${secret}</Name></Recipient></ShipNotice>`,
    ]) {
      let message = '';
      try {
        read(xml);
      } catch (error) {
        message = (error as Error).message;
      }
      expect(message).toMatch(/^[A-Z].*\.$/);
      expect(message).not.toContain(secret);
    }
  });
});

describe('a notice that the stand-in for ShipStation wrote', () => {
  // What XML can hold; a notice's texts are trimmed, so those here have no blanks at their ends.
  const text = fc
    .string({ unit: 'binary', maxLength: 60 })
    .map((raw) =>
      raw
        .replace(/[^\t\n\r\u{20}-\u{D7FF}\u{E000}-\u{FEFE}\u{FF00}-\u{FFFD}\u{10000}-\u{10FFFF}]/gu, '')
        .trim(),
    );
  // A written CR is read as a line end.
  const lines = (written: string) => written.replace(/\r\n?/g, '\n');
  const date = fc.date({
    min: new Date('1970-01-01T00:00:00Z'),
    max: new Date('2106-02-07T06:28:00Z'),
    noInvalidDate: true,
  });
  const labels: fc.Arbitrary<Required<Omit<Label, 'recipient'>>> = fc.record({
    orderNumber: text.filter((number) => number !== ''),
    carrier: text,
    service: text,
    trackingNumber: text,
    shipDate: date,
    labelCreateDate: date,
    items: fc.array(
      fc.record({ lineItemId: text, sku: text, name: text, quantity: fc.integer({ min: 1, max: 99_999 }) }),
      { maxLength: 5 },
    ),
    notesToCustomer: text,
  });

  test('is read as it was meant', () => {
    fc.assert(
      fc.property(labels, (label) => {
        const { shipDate, labelCreateDate } = label;
        expect(read(shipNoticeXml(label))).toEqual({
          orderKeys: [lines(label.orderNumber)],
          trackingNumber: lines(label.trackingNumber),
          carrier: lines(label.carrier),
          service: lines(label.service),
          shipDate: {
            year: shipDate.getUTCFullYear(),
            month: shipDate.getUTCMonth() + 1,
            day: shipDate.getUTCDate(),
          },
          labelCreateDate: Math.floor(labelCreateDate.getTime() / 60_000) * 60,
          notesToCustomer: lines(label.notesToCustomer),
          items:
            label.items.length === 0
              ? undefined
              : label.items.map((item) => ({
                  lineItemId: lines(item.lineItemId ?? ''),
                  sku: lines(item.sku ?? ''),
                  name: lines(item.name ?? ''),
                  quantity: item.quantity,
                })),
        });
      }),
      { numRuns: 1000 },
    );
  });

  test('is refused, or means something else, when it is cut anywhere', () => {
    const xml = shipNoticeXml({
      orderNumber: '7001',
      carrier: 'UPS',
      service: '',
      trackingNumber: '1Z',
      items: [{ sku: 'A', quantity: 1 }],
    });
    for (let length = 1; length < xml.length; length += 1) {
      expect(() => read(xml.slice(0, length)), `${length} characters`).toThrow(UnreadableNotice);
    }
  });
});

describe('any body and any query', () => {
  const piece = fc.constantFrom('', ' ', '\n\t', '7', ' 7 ', 'WEB-7', 'A & <b>', 'é😀');
  const maybePiece = fc.option(piece, { nil: undefined });
  const leaf = (name: string, text: string | undefined) =>
    text === undefined ? '' : `<${name}>${escapeText(text)}</${name}>`;
  const said = (...texts: (string | undefined)[]) =>
    texts.map((text) => text?.trim() ?? '').filter((text) => text !== '');

  test('are read body first, query where the body is silent', () => {
    fc.assert(
      fc.property(
        fc.record({ Carrier: maybePiece, Service: maybePiece, TrackingNumber: maybePiece }),
        fc.record({ carrier: maybePiece, service: maybePiece, tracking_number: maybePiece }),
        (body, query) => {
          const inner = Object.entries(body).map(([name, text]) => leaf(name, text));
          const notice = withOrder(inner.join(''), query);
          expect(notice.carrier).toBe(said(body.Carrier, query.carrier)[0] ?? '');
          expect(notice.service).toBe(said(body.Service, query.service)[0] ?? '');
          expect(notice.trackingNumber).toBe(said(body.TrackingNumber, query.tracking_number)[0] ?? '');
        },
      ),
      { numRuns: 500 },
    );
  });

  test('name the order by every key once, or not at all', () => {
    fc.assert(
      fc.property(maybePiece, maybePiece, maybePiece, fc.boolean(), (id, number, parameter, isIdFirst) => {
        const keys = [leaf('OrderID', id), leaf('OrderNumber', number)];
        const xml = `<ShipNotice>${(isIdFirst ? keys : keys.reverse()).join('')}</ShipNotice>`;
        const expected = [...new Set(said(id, number, parameter))];
        if (expected.length === 0) {
          expect(() => read(xml, { order_number: parameter })).toThrow(UnreadableNotice);
        } else {
          expect(read(xml, { order_number: parameter }).orderKeys).toEqual(expected);
        }
      }),
      { numRuns: 500 },
    );
  });

  test('keep every item that ships something, in its order', () => {
    const item = fc.record({ lineItemId: piece, sku: piece, name: piece, quantity: fc.nat({ max: 3 }) });
    fc.assert(
      fc.property(fc.array(item, { minLength: 1, maxLength: 8 }), (items) => {
        const written = items.map(
          ({ lineItemId, sku, name, quantity }) =>
            leaf('Quantity', `${quantity}`) +
            leaf('Name', name) +
            leaf('LineItemID', lineItemId) +
            leaf('SKU', sku),
        );
        const expected = items
          .filter(({ quantity }) => quantity > 0)
          .map(({ lineItemId, sku, name, quantity }) => ({
            lineItemId: lineItemId.trim(),
            sku: sku.trim(),
            name: name.trim(),
            quantity,
          }));
        expect(withItems(...written).items).toEqual(expected);
      }),
      { numRuns: 500 },
    );
  });

  test('refuse the whole notice for one wrong quantity, wherever it is', () => {
    const wrong = fc.constantFrom('-1', '1.5', 'x', '', '1e2', '100000');
    fc.assert(
      fc.property(
        fc.array(fc.integer({ min: 0, max: 99_999 }), { maxLength: 6 }),
        fc.nat(),
        wrong,
        (good, at, bad) => {
          const position = at % (good.length + 1);
          const quantities = good.map(String).toSpliced(position, 0, bad);
          const items = quantities.map((quantity) => leaf('Quantity', quantity));
          expect(() => withItems(...items)).toThrow(
            `The quantity of item ${position + 1} is not a whole number`,
          );
        },
      ),
    );
  });

  test('read an instant and a day exactly as they were written', () => {
    const two = (part: number) => `${part}`.padStart(2, '0');
    const instants = fc
      .integer({ min: 0, max: Date.UTC(2106, 0, 1) / 60_000 })
      .map((minutes) => new Date(minutes * 60_000));
    fc.assert(
      fc.property(instants, fc.boolean(), (date, isTwelveHours) => {
        const day = `${two(date.getUTCMonth() + 1)}/${two(date.getUTCDate())}/${date.getUTCFullYear()}`;
        const hour = date.getUTCHours();
        const clock = isTwelveHours
          ? `${hour % 12 || 12}:${two(date.getUTCMinutes())} ${hour < 12 ? 'AM' : 'PM'}`
          : `${two(hour)}:${two(date.getUTCMinutes())}`;
        const notice = withOrder(leaf('LabelCreateDate', `${day} ${clock}`) + leaf('ShipDate', day));
        expect(notice.labelCreateDate).toBe(date.getTime() / 1000);
        expect(notice.shipDate).toEqual({
          year: date.getUTCFullYear(),
          month: date.getUTCMonth() + 1,
          day: date.getUTCDate(),
        });
      }),
      { numRuns: 500 },
    );
  });
});

describe('the place of an element', () => {
  // A real notice repeats the names Name, Company and so on; what belongs to the notice is directly in it.
  test.each<[string, string]>([
    [
      'Recipient',
      '<Recipient><Carrier>X</Carrier><TrackingNumber>X</TrackingNumber><Name>X</Name></Recipient>',
    ],
    ['Items', '<Items><Carrier>X</Carrier><NotesToCustomer>X</NotesToCustomer></Items>'],
    [
      'another element',
      '<Extra><ShipNotice><Carrier>X</Carrier><ShipDate>03/03/2026</ShipDate></ShipNotice></Extra>',
    ],
    ['a comment', '<!-- <Carrier>X</Carrier> -->'],
    ['an instruction', '<?x <Carrier>X</Carrier> ?>'],
    ['CDATA', '<CustomField1><![CDATA[</CustomField1><Carrier>X</Carrier>]]></CustomField1>'],
    ['an attribute', '<CustomField1 Carrier="X" y="<Carrier>X</Carrier>"/>'],
  ])('matters: nothing is taken from inside %s', (_, inner) => {
    expect(withOrder(inner)).toEqual(NOTHING_BUT_THE_ORDER);
  });

  test('does not matter among its brothers', () => {
    const parts = [
      '<OrderID>1</OrderID>',
      '<Carrier>UPS</Carrier>',
      '<Service>Ground</Service>',
      '<TrackingNumber>1Z</TrackingNumber>',
      '<ShipDate>03/03/2026</ShipDate>',
      '<NotesToCustomer>Hello</NotesToCustomer>',
      '<Items><Item><SKU>A</SKU><Quantity>1</Quantity></Item></Items>',
    ];
    fc.assert(
      fc.property(fc.shuffledSubarray(parts, { minLength: parts.length }), (shuffled) => {
        expect(read(`<ShipNotice>${shuffled.join('')}</ShipNotice>`)).toEqual({
          ...NOTHING_BUT_THE_ORDER,
          carrier: 'UPS',
          service: 'Ground',
          trackingNumber: '1Z',
          shipDate: { year: 2026, month: 3, day: 3 },
          notesToCustomer: 'Hello',
          items: [{ lineItemId: '', sku: 'A', name: '', quantity: 1 }],
        });
      }),
    );
  });
});

describe('garbage', () => {
  test('as body throws nothing but UnreadableNotice', () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 3000 }), fc.string(), (bytes, orderNumber) => {
        try {
          readShipNotice({ query: { order_number: orderNumber }, body: Buffer.from(bytes) });
        } catch (error) {
          expect(error).toBeInstanceOf(UnreadableNotice);
        }
      }),
      { numRuns: 1000 },
    );
  });

  test('in a notice throws nothing but UnreadableNotice', () => {
    const good = fixture('note-to-customer.xml');
    fc.assert(
      fc.property(
        fc.nat({ max: good.length - 1 }),
        fc.uint8Array({ minLength: 1, maxLength: 8 }),
        (at, bytes) => {
          const body = Buffer.concat([good.subarray(0, at), bytes, good.subarray(at + bytes.length)]);
          try {
            expect(readShipNotice({ query: {}, body }).orderKeys[0]).not.toBe('');
          } catch (error) {
            expect(error).toBeInstanceOf(UnreadableNotice);
          }
        },
      ),
      { numRuns: 3000 },
    );
  });

  test('in the query is only text', () => {
    fc.assert(
      fc.property(
        fc.string({ minLength: 1 }),
        fc.string(),
        fc.string({ maxLength: 255 }),
        (number, carrier, tracking) => {
          fc.pre(number.trim() !== '');
          const query = { order_number: number, carrier, service: carrier, tracking_number: tracking };
          expect(read('', query)).toEqual({
            ...NOTHING_BUT_THE_ORDER,
            orderKeys: [number.trim()],
            carrier: carrier.trim(),
            service: carrier.trim(),
            trackingNumber: tracking.trim(),
          });
        },
      ),
    );
  });
});

test('control characters of the query are dropped like those of the body', () => {
  const query = { order_number: '7\u00001', tracking_number: 'A\u0000B', carrier: 'UPS', service: '\u0001x' };
  expect(readShipNotice({ query, body: Buffer.alloc(0) })).toMatchObject({
    orderKeys: ['71'],
    trackingNumber: 'AB',
    service: 'x',
  });
});
