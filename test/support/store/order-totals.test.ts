import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { createCents } from '../../../src/values/cents.ts';
import { type ChargedLine, centsOf, orderTotals } from './order-totals.ts';
import type { PlainOrder } from './plain-order.ts';

const line = (price: number, quantity: number, further: Partial<ChargedLine> = {}): ChargedLine => ({
  price: createCents(price),
  quantity,
  discount: createCents(0),
  charged: true,
  ...further,
});

const SHIPPING = createCents(2800);

describe('orderTotals', () => {
  it.each<[string, PlainOrder, readonly ChargedLine[], number, number]>([
    ['lines and an order discount', { discount: '25.70' }, [line(2350, 2), line(13_000, 1)], 17_700, 17_930],
    [
      'a tax that is not in the prices',
      { taxes: [{ description: 'x', amount: 1.11, included: false }] },
      [line(1000, 1)],
      1000,
      3911,
    ],
    [
      'a tax inside the prices',
      { taxes: [{ description: 'x', amount: 1.11, included: true }] },
      [line(1000, 1)],
      1000,
      3800,
    ],
    ['a payment surcharge', { surcharge: 3.25 }, [line(1000, 1)], 1000, 4125],
    ['a used certificate', { usedCertificates: [{ code: 'G', cost: 10 }] }, [line(1000, 1)], 1000, 2800],
    [
      'a certificate that is worth more',
      { usedCertificates: [{ code: 'G', cost: 99 }] },
      [line(1000, 1)],
      1000,
      0,
    ],
    [
      'a purchased certificate',
      { purchasedCertificates: [{ code: 'G', amount: 25 }] },
      [line(1000, 1)],
      3500,
      6300,
    ],
    ['an item discount', {}, [line(1000, 3, { discount: createCents(250) })], 3000, 5800],
    ['a line that is not charged', {}, [line(1000, 1), line(500, 1, { charged: false })], 1000, 3800],
    ['a total of its own', { total: '1553.80' }, [line(157_465, 1)], 157_465, 155_380],
  ])('follows the rule with %s', (_name, order, lines, subtotal, total) => {
    expect(orderTotals(order, lines, SHIPPING)).toMatchObject({ subtotal, total, shippingCost: SHIPPING });
  });

  it('sums the discounts of items without taking them off again', () => {
    expect(orderTotals({}, [line(1000, 3, { discount: createCents(250) })], createCents(0))).toMatchObject({
      itemDiscount: 750,
      subtotal: 3000,
      total: 3000,
    });
  });

  it('is never below zero and never loses a cent', () => {
    const cents = fc.integer({ min: 0, max: 5_000_000 });
    fc.assert(
      fc.property(
        fc.array(fc.tuple(cents, fc.integer({ min: 1, max: 50 }))),
        cents,
        cents,
        cents,
        (items, discount, surcharge, shipping) => {
          const { total } = orderTotals(
            { discount: discount / 100, surcharge: (surcharge / 100).toFixed(2) },
            items.map(([price, quantity]) => line(price, quantity)),
            createCents(shipping),
          );
          const goods = items.reduce((sum, [price, quantity]) => sum + price * quantity, 0);
          expect(total).toBe(Math.max(0, goods - discount + surcharge + shipping));
        },
      ),
    );
  });
});

describe('centsOf', () => {
  it('refuses what is no amount', () => {
    expect(centsOf(undefined)).toBe(0);
    expect(() => centsOf('ten')).toThrow(TypeError);
  });
});
