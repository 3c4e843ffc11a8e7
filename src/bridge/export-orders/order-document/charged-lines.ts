import type { Order, OrderLine } from '../../../cscart/orders/order.ts';
import { timesQuantity, ZERO_CENTS } from '../../../values/cents.ts';

/**
 * The lines of an order with what each adds to its subtotal. The parts of a configured product or a bundle are lines of
 * their own beside it. Usually each has its own price; where the shop's subtotal says that the whole's price holds those
 * of its parts, they cost nothing more, so that nothing is counted twice.
 */
export function chargedLines(order: Order): readonly OrderLine[] {
  const { lines } = order;
  if (!lines.some(({ partOf }) => partOf !== undefined)) return lines;
  let sum = 0;
  let parts = 0;
  for (const { amount } of order.purchasedGiftCertificates) sum += amount;
  for (const line of lines) {
    const amount = timesQuantity(line.unitPrice, line.quantity);
    sum += amount;
    if (line.partOf !== undefined) parts += amount;
  }
  if (sum === order.subtotal || sum - parts !== order.subtotal) return lines;
  return lines.map((line) => (line.partOf === undefined ? line : { ...line, unitPrice: ZERO_CENTS }));
}
