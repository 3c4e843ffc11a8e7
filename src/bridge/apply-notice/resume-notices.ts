import { DatabaseUnavailable, isShapeChanged } from '../../database/database-errors.ts';
import { type NoticeRow, readWaitingNotices, type WaitingNotice } from '../../ledger/notices.ts';
import { readShipNotice } from '../../shipstation/read-ship-notice.ts';
import { type EpochSeconds, nowInSeconds } from '../../values/epoch-seconds.ts';
import { timed } from '../meter.ts';
import { arrivedNotice, type NoticeDependencies } from './notice-answer.ts';
import { type OrderSession, underOrderLock } from './order-session.ts';
import { workOnNotice } from './work-on-notice.ts';

// Somebody may be working on a notice at this very moment.
const LEAST_WAIT_SECONDS = 30;
const MOST_WAIT_SECONDS = 3600;

/**
 * Carries on what an earlier process, or a database that went away, has left: notices half applied, and notices written
 * down and no more. One that cannot be carried on now is logged, and waits.
 *
 * @param which all of them, as at start; or those that are due: the longer one has waited, the rarer it is tried
 * @param stopping finishes the notice that is being worked on, and leaves the rest for the next time
 */
export async function resumeNotices(
  dependencies: NoticeDependencies,
  which: 'all' | 'due',
  stopping?: AbortSignal,
): Promise<void> {
  const { stores, ledger, tables, log } = dependencies;
  const store = await stores.current();
  const now = nowInSeconds();
  for (const row of await readWaitingNotices(ledger, tables)) {
    if (stopping?.aborted) return;
    const { noticeId, orderId } = row;
    if (orderId === null || (which === 'due' && !isDue(row, now))) continue;
    try {
      await underOrderLock(dependencies, store, orderId, async (order) => {
        await finishHalfApplied(order, stopping);
        if (row.state === 'received' && !stopping?.aborted) await carryOn(order, row);
      });
    } catch (error) {
      log.error(
        { event: 'notice.resume_failed', noticeId, orderId, err: error },
        'a notice cannot be carried on',
      );
    }
  }
}

/** Whether a waiting notice has waited since its last try for as long as it waited before that, within bounds. */
export function isDue(
  { receivedAt, changedAt }: Pick<WaitingNotice, 'receivedAt' | 'changedAt'>,
  now: EpochSeconds,
): boolean {
  const wait = Math.min(Math.max(changedAt - receivedAt, LEAST_WAIT_SECONDS), MOST_WAIT_SECONDS);
  return now - changedAt >= wait;
}

/**
 * Carries on the half applied notices of an order. One that fails for a reason of its own is closed for the admin to
 * look at: it must not stand in the way of those that come after it. `stopping` leaves those after the one that is being
 * worked on as they are.
 */
export async function finishHalfApplied(order: OrderSession, stopping?: AbortSignal): Promise<void> {
  const { book, orderId, log } = order;
  for (const row of await book.readHalfApplied(orderId)) {
    if (stopping?.aborted) return;
    const { noticeId } = row;
    try {
      const outcome = await carryOn(order, row);
      log.warn(
        { event: 'notice.resumed', noticeId, orderId, outcome },
        'a half applied notice was looked at again',
      );
    } catch (error) {
      if (error instanceof DatabaseUnavailable || isShapeChanged(error)) throw error;
      log.error(
        { event: 'notice.resume_failed', noticeId, orderId, err: error },
        'a notice cannot be carried on',
      );
      await book.close(row, {
        state: 'refused',
        decision: `The notice was interrupted and cannot be carried on; look at the shipments of order ${orderId}.`,
        needsAttention: true,
      });
    }
  }
}

async function carryOn(order: OrderSession, { noticeId }: NoticeRow): Promise<string> {
  const raw = await order.book.readRaw(noticeId);
  if (!raw) return 'pruned';
  const answer = await timed(
    () => workOnNotice(order, noticeId, readShipNotice(arrivedNotice(raw))),
    ({ kind }) => kind,
    order.meter.noticeResumed,
  );
  return answer.kind;
}
