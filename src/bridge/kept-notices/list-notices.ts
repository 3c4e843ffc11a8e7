import {
  countNotices,
  findNoticeIds,
  findNotices,
  type NoticeCounts,
  type NoticeFilter,
  type NoticeRecord,
  type NoticeStanding,
} from '../../ledger/find-notices.ts';
import { type EpochSeconds, nowInSeconds } from '../../values/epoch-seconds.ts';
import type { OrderId } from '../../values/order-id.ts';
import { type Since, sinceInstant } from '../../values/since.ts';
import type { NoticeDependencies } from '../apply-notice/notice-answer.ts';
import { readAsItCame } from './notice-as-it-came.ts';

export interface ListedNotice extends Pick<NoticeRecord, 'noticeId' | 'state' | 'needsAttention'> {
  readonly receivedAt: EpochSeconds;
  /** The order's number in the store; where it is not known, what ShipStation named; possibly empty. */
  readonly order: string;
  readonly trackingNumber: string;
  /** One sentence; empty while nothing is decided. */
  readonly decision: string;
  readonly shipmentId: number | null;
}

export interface NoticeList {
  /** The newest first. */
  readonly notices: readonly ListedNotice[];
  /** How many more the filter lets through. */
  readonly more: number;
  /** Of all notices that came since then and are of that order, whatever their standing. */
  readonly counts: NoticeCounts & { readonly all: number };
  /** What the list holds: what was asked for; or what is to be done, or, where there is nothing to do, the last ones. */
  readonly holds: 'asked' | 'to-do' | 'last';
  /** The store's, IANA name. */
  readonly timeZone: string;
}

export interface NoticeQuestion {
  readonly standing?: NoticeStanding | undefined;
  readonly since?: Since | undefined;
  readonly orderId?: OrderId | undefined;
  readonly limit: number;
}

/**
 * The kept notices that are asked for. Where nothing is asked, those that wait or want attention; where there are none,
 * the last ones.
 */
export async function listNotices(
  { ledger, tables, stores }: Pick<NoticeDependencies, 'ledger' | 'tables' | 'stores'>,
  { standing, since, orderId, limit }: NoticeQuestion,
): Promise<NoticeList> {
  const { timeZone } = await stores.current();
  const range: NoticeFilter = {
    since: since && sinceInstant(since, timeZone, nowInSeconds()),
    orderId,
  };
  const counts = await countNotices(ledger, tables, range);
  const list = async (filter: NoticeFilter, holds: NoticeList['holds']): Promise<NoticeList> => {
    const records = await findNotices(ledger, tables, filter, limit);
    const { all } = await countNotices(ledger, tables, filter);
    const more = Math.max(all - records.length, 0);
    return { notices: records.map(toListed), more, counts, holds, timeZone };
  };

  if (standing) return list({ ...range, standings: [standing] }, 'asked');
  if (since || orderId !== undefined) return list(range, 'asked');
  const toDo = await list({ standings: ['waiting', 'attention'] }, 'to-do');
  return toDo.notices.length > 0 ? toDo : list({}, 'last');
}

/** The numbers of the notices that failed, and came since then, the oldest first. */
export async function failedNotices(
  { ledger, tables, stores }: Pick<NoticeDependencies, 'ledger' | 'tables' | 'stores'>,
  since: Since | undefined,
): Promise<readonly number[]> {
  const { timeZone } = await stores.current();
  return findNoticeIds(ledger, tables, {
    standings: ['failed'],
    since: since && sinceInstant(since, timeZone, nowInSeconds()),
  });
}

function toListed(record: NoticeRecord): ListedNotice {
  const { noticeId, state, needsAttention, receivedAt, decision, shipmentId, orderId } = record;
  const came = readAsItCame(record.raw);
  const { orderKey, trackingNumber } = came.isReadable
    ? { orderKey: came.notice.orderKeys[0], trackingNumber: came.notice.trackingNumber }
    : came;
  return {
    noticeId,
    state,
    needsAttention,
    receivedAt,
    order: String(orderId ?? orderKey),
    trackingNumber,
    decision,
    shipmentId,
  };
}
