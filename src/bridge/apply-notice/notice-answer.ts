import type { Config } from '../../config/config.ts';
import type { Database, Queryable } from '../../database/database.ts';
import type { TableNames } from '../../database/table-names.ts';
import type { NoticeRow, RawNotice } from '../../ledger/notices.ts';
import type { Log } from '../log.ts';
import type { Meter } from '../meter.ts';
import type { StoreSource } from '../store-source.ts';
import type { NoticeBook } from './notice-book.ts';
import type { OpenShop } from './shop.ts';
import type { WorkInHand } from './work-in-hand.ts';

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

/** A notice as it arrived, out of how it was written down. */
export function arrivedNotice({ query, body }: RawNotice): ArrivedNotice {
  return { query: JSON.parse(query) as NoticeQuery, body }; // written on arrival, out of a NoticeQuery
}

/** What became of a notice. `sentence` is fit to be shown to the merchant. */
export type NoticeAnswer =
  | { readonly kind: 'applied' | 'repeated' | 'nothing-left'; readonly sentence: string }
  | { readonly kind: 'unreadable' | 'unknown-order' | 'refused'; readonly sentence: string }
  | { readonly kind: 'later'; readonly sentence: string };

export interface NoticeDependencies {
  readonly database: Database;
  /** Where the bridge's own tables are; may be the store's database itself. */
  readonly ledger: Queryable;
  readonly tables: TableNames;
  readonly book: NoticeBook;
  readonly openShop: OpenShop;
  readonly stores: StoreSource;
  readonly config: Pick<Config, 'statuses' | 'shipping' | 'export'>;
  readonly log: Log;
  readonly meter: Meter;
  readonly inHand: WorkInHand;
}

/** Keeps a notice that cannot work as things stand, with the sentence that the merchant is told. */
export async function refuse<Answer extends NoticeAnswer>(
  { book, log }: Pick<NoticeDependencies, 'book' | 'log'>,
  row: Pick<NoticeRow, 'noticeId' | 'orderId' | 'state'>,
  answer: Answer,
): Promise<Answer> {
  await book.close(row, {
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
