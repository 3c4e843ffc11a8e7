import type { Config } from '../../config/config.ts';
import type { Store } from '../../cscart/store.ts';
import type { Database, Queryable } from '../../database/database.ts';
import { closeNotice, type NoticeRow } from '../../ledger/notices.ts';
import type { Log } from '../log.ts';
import type { StoreSource } from '../store-source.ts';

/** A notice as it arrived. */
export interface ArrivedNotice {
  /** The parameters of the query; only those of a notice are kept. */
  readonly query: NoticeQuery;
  readonly body: Buffer;
}

export interface NoticeQuery {
  readonly order_number?: string | undefined;
  readonly carrier?: string | undefined;
  readonly service?: string | undefined;
  readonly tracking_number?: string | undefined;
}

/** What became of a notice. `sentence` is fit to be shown to the merchant. */
export type NoticeAnswer =
  | { readonly kind: 'applied' | 'repeated' | 'nothing-left'; readonly sentence: string }
  | { readonly kind: 'unreadable' | 'unknown-order' | 'refused'; readonly sentence: string }
  | { readonly kind: 'later'; readonly sentence: string };

export interface NoticeDependencies {
  readonly database: Database;
  readonly ledger: Queryable;
  readonly stores: StoreSource;
  readonly config: Pick<Config, 'statuses' | 'shipping' | 'export'>;
  readonly log: Log;
}

/** The answer to a notice that was applied before: nothing is written. */
export function repeated({ log }: NoticeDependencies, row: NoticeRow): NoticeAnswer {
  log.info(
    { event: 'notice.repeated', noticeId: row.noticeId, orderId: row.orderId },
    'notice was applied before',
  );
  return { kind: 'repeated', sentence: 'This shipment has been recorded already.' };
}

/** Keeps a notice that cannot work as things stand, with the sentence that the merchant is told. */
export async function refuse<Answer extends NoticeAnswer>(
  { ledger, log }: NoticeDependencies,
  store: Store,
  row: Pick<NoticeRow, 'noticeId' | 'orderId'>,
  answer: Answer,
): Promise<Answer> {
  await closeNotice(ledger, store.tables, row.noticeId, {
    state: 'refused',
    decision: answer.sentence,
    needsAttention: true,
  });
  log.warn(
    { event: 'notice.refused', noticeId: row.noticeId, orderId: row.orderId, why: answer.kind },
    'notice refused and kept',
  );
  return answer;
}
