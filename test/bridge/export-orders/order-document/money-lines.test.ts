import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { toMoneyLines } from '../../../../src/bridge/export-orders/order-document/money-lines.ts';
import { toPostedCertificates } from '../../../../src/bridge/export-orders/order-document/order-items.ts';
import { NOT_A_PRODUCT } from '../../../../src/bridge/not-a-product.ts';
import type { Order } from '../../../../src/cscart/orders/order.ts';
import { ITEM_LIMITS } from '../../../../src/shipstation/field-limits.ts';
import type { OrderItem } from '../../../../src/shipstation/order-document.ts';
import { createCents } from '../../../../src/values/cents.ts';
import { aCertificate, anOrderLine, aStoreOrder } from '../../plain-orders.ts';

/** Name and cents of each line. */
function moneyLines(changes: Partial<Order>): [string, number][] {
  return toMoneyLines(aStoreOrder(changes)).map((item) => [item.name, item.unitPrice]);
}

const cents = createCents;

describe('the money lines of an order', () => {
  test.each<[string, Partial<Order>, [string, number][]]>([
    [
      'are none where products and shipping come to the total',
      { shippingCost: cents(650), total: cents(3050) },
      [],
    ],
    ['leave the tax to its own element', { taxOnTop: cents(240), total: cents(2640) }, []],
    ['a discount', { orderDiscount: cents(500), total: cents(1900) }, [['Discount', -500]]],
    [
      'a discount by coupons',
      { orderDiscount: cents(500), coupons: ['spring10', 'vip'], total: cents(1900) },
      [['Discount (spring10, vip)', -500]],
    ],
    ['a coupon that gave nothing', { coupons: ['freeshipping'] }, []],
    [
      'a payment surcharge',
      { paymentSurcharge: cents(150), total: cents(2550) },
      [['Payment surcharge', 150]],
    ],
    [
      'no payment surcharge that is charged to the vendors and not in the total',
      { paymentSurcharge: cents(150), total: cents(2400) },
      [],
    ],
    [
      'a payment that is cheaper',
      { paymentSurcharge: cents(-150), total: cents(2250) },
      [['Payment surcharge', -150]],
    ],
    [
      'used gift certificates',
      {
        usedGiftCertificates: [
          { code: 'GC-1', cost: cents(1000) },
          { code: 'GC-2', cost: cents(1400) },
        ],
        total: cents(0),
      },
      [
        ['Gift certificate GC-1', -1000],
        ['Gift certificate GC-2', -1400],
      ],
    ],
    [
      'bought gift certificates',
      {
        purchasedGiftCertificates: [aCertificate({ code: 'GC-3', amount: cents(5000) })],
        total: cents(7400),
      },
      [['Gift certificate GC-3', 5000]],
    ],
    [
      'downloads, which are no items of a parcel, in one line',
      {
        lines: [
          anOrderLine(),
          anOrderLine({ itemId: 2, needsShipping: false, unitPrice: cents(999), quantity: 2 }),
          anOrderLine({ itemId: 3, needsShipping: false, unitPrice: cents(100), quantity: 1 }),
        ],
        total: cents(4498),
      },
      [['Downloadable items', 2098]],
    ],
    ['cents that nothing explains, upwards', { total: cents(2405) }, [['Rounding', 5]]],
    ['cents that nothing explains, downwards', { total: cents(2395) }, [['Rounding', -5]]],
    ['more that nothing explains, upwards', { total: cents(2406) }, [['Order adjustment', 6]]],
    ['more that nothing explains, downwards', { total: cents(2394) }, [['Order adjustment', -6]]],
    // Seen in a real store: the lines sum to 1574.65 where the total says 1553.80.
    [
      'a total that the lines do not reach',
      { lines: [anOrderLine({ unitPrice: cents(157_465), quantity: 1 })], total: cents(155_380) },
      [['Order adjustment', -2085]],
    ],
    [
      'everything at once',
      {
        shippingCost: cents(650),
        taxOnTop: cents(240),
        orderDiscount: cents(300),
        paymentSurcharge: cents(100),
        usedGiftCertificates: [{ code: 'GC-1', cost: cents(500) }],
        purchasedGiftCertificates: [aCertificate({ code: 'GC-3', amount: cents(2500) })],
        total: cents(5091),
      },
      [
        ['Gift certificate GC-3', 2500],
        ['Payment surcharge', 100],
        ['Discount', -300],
        ['Gift certificate GC-1', -500],
        ['Rounding', 1],
      ],
    ],
    ['a free order', { orderDiscount: cents(2400), total: cents(0) }, [['Discount', -2400]]],
  ])('%s', (_, changes, lines) => {
    expect(moneyLines(changes)).toEqual(lines);
  });

  test('keep ids that fit, however long a certificate’s code is', () => {
    const codes = ['GC-'.repeat(30), 'GC-'.repeat(30), 'A\u0001B'];
    const [...lines] = toMoneyLines(
      aStoreOrder({
        purchasedGiftCertificates: codes.map((code) => aCertificate({ code, amount: cents(100) })),
        total: cents(2700),
      }),
    );
    const ids = lines.map((item) => item.lineItemId ?? '');
    expect(new Set(ids).size).toBe(3);
    for (const id of ids) {
      expect(id.length).toBeLessThanOrEqual(ITEM_LIMITS.LineItemID);
      expect(id).toMatch(/^[\w:-]+$/);
    }
  });
});

