import { describe, expect, test } from 'vitest';
import type { NamedUnits } from '../../../src/bridge/apply-notice/match-items.ts';
import {
  type PlanRules,
  planShipment,
  type ShipmentPlan,
} from '../../../src/bridge/apply-notice/shipment-plan.ts';
import { NOT_A_PRODUCT } from '../../../src/bridge/not-a-product.ts';
import type { LineToShip, OrderToShip } from '../../../src/cscart/shipments/order-to-ship.ts';
import type { NoticeItem } from '../../../src/shipstation/ship-notice.ts';
import { aLineToShip, aNotice, aNoticeItem, anOrderToShip } from '../plain-orders.ts';
import { amounts, PARTLY, RULES, shipped } from './plan-of-notice.ts';

const mug = aLineToShip({ itemId: 101, productId: 17, sku: 'MUG', name: 'Stone mug', ordered: 2 });
const tee = aLineToShip({ itemId: 102, productId: 18, sku: 'TEE', name: 'Cotton tee', ordered: 3 });
const redMug = aLineToShip({ itemId: 103, productId: 17, sku: 'MUG', name: 'Stone mug', ordered: 4 });
const ebook = aLineToShip({ itemId: 104, productId: 19, sku: 'PDF', name: 'E-book', needsShipping: false });

describe('a plan for a plain notice', () => {
  test('holds everything that is going to be written', () => {
    expect(
      shipped(
        {
          carrier: 'FedEx',
          service: 'Ground',
          trackingNumber: '7712 0000 1111',
          shipDate: { year: 2026, month: 3, day: 3 },
          notesToCustomer: 'Ring twice.',
          items: [
            aNoticeItem({ lineItemId: '101', sku: 'MUG', quantity: 2 }),
            aNoticeItem({ lineItemId: '102', sku: 'TEE', quantity: 3 }),
          ],
        },
        { lines: [mug, tee] },
      ),
    ).toEqual({
      orderId: 7001,
      shipment: {
        shippingId: 3,
        trackingNumber: '7712 0000 1111',
        carrier: 'fedexrest',
        // Noon of March 3 in Los Angeles.
        // Noon in Los Angeles, and a second of the hour by the order's id.
        shippedAt: Date.UTC(2026, 2, 3, 20) / 1000 + (7001 % 3600),
        comments: 'Ring twice.\nService: Ground',
      },
      items: [
        { itemId: 101, productId: 17, amount: 2 },
        { itemId: 102, productId: 18, amount: 3 },
      ],
      move: { from: 'P', to: 'C' },
      decision: '5 units of order 7001 shipped',
      needsAttention: false,
    });
  });

  test('survives being kept as JSON', () => {
    const plan = shipped({}, { lines: [mug, tee] });
    expect(JSON.parse(JSON.stringify(plan))).toEqual(plan);
  });

  test('counts one unit as one', () => {
    const plan = shipped({ items: [aNoticeItem({ lineItemId: '101' })] });
    expect(plan.decision).toBe('1 unit of order 7001 shipped');
  });
});

describe('the items of a plan', () => {
  test.each<[string, LineToShip[], Partial<NoticeItem>[] | undefined, [number, number][]]>([
    [
      'all that is left, where the notice names no items',
      [mug, { ...tee, shipped: 1 }, ebook],
      undefined,
      [
        [101, 2],
        [102, 2],
      ],
    ],
    [
      'only what is left, where some is shipped',
      [{ ...mug, shipped: 1 }],
      [{ lineItemId: '101', quantity: 2 }],
      [[101, 1]],
    ],
    ['never more than was ordered', [mug], [{ lineItemId: '101', quantity: 99_999 }], [[101, 2]]],
    ['part of a line', [tee], [{ lineItemId: '102', quantity: 1 }], [[102, 1]]],
    [
      'each line of a repeated SKU by its own id',
      [mug, redMug],
      [
        { lineItemId: '103', sku: 'MUG', quantity: 4 },
        { lineItemId: '101', sku: 'MUG', quantity: 1 },
      ],
      [
        [101, 1],
        [103, 4],
      ],
    ],
    [
      'lines of a repeated SKU without ids, one after the other',
      [mug, tee, redMug],
      [{ sku: 'MUG', quantity: 3 }],
      [
        [101, 2],
        [103, 1],
      ],
    ],
    [
      'the lines that match, beside one that does not',
      [mug],
      [{ lineItemId: '101', quantity: 2 }, { sku: 'STICKER' }],
      [[101, 2]],
    ],
    [
      'products, and not the fees that the bridge has sent',
      [mug],
      [
        { lineItemId: '101', quantity: 2 },
        { lineItemId: `${NOT_A_PRODUCT}surcharge`, name: 'Payment surcharge' },
      ],
      [[101, 2]],
    ],
    [
      'the product of a name that a download has too',
      [mug, { ...ebook, name: mug.name }],
      [{ name: mug.name, quantity: 2 }],
      [[101, 2]],
    ],
    [
      'no download, even where one is named',
      [mug, ebook],
      [
        { lineItemId: '101', quantity: 2 },
        { lineItemId: '104', sku: 'PDF', quantity: 2 },
      ],
      [[101, 2]],
    ],
  ])('are %s', (_, lines, items, expected) => {
    const plan = shipped({ items: items?.map((item) => aNoticeItem(item)) }, { lines });
    expect(amounts(plan)).toEqual(expected);
  });
});

