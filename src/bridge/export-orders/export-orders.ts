import type { Store } from '../../cscart/store/store.ts';
import type { OrdersPage } from '../../shipstation/order-document.ts';
import type { ExportMemory } from './export-memory.ts';
import type { ExportDependencies, ExportRequest } from './export-request.ts';
import { type LeftOut, summarizeLeftOut } from './left-out.ts';
import { mapOrders, mappingRules, type WriteOrder } from './map-orders.ts';
import { pagesOf } from './page-count.ts';
import { type CutOrder, countsOf, type DamagedOrder, logCut, logLeftOut } from './page-log.ts';
import { usesFingerprints } from './window-changes.ts';
import { readListAndPage } from './window-list.ts';

/** One page of a window, with what the admin may want to know of it. */
export interface ExportedPage<Written> extends OrdersPage<Written> {
  /** How many orders the window's list has, on all of its pages. */
  readonly ordersInWindow: number;
  readonly cutOrders: readonly CutOrder[];
  readonly damagedOrders: readonly DamagedOrder[];
}

/**
 * Answers one page of an export. Page 1 fixes which orders the window holds; later pages are cut from that list.
 * Throws `DatabaseUnavailable`, `StoreNotFound`.
 *
 * @param write makes of each order what the page is to hold, as soon as the order is mapped
 */
export function exportOrders<Written>(
  dependencies: ExportDependencies,
  request: ExportRequest,
  write: WriteOrder<Written>,
): Promise<ExportedPage<Written>> {
  return dependencies.stores.use((store) => exportPage(dependencies, store, request, write));
}

async function exportPage<Written>(
  dependencies: ExportDependencies,
  store: Store,
  request: ExportRequest,
  write: WriteOrder<Written>,
): Promise<ExportedPage<Written>> {
  const { memory, config, log, meter } = dependencies;
  const rules = mappingRules(dependencies, store);
  const { list, leftOutOfList, read, seenChanges } = await readListAndPage(
    dependencies,
    store,
    rules,
    request,
  );
  const { orders, leftOut, cutOrders, damagedOrders } = mapOrders(
    read,
    { ...rules, seenChanges },
    log,
    write,
  );
  logLeftOut(log, [...leftOutOfList, ...leftOut]);
  logCut(log, cutOrders);
  if (leftOut.length > 0) {
    await memory.recordLeftOut(request, leftOut);
    if (usesFingerprints(config, store)) await lookAgain(memory, leftOut);
  }
  const pages = pagesOf(list.orderIds.length, list.pageSize);
  // Page 1 also counts those that are on no page.
  const counts = countsOf(summarizeLeftOut([...leftOutOfList, ...leftOut]));
  meter.pageExported(orders.length, counts);
  const ordersInWindow = list.orderIds.filter((orderId) => orderId !== undefined).length;
  log.info(
    {
      event: 'export.page',
      windowStart: request.start,
      windowEnd: request.end,
      page: request.page,
      pages,
      orders: orders.length,
      leftOut: counts,
      ordersInWindow,
    },
    'page exported',
  );
  return { pages, orders, ordersInWindow, cutOrders, damagedOrders };
}

/**
 * An order that was being saved in the shop when its page was read may look, once it is saved, just as it looked before:
 * so that it does not go unseen, how it looked is forgotten.
 */
async function lookAgain(memory: ExportMemory, leftOut: readonly LeftOut[]): Promise<void> {
  const saved = leftOut.filter(({ reason }) => reason === 'incomplete' || reason === 'no-lines');
  await memory.forgetFingerprints(saved.map(({ orderId }) => orderId));
}
