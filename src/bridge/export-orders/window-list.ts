import type { Order } from '../../cscart/orders/order.ts';
import { compareFingerprint, readFingerprintsOf } from '../../cscart/orders/order-fingerprints.ts';
import type { InstantRange } from '../../cscart/orders/pieces.ts';
import { readOrders, type UnreadableOrder } from '../../cscart/orders/read-orders.ts';
import type { WantedExtras } from '../../cscart/orders/wanted-extras.ts';
import type { Store } from '../../cscart/store/store.ts';
import type { Queryable } from '../../database/database.ts';
import type { KeptExport } from '../../ledger/exports.ts';
import type { KnownFingerprint } from '../../ledger/order-fingerprints.ts';
import { createEpochSeconds, type EpochSeconds, nowInSeconds } from '../../values/epoch-seconds.ts';
import type { OrderId } from '../../values/order-id.ts';
import { chooseOrders } from './choose-orders.ts';
import type { ExportMemory } from './export-memory.ts';
import type { ExportDependencies, ExportRequest } from './export-request.ts';
import type { LeftOut } from './left-out.ts';
import type { MappingRules } from './order-document/mapping-rules.ts';
import { pageSizeOf } from './page-count.ts';
import { findWindowChanges, usesFingerprints } from './window-changes.ts';

// Window ends carry no seconds: the whole end minute belongs to the window.
const REST_OF_END_MINUTE = 59;
// A clock that is further ahead is not a clock, but somebody who asks for the future.
const MOST_AHEAD_SECONDS = 3600;

/** What is known of a window, and what the store holds of one page of it. */
interface ListAndPage extends PageContent {
  readonly list: KeptExport;
  /** What the making of the list left out; empty where an earlier one was kept. */
  readonly leftOutOfList: readonly LeftOut[];
}

interface PageContent {
  readonly read: Iterable<Order | UnreadableOrder>;
  /** When the bridge saw the orders change, where the store itself does not keep that. */
  readonly seenChanges: ReadonlyMap<OrderId, EpochSeconds> | undefined;
}

type ListRules = Pick<MappingRules, 'meanings' | 'fields'>;

/** The orders of a page: by the list that was kept for the window, else by one that is made and kept now. */
export async function readListAndPage(
  dependencies: ExportDependencies,
  store: Store,
  rules: ListRules,
  request: ExportRequest,
): Promise<ListAndPage> {
  const { memory } = dependencies;
  const idsOf = ({ orderIds, pageSize }: KeptExport) =>
    orderIds
      .slice((request.page - 1) * pageSize, request.page * pageSize)
      .filter((orderId) => orderId !== undefined);
  const readPage = (ids: readonly OrderId[], changedAt?: ReadonlyMap<OrderId, EpochSeconds>) =>
    readPageOf(dependencies, store, rules, ids, changedAt);
  const kept = request.page > 1 ? await memory.keptList(request) : undefined;
  if (kept) return { list: kept, leftOutOfList: [], ...(await readPage(idsOf(kept))) };

  const made = await makeList(dependencies, store, rules, request);
  const ids = idsOf(made.list);
  // Side by side: nearly always the list that was made is the one that counts.
  const [list, page] = await Promise.all([
    memory.keepList(request, made.list, made.leftOut),
    readPage(ids, made.changedAt),
  ]);
  const countingIds = idsOf(list);
  const isRead = countingIds.join() === ids.join();
  return { list, leftOutOfList: made.leftOut, ...(isRead ? page : await readPage(countingIds)) };
}

/** Finds the orders of the window, and parts them into those that are exported and those that are left out. */
async function makeList(
  dependencies: ExportDependencies,
  store: Store,
  { meanings, fields }: ListRules,
  request: ExportRequest,
) {
  const { config } = dependencies;
  const changed = await findWindowChanges(dependencies, store, {
    ...changeRange(request, config.overlapSeconds, nowInSeconds()),
    wanted: fields.wanted,
  });
  const { chosen, leftOut } = chooseOrders(changed, meanings, config.filters, store);
  const list: KeptExport = {
    orderIds: chosen.map(({ orderId }) => orderId),
    pageSize: pageSizeOf(chosen.length, config.pageSize),
  };
  return { list, leftOut, changedAt: new Map(chosen.map((order) => [order.orderId, order.changedAt])) };
}

/**
 * The instants of change that a window means. Its start is widened: a row can be committed later than the second that it
 * carries, and clocks differ. ShipStation asks up to its own now; where that lies in the future, its clock is ahead, and
 * so was the end of the window before, which this one begins with. Sending an order twice is harmless.
 */
export function changeRange(
  { start, end }: Pick<ExportRequest, 'start' | 'end'>,
  overlapSeconds: number,
  now: EpochSeconds,
): InstantRange {
  const ahead = Math.min(Math.max(end - now, 0), MOST_AHEAD_SECONDS);
  return {
    from: createEpochSeconds(Math.max(start - overlapSeconds - ahead, 0)),
    to: createEpochSeconds(end + REST_OF_END_MINUTE),
  };
}

async function readPageOf(
  { database, memory, config }: ExportDependencies,
  store: Store,
  { fields }: ListRules,
  ids: readonly OrderId[],
  changedAt: ReadonlyMap<OrderId, EpochSeconds> | undefined,
): Promise<PageContent> {
  if (!usesFingerprints(config, store))
    return { read: await readOrders(database, store, ids, fields.wanted), seenChanges: changedAt };
  const [read, known] = await Promise.all([
    readOrders(database, store, ids, fields.wanted),
    memory.fingerprintsOf(ids),
  ]);
  await forgetChanged(database, memory, store, fields.wanted, known);
  const seenChanges = new Map([...known].map(([orderId, order]) => [orderId, order.changedAt]));
  return { read, seenChanges: changedAt ?? seenChanges };
}

/**
 * An order may have changed between the making of the list and the reading of its page, and may change back before it is
 * looked at again: what was sent is not what is known of it then. So how such an order looked is forgotten.
 */
async function forgetChanged(
  database: Queryable,
  memory: ExportMemory,
  store: Store,
  wanted: WantedExtras,
  known: ReadonlyMap<OrderId, KnownFingerprint>,
): Promise<void> {
  if (known.size === 0) return;
  const seen = await readFingerprintsOf(database, store, [...known.keys()], wanted);
  const changed = seen.filter(({ orderId, fingerprint }) => {
    const before = known.get(orderId)?.fingerprint ?? '';
    return before !== '' && compareFingerprint(fingerprint, before) === 'different';
  });
  await memory.forgetFingerprints(changed.map(({ orderId }) => orderId));
}
