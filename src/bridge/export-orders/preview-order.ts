import type { ChangedOrder } from '../../cscart/orders/changed-orders.ts';
import { findOrder, type OrderInstants, readChildOrders } from '../../cscart/orders/one-order.ts';
import { readFingerprintsOf } from '../../cscart/orders/order-fingerprints.ts';
import { readOrders } from '../../cscart/orders/read-orders.ts';
import { INCOMPLETE, PARENT } from '../../cscart/store/order-statuses.ts';
import type { Store } from '../../cscart/store/store.ts';
import type { ExportOfOrder, NoticeOfOrder } from '../../ledger/order-history.ts';
import type { OrderDocument } from '../../shipstation/order-document.ts';
import { createEpochSeconds, type EpochSeconds, nowInSeconds } from '../../values/epoch-seconds.ts';
import type { OrderId } from '../../values/order-id.ts';
import type { LedgerView } from '../ledger-view.ts';
import { chooseOrders } from './choose-orders.ts';
import type { ExportDependencies } from './export-request.ts';
import { compareFingerprints } from './fingerprint-changes.ts';
import type { LeftOut } from './left-out.ts';
import { mapOrders, mappingRules } from './map-orders.ts';
import type { MappingRules } from './order-document/mapping-rules.ts';
import { lookbackStart, usesFingerprints } from './window-changes.ts';

/** What ShipStation would get of an order at this moment, and what is known of it. */
export interface OrderPreview {
  readonly orderId: OrderId;
  /** Letter and, where it has one, name in the store's own language. */
  readonly status: { readonly letter: string; readonly name: string };
  readonly outcome: SentOrder | LeftOutOrder;
  /** What the store keeps of it and cannot be read. */
  readonly damagedParts: readonly string[];
  /** The instants that bring it into a window, the latest first. */
  readonly instants: readonly ChangeInstant[];
  /** IANA name of the store's time zone. */
  readonly timeZone: string;
  /** The answers of the last day that it is in; `undefined`: the table cannot be read. */
  readonly exports: readonly ExportOfOrder[] | undefined;
  readonly notices: readonly NoticeOfOrder[] | undefined;
}

interface SentOrder {
  readonly kind: 'sent';
  readonly document: OrderDocument;
  /** Elements whose texts are longer than ShipStation takes. */
  readonly cut: readonly string[];
}

interface LeftOutOrder extends Omit<LeftOut, 'orderId'> {
  readonly kind: 'left-out';
  /** The vendors' orders of a parent. */
  readonly children: readonly OrderId[];
}

/** An instant by which polls see that an order changed. */
interface ChangeInstant {
  readonly at: EpochSeconds;
  /** A column of `orders`, or that the bridge saw it look different. */
  readonly source: 'timestamp' | 'updated_at' | 'last_modify' | 'seen';
  /** ShipStation's `start_date` up to which a window has it, and `end_date` from which: whole minutes. */
  readonly startUpTo: EpochSeconds;
  readonly endFrom: EpochSeconds;
}

type PreviewDependencies = Pick<ExportDependencies, 'database' | 'statuses' | 'config' | 'log'> & {
  readonly view: LedgerView;
};

/**
 * Looks at one order as a poll does: by the same filters, the same reading and the same mapping; `undefined` where the
 * store has no such order. Changes and keeps nothing.
 */
export async function previewOrder(
  dependencies: PreviewDependencies,
  store: Store,
  orderId: OrderId,
): Promise<OrderPreview | undefined> {
  const { database, config, view } = dependencies;
  const found = await findOrder(database, store, orderId);
  if (!found) return undefined;
  const rules = mappingRules(dependencies, store);
  const seenAt = usesFingerprints(config, store)
    ? await whenSeen(dependencies, store, rules, found.order)
    : undefined;
  const changedAt = createEpochSeconds(Math.max(found.order.changedAt, seenAt ?? 0));
  const looked = await lookAtOrder(dependencies, store, rules, { ...found.order, changedAt });
  const letter = found.order.isParent ? PARENT : found.order.status;
  return {
    orderId,
    status: { letter, name: nameOfStatus(store, letter) },
    ...looked,
    instants: instantsOf(found, seenAt, config.overlapSeconds),
    timeZone: store.timeZone,
    exports: await view.exportsOf(orderId),
    notices: await view.noticesOf(orderId),
  };
}

