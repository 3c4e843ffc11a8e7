import { compareFingerprint, type OrderFingerprint } from '../../cscart/orders/order-fingerprints.ts';
import type { KnownFingerprint } from '../../ledger/order-fingerprints.ts';
import type { EpochSeconds } from '../../values/epoch-seconds.ts';
import type { OrderId } from '../../values/order-id.ts';

/** What comparing the store with what was known of it came to. */
export interface FingerprintChanges {
  /** When each order changed, as far as the bridge has seen it. */
  readonly changedAt: ReadonlyMap<OrderId, EpochSeconds>;
  /** What has to be kept, because it is new or different. */
  readonly toKeep: readonly KnownFingerprint[];
}

/**
 * Compares how orders look with how they looked. What differs has changed `now`. An order that is seen for the first
 * time is stamped with its own instant, so that connecting a store does not make all of its orders new; it was there
 * before as incomplete if it came late, and has changed then.
 */
export function compareFingerprints(
  seen: readonly OrderFingerprint[],
  known: readonly KnownFingerprint[],
  now: EpochSeconds,
): FingerprintChanges {
  const before = new Map(known.map((order) => [order.orderId, order]));
  const changedAt = new Map<OrderId, EpochSeconds>();
  const toKeep: KnownFingerprint[] = [];
  for (const order of seen) {
    const knownOrder = before.get(order.orderId);
    const comparison = knownOrder && compareFingerprint(order.fingerprint, knownOrder.fingerprint);
    const at = !knownOrder ? order.placedAt : comparison === 'different' ? now : knownOrder.changedAt;
    changedAt.set(order.orderId, at);
    if (comparison !== 'same') toKeep.push({ ...order, changedAt: at });
  }
  return { changedAt, toKeep };
}
