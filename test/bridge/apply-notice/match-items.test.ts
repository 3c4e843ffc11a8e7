import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { leftOfLine, matchItems } from '../../../src/bridge/apply-notice/match-items.ts';
import { NOT_A_PRODUCT } from '../../../src/bridge/not-a-product.ts';
import type { LineToShip } from '../../../src/cscart/shipments/order-to-ship.ts';
import { writeOrdersXml } from '../../../src/shipstation/orders-xml.ts';
import { readShipNotice } from '../../../src/shipstation/read-ship-notice.ts';
import type { NoticeItem } from '../../../src/shipstation/ship-notice.ts';
import { WIRE_WORDS } from '../../../src/shipstation/wire-words.ts';
import { anItem, anOrder } from '../../shipstation/order-documents.ts';
import { aLineToShip, aNoticeItem } from '../plain-orders.ts';
import { anyItems, anyLines, unitsLeft } from './any-shipment.ts';

const mug = aLineToShip({ itemId: 101, sku: 'MUG', name: 'Stone mug', ordered: 2 });
const tee = aLineToShip({ itemId: 102, sku: 'TEE', name: 'Cotton tee', ordered: 3 });
const redMug = aLineToShip({ itemId: 103, sku: 'MUG', name: 'Stone mug, red', ordered: 4 });
const poster = aLineToShip({ itemId: 104, sku: '', name: 'Poster', ordered: 1 });
const otherPoster = aLineToShip({ itemId: 105, sku: '', name: 'Poster', ordered: 1 });

describe('what a notice wants of each line', () => {
  test.each<[string, LineToShip[], Partial<NoticeItem>[], [number, number][]]>([
    ['by line item id', [mug, tee], [{ lineItemId: '102', quantity: 2 }], [[102, 2]]],
    [
      'by line item id, whatever SKU and name say',
      [mug, tee],
      [{ lineItemId: '102', sku: 'MUG', name: 'Stone mug', quantity: 2 }],
      [[102, 2]],
    ],
    ['by SKU without an id', [mug, tee], [{ sku: 'TEE', quantity: 3 }], [[102, 3]]],
    [
      'by SKU where the id is of no line, as after an edit in the shop',
      [mug, tee],
      [{ lineItemId: '999', sku: 'TEE', quantity: 3 }],
      [[102, 3]],
    ],
    ['by name without id and SKU', [mug, poster], [{ name: 'Poster' }], [[104, 1]]],
    ['by name where the SKU is of no line', [mug, poster], [{ sku: 'POSTER-1', name: 'Poster' }], [[104, 1]]],
    ['by SKU before the name', [mug, tee], [{ sku: 'TEE', name: 'Stone mug', quantity: 1 }], [[102, 1]]],
    ['by a name with other blanks and capitals', [poster], [{ name: ' POSTER\n' }], [[104, 1]]],
    [
      'fills lines of one SKU one after the other',
      [mug, tee, redMug],
      [{ sku: 'MUG', quantity: 5 }],
      [
        [101, 2],
        [103, 3],
      ],
    ],
    [
      'adds up items of one line',
      [mug],
      [
        { lineItemId: '101', quantity: 1 },
        { lineItemId: '101', quantity: 1 },
      ],
      [[101, 2]],
    ],
    [
      'passes over what is shipped already when it fills lines of one SKU',
      [{ ...mug, shipped: 2 }, redMug],
      [{ sku: 'MUG', quantity: 3 }],
      [[103, 3]],
    ],
    [
      'takes the line that an item names before another item fills by SKU',
      [mug, redMug],
      [
        { sku: 'MUG', quantity: 4 },
        { lineItemId: '101', sku: 'MUG', quantity: 2 },
      ],
      [
        [101, 2],
        [103, 4],
      ],
    ],
    [
      'leaves what is too much with the last line of the SKU, where it is seen',
      [mug, redMug],
      [{ sku: 'MUG', quantity: 9 }],
      [
        [101, 2],
        [103, 7],
      ],
    ],
    [
      'keeps more than is left of a line that is named',
      [mug],
      [{ lineItemId: '101', quantity: 9 }],
      [[101, 9]],
    ],
    ['does not look at an item id with zeros before it', [mug], [{ lineItemId: '0101' }], []],
    ['does not guess between lines of one name', [poster, otherPoster], [{ name: 'Poster' }], []],
    ['does not take an empty SKU for one', [poster], [{ sku: '', name: '' }], []],
    ['does not take an empty name for one', [{ ...poster, name: '' }], [{ sku: '', name: '' }], []],
    ['tells SKUs apart by case', [mug], [{ sku: 'mug' }], []],
  ])('%s', (_, lines, items, wanted) => {
    const matched = matchItems(
      items.map((item) => aNoticeItem(item)),
      lines,
    );
    expect(new Map(matched.wanted)).toEqual(new Map(wanted));
  });

  test.each(['surcharge', 'downloads', 'certificate:1', 'rest'])(
    'passes over the fee %s that the bridge itself has added',
    (id) => {
      const item = aNoticeItem({ lineItemId: NOT_A_PRODUCT + id, sku: 'MUG', name: 'Stone mug' });
      expect(matchItems([item], [mug])).toEqual({ wanted: new Map(), unmatched: [] });
    },
  );

  test('names the items that are no line', () => {
    const foreign = aNoticeItem({ lineItemId: '77', sku: 'GIFT', name: 'Sticker', quantity: 4 });
    const { wanted, unmatched } = matchItems([aNoticeItem({ sku: 'MUG' }), foreign], [mug, tee]);
    expect([...wanted]).toEqual([[101, 1]]);
    expect(unmatched).toEqual([foreign]);
  });
});

