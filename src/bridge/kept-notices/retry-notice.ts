import type { NoticeRow } from '../../ledger/notices.ts';
import { applyNotice } from '../apply-notice/apply-notice.ts';
import { identifyNotice } from '../apply-notice/identify-notice.ts';
import {
  type ArrivedNotice,
  arrivedNotice,
  type NoticeAnswer,
  type NoticeDependencies,
  refuse,
} from '../apply-notice/notice-answer.ts';
import { isDone, repeated } from '../apply-notice/work-on-notice.ts';
import { DAMAGED_QUERY } from './notice-as-it-came.ts';

/**
 * Runs a kept notice once more, as if ShipStation had sent it again; one that has become a shipment is answered as a
 * repeat. `undefined`: there is no notice of this number.
 *
 * What makes it the same notice may have another outcome now than when it came: another prefix of order numbers is
 * configured, or what could not be read can be read. Then it goes on under the new fingerprint, unless ShipStation has
 * sent it again meanwhile and another row has that: then this row is closed, and that one is run.
 */
export async function retryNotice(
  dependencies: NoticeDependencies,
  noticeId: number,
): Promise<NoticeAnswer | undefined> {
  const { database, book, openShop, stores, config, log } = dependencies;
  const row = await book.readRecord(noticeId);
  if (!row) return undefined;
  // Before its fingerprint is looked at: a shipment that was written is never written under another one.
  if (await isDone(openShop(database, await stores.current()), row)) return repeated(log, row);
  let arrived: ArrivedNotice;
  try {
    arrived = arrivedNotice(row.raw);
  } catch {
    return refuse(dependencies, row, { kind: 'unreadable', sentence: DAMAGED_QUERY });
  }

  const { fingerprint, orderId } = identifyNotice(arrived, config.export);
  // What is half written belongs to what the notice was when it was planned, and `Bridge.tend` carries on just that.
  if (fingerprint !== row.fingerprint && row.state === 'planned')
    return {
      kind: 'later',
      sentence: 'It is half applied; the bridge carries it on by itself within minutes.',
    };
  if (fingerprint !== row.fingerprint && !(await book.rename(row, fingerprint, orderId))) {
    const other = await book.readByFingerprint(fingerprint);
    if (other && other.noticeId !== noticeId) {
      await book.close(row, {
        state: 'applied',
        decision: `ShipStation sent it again; it goes on as notice ${other.noticeId}.`,
        needsAttention: false,
      });
    }
  }
  const answer = await applyNotice(dependencies, arrived);
  return answer.kind === 'repeated' ? ((await carriedOn(dependencies, row)) ?? answer) : answer;
}

/** A half applied notice is carried on before it is run again: that is what became of it, and no repeat. */
async function carriedOn(
  { book }: Pick<NoticeDependencies, 'book'>,
  { noticeId, state }: NoticeRow,
): Promise<NoticeAnswer | undefined> {
  const now = state === 'planned' ? await book.read(noticeId) : undefined;
  return now && { kind: 'applied', sentence: `Shipment ${now.shipmentId}: ${now.decision}.` };
}
