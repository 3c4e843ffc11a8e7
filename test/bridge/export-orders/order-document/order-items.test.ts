import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { MappingRules } from '../../../../src/bridge/export-orders/order-document/mapping-rules.ts';
import {
  toItems,
  toPostedCertificates,
} from '../../../../src/bridge/export-orders/order-document/order-items.ts';
import type { LineOption, OrderLine } from '../../../../src/cscart/orders/order.ts';
import type { OrderItem } from '../../../../src/shipstation/order-document.ts';
import { writeOrdersXml } from '../../../../src/shipstation/orders-xml.ts';
import { WIRE_WORDS } from '../../../../src/shipstation/wire-words.ts';
import { createCents } from '../../../../src/values/cents.ts';
import { anOrder } from '../../../shipstation/order-documents.ts';
import { aStore, mappingRules } from '../../a-store.ts';
import { aCertificate, anAddress, anOrderLine, aStoreOrder } from '../../plain-orders.ts';

const RULES = mappingRules();
const EVERY_COLUMN = { shape: { ...aStore().shape, has: () => true } };

function itemOf(line: Partial<OrderLine>, rules: MappingRules = RULES): OrderItem {
  const [item] = toItems([anOrderLine(line)], rules).items;
  if (!item) throw new Error('no item came out');
  return item;
}

const options = (count: number): LineOption[] =>
  Array.from({ length: count }, (_, index) => ({ name: `N${index + 1}`, value: `V${index + 1}` }));

describe('an item', () => {
  test('is the line, under the line’s own key', () => {
    const line = anOrderLine({
      itemId: 3_400_100_200,
      imageUrl: 'https://shop.example.com/mug.jpg',
      options: [{ name: 'Glaze', value: 'Blue' }],
    });
    expect(toItems([line], RULES)).toEqual({
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
      ],
      overflow: [],
    });
  });

  test('stands where its line stands, also beside another of the same product', () => {
    const lines = [
      anOrderLine({ itemId: 2 }),
      anOrderLine({ itemId: 1, quantity: 1 }),
      anOrderLine({ itemId: 3 }),
    ];
    expect(toItems(lines, RULES).items.map(({ lineItemId, quantity }) => [lineItemId, quantity])).toEqual([
      ['2', 2],
      ['1', 1],
      ['3', 2],
    ]);
  });

  test.each<[string, string, OrderItem['weight']]>([
    ['the store’s', 'auto', { hundredths: 800, units: 'Ounces' }],
    ['pounds', 'Pounds', { hundredths: 50, units: 'Pounds' }],
    ['grams', 'Grams', { hundredths: 22_680, units: 'Grams' }],
  ])('weighs in the unit that the merchant wants: %s', (_, unit, weight) => {
    expect(itemOf({ weight: 0.5 }, mappingRules({ WEIGHT_UNIT: unit })).weight).toEqual(weight);
  });

  test('has no weight where its product is gone', () => {
    expect(itemOf({ weight: undefined }).weight).toBeUndefined();
  });
});

