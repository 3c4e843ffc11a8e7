import type { Order } from '../../cscart/order.ts';
import type { OrderItem } from '../../shipstation/order-document.ts';
import {
  type Cents,
  createCents,
  negateCents,
  sumCents,
  timesQuantity,
  ZERO_CENTS,
} from '../../values/cents.ts';
import { NOT_A_PRODUCT } from '../not-a-product.ts';

// Rounding of several taxes and quantities moves a total by a few cents; more than that has another reason.
const MOST_ROUNDING = 5;

/**
 * The lines that make `items × quantity + adjustments + shipping + tax = total` true to the cent. Order-level discounts
 * and used gift certificates are negative adjustments; fees are ordinary lines, since the format forbids a positive
 * adjustment. What no rule explains gets a line of its own: it does occur in real stores.
 */
export function toMoneyLines(order: Order): readonly OrderItem[] {
  const downloads = sumCents(
    order.lines
      .filter((line) => !line.needsShipping)
      .map((line) => timesQuantity(line.unitPrice, line.quantity)),
  );
  const discountName = order.coupons.length > 0 ? `Discount (${order.coupons.join(', ')})` : 'Discount';
  const lines = [
    line('downloads', 'Downloadable items', downloads),
    // Numbered, not named: a code can be longer than a LineItemID may be, which would cost the whole order.
    ...order.purchasedGiftCertificates.map(({ code, amount }, index) =>
      line(`certificate:${index + 1}`, `Gift certificate ${code}`, amount),
    ),
    line('surcharge', 'Payment surcharge', order.paymentSurcharge),
    line('discount', discountName, negateCents(order.orderDiscount)),
    ...order.usedGiftCertificates.map(({ code, cost }) =>
      line('used-certificate', `Gift certificate ${code}`, negateCents(cost)),
    ),
  ].filter((item) => item.unitPrice !== 0);

  const products = order.lines.filter((item) => item.needsShipping);
  const explained = sumCents([
    ...products.map((item) => timesQuantity(item.unitPrice, item.quantity)),
    ...lines.map((item) => item.unitPrice),
    order.shippingCost,
    order.taxOnTop,
  ]);
  const rest = createCents(order.total - explained);
  if (rest === ZERO_CENTS) return lines;
  const isRounding = Math.abs(rest) <= MOST_ROUNDING;
  return [...lines, line('rest', isRounding ? 'Rounding' : 'Order adjustment', rest)];
}

function line(id: string, name: string, amount: Cents): OrderItem {
  const common = { sku: '', name, quantity: 1, unitPrice: amount };
  // As in the guide's own sample of a discount: no LineItemID. It is no line of a packing list.
  return amount < 0 ? { ...common, adjustment: true } : { ...common, lineItemId: NOT_A_PRODUCT + id };
}
