import type { ExportConfig, StatusWords } from '../../config/config.ts';
import type { Order } from '../../cscart/orders/order.ts';
import { readOrders, type UnreadableOrder } from '../../cscart/orders/read-orders.ts';
import type { Store } from '../../cscart/store/store.ts';
import type { Queryable } from '../../database/database.ts';
import {
  type KeptExport,
  keepExport,
  type LeftOutSummary,
  readKeptExport,
  recordLeftOut,
} from '../../ledger/exports.ts';
import { readSeenChanges } from '../../ledger/order-fingerprints.ts';
import { MOST_PAGES } from '../../shipstation/field-limits.ts';
import type { OrderDocument, OrdersPage } from '../../shipstation/order-document.ts';
import { textsToCut } from '../../shipstation/texts-to-cut.ts';
import { AmountOutOfRange } from '../../values/cents.ts';
import { createEpochSeconds, type EpochSeconds } from '../../values/epoch-seconds.ts';
import type { OrderId } from '../../values/order-id.ts';
import type { Log } from '../log.ts';
import { mapStatuses } from '../status-map.ts';
import type { StoreSource } from '../store-source.ts';
import { chooseOrders } from './choose-orders.ts';
import { HIDDEN_BY_THE_SHOP, LEFT_OUT_REASONS, type LeftOut, summarizeLeftOut } from './left-out.ts';
import { createFieldReaders } from './order-document/configured-fields.ts';
import type { MappingRules } from './order-document/mapping-rules.ts';
import { toOrderDocument } from './order-document/to-order-document.ts';
import { findWindowChanges, usesFingerprints } from './window-changes.ts';

/** What ShipStation asks for: the orders that changed in a window, one page of them. */
export interface ExportRequest {
  /** As written in the request: whole minutes. */
  readonly start: EpochSeconds;
  readonly end: EpochSeconds;
  /** From 1. */
  readonly page: number;
}

export interface ExportDependencies {
  readonly database: Queryable;
  readonly ledger: Queryable;
  readonly stores: StoreSource;
  readonly statuses: StatusWords;
  readonly config: ExportConfig;
  readonly log: Log;
}

// Window ends carry no seconds: the whole end minute belongs to the window.
const REST_OF_END_MINUTE = 59;
// A page is logged in one line, and so is each of its left-out orders, up to this many.
const MOST_LOGGED = 20;

/**
 * Answers one page of an export. Page 1 fixes which orders the window holds; later pages are cut from that list.
 * Throws `DatabaseUnavailable`, `StoreNotFound`.
 */
export function exportOrders(dependencies: ExportDependencies, request: ExportRequest): Promise<OrdersPage> {
  return dependencies.stores.use((store) => exportPage(dependencies, store, request));
}

async function exportPage(
  dependencies: ExportDependencies,
  store: Store,
  request: ExportRequest,
): Promise<OrdersPage> {
  const { database, ledger, config, log } = dependencies;
  const { meanings } = mapStatuses(dependencies.statuses, store.statuses);
  const kept = request.page > 1 ? await readKeptExport(ledger, store.tables, request) : undefined;
  const fields = createFieldReaders(config, store);
  const list: ExportList = kept ?? (await fixExport(dependencies, store, { meanings, fields }, request));
  const { orderIds, pageSize } = list;

  const idsOfPage = orderIds.slice((request.page - 1) * pageSize, request.page * pageSize);
  const [read, seenChanges] = await Promise.all([
    readOrders(database, store, idsOfPage, fields.wanted),
    list.changedAt ?? readLaterChanges(dependencies, store, idsOfPage),
    list.leftOut &&
      keepExport(ledger, store.tables, request, {
        orderIds,
        pageSize,
        leftOut: summarizeLeftOut(list.leftOut),
      }),
  ]);
  const orders: OrderDocument[] = [];
  const leftOut: LeftOut[] = [];
  const cutOrders: { readonly orderId: OrderId; readonly cut: readonly string[] }[] = [];
  for (const order of read) {
    if ('lines' in order) logDamage(log, order);
    const mapped = mapOrder(order, { meanings, store, config, fields, seenChanges }, log);
    if ('reason' in mapped) {
      leftOut.push(mapped);
      continue;
    }
    orders.push(mapped);
    const cut = textsToCut(mapped);
    if (cut.length > 0) cutOrders.push({ orderId: order.orderId, cut });
  }
  logLeftOut(log, leftOut);
  logCut(log, cutOrders);
  if (leftOut.length > 0)
    await recordLeftOut(ledger, store.tables, request, (before) => summarizeLeftOut(leftOut, before));
  const pages = Math.max(Math.ceil(orderIds.length / pageSize), 1);
  log.info(
    {
      event: 'export.page',
      windowStart: request.start,
      windowEnd: request.end,
      page: request.page,
      pages,
      orders: orders.length,
      // Page 1 also counts those that are on no page.
      leftOut: countsOf(summarizeLeftOut([...(list.leftOut ?? []), ...leftOut])),
      ordersInWindow: orderIds.length,
    },
    'page exported',
  );
  return { pages, orders };
}

