import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { createCents, formatCents } from '../../src/values/cents.ts';
import type { PlainLine, PlainOrder } from '../support/store/plain-order.ts';
import { exportingStore, sumsOf } from './exporting-store.ts';

/** The same orders in every run: what fails here fails again. */
const SEED = 20_260_301;
const ORDERS = 500;

const money = (most: number) =>
  fc.integer({ min: 0, max: most }).map((cents) => formatCents(createCents(cents)));

/** Absent as often as not. */
const perhaps = <Value>(value: fc.Arbitrary<Value>) => fc.option(value, { nil: undefined });

const line: fc.Arbitrary<PlainLine> = fc.record({
  name: fc.constantFrom('Mug', 'Shirt', 'Chair'),
  sku: fc.constantFrom('A', 'B', ''),
  quantity: fc.integer({ min: 1, max: 40 }),
  price: money(30_000),
  discount: perhaps(money(500)),
  storedPrice: fc.boolean(),
  isDownload: fc.boolean(),
  edpShipping: fc.boolean(),
  excludeFromCalculate: fc.nat(5).map((chance) => chance === 0),
});

const order: fc.Arbitrary<PlainOrder> = fc.record({
  // At least one that is shipped: an order of downloads alone is left out.
  lines: fc
    .array(line, { maxLength: 6 })
    .map((lines): readonly PlainLine[] => [{ quantity: 1, price: '19.99' }, ...lines]),
  shipping: fc
    .array(money(5000), { maxLength: 3 })
    .map((costs) => ({ methods: costs.map((cost) => ({ name: 'UPS Ground', cost })) })),
  discount: perhaps(money(20_000)),
  coupons: fc.subarray(['SPRING10', 'Friend', '2026']),
  surcharge: perhaps(money(900)),
  taxes: perhaps(
    fc.array(fc.record({ description: fc.constant('Tax'), amount: money(4000), included: fc.boolean() }), {
      maxLength: 3,
    }),
  ),
  usedCertificates: perhaps(
    fc
      .array(money(3000), { maxLength: 2 })
      .map((costs) => costs.map((cost, index) => ({ code: `GC-USED-${index}`, cost }))),
  ),
  purchasedCertificates: perhaps(
    fc
      .array(
        fc.record({
          amount: money(9000),
          sendVia: fc.constantFrom('E' as const, 'P' as const),
          free: fc.boolean(),
        }),
        { maxLength: 2 },
      )
      .map((bought) => bought.map((one, index) => ({ ...one, code: `GC-${index}` }))),
  ),
  // What no rule explains, as in a few real orders.
  total: fc.nat(9).chain((chance) => (chance === 0 ? money(100_000) : fc.constant(undefined))),
  status: fc.constantFrom('P', 'O', 'C', 'I'),
});

describe.each(['4.0.1 M', '4.18.2 M'] as const)('%s', (version) => {
  const shop = exportingStore({ version });

  it(`every one of ${ORDERS} orders adds up to the total that the store shows`, async () => {
    const { orders, placed, leftOut } = await shop.exportAll(
      fc.sample(order, { seed: SEED, numRuns: ORDERS }),
    );
    expect(leftOut).toEqual({});
    for (const [index, found] of orders.entries()) {
      if (found === undefined) throw new Error(`order ${placed[index]?.orderId} is missing`);
      const { parts, total } = sumsOf(found);
      expect([found.OrderNumber, parts]).toEqual([found.OrderNumber, total]);
      expect(found.OrderTotal).toBe(placed[index]?.total);
      for (const { UnitPrice, Adjustment, SKU } of found.Items) {
        expect(Adjustment === 'true').toBe(Number(UnitPrice) < 0);
        if (Adjustment === 'true') expect(SKU).toBe('');
      }
    }
  });
});
