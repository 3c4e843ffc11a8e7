import type { Order } from '../../cscart/orders/order.ts';
import type { UnreadableOrder } from '../../cscart/orders/read-orders.ts';
import type { Store } from '../../cscart/store/store.ts';
import type { Queryable } from '../../database/database.ts';
import { recordLeftOut } from '../../ledger/exports.ts';
import { forgetFingerprints } from '../../ledger/order-fingerprints.ts';
import type { OrderDocument, OrdersPage } from '../../shipstation/order-document.ts';
import { textsToCut } from '../../shipstation/texts-to-cut.ts';
import { AmountOutOfRange } from '../../values/cents.ts';
import type { Log } from '../log.ts';
import { mapStatuses } from '../status-map.ts';
import type { ExportDependencies, ExportRequest } from './export-request.ts';
import { type LeftOut, summarizeLeftOut } from './left-out.ts';
import { createFieldReaders } from './order-document/configured-fields.ts';
import type { MappingRules } from './order-document/mapping-rules.ts';
import { toOrderDocument } from './order-document/to-order-document.ts';
import { type CutOrder, countsOf, logCut, logDamage, logLeftOut } from './page-log.ts';
import { usesFingerprints } from './window-changes.ts';
import { readListAndPage } from './window-list.ts';

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
  const { ledger, config, log } = dependencies;
  const { meanings } = mapStatuses(dependencies.statuses, store.statuses);
  const fields = createFieldReaders(config, store);
  const { list, leftOutOfList, read, seenChanges } = await readListAndPage(
    dependencies,
    store,
    { meanings, fields },
    request,
  );
  const orders: OrderDocument[] = [];
  const leftOut: LeftOut[] = [];
  const cutOrders: CutOrder[] = [];
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
  logLeftOut(log, [...leftOutOfList, ...leftOut]);
  logCut(log, cutOrders);
  if (leftOut.length > 0) {
    await recordLeftOut(ledger, store.tables, request, (before) => summarizeLeftOut(leftOut, before));
    if (usesFingerprints(config, store)) await lookAgain(ledger, store, leftOut);
  }
  const pages = Math.max(Math.ceil(list.orderIds.length / list.pageSize), 1);
  log.info(
    {
      event: 'export.page',
      windowStart: request.start,
      windowEnd: request.end,
      page: request.page,
      pages,
      orders: orders.length,
      // Page 1 also counts those that are on no page.
      leftOut: countsOf(summarizeLeftOut([...leftOutOfList, ...leftOut])),
      ordersInWindow: list.orderIds.filter((orderId) => orderId !== undefined).length,
    },
    'page exported',
  );
  return { pages, orders };
}

/**
 * An order that was being saved in the shop when its page was read may look, once it is saved, just as it looked before:
 * so that it does not go unseen, how it looked is forgotten.
 */
async function lookAgain(ledger: Queryable, store: Store, leftOut: readonly LeftOut[]): Promise<void> {
  const saved = leftOut.filter(({ reason }) => reason === 'incomplete' || reason === 'no-lines');
  const orderIds = saved.map(({ orderId }) => orderId);
  await forgetFingerprints(ledger, store.tables, orderIds);
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
