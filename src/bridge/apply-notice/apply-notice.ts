import type { Store } from '../../cscart/store.ts';
import { LockBusy, type Queryable } from '../../database/database.ts';
import { DatabaseUnavailable } from '../../database/database-errors.ts';
import { readHalfAppliedNotices, receiveNotice } from '../../ledger/notices.ts';
import { readShipNotice } from '../../shipstation/read-ship-notice.ts';
import type { ShipNotice } from '../../shipstation/ship-notice.ts';
import { UnreadableNotice } from '../../shipstation/unreadable-notice.ts';
import { type OrderId, parseOrderId } from '../../values/order-id.ts';
import {
  type ArrivedNotice,
  type NoticeAnswer,
  type NoticeDependencies,
  type NoticeQuery,
  refuse,
  repeated,
} from './notice-answer.ts';
import { noticeFingerprint, unreadableFingerprint } from './notice-fingerprint.ts';
import { finishHalfApplied, workOnNotice } from './work-on-notice.ts';

/**
 * Applies a shipment notice: it is written down first, then planned and carried out under the order's lock, once,
 * however often it comes. Throws `DatabaseUnavailable`, after which the same notice can be given again.
 */
export function applyNotice(dependencies: NoticeDependencies, arrived: ArrivedNotice): Promise<NoticeAnswer> {
  return dependencies.stores.use((store) => applyInStore(dependencies, store, arrived));
}

async function applyInStore(
  dependencies: NoticeDependencies,
  store: Store,
  arrived: ArrivedNotice,
): Promise<NoticeAnswer> {
  const { ledger, log } = dependencies;
  const query = JSON.stringify(noticeParameters(arrived.query));
  const raw = { query, body: arrived.body };

  const notice = readOrProblem(arrived);
  if (notice instanceof UnreadableNotice) {
    const row = await receiveNotice(ledger, store.tables, {
      fingerprint: unreadableFingerprint(query, arrived.body),
      orderId: undefined,
      raw,
    });
    return refuse(dependencies, store, row, { kind: 'unreadable', sentence: notice.message });
  }

  const orderId = findOrderId(notice, dependencies.config.export.orderNumberPrefix);
  const orderKey = String(orderId ?? notice.orderKeys[0]);
  const row = await receiveNotice(ledger, store.tables, {
    fingerprint: noticeFingerprint(orderKey, notice),
    orderId,
    raw,
  });
  log.info(
    { event: 'notice.received', noticeId: row.noticeId, orderId, state: row.state },
    'notice received',
  );
  if (row.state === 'applied') return repeated(dependencies, row);
  if (orderId === undefined) {
    return refuse(dependencies, store, row, {
      kind: 'unknown-order',
      sentence: `Order ${orderKey} is not in this store.`,
    });
  }
  return underOrderLock(dependencies, orderId, async (session) => {
    await finishHalfApplied(dependencies, session, store, orderId);
    return workOnNotice(dependencies, session, store, { noticeId: row.noticeId, orderId, notice });
  });
}

/**
 * Carries on the notices that an earlier process left half applied; called at start. One that fails is logged and stays
 * as it is, for the next notice of its order. Throws `DatabaseUnavailable`.
 */
export async function resumeNotices(dependencies: NoticeDependencies): Promise<void> {
  const { stores, ledger, log } = dependencies;
  const store = await stores.current();
  const rows = await readHalfAppliedNotices(ledger, store.tables);
  for (const orderId of new Set(rows.map((row) => row.orderId))) {
    if (orderId === null) continue;
    try {
      await underOrderLock(dependencies, orderId, async (session) => {
        await finishHalfApplied(dependencies, session, store, orderId);
      });
    } catch (error) {
      if (error instanceof DatabaseUnavailable) throw error;
      log.error(
        { event: 'notice.resume_failed', orderId, err: error },
        'a half applied notice cannot be carried on',
      );
    }
  }
}

async function underOrderLock<Result>(
  { database, log }: NoticeDependencies,
  orderId: OrderId,
  work: (session: Queryable) => Promise<Result>,
): Promise<Result | (NoticeAnswer & { readonly kind: 'later' })> {
  try {
    return await database.withLock(`order:${orderId}`, work);
  } catch (error) {
    if (!(error instanceof LockBusy)) throw error;
    log.warn({ event: 'notice.order_locked', orderId }, 'the order is locked by another notice');
    return { kind: 'later', sentence: `Order ${orderId} is being worked on at this moment.` };
  }
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
    const hasPrefix = prefix !== '' && key.toLowerCase().startsWith(prefix.toLowerCase());
    const orderId = (hasPrefix ? parseOrderId(key.slice(prefix.length)) : undefined) ?? parseOrderId(key);
    if (orderId !== undefined) return orderId;
  }
  return undefined;
}

/** Only these are kept: the query can hold the password as well. */
function noticeParameters({ order_number, carrier, service, tracking_number }: NoticeQuery): NoticeQuery {
  return { order_number, carrier, service, tracking_number };
}
