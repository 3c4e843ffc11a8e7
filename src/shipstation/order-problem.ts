import { type Cents, formatCents } from '../values/cents.ts';
import {
  ADDRESS_LIMITS,
  cutText,
  ITEM_LIMITS,
  LARGEST_DECIMAL,
  LARGEST_QUANTITY,
  ORDER_LIMITS,
} from './field-limits.ts';
import type { OrderDocument, OrderItem } from './order-document.ts';
import { cleanText } from './xml-text.ts';

const COUNTRY = /^[A-Z]{2}$/i;

/**
 * Why an order cannot be sent, as one plain English sentence without personal data; `undefined` when it can.
 *
 * ShipStation refuses a whole page for one order that breaks its schema or has an incomplete ship-to, so the bridge
 * leaves such an order out and tells the admin. What only makes an order poorer (a long text, a bad image address) is no
 * problem: the writer deals with it. Numbers that are keys are never cut, because a notice has to bring them back whole.
 */
export function orderProblem(order: OrderDocument): string | undefined {
  return (
    keyProblem('order id', order.orderId, ORDER_LIMITS.OrderID) ??
    keyProblem('order number', order.orderNumber, ORDER_LIMITS.OrderNumber) ??
    shipToProblem(order) ??
    amountProblem('order total', order.orderTotal) ??
    amountProblem('tax amount', order.taxAmount) ??
    amountProblem('shipping amount', order.shippingAmount) ??
    itemsProblem(order.items)
  );
}

function keyProblem(what: string, key: string, limit: number): string | undefined {
  if (key.trim() === '') return `The ${what} is empty.`;
  if (key.length > limit) return `The ${what} is longer than ${limit} characters.`;
  return cleanText(key) === key ? undefined : `The ${what} has a character that XML cannot hold.`;
}

// The schema lets an empty text pass, the import does not: an incomplete ship-to has stopped whole imports.
function shipToProblem({ shipTo }: OrderDocument): string | undefined {
  if (isBlank(shipTo.name, ADDRESS_LIMITS.Name)) return 'The ship-to name is empty.';
  if (isBlank(shipTo.address1, ADDRESS_LIMITS.Address1)) return 'The ship-to address is empty.';
  if (isBlank(shipTo.city, ADDRESS_LIMITS.City)) return 'The ship-to city is empty.';
  return COUNTRY.test(shipTo.country) ? undefined : 'The ship-to country is not a two-letter code.';
}

function itemsProblem(items: readonly OrderItem[]): string | undefined {
  if (items.length === 0) return 'The order has no items.';
  for (const [index, item] of items.entries()) {
    const problem = itemProblem(item);
    if (problem !== undefined) return `Item ${index + 1}: ${problem}`;
  }
  return undefined;
}

function itemProblem(item: OrderItem): string | undefined {
  if (!Number.isInteger(item.quantity) || item.quantity < 1 || item.quantity > LARGEST_QUANTITY) {
    return `The quantity is ${item.quantity}, not a whole number from 1 to ${LARGEST_QUANTITY}.`;
  }
  if (item.adjustment === true && item.unitPrice >= 0) {
    return `The price is ${formatCents(item.unitPrice)}, but an adjustment has to be negative.`;
  }
  if (item.lineItemId !== undefined && item.lineItemId !== '') {
    const problem = keyProblem('line item id', item.lineItemId, ITEM_LIMITS.LineItemID);
    if (problem !== undefined) return problem;
  }
  return amountProblem('price', item.unitPrice);
}

function amountProblem(what: string, amount: Cents): string | undefined {
  if (!Number.isSafeInteger(amount)) return `The ${what} is not a whole number of cents.`;
  if (Math.abs(amount) <= LARGEST_DECIMAL) return undefined;
  return `The ${what} ${formatCents(amount)} has more than 7 digits before the point.`;
}

/** Whether nothing is left to read once a text is cut, for .NET too, which takes U+0085 for white space. */
function isBlank(text: string, limit: number): boolean {
  return /^[\s\u0085]*$/.test(cutText(cleanText(text), limit));
}
