import type { Store } from '../../cscart/store/store.ts';
import type { Queryable } from '../../database/database.ts';
import { recordLeftOut } from '../../ledger/exports.ts';
import { forgetFingerprints } from '../../ledger/order-fingerprints.ts';
import type { OrdersPage } from '../../shipstation/order-document.ts';
import type { ExportDependencies, ExportRequest } from './export-request.ts';
import { type LeftOut, summarizeLeftOut } from './left-out.ts';
import { mapOrders, mappingRules } from './map-orders.ts';
import { pagesOf } from './page-count.ts';
import { countsOf, logCut, logLeftOut } from './page-log.ts';
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
  const { ledger, config, log, meter } = dependencies;
  const rules = mappingRules(dependencies, store);
  const { list, leftOutOfList, read, seenChanges } = await readListAndPage(
    dependencies,
    store,
    rules,
    request,
  );
  const { orders, leftOut, cutOrders } = mapOrders(read, { ...rules, seenChanges }, log);
  logLeftOut(log, [...leftOutOfList, ...leftOut]);
  logCut(log, cutOrders);
  if (leftOut.length > 0) {
    await recordLeftOut(ledger, store.tables, request, (before) => summarizeLeftOut(leftOut, before));
    if (usesFingerprints(config, store)) await lookAgain(ledger, store, leftOut);
  }
  const pages = pagesOf(list.orderIds.length, list.pageSize);
  // Page 1 also counts those that are on no page.
  const counts = countsOf(summarizeLeftOut([...leftOutOfList, ...leftOut]));
  meter.pageExported(orders.length, counts);
  log.info(
    {
      event: 'export.page',
      windowStart: request.start,
      windowEnd: request.end,
      page: request.page,
      pages,
      orders: orders.length,
      leftOut: counts,
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