/** When the bridge saw the order change, or sees it now; `undefined` where it is too old to be compared. */
async function whenSeen(
  { database, config, view }: PreviewDependencies,
  store: Store,
  { fields }: MappingRules,
  { orderId, placedAt }: ChangedOrder,
): Promise<EpochSeconds | undefined> {
  const now = nowInSeconds();
  const since = lookbackStart(config, now);
  if (placedAt < since) return undefined;
  const seen = await readFingerprintsOf(database, store, [orderId], fields.wanted);
  const known = await view.fingerprintsOf([orderId]);
  const isFirstLook = !(await view.knowsLooks(since));
  return compareFingerprints(seen, known, now, isFirstLook).changedAt.get(orderId);
}

async function lookAtOrder(
  { database, config, log }: PreviewDependencies,
  store: Store,
  rules: MappingRules,
  order: ChangedOrder,
): Promise<Pick<OrderPreview, 'outcome' | 'damagedParts'>> {
  const { orderId } = order;
  const refused = chooseOrders([order], rules.meanings, config.filters, store).leftOut[0];
  const seenChanges = new Map([[orderId, order.changedAt]]);
  const read = await readOrders(database, store, [orderId], rules.fields.wanted);
  const mapped = mapOrders(read, { ...rules, seenChanges }, log, (order) => order);
  const [document] = mapped.orders;
  const damagedParts = mapped.damagedOrders[0]?.parts ?? [];
  if (!refused && document) {
    return { outcome: { kind: 'sent', document, cut: mapped.cutOrders[0]?.cut ?? [] }, damagedParts };
  }
  // An order that was deleted between the two readings.
  const { reason, detail } = refused ?? mapped.leftOut[0] ?? { reason: 'unreadable', detail: undefined };
  const children = reason === 'parent' ? await readChildOrders(database, store, orderId) : [];
  return { outcome: { kind: 'left-out', reason, detail, children }, damagedParts };
}

const NAMES_OF_HIDDEN: ReadonlyMap<string, string> = new Map([
  [INCOMPLETE, 'Incompleted'],
  [PARENT, 'Parent order'],
]);

function nameOfStatus({ statuses }: Store, letter: string): string {
  const status = statuses.find((one) => one.letter === letter);
  return status?.names[0] ?? NAMES_OF_HIDDEN.get(letter) ?? '';
}

const MINUTE = 60;

function instantsOf(
  { order, stamps }: OrderInstants,
  seenAt: EpochSeconds | undefined,
  overlapSeconds: number,
): readonly ChangeInstant[] {
  const instants = [
    { source: 'timestamp' as const, at: order.placedAt },
    // No other columns are read.
    ...[...stamps].map(([column, at]) => ({ source: column as 'updated_at' | 'last_modify', at })),
    ...(seenAt === undefined ? [] : [{ source: 'seen' as const, at: seenAt }]),
  ];
  const different = new Map(instants.toReversed().map((instant) => [instant.at, instant]));
  return [...different.values()]
    .filter(({ at }) => at > 0)
    .sort((a, b) => b.at - a.at)
    .map((instant) => ({
      ...instant,
      startUpTo: wholeMinute(instant.at + overlapSeconds),
      endFrom: wholeMinute(instant.at),
    }));
}

function wholeMinute(seconds: number): EpochSeconds {
  return createEpochSeconds(Math.floor(seconds / MINUTE) * MINUTE);
}
