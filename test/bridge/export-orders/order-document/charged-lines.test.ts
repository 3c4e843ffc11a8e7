import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { chargedLines } from '../../../../src/bridge/export-orders/order-document/charged-lines.ts';
import type { Order, OrderLine } from '../../../../src/cscart/orders/order.ts';
import { type Cents, createCents } from '../../../../src/values/cents.ts';
import { aCertificate, anOrderLine, aStoreOrder } from '../../plain-orders.ts';

const cents = createCents;

const PC = anOrderLine({ itemId: 1, name: 'PC', unitPrice: cents(100_000), quantity: 1 });
const DISK = anOrderLine({ itemId: 2, name: 'Disk', unitPrice: cents(20_000), quantity: 2, partOf: 'PC' });
const FAN = anOrderLine({ itemId: 3, name: 'Fan', unitPrice: cents(5_000), quantity: 1, partOf: 'PC' });
const MUG = anOrderLine({ itemId: 4, unitPrice: cents(1200), quantity: 2 });

const prices = (order: Partial<Order>) => chargedLines(aStoreOrder(order)).map(({ unitPrice }) => unitPrice);

describe('the lines of an order', () => {
  test.each<[string, readonly OrderLine[], number, readonly number[]]>([
    ['without parts keep their prices', [PC, MUG], 102_400, [100_000, 1200]],
    ['without parts keep their prices whatever the subtotal says', [PC, MUG], 7, [100_000, 1200]],
    ['keep the prices of parts that cost extra', [PC, DISK, FAN], 145_000, [100_000, 20_000, 5_000]],
    ['cost nothing more for parts inside the price of the whole', [PC, DISK, FAN], 100_000, [100_000, 0, 0]],
    ['keep the prices of what is no part', [DISK, MUG, PC, FAN], 102_400, [0, 1200, 100_000, 0]],
    // Nothing but a subtotal that says so takes a price away: what it does not explain gets a line of its own.
    ['keep their prices where the subtotal says neither', [PC, DISK], 120_000, [100_000, 20_000]],
    ['keep their prices where the subtotal is unknown', [PC, DISK], 0, [100_000, 20_000]],
    ['keep their prices where the parts are all there is', [DISK], 40_000, [20_000]],
    [
      'keep the nought of parts that are not charged',
      [PC, { ...DISK, unitPrice: cents(0) }],
      100_000,
      [100_000, 0],
    ],
    ['are none', [], 0, []],
  ])('%s', (_, lines, subtotal, expected) => {
    expect(prices({ lines, subtotal: cents(subtotal) })).toEqual(expected);
  });

  test('keep the prices of parts beside a certificate that was bought', () => {
    const purchasedGiftCertificates = [aCertificate({ amount: cents(2500) })];
    const order = { lines: [PC, DISK], purchasedGiftCertificates };
    expect(prices({ ...order, subtotal: cents(142_500) })).toEqual([100_000, 20_000]);
    expect(prices({ ...order, subtotal: cents(102_500) })).toEqual([100_000, 0]);
    // The same sums without the certificate say nothing.
    expect(prices({ ...order, subtotal: cents(100_000) })).toEqual([100_000, 20_000]);
  });

  test('lose nothing but the price', () => {
    const [, disk] = chargedLines(aStoreOrder({ lines: [PC, DISK], subtotal: cents(100_000) }));
    expect(disk).toEqual({ ...DISK, unitPrice: 0 });
  });
});

describe('for any order', () => {
  const line = (partOf: fc.Arbitrary<string | undefined>) =>
    fc
      .record({ unitPrice: fc.nat({ max: 500 }).map(createCents), quantity: fc.nat({ max: 5 }), partOf })
      .map(anOrderLine);
  const certificates = fc.array(
    fc.record({ amount: fc.nat({ max: 500 }).map(createCents) }).map(aCertificate),
    {
      maxLength: 2,
    },
  );
  const sum = (lines: readonly OrderLine[], bought: Order['purchasedGiftCertificates']): Cents =>
    createCents(
      lines.reduce((total, { unitPrice, quantity }) => total + unitPrice * quantity, 0) +
        bought.reduce((total, { amount }) => total + amount, 0),
    );

  test('without parts nothing changes', () => {
    const lines = fc.array(line(fc.constant(undefined)), { maxLength: 6 });
    fc.assert(
      fc.property(lines, certificates, fc.nat({ max: 5000 }), (all, purchasedGiftCertificates, subtotal) => {
        const order = aStoreOrder({ lines: all, purchasedGiftCertificates, subtotal: createCents(subtotal) });
        expect(chargedLines(order)).toBe(all);
      }),
    );
  });

  const anyLines = fc.array(line(fc.constantFrom(undefined, 'PC')), { maxLength: 6 });

  test('the lines come to the subtotal whenever they can', () => {
    fc.assert(
      fc.property(anyLines, certificates, fc.boolean(), (lines, purchasedGiftCertificates, isInside) => {
        const counted = isInside ? lines.filter(({ partOf }) => partOf === undefined) : lines;
        const subtotal = sum(counted, purchasedGiftCertificates);
        const charged = chargedLines(aStoreOrder({ lines, purchasedGiftCertificates, subtotal }));
        expect(sum(charged, purchasedGiftCertificates)).toBe(subtotal);
        expect(charged.map(({ quantity }) => quantity)).toEqual(lines.map(({ quantity }) => quantity));
      }),
      { numRuns: 500 },
    );
  });

  test('and where they cannot, every line keeps its price', () => {
    fc.assert(
      fc.property(
        anyLines,
        certificates,
        fc.nat({ max: 5000 }),
        (lines, purchasedGiftCertificates, amount) => {
          const subtotal = createCents(amount);
          const wholes = lines.filter(({ partOf }) => partOf === undefined);
          fc.pre(sum(wholes, purchasedGiftCertificates) !== subtotal);
          expect(chargedLines(aStoreOrder({ lines, purchasedGiftCertificates, subtotal }))).toEqual(lines);
        },
      ),
      { numRuns: 500 },
    );
  });
});
