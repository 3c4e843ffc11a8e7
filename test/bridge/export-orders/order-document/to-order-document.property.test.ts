import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { LEFT_OUT_REASONS } from '../../../../src/bridge/export-orders/left-out.ts';
import { toOrderDocument } from '../../../../src/bridge/export-orders/order-document/to-order-document.ts';
import type { Order, OrderLine } from '../../../../src/cscart/orders/order.ts';
import type { OrderDocument } from '../../../../src/shipstation/order-document.ts';
import { orderProblem } from '../../../../src/shipstation/order-problem.ts';
import { createCents } from '../../../../src/values/cents.ts';
import { mappingRules } from '../../a-store.ts';
import { aCertificate, anOrderLine, aStoreOrder } from '../../plain-orders.ts';

const RULES = mappingRules();

describe('the money of any order', () => {
  const cents = (max: number) => fc.nat({ max }).map(createCents);
  const sumOf = (lines: readonly Pick<OrderLine, 'unitPrice' | 'quantity'>[]) =>
    lines.reduce((sum, { unitPrice, quantity }) => sum + unitPrice * quantity, 0);

  /** Prices as the shop has them: a discount of the item is inside, and what is not charged costs nothing. */
  const price = fc
    .record({
      base: fc.nat({ max: 50_000 }),
      discount: fc.nat({ max: 20_000 }),
      isUncharged: fc.nat({ max: 5 }),
    })
    .map(({ base, discount, isUncharged }) =>
      createCents(isUncharged === 0 ? 0 : Math.max(base - discount, 0)),
    );
  const lines = fc.array(
    fc.record({
      unitPrice: price,
      quantity: fc.nat({ max: 20 }),
      needsShipping: fc.nat({ max: 4 }).map((one) => one !== 0),
      partOf: fc.constantFrom(undefined, undefined, 'PC'),
    }),
    { maxLength: 6 },
  );
  const certificate = fc
    .record({ amount: fc.oneof(cents(10_000), fc.constant(createCents(0))), isPosted: fc.boolean() })
    .map((given) => aCertificate({ ...given, recipient: 'Kim Poe' }));

  interface Accounts {
    readonly order: Order;
    /** Whether the shop's own rules come to its total, without cents that nothing explains. */
    readonly isExact: boolean;
  }

  const anyAccounts = (amounts: { readonly rest: fc.Arbitrary<number> }): fc.Arbitrary<Accounts> =>
    fc
      .record({
        lines,
        isWholePriced: fc.boolean(),
        shippingCost: cents(5000),
        taxOnTop: cents(20_000),
        orderDiscount: fc.oneof(fc.constant(createCents(0)), cents(30_000)),
        paymentSurcharge: fc.integer({ min: -500, max: 1000 }).map(createCents),
        coupons: fc.subarray(['spring10', 'vip', 'freeshipping']),
        used: fc.array(cents(10_000), { maxLength: 2 }),
        purchasedGiftCertificates: fc.array(certificate, { maxLength: 3 }),
        rest: amounts.rest,
      })
      .map(({ isWholePriced, used, rest, lines: given, ...changes }) => {
        const all = given.map((line, index) => anOrderLine({ ...line, itemId: index + 1 }));
        const counted = isWholePriced ? all.filter(({ partOf }) => partOf === undefined) : all;
        const bought = changes.purchasedGiftCertificates.reduce((sum, { amount }) => sum + amount, 0);
        const subtotal = sumOf(counted) + bought;
        const usedGiftCertificates = used.map((cost, index) => ({ code: `GC-${index}`, cost }));
        const total =
          subtotal -
          changes.orderDiscount +
          changes.shippingCost +
          changes.taxOnTop +
          changes.paymentSurcharge -
          used.reduce((sum: number, cost) => sum + cost, 0) +
          rest;
        return {
          order: aStoreOrder({
            ...changes,
            lines: all,
            usedGiftCertificates,
            subtotal: createCents(subtotal),
            // The shop's total is never below nought.
            total: createCents(Math.max(total, 0)),
          }),
          isExact: rest === 0 && total >= 0,
        };
      });

  function checkMoney(order: Order): OrderDocument | undefined {
    const document = toOrderDocument(order, RULES);
    if ('reason' in document) {
      expect(Object.keys(LEFT_OUT_REASONS)).toContain(document.reason);
      return undefined;
    }
    expect(orderProblem(document)).toBeUndefined();
    expect(document.orderTotal).toBe(order.total);
    expect(sumOf(document.items) + document.shippingAmount + document.taxAmount).toBe(order.total);
    for (const { unitPrice, adjustment } of document.items) {
      expect(adjustment === true).toBe(unitPrice < 0);
    }
    return document;
  }

  test('comes to its total, to the cent, by what the shop’s own rules explain', () => {
    let sent = 0;
    fc.assert(
      fc.property(anyAccounts({ rest: fc.constant(0) }), ({ order, isExact }) => {
        const document = checkMoney(order);
        if (!document) return;
        sent += 1;
        const names = document.items.map(({ name }) => name);
        if (isExact) expect(names.filter((name) => /^(Rounding|Order adjustment)$/.test(name))).toEqual([]);
      }),
      { numRuns: 1000 },
    );
    expect(sent).toBeGreaterThan(500);
  });

  test('comes to its total, to the cent, with cents or more that nothing explains', () => {
    let sent = 0;
    const rest = fc.oneof(fc.integer({ min: -5, max: 5 }), fc.integer({ min: -3000, max: 3000 }));
    fc.assert(
      fc.property(anyAccounts({ rest }), ({ order }) => {
        if (checkMoney(order)) sent += 1;
      }),
      { numRuns: 1000 },
    );
    expect(sent).toBeGreaterThan(500);
  });

  test('comes to a total of nothing, whatever stands before it', () => {
    fc.assert(
      fc.property(anyAccounts({ rest: fc.constant(0) }), ({ order }) => {
        checkMoney({ ...order, total: createCents(0) });
      }),
    );
  });

  test('is left out, and never cut, where the format cannot hold it', () => {
    const huge = fc.oneof(cents(999_999_999), cents(5_000_000_000), fc.constant(createCents(1_000_000_000)));
    const order = fc
      .record({
        lines: fc.array(
          fc.record({ unitPrice: huge, quantity: fc.nat({ max: 200_000 }) }).map((line) => anOrderLine(line)),
          { minLength: 1, maxLength: 3 },
        ),
        total: huge,
        shippingCost: huge,
        taxOnTop: huge,
        orderDiscount: huge,
        purchasedGiftCertificates: fc.array(
          fc.record({ amount: huge, isPosted: fc.boolean() }).map(aCertificate),
          { maxLength: 1 },
        ),
      })
      .map((changes) => aStoreOrder(changes));
    fc.assert(
      fc.property(order, (one) => void checkMoney(one)),
      { numRuns: 500 },
    );
  });

  test.each<[string, Partial<Order>, readonly [string, number][]]>([
    [
      'a free order with a free certificate by post',
      {
        lines: [anOrderLine({ unitPrice: createCents(0) })],
        purchasedGiftCertificates: [aCertificate({ amount: createCents(0), isPosted: true })],
        subtotal: createCents(0),
        total: createCents(0),
      },
      [
        ['Stone mug', 0],
        ['Gift certificate GC-1 (by post)', 0],
      ],
    ],
    [
      'an order that a certificate pays for, the shipping too',
      {
        shippingCost: createCents(600),
        usedGiftCertificates: [{ code: 'GC-9', cost: createCents(3000) }],
        total: createCents(0),
      },
      [
        ['Stone mug', 1200],
        ['Gift certificate GC-9', -3000],
      ],
    ],
    [
      'an order whose discount is larger than its goods',
      { orderDiscount: createCents(5000), total: createCents(0) },
      [
        ['Stone mug', 1200],
        ['Discount', -5000],
        ['Order adjustment', 2600],
      ],
    ],
    [
      'downloads that are parts inside the price of the whole',
      {
        lines: [
          anOrderLine(),
          anOrderLine({ itemId: 2, needsShipping: false, unitPrice: createCents(900), partOf: 'Stone mug' }),
        ],
      },
      [['Stone mug', 1200]],
    ],
  ])('is told in items: %s', (_, changes, expected) => {
    const document = checkMoney(aStoreOrder(changes));
    expect(document?.items.map(({ name, unitPrice }) => [name, unitPrice])).toEqual(expected);
  });
});