describe('a SKU or name that the export could not send as it is', () => {
  test.each<[string, Partial<LineToShip>]>([
    ['a SKU beyond 50 characters', { name: '', sku: 'A'.repeat(80) }],
    ['a SKU whose cut falls into an emoji', { name: '', sku: `${'A'.repeat(49)}😀-BIG` }],
    ['a SKU whose cut falls behind a blank', { name: '', sku: `${'A'.repeat(49)} -BIG` }],
    ['a SKU with a control character', { name: '', sku: 'MUG\u0001-2' }],
    ['a name beyond 200 characters', { sku: '', name: 'Stone mug '.repeat(30) }],
    ['a name whose cut falls into a family of emoji', { sku: '', name: `${'m'.repeat(197)}👨‍👩‍👧‍👦 mug` }],
    ['a name with line breaks and a control character', { sku: '', name: 'Stone\r\nmug\u0002, blue' }],
    ['a name with markup', { sku: '', name: 'Mug <b>&amp; saucer</b>' }],
  ])('is found again when ShipStation sends it back: %s', (_, changes) => {
    const line = aLineToShip(changes);
    const xml = writeOrdersXml(
      {
        pages: 1,
        orders: [anOrder({ items: [anItem({ sku: line.sku, name: line.name })] })],
      },
      WIRE_WORDS['custom-store'],
    );
    // What ShipStation has of the item: the elements as they were written, without the LineItemID.
    const [sku, name] = ['SKU', 'Name'].map(
      (element) => xml.slice(xml.indexOf('<Items>')).match(new RegExp(`<${element}>[^<]*</${element}>`))?.[0],
    );
    const body = Buffer.from(
      `<ShipNotice><OrderID>7001</OrderID><Items><Item>${sku}${name}<Quantity>2</Quantity></Item></Items></ShipNotice>`,
    );
    const { items } = readShipNotice({ query: {}, body });
    expect(matchItems(items ?? [], [line])).toEqual({ wanted: new Map([[101, 2]]), unmatched: [] });
  });
});