/** One order that breaks a rule nobody thought of never blocks the page. */
function mapOrder(order: Order | UnreadableOrder, rules: MappingRules, log: Log): OrderDocument | LeftOut {
  const { orderId } = order;
  try {
    if (!('problem' in order)) return toOrderDocument(order, rules);
    if (order.problem !== undefined) return { orderId, reason: 'unreadable', detail: order.problem };
    throw order.cause;
  } catch (error) {
    if (error instanceof AmountOutOfRange) return { orderId, reason: 'beyond-format', detail: error.message };
    log.error({ event: 'order.failed', orderId, err: error }, 'an order could not be exported');
    return { orderId, reason: 'unreadable' };
  }
}

/** The list of a window; with what is known of it besides when it has just been made. */
interface ExportList extends KeptExport {
  readonly leftOut?: readonly LeftOut[];
  /** When each of its orders changed, by the store or as the bridge saw it. */
  readonly changedAt?: ReadonlyMap<OrderId, EpochSeconds>;
}

/** Finds the orders of the window, and parts them into those that are exported and those that are left out. */
async function fixExport(
  dependencies: ExportDependencies,
  store: Store,
  { meanings, fields }: Pick<MappingRules, 'meanings' | 'fields'>,
  request: ExportRequest,
): Promise<ExportList> {
  const { config } = dependencies;
  const changed = await findWindowChanges(dependencies, store, {
    // A row can be committed later than the second that it carries; sending an order twice is harmless.
    from: createEpochSeconds(request.start - config.overlapSeconds),
    to: createEpochSeconds(request.end + REST_OF_END_MINUTE),
    wanted: fields.wanted,
  });
  const { chosen, leftOut } = chooseOrders(changed, meanings, config.filters, store);
  logLeftOut(dependencies.log, leftOut);
  return {
    orderIds: chosen.map((order): OrderId => order.orderId),
    pageSize: Math.max(config.pageSize, Math.ceil(chosen.length / MOST_PAGES)),
    leftOut,
    changedAt: new Map(chosen.map((order) => [order.orderId, order.changedAt])),
  };
}

/** For a page of a kept list: when the bridge saw its orders change, where the store itself does not keep that. */
async function readLaterChanges(
  { ledger, config }: ExportDependencies,
  store: Store,
  orderIds: readonly OrderId[],
): Promise<ReadonlyMap<OrderId, EpochSeconds> | undefined> {
  return usesFingerprints(config, store) ? readSeenChanges(ledger, store.tables, orderIds) : undefined;
}

function logLeftOut(log: Log, all: readonly LeftOut[]): void {
  const leftOut = all.filter(({ reason }) => !HIDDEN_BY_THE_SHOP.includes(reason));
  for (const { orderId, reason, detail } of leftOut.slice(0, MOST_LOGGED)) {
    log.warn(
      { event: 'order.left_out', orderId, reason, detail },
      `order left out: ${LEFT_OUT_REASONS[reason]}`,
    );
  }
  if (leftOut.length <= MOST_LOGGED) return;
  log.warn(
    {
      event: 'order.left_out_more',
      count: leftOut.length - MOST_LOGGED,
      all: countsOf(summarizeLeftOut(leftOut)),
    },
    'more orders left out',
  );
}

/** How many orders were left out for each reason. */
function countsOf(summary: LeftOutSummary): Readonly<Record<string, number>> {
  return Object.fromEntries(Object.entries(summary).map(([reason, { count }]) => [reason, count]));
}

/** What had to be cut is marked in the text itself, and named here for whoever asks where the rest is. */
function logCut(
  log: Log,
  orders: readonly { readonly orderId: OrderId; readonly cut: readonly string[] }[],
): void {
  for (const { orderId, cut } of orders.slice(0, MOST_LOGGED)) {
    log.warn({ event: 'order.text_cut', orderId, elements: cut }, 'texts are longer than ShipStation takes');
  }
  if (orders.length <= MOST_LOGGED) return;
  log.warn(
    { event: 'order.text_cut_more', count: orders.length - MOST_LOGGED },
    'more orders with texts too long',
  );
}

/** An import or another character set can break what the shop keeps in one column. */
function logDamage(log: Log, { orderId, damagedParts, lines }: Order): void {
  const isLineDamaged = lines.some(({ isDamaged }) => isDamaged);
  if (damagedParts.length === 0 && !isLineDamaged) return;
  const parts = [
    ...damagedParts.map((type) => `order_data ${type}`),
    ...(isLineDamaged ? ['order_details.extra'] : []),
  ];
  log.warn(
    { event: 'order.damaged', orderId, parts },
    'some of what the store keeps of an order cannot be read',
  );
}
