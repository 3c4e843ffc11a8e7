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
 * Compares how orders look with how they looked. What differs has changed `now`, and so has an order that was not there
 * before: it may have been committed long after the instant that it carries. Only where nothing is known at all is each
 * stamped with its own instant, so that connecting a store does not make all of its orders new.
 *
 * @param isFirstLook where `seen` and `known` are not all, whether nothing is known at all
 */
export function compareFingerprints(
  seen: readonly OrderFingerprint[],
  known: ReadonlyMap<OrderId, KnownFingerprint>,
  now: EpochSeconds,
  isFirstLook = known.size === 0,
): FingerprintChanges {
  const changedAt = new Map<OrderId, EpochSeconds>();
  const toKeep: KnownFingerprint[] = [];
  for (const order of seen) {
    const knownOrder = known.get(order.orderId);
    const comparison = knownOrder && compareFingerprint(order.fingerprint, knownOrder.fingerprint);
    const isUnchanged = knownOrder ? comparison !== 'different' : isFirstLook;
    const at = isUnchanged ? (knownOrder?.changedAt ?? order.placedAt) : now;
    changedAt.set(order.orderId, at);
    if (comparison !== 'same') toKeep.push({ ...order, changedAt: at });
  }
  return { changedAt, toKeep };
}