describe('for any order', () => {
  const amount = fc.integer({ min: 0, max: 200_000 }).map(createCents);
  const signed = fc.integer({ min: -50_000, max: 50_000 }).map(createCents);
  const code = fc.string({ maxLength: 60 });
  const lines = fc.array(
    fc
      .record({
        unitPrice: fc.oneof(amount, fc.constant(createCents(0))),
        quantity: fc.nat({ max: 50 }),
        needsShipping: fc.boolean(),
      })
      .map((line) => anOrderLine(line)),
    { maxLength: 6 },
  );
  const anyOrder: fc.Arbitrary<Order> = fc
    .record({
      lines,
      shippingCost: amount,
      taxOnTop: amount,
      orderDiscount: fc.oneof(amount, signed),
      paymentSurcharge: fc.oneof(amount, signed),
      coupons: fc.array(code, { maxLength: 3 }),
      usedGiftCertificates: fc.array(fc.record({ code, cost: signed }), { maxLength: 3 }),
      purchasedGiftCertificates: fc.array(
        fc.record({ code, amount, isPosted: fc.boolean() }).map(aCertificate),
        { maxLength: 3 },
      ),
      total: fc.integer({ min: 0, max: 5_000_000 }).map(createCents),
    })
    .map((changes) => aStoreOrder(changes));

  const sum = (items: readonly Pick<OrderItem, 'unitPrice' | 'quantity'>[]) =>
    items.reduce((total, item) => total + item.unitPrice * item.quantity, 0);

  test('items, shipping and tax come to the total, to the cent', () => {
    fc.assert(
      fc.property(anyOrder, (order) => {
        const products = order.lines.filter((line) => line.needsShipping);
        expect(
          sum([...products, ...toPostedCertificates(order)]) +
            sum(toMoneyLines(order)) +
            order.shippingCost +
            order.taxOnTop,
        ).toBe(order.total);
      }),
    );
  });

  test('adjustments are negative, every other line is positive, and none is empty', () => {
    fc.assert(
      fc.property(anyOrder, (order) => {
        for (const item of toMoneyLines(order)) {
          expect(item.unitPrice).not.toBe(0);
          expect(item.adjustment === true).toBe(item.unitPrice < 0);
          expect(item.quantity).toBe(1);
          expect(item.name).not.toBe('');
        }
      }),
    );
  });

  test('no line can be taken for a product when a notice brings it back', () => {
    fc.assert(
      fc.property(anyOrder, (order) => {
        for (const { lineItemId, sku } of toMoneyLines(order)) {
          expect(sku).toBe('');
          expect(lineItemId === undefined || lineItemId.startsWith(NOT_A_PRODUCT)).toBe(true);
        }
      }),
    );
  });

  test('an order that adds up by its own parts has no line for a rest', () => {
    fc.assert(
      fc.property(anyOrder, (order) => {
        const exact = sum(order.lines) + order.shippingCost + order.taxOnTop - order.orderDiscount;
        const certificates =
          order.purchasedGiftCertificates.reduce((total, one) => total + one.amount, 0) -
          order.usedGiftCertificates.reduce((total, one) => total + one.cost, 0);
        const total = createCents(exact + order.paymentSurcharge + certificates);
        const names = toMoneyLines({ ...order, total }).map((item) => item.name);
        expect(names.filter((name) => name === 'Rounding' || name === 'Order adjustment')).toEqual([]);
      }),
    );
  });
});
