import type { LeftOutSummary } from '../../ledger/exports.ts';
import type { OrderId } from '../../values/order-id.ts';

/** Why an order is not in an answer, in words that the admin sees. */
export const LEFT_OUT_REASONS = {
  'status-not-mapped': 'its status is mapped to none of the five ShipStation statuses',
  'placed-before-start': 'it was placed before ORDER_START_DATE',
  'country-not-wanted': 'its country is not among ORDER_COUNTRIES',
  'being-edited': 'it is incomplete, or being saved in the shop at this moment',
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

// Enough to look one up; an export of years may leave out thousands.
const MOST_EXAMPLES = 20;

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
