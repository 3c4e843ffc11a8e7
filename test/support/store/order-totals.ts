import {
  type Cents,
  createCents,
  parseCents,
  sumCents,
  timesQuantity,
  ZERO_CENTS,
} from '../../../src/values/cents.ts';
import type { Money, PlainOrder } from './plain-order.ts';

/** An amount that a test wrote, in cents. Throws `TypeError` for what is no number. */
export function centsOf(money: Money | undefined): Cents {
  if (money === undefined) return ZERO_CENTS;
  const cents = parseCents(money);
  if (cents === undefined) throw new TypeError(`not an amount of money: ${money}`);
  return cents;
}

export interface ChargedLine {
  readonly price: Cents;
  readonly quantity: number;
  /** Item-level discount of one unit. */
  readonly discount: Cents;
  readonly charged: boolean;
}

export interface OrderTotals {
  readonly subtotal: Cents;
  /** Of all lines; already inside their prices. */
  readonly itemDiscount: Cents;
  readonly subtotalDiscount: Cents;
  readonly surcharge: Cents;
  readonly shippingCost: Cents;
  readonly total: Cents;
}

/**
 * The money columns of an order by the shop's rule: subtotal − order discount + shipping + taxes that are not inside the
 * prices + payment surcharge − used gift certificates, never below zero. Purchased certificates count into the subtotal
 * without having a line, unless they are a gift.
 */
export function orderTotals(
  order: PlainOrder,
  lines: readonly ChargedLine[],
  shippingCost: Cents,
): OrderTotals {
  const subtotal = sumCents([
    ...lines.filter(({ charged }) => charged).map(({ price, quantity }) => timesQuantity(price, quantity)),
    ...(order.purchasedCertificates ?? []).filter(({ free }) => !free).map(({ amount }) => centsOf(amount)),
  ]);
  const itemDiscount = sumCents(lines.map(({ discount, quantity }) => timesQuantity(discount, quantity)));
  const subtotalDiscount = centsOf(order.discount);
  const surcharge = centsOf(order.surcharge);
  const addedTaxes = sumCents(
    (order.taxes ?? []).filter(({ included }) => !included).map(({ amount }) => centsOf(amount)),
  );
  const certificates = sumCents((order.usedCertificates ?? []).map(({ cost }) => centsOf(cost)));
  const sum = subtotal - subtotalDiscount + shippingCost + addedTaxes + surcharge - certificates;
  const total = order.total === undefined ? createCents(Math.max(0, sum)) : centsOf(order.total);
  return { subtotal, itemDiscount, subtotalDiscount, surcharge, shippingCost, total };
}
