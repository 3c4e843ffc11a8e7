import type { Store } from '../../cscart/store/store.ts';
import type { NoticeRow } from '../../ledger/notices.ts';
import type { ShipNotice } from '../../shipstation/ship-notice.ts';
import { UnreadableNotice } from '../../shipstation/unreadable-notice.ts';
import type { OrderId } from '../../values/order-id.ts';
import { identifyNotice } from './identify-notice.ts';
import { type ArrivedNotice, type NoticeAnswer, type NoticeDependencies, refuse } from './notice-answer.ts';
import { underOrderLock } from './order-session.ts';
import { finishHalfApplied } from './resume-notices.ts';
import { isDone, notInStore, repeated, workOnNotice } from './work-on-notice.ts';

/**
 * Applies a shipment notice: it is written down before anything else, then planned and carried out under the order's
 * lock, once, however often it comes. Throws `DatabaseUnavailable`, after which the same notice can be given again.
 */
export async function applyNotice(
  dependencies: NoticeDependencies,
  arrived: ArrivedNotice,
): Promise<NoticeAnswer> {
  const { book, stores, config, log } = dependencies;
  const { notice, fingerprint, orderId, orderKey, query } = identifyNotice(arrived, config.export);
  const row = await book.receive({
    fingerprint,
    orderId,
    raw: { query, body: arrived.body },
  });
  if (notice instanceof UnreadableNotice)
    return refuse(dependencies, row, { kind: 'unreadable', sentence: notice.message });
  log.info(
    { event: 'notice.received', noticeId: row.noticeId, orderId, state: row.state },
    'notice received',
  );
  if (orderId === undefined)
    return refuse(dependencies, row, { kind: 'unknown-order', sentence: notInStore(orderKey) });
  return stores.use((store) => applyToOrder(dependencies, store, orderId, row, notice));
}

async function applyToOrder(
  dependencies: NoticeDependencies,
  store: Store,
  orderId: OrderId,
  row: NoticeRow,
  notice: ShipNotice,
): Promise<NoticeAnswer> {
  if (await isDone(dependencies.openShop(dependencies.database, store), row))
    return repeated(dependencies.log, row);
  return underOrderLock(dependencies, store, orderId, async (order) => {
    await finishHalfApplied(order);
    return workOnNotice(order, row.noticeId, notice);
  });
}