describe('the options of an item', () => {
  test.each([0, 1, 10])('are all there: %i', (count) => {
    const all = options(count);
    expect(toItems([anOrderLine({ options: all })], RULES)).toEqual({
      items: [expect.objectContaining({ options: all })],
      overflow: [],
    });
  });

  const long = (name: string, letters: number): LineOption => ({ name, value: 'x'.repeat(letters) });

  test.each<[string, Partial<OrderLine>, readonly string[], readonly string[]]>([
    [
      'are ten, and the eleventh goes to the notes',
      { options: options(11) },
      ['N1', 'N2', 'N3', 'N4', 'N5', 'N6', 'N7', 'N8', 'N9', 'N10'],
      ['Stone mug: N11: V11'],
    ],
    [
      'are ten, and the others go to one line of the notes',
      { options: options(13), name: 'Jug' },
      ['N1', 'N2', 'N3', 'N4', 'N5', 'N6', 'N7', 'N8', 'N9', 'N10'],
      ['Jug: N11: V11; N12: V12; N13: V13'],
    ],
    ['have up to a hundred characters', { options: [long('Engraving', 100)] }, ['Engraving'], []],
    [
      'stand whole in the notes where a value is longer',
      { options: [long('Engraving', 101), { name: 'Glaze', value: 'Blue' }] },
      ['Engraving', 'Glaze'],
      [`Stone mug: Engraving: ${'x'.repeat(101)}`],
    ],
    [
      'stand whole in the notes where a name is longer',
      { options: [{ name: 'n'.repeat(101), value: 'Blue' }] },
      ['n'.repeat(101)],
      [`Stone mug: ${'n'.repeat(101)}: Blue`],
    ],
    [
      'go to the notes once, be they one too many and too long',
      { options: [long('Engraving', 150), ...options(9), long('Card', 150)] },
      ['Engraving', 'N1', 'N2', 'N3', 'N4', 'N5', 'N6', 'N7', 'N8', 'N9'],
      [`Stone mug: Engraving: ${'x'.repeat(150)}; Card: ${'x'.repeat(150)}`],
    ],
    [
      'bear a neutral name in the notes',
      { options: [long('', 101)] },
      [''],
      [`Stone mug: Option: ${'x'.repeat(101)}`],
    ],
    ['say what the line is a part of', { partOf: 'PC' }, ['Part of'], []],
    [
      'say that last',
      { options: [{ name: 'Glaze', value: 'Blue' }], partOf: 'PC' },
      ['Glaze', 'Part of'],
      [],
    ],
    [
      'say that in the notes behind ten others',
      { options: options(10), partOf: 'PC' },
      ['N1', 'N2', 'N3', 'N4', 'N5', 'N6', 'N7', 'N8', 'N9', 'N10'],
      ['Stone mug: Part of: PC'],
    ],
    [
      'say that in the notes where the whole has a long name',
      { partOf: 'P'.repeat(120) },
      ['Part of'],
      [`Stone mug: Part of: ${'P'.repeat(120)}`],
    ],
  ])('%s', (_, line, names, overflow) => {
    const mapped = toItems([anOrderLine(line)], RULES);
    expect(mapped.items[0]?.options?.map(({ name }) => name)).toEqual(names);
    expect(mapped.overflow).toEqual(overflow);
  });

  test('of several lines go to a line of the notes each', () => {
    const lines = [
      anOrderLine({ name: 'Mug', options: options(11) }),
      anOrderLine({ name: 'Jug', options: options(2) }),
      anOrderLine({ name: 'Mug', options: options(12) }),
    ];
    expect(toItems(lines, RULES).overflow).toEqual(['Mug: N11: V11', 'Mug: N11: V11; N12: V12']);
  });

  test('whatever they are, each is written whole, in the item or in the notes', () => {
    const option = fc.record({
      name: fc.integer({ min: 1, max: 120 }).map((length) => 'n'.repeat(length)),
      value: fc
        .tuple(fc.integer({ min: 1, max: 120 }), fc.nat())
        .map(([length, id]) => `v${id}`.padEnd(length, '.')),
    });
    const line = fc
      .record({
        options: fc.array(option, { maxLength: 14 }),
        partOf: fc.option(fc.constantFrom('PC', 'P'.repeat(130)), { nil: undefined }),
      })
      .map(anOrderLine);
    fc.assert(
      fc.property(fc.array(line, { maxLength: 3 }), (lines) => {
        const { items, overflow } = toItems(lines, RULES);
        const xml = writeOrdersXml({ pages: 1, orders: [anOrder({ items })] }, WIRE_WORDS['custom-store']);
        for (const { options: chosen, partOf } of lines) {
          for (const { name, value } of [
            ...chosen,
            ...(partOf ? [{ name: 'Part of', value: partOf }] : []),
          ]) {
            const isInItem = xml.includes(`<Option><Name>${name}</Name><Value>${value}</Value></Option>`);
            expect(isInItem || overflow.join('\n').includes(`${name}: ${value}`)).toBe(true);
          }
        }
        for (const item of items) expect(item.options?.length).toBeLessThanOrEqual(10);
      }),
    );
  });
});

describe('the UPC of an item', () => {
  const rules = mappingRules({ EXPORT_UPC: 'column:ean' }, EVERY_COLUMN);
  const upc = (code: string) => itemOf({ productColumns: new Map([['ean', code]]) }, rules).upc;

  test.each<[string, string, string | undefined]>([
    ['has twelve digits', '012345678905', '012345678905'],
    ['loses the zero that makes an EAN of it', '0012345678905', '012345678905'],
    ['loses its blanks', '0 12345 67890 5', '012345678905'],
    ['loses its hyphens', '0-12345-67890-5', '012345678905'],
    ['loses both', '0 0123456-78905', '012345678905'],
    ['keeps an EAN that is no UPC whole', '4006381333931', '4006381333931'],
    ['keeps a short code', '96385074', '96385074'],
    ['keeps letters', 'X00-1', 'X001'],
    ['keeps a zero before fourteen digits', '00012345678905', '00012345678905'],
    ['is none where the column is empty', '', undefined],
  ])('%s', (_, code, expected) => {
    expect(upc(code)).toBe(expected);
  });

  test('is none where none is asked for', () => {
    expect(itemOf({ productColumns: new Map([['ean', '012345678905']]) }).upc).toBeUndefined();
  });
});

test('the location of an item is what its source says', () => {
  const rules = mappingRules({ EXPORT_LOCATION: 'column:shelf' }, EVERY_COLUMN);
  expect(itemOf({ productColumns: new Map([['shelf', 'A-3 left']]) }, rules).location).toBe('A-3 left');
  expect(itemOf({}, rules).location).toBeUndefined();
  expect(itemOf({ productColumns: new Map([['shelf', 'A-3 left']]) }).location).toBeUndefined();
});

describe('the posted certificates of an order', () => {
  test('are items like products, numbered among all that were bought', () => {
    const purchasedGiftCertificates = [
      aCertificate({ code: 'GC-1' }),
      aCertificate({
        code: 'GC-2',
        isPosted: true,
        recipient: 'Sam Roe',
        address: anAddress({ city: 'Salem' }),
      }),
      aCertificate({ code: 'GC-3', isPosted: true, amount: createCents(0) }),
    ];
    expect(toPostedCertificates(aStoreOrder({ purchasedGiftCertificates }))).toEqual([
      {
        lineItemId: 'not-a-product:certificate:2',
        sku: '',
        name: 'Gift certificate GC-2 for Sam Roe (by post)',
        quantity: 1,
        unitPrice: 2500,
      },
      {
        lineItemId: 'not-a-product:certificate:3',
        sku: '',
        name: 'Gift certificate GC-3 (by post)',
        quantity: 1,
        unitPrice: 0,
      },
    ]);
  });

  test('are none where all go by e-mail', () => {
    expect(toPostedCertificates(aStoreOrder({ purchasedGiftCertificates: [aCertificate()] }))).toEqual([]);
    expect(toPostedCertificates(aStoreOrder())).toEqual([]);
  });
});