describe('leftOfLine', () => {
  test.each<[string, Partial<LineToShip>, number]>([
    ['nothing shipped', { ordered: 3, shipped: 0 }, 3],
    ['some shipped', { ordered: 3, shipped: 2 }, 1],
    ['all shipped', { ordered: 3, shipped: 3 }, 0],
    ['more shipped than ordered', { ordered: 3, shipped: 5 }, 0],
    ['a download', { ordered: 3, shipped: 0, needsShipping: false }, 0],
  ])('%s', (_, changes, left) => {
    expect(leftOfLine(aLineToShip(changes))).toBe(left);
  });
});

describe('for any order and any items', () => {
  const isProduct = (item: NoticeItem) => !item.lineItemId.startsWith(NOT_A_PRODUCT);
  const total = (quantities: Iterable<number>) =>
    [...quantities].reduce((sum, quantity) => sum + quantity, 0);

  test('every unit is wanted of a line or is unmatched, and none twice', () => {
    fc.assert(
      fc.property(anyLines, anyItems, (lines, items) => {
        const { wanted, unmatched } = matchItems(items, lines);
        const ids = lines.map((line) => line.itemId);
        expect([...wanted.keys()].filter((itemId) => !ids.includes(itemId))).toEqual([]);
        expect([...wanted.values()].every((quantity) => quantity > 0)).toBe(true);
        expect(total(wanted.values()) + total(unmatched.map((item) => item.quantity))).toBe(
          total(items.filter(isProduct).map((item) => item.quantity)),
        );
      }),
    );
  });

  test('what names a line by its id is never wanted of another', () => {
    fc.assert(
      fc.property(anyLines, anyItems, (lines, items) => {
        const { wanted } = matchItems(items, lines);
        for (const { itemId } of lines) {
          const named = items.filter((item) => item.lineItemId === String(itemId));
          expect(wanted.get(itemId) ?? 0).toBeGreaterThanOrEqual(total(named.map((item) => item.quantity)));
        }
      }),
    );
  });

  test('lines of one SKU are filled before anything is too much', () => {
    fc.assert(
      fc.property(anyLines, fc.integer({ min: 1, max: 40 }), (lines, quantity) => {
        const ofSku = lines.filter((line) => line.sku === 'MUG');
        const { wanted } = matchItems([aNoticeItem({ sku: 'MUG', quantity })], lines);
        fc.pre(ofSku.length > 0);
        const left = total(ofSku.map(unitsLeft));
        const within = total(ofSku.map((line) => Math.min(wanted.get(line.itemId) ?? 0, unitsLeft(line))));
        expect(within).toBe(Math.min(left, quantity));
      }),
    );
  });

  test('the sequence of items that are known by id or SKU does not matter', () => {
    const sequence = anyItems
      .map((items) => items.map((item) => ({ ...item, name: '' })))
      .chain((items) =>
        fc.tuple(fc.constant(items), fc.shuffledSubarray(items, { minLength: items.length })),
      );
    fc.assert(
      fc.property(anyLines, sequence, (lines, [items, shuffled]) => {
        const wantedOf = (list: readonly NoticeItem[]) => new Map(matchItems(list, lines).wanted);
        expect(wantedOf(shuffled)).toEqual(wantedOf(items));
      }),
    );
  });
});

test('of SKUs that an export sends alike the name says which line is meant', () => {
  const sku = (end: string) => `${'LONG-SKU-'.repeat(6)}${end}`;
  const lines = [
    aLineToShip({ itemId: 10, sku: sku('RED'), name: 'Cup, red' }),
    aLineToShip({ itemId: 11, sku: sku('BLUE'), name: 'Cup, blue' }),
  ];
  const item = { lineItemId: '', sku: sku('').slice(0, 50), name: 'Cup, blue', quantity: 1 };
  expect(matchItems([item], lines).wanted).toEqual(new Map([[11, 1]]));
  // What one line has no more of is taken from the other.
  expect(matchItems([{ ...item, quantity: 3 }], lines).wanted).toEqual(
    new Map([
      [11, 2],
      [10, 1],
    ]),
  );
});
