import type { ExportConfig } from '../../config/config.ts';
import { type ChangedOrder, findChangedOrders } from '../../cscart/orders/changed-orders.ts';
import { type OrderFingerprint, readOrderFingerprints } from '../../cscart/orders/order-fingerprints.ts';
import type { InstantRange } from '../../cscart/orders/pieces.ts';
import type { WantedExtras } from '../../cscart/orders/wanted-extras.ts';
import type { Store } from '../../cscart/store/store.ts';
import { modifiedStamps } from '../../cscart/store/store-shape.ts';
import type { Queryable } from '../../database/database.ts';
import { createEpochSeconds, type EpochSeconds, nowInSeconds } from '../../values/epoch-seconds.ts';
import type { ExportMemory } from './export-memory.ts';
import { compareFingerprints, type FingerprintChanges } from './fingerprint-changes.ts';

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
  const [found, looks] = await Promise.all([
    unseen ? findChangedOrders(database, store, unseen) : [],
    compareOrders({ database, memory }, store, wanted, { since, now }),
  ]);
  // Before anything is answered: what is answered now must not be new again at the next poll.
  await memory.keepFingerprints(looks.toKeep);
  return mergeChanges(found, looks, range);
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

/** How the orders of the lookback look, and what comparing them with how they looked came to. */
interface OrderLooks extends FingerprintChanges {
  readonly seen: readonly OrderFingerprint[];
}

/** Compares the orders of the lookback with what is known of them. Keeps nothing. */
async function compareOrders(
  { database, memory }: Pick<ChangeDependencies, 'database' | 'memory'>,
  store: Store,
  wanted: WantedExtras,
  { since, now }: { readonly since: EpochSeconds; readonly now: EpochSeconds },
): Promise<OrderLooks> {
  const [seen, known] = await Promise.all([
    readOrderFingerprints(database, store, since, wanted),
    memory.knownFingerprints(since),
  ]);
  return { seen, ...compareFingerprints(seen, known, now) };
}

/** Joins what the columns say with what was seen; the later instant of an order counts. */
function mergeChanges(
  found: readonly ChangedOrder[],
  { seen, changedAt }: OrderLooks,
  { from, to }: InstantRange,
): readonly ChangedOrder[] {
  const isWithin = (instant: EpochSeconds) => instant >= from && instant <= to;
  const changes = new Map(found.map((order) => [order.orderId, order]));
  for (const { fingerprint: _, ...order } of seen) {
    const seenAt = changedAt.get(order.orderId);
    if (seenAt === undefined) continue;
    if (changes.has(order.orderId) || isWithin(order.changedAt) || isWithin(seenAt)) {
      changes.set(order.orderId, {
        ...order,
        changedAt: createEpochSeconds(Math.max(order.changedAt, seenAt)),
      });
    }
  }
  return [...changes.values()].sort((a, b) => a.changedAt - b.changedAt || a.orderId - b.orderId);
}
