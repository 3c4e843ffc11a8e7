import type { Store } from '../../cscart/store/store.ts';
import { type NoticeRow, receiveNotice } from '../../ledger/notices.ts';
import { readShipNotice } from '../../shipstation/read-ship-notice.ts';
import type { ShipNotice } from '../../shipstation/ship-notice.ts';
import { UnreadableNotice } from '../../shipstation/unreadable-notice.ts';
import type { OrderId } from '../../values/order-id.ts';
import { orderIdOf } from '../order-number.ts';
import {
  type ArrivedNotice,
  type NoticeAnswer,
  type NoticeDependencies,
  type NoticeQuery,
  refuse,
} from './notice-answer.ts';
import { noticeFingerprint, unreadableFingerprint } from './notice-fingerprint.ts';
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
  const { ledger, tables, stores, log } = dependencies;
  const query = JSON.stringify(noticeParameters(arrived.query));
  const raw = { query, body: arrived.body };

  const notice = readOrProblem(arrived);
  if (notice instanceof UnreadableNotice) {
    const row = await receiveNotice(ledger, tables, {
      fingerprint: unreadableFingerprint(query, arrived.body),
      orderId: undefined,
      raw,
    });
    return refuse(dependencies, row, { kind: 'unreadable', sentence: notice.message });
  }

  const orderId = findOrderId(notice, dependencies.config.export.orderNumberPrefix);
  const orderKey = String(orderId ?? notice.orderKeys[0]);
  const row = await receiveNotice(ledger, tables, {
    fingerprint: noticeFingerprint(orderKey, notice),
    orderId,
    raw,
  });
  log.info(
    { event: 'notice.received', noticeId: row.noticeId, orderId, state: row.state },
    'notice received',
  );
  if (orderId === undefined) {
    return refuse(dependencies, row, { kind: 'unknown-order', sentence: notInStore(orderKey) });
  }
  return stores.use((store) => applyToOrder(dependencies, store, orderId, row, notice));
}

async function applyToOrder(
  dependencies: NoticeDependencies,
  store: Store,
  orderId: OrderId,
  row: NoticeRow,
  notice: ShipNotice,
): Promise<NoticeAnswer> {
  if (await isDone(dependencies.database, store, row)) return repeated(dependencies.log, row);
  return underOrderLock(dependencies, store, orderId, async (order) => {
    await finishHalfApplied(order);
    return workOnNotice(order, row.noticeId, notice);
  });
}

function readOrProblem(arrived: ArrivedNotice): ShipNotice | UnreadableNotice {
  try {
    return readShipNotice(arrived);
  } catch (error) {
    if (error instanceof UnreadableNotice) return error;
    throw error;
  }
}

/** The order that a notice means: `OrderID` is the plain id, the number carries the configured prefix. */
function findOrderId({ orderKeys }: ShipNotice, prefix: string): OrderId | undefined {
  for (const key of orderKeys) {
    const orderId = orderIdOf(key, prefix);
    if (orderId !== undefined) return orderId;
  }
  return undefined;
}

/** Only these are kept: the query can hold the password as well. */
function noticeParameters({ order_number, carrier, service, tracking_number }: NoticeQuery): NoticeQuery {
  return { order_number, carrier, service, tracking_number };
}