describe('what the admin is told', () => {
  test.each<[string, LineToShip[], Partial<NoticeItem>[], string]>([
    [
      'more than was left',
      [mug],
      [{ lineItemId: '101', quantity: 5 }],
      '2 units of order 7001 shipped; 3 more than was left to ship of the order',
    ],
    [
      'one foreign item',
      [mug],
      [{ lineItemId: '101', quantity: 2 }, { sku: 'STICKER' }],
      '2 units of order 7001 shipped; 1 shipped item is no line of the order',
    ],
    [
      'foreign items',
      [mug],
      [{ lineItemId: '101', quantity: 2 }, { sku: 'STICKER' }, { sku: 'LEAFLET' }],
      '2 units of order 7001 shipped; 2 shipped items are no line of the order',
    ],
  ])('%s', (_, lines, items, decision) => {
    const plan = shipped({ items: items.map((item) => aNoticeItem(item)) }, { lines });
    expect(plan).toMatchObject({ decision, needsAttention: true });
  });

  test('a parcel of a cancelled order', () => {
    const plan = shipped({}, { status: 'I' });
    expect(plan).toMatchObject({ needsAttention: true, move: undefined });
    expect(plan.decision).toContain('the order is cancelled');
  });
});

describe('the status of a plan', () => {
  test.each<
    [string, PlanRules, string, LineToShip[], Partial<NoticeItem>[] | undefined, ShipmentPlan['move']]
  >([
    ['all shipped at once', RULES, 'P', [mug, tee], undefined, { from: 'P', to: 'C' }],
    [
      'some shipped, no status for that',
      RULES,
      'P',
      [mug, tee],
      [{ lineItemId: '101', quantity: 2 }],
      undefined,
    ],
    ['some shipped', PARTLY, 'P', [mug, tee], [{ lineItemId: '101', quantity: 2 }], { from: 'P', to: 'A' }],
    ['some of one line shipped', PARTLY, 'P', [mug], [{ lineItemId: '101' }], { from: 'P', to: 'A' }],
    [
      'the rest shipped',
      PARTLY,
      'A',
      [mug, { ...tee, shipped: 3 }],
      [{ lineItemId: '101', quantity: 2 }],
      { from: 'A', to: 'C' },
    ],
    [
      'all but a download shipped',
      RULES,
      'P',
      [mug, ebook],
      [{ lineItemId: '101', quantity: 2 }],
      { from: 'P', to: 'C' },
    ],
    [
      'a line of no units left over',
      RULES,
      'P',
      [mug, { ...tee, ordered: 0 }],
      [{ lineItemId: '101', quantity: 2 }],
      { from: 'P', to: 'C' },
    ],
    [
      'more than is left of one line is none of the other',
      PARTLY,
      'P',
      [mug, tee],
      [{ lineItemId: '101', quantity: 5 }],
      { from: 'P', to: 'A' },
    ],
    ['shipped already', RULES, 'C', [mug], undefined, undefined],
  ])('%s', (_, rules, status, lines, items, move) => {
    const plan = shipped({ items: items?.map((item) => aNoticeItem(item)) }, { status, lines }, rules);
    expect(plan.move).toEqual(move);
  });
});

describe('a notice that becomes no shipment', () => {
  test.each<[string, Partial<OrderToShip>, Partial<NoticeItem>[] | undefined, string, RegExp]>([
    ['of a parent order', { isParent: true }, undefined, 'refused', /vendors' orders/],
    ['of a parent by its status', { status: 'T' }, undefined, 'refused', /vendors' orders/],
    ['of an order that is being saved', { status: 'N' }, undefined, 'later', /being saved/],
    ['of an order without lines', { lines: [] }, undefined, 'refused', /no line that is shipped/],
    ['of an order of downloads', { lines: [ebook] }, undefined, 'refused', /no line that is shipped/],
    ['of foreign items alone', {}, [{ sku: 'STICKER' }], 'refused', /None of the shipped items/],
  ])('%s', (_, order, items, kind, sentence) => {
    const notice = aNotice({ items: items?.map((item) => aNoticeItem(item)) });
    const decided = planShipment(notice, anOrderToShip(order), RULES);
    expect(decided).toMatchObject({ kind, sentence: expect.stringMatching(sentence) });
    expect(decided).toMatchObject({ sentence: expect.stringMatching(/^[^\n]*7001[^\n]*\.$/) });
  });

  test.each<[string, Partial<OrderToShip>, Partial<NoticeItem>[] | undefined, NamedUnits]>([
    ['of fees alone', {}, [{ lineItemId: `${NOT_A_PRODUCT}rest` }], new Map()],
    ['of no units', {}, [], new Map()],
    ['of a wholly shipped order', { lines: [{ ...mug, shipped: 2 }] }, undefined, 'all'],
    [
      'of a line that is shipped, while another is open',
      { lines: [{ ...mug, shipped: 2 }, tee] },
      [{ lineItemId: '101', quantity: 2 }],
      new Map([[101, 2]]),
    ],
    [
      'of a line of which too much is shipped',
      { lines: [{ ...mug, shipped: 9 }] },
      [{ lineItemId: '101' }],
      new Map([[101, 1]]),
    ],
  ])('since nothing of it is left: %s', (_, order, items, named) => {
    const notice = aNotice({ items: items?.map((item) => aNoticeItem(item)) });
    expect(planShipment(notice, anOrderToShip(order), RULES)).toEqual({ kind: 'nothing-left', named });
  });
});
