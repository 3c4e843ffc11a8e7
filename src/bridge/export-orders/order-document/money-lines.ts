import type { Order } from '../../../cscart/orders/order.ts';
import type { OrderItem } from '../../../shipstation/order-document.ts';
import { type Cents, createCents, negateCents, timesQuantity, ZERO_CENTS } from '../../../values/cents.ts';
import { NOT_A_PRODUCT } from '../../not-a-product.ts';

// Rounding of several taxes and quantities moves a total by a few cents; more than that has another reason.
const MOST_ROUNDING = 5;

/**
 * The lines that make `items × quantity + adjustments + shipping + tax = total` true to the cent. Order-level discounts
 * and used gift certificates are negative adjustments; fees are ordinary lines, since the format forbids a positive
 * adjustment. What no rule explains gets a line of its own: it does occur in real stores.
 */
export function toMoneyLines(order: Order): readonly OrderItem[] {
  let charged = 0;
  let downloads = 0;
  for (const line of order.lines) {
    const amount = timesQuantity(line.unitPrice, line.quantity);
    charged += amount;
    if (!line.needsShipping) downloads += amount;
  }
  const items: OrderItem[] = [];
  const add = (id: string, name: string, amount: Cents) => {
    if (amount !== ZERO_CENTS) items.push(moneyLine(id, name, amount));
  };

  // Their prices have been counted with the lines: only what is not sent as a line of its own comes here.
  add('downloads', 'Downloadable items', createCents(downloads));
  // Numbered, not named: a code can be longer than a LineItemID may be, which would cost the whole order.
  for (const [index, { code, amount, isPosted }] of order.purchasedGiftCertificates.entries()) {
    // One that goes by post is an item like a product.
    if (!isPosted) add(`certificate:${index + 1}`, `Gift certificate ${code}`, amount);
    charged += amount;
  }
  let rest = order.total - charged - order.shippingCost - order.taxOnTop + order.orderDiscount;
  for (const { cost } of order.usedGiftCertificates) rest += cost;
  // Multi-Vendor can charge the surcharge to the vendors: then it stands in the order, but not in its total.
  const surcharge = rest === 0 ? ZERO_CENTS : order.paymentSurcharge;
  add('surcharge', 'Payment surcharge', surcharge);
  const coupons = order.coupons.length > 0 ? ` (${order.coupons.join(', ')})` : '';
  add('discount', `Discount${coupons}`, negateCents(order.orderDiscount));
  for (const [index, { code, cost }] of order.usedGiftCertificates.entries()) {
    add(`used-certificate:${index + 1}`, `Gift certificate ${code}`, negateCents(cost));
  }
  const unexplained = createCents(rest - surcharge);
  const isRounding = Math.abs(unexplained) <= MOST_ROUNDING;
  add('rest', isRounding ? 'Rounding' : 'Order adjustment', unexplained);
  return items;
}

function moneyLine(id: string, name: string, amount: Cents): OrderItem {
  const item = { lineItemId: NOT_A_PRODUCT + id, sku: '', name, quantity: 1, unitPrice: amount };
  return amount < 0 ? { ...item, adjustment: true } : item;
}
