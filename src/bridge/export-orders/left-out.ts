import type { LeftOutSummary } from '../../ledger/exports.ts';
import type { OrderId } from '../../values/order-id.ts';

/** Why an order is not in an answer, in words that the admin sees. */
export const LEFT_OUT_REASONS = {
  'status-not-mapped': 'its status is mapped to none of the five ShipStation statuses',
  'placed-before-start': 'it was placed before ORDER_START_DATE',
  'country-not-wanted': 'its country is not among ORDER_COUNTRIES',
  'vendor-not-wanted': 'its vendor is not among ORDER_VENDORS',
  'storefront-not-wanted': 'its storefront is not among ORDER_STOREFRONTS',
  'method-not-wanted': 'its shipping method is left out by ORDER_SHIPPING_METHODS',
  'status-not-wanted': 'its ShipStation status is not among ORDER_EXPORT_STATUSES',
  pickup: 'it is fetched by the buyer, and EXPORT_PICKUP_ORDERS is not set',
  incomplete: 'it is incomplete (not paid or given up), or being saved in the shop at this moment',
  parent: "it only holds the vendors' orders together, which are sent themselves",
  'no-lines': 'it has no lines',
  'only-downloads': 'it has only downloadable lines',
  'no-name': 'it has no ship-to name',
  'no-address': 'it has no ship-to address',
  'no-city': 'it has no ship-to city',
  'no-country': 'it has no ship-to country of two letters',
  'beyond-format': 'a value does not fit into the format',
  unreadable: 'it could not be read',
} as const;

export type LeftOutReason = keyof typeof LEFT_OUT_REASONS;

/** An order that changed in the window but is not in the answer. */
export interface LeftOut {
  readonly orderId: OrderId;
  readonly reason: LeftOutReason;
  /** More than the reason says, without personal data. */
  readonly detail?: string | undefined;
}

/** What the shop's own list of orders hides as well: usual, counted, but not worth a line of the log each. */
export const HIDDEN_BY_THE_SHOP: readonly LeftOutReason[] = ['incomplete', 'parent'];

// A page that is asked again must not be counted again. An export of years may leave out more; then the count is an
// estimate from above.
const MOST_EXAMPLES = 1000;

/** Counts by reason, with some order numbers each, added to an earlier summary. */
export function summarizeLeftOut(leftOut: readonly LeftOut[], before: LeftOutSummary = {}): LeftOutSummary {
  const summary: Record<string, { count: number; examples: readonly number[] }> = { ...before };
  for (const { orderId, reason } of leftOut) {
    const { count, examples } = summary[reason] ?? { count: 0, examples: [] };
    if (examples.includes(orderId)) continue; // the same page asked again
    summary[reason] = {
      count: count + 1,
      examples: examples.length < MOST_EXAMPLES ? [...examples, orderId] : examples,
    };
  }
  return summary;
}
