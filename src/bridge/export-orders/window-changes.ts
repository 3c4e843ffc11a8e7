import type { ExportConfig } from '../../config/config.ts';
import { type ChangedOrder, findChangedOrders } from '../../cscart/orders/changed-orders.ts';
import { type OrderFingerprint, readOrderFingerprints } from '../../cscart/orders/order-fingerprints.ts';
import type { InstantRange } from '../../cscart/orders/pieces.ts';
import type { WantedExtras } from '../../cscart/orders/wanted-extras.ts';
import type { Store } from '../../cscart/store/store.ts';
import { modifiedStamps } from '../../cscart/store/store-shape.ts';
import type { Queryable } from '../../database/database.ts';
import type { KnownFingerprint } from '../../ledger/order-fingerprints.ts';
import { createEpochSeconds, type EpochSeconds, nowInSeconds } from '../../values/epoch-seconds.ts';
import type { OrderId } from '../../values/order-id.ts';
import type { ExportMemory } from './export-memory.ts';
import { compareFingerprints } from './fingerprint-changes.ts';

export interface ChangeDependencies {
  readonly database: Queryable;
  readonly memory: Pick<ExportMemory, 'knownFingerprints' | 'keepFingerprints'>;
  readonly config: Pick<ExportConfig, 'changeDetection' | 'changeLookbackDays'>;
}

const DAY_SECONDS = 86_400;

/** Whether this store's changes are seen by comparing how orders look: up to 4.12.1 it keeps no instant of a change. */
export function usesFingerprints(config: ChangeDependencies['config'], store: Store): boolean {
  if (config.changeDetection === 'auto') return !store.shape.has('orders', 'updated_at');
  return config.changeDetection === 'fingerprints';
}

/** The earliest instant at which an order may be placed for its changes to be seen by comparing. */
export function lookbackStart(config: ChangeDependencies['config'], now: EpochSeconds): EpochSeconds {
  return createEpochSeconds(now - config.changeLookbackDays * DAY_SECONDS);
}

/**
 * The orders that changed within a range, by (changed, order id): by the instants that the store keeps and, where it
 * keeps none for a change, by those at which the bridge saw an order look different.
 */
export async function findWindowChanges(
  { database, memory, config }: ChangeDependencies,
  store: Store,
  { wanted, ...range }: InstantRange & { readonly wanted: WantedExtras },
): Promise<readonly ChangedOrder[]> {
  if (!usesFingerprints(config, store)) return findChangedOrders(database, store, range);

  const now = nowInSeconds();
  const since = lookbackStart(config, now);
  const unseen = unseenRange(store, range, since);
  const [found, known] = await Promise.all([
    unseen ? findChangedOrders(database, store, unseen) : [],
    memory.knownFingerprints(since),
  ]);
  const changes = collectChanges(found, known, range, now);
  for await (const seen of readOrderFingerprints(database, store, since, wanted)) changes.add(seen);
  // Before anything is answered: what is answered now must not be new again at the next poll.
  await memory.keepFingerprints(changes.toKeep());
  return changes.changed();
}

/**
 * The part of a range that has to be asked of the columns. Where `timestamp` is the only one, every order of the lookback
 * tells it when it is compared.
 */
function unseenRange(store: Store, range: InstantRange, since: EpochSeconds): InstantRange | undefined {
  if (modifiedStamps(store.shape).length > 0) return range;
  if (range.from >= since) return undefined;
  return { from: range.from, to: createEpochSeconds(Math.min(range.to, since - 1)) };
}

/**
 * Joins what the columns say with what is seen, piece by piece; the later instant of an order counts, and of an order that
 * is seen twice the later look. Of the many orders that look as they did and lie outside of the range, none is held until
 * the end; what is known of all of them is.
 */
export function collectChanges(
  found: readonly ChangedOrder[],
  knownOrders: readonly KnownFingerprint[],
  { from, to }: InstantRange,
  now: EpochSeconds,
) {
  const known = new Map(knownOrders.map((order) => [order.orderId, order]));
  const isFound = new Set(found.map(({ orderId }) => orderId));
  const changes = new Map(found.map((order) => [order.orderId, order]));
  const toKeep = new Map<OrderId, KnownFingerprint>();
  const isWithin = (instant: EpochSeconds) => instant >= from && instant <= to;
  return {
    add(seen: readonly OrderFingerprint[]): void {
      const looks = compareFingerprints(seen, known, now);
      for (const { fingerprint: _, ...order } of seen) {
        const { orderId } = order;
        toKeep.delete(orderId);
        if (!isFound.has(orderId)) changes.delete(orderId);
        const seenAt = looks.changedAt.get(orderId) ?? order.changedAt;
        if (isFound.has(orderId) || isWithin(order.changedAt) || isWithin(seenAt)) {
          const changedAt = createEpochSeconds(Math.max(order.changedAt, seenAt));
          changes.set(orderId, { ...order, changedAt });
        }
      }
      for (const look of looks.toKeep) toKeep.set(look.orderId, look);
    },
    toKeep: (): readonly KnownFingerprint[] => [...toKeep.values()],
    /** By (changed, order id). */
    changed: (): readonly ChangedOrder[] =>
      [...changes.values()].sort((a, b) => a.changedAt - b.changedAt || a.orderId - b.orderId),
  };
}
