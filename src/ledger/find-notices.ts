import type { Queryable } from '../database/database.ts';
import type { TableNames } from '../database/table-names.ts';
import type { EpochSeconds } from '../values/epoch-seconds.ts';
import type { OrderId } from '../values/order-id.ts';
import type { NoticeRow, RawNotice } from './notices.ts';

/** A notice with all that is kept of it. */
export interface NoticeRecord extends NoticeRow {
  /** 64 hex digits: what makes two notices the same. */
  readonly fingerprint: string;
  readonly needsAttention: boolean;
  readonly raw: RawNotice;
  /** How often it came, or was run again. */
  readonly attempts: number;
  readonly receivedAt: EpochSeconds;
  /** When something was last done for it. */
  readonly changedAt: EpochSeconds;
}

/** How an admin parts notices; `attention`: somebody should look at it, whether it failed or was applied. */
export const NOTICE_STANDINGS = ['failed', 'waiting', 'applied', 'attention'] as const;

export type NoticeStanding = (typeof NOTICE_STANDINGS)[number];

export interface NoticeFilter {
  /** Those of any of these, at least one; absent: all. */
  readonly standings?: readonly NoticeStanding[] | undefined;
  /** Those that came at this instant or later. */
  readonly since?: EpochSeconds | undefined;
  readonly orderId?: OrderId | undefined;
}

export type NoticeCounts = Readonly<Record<NoticeStanding, number>>;

const CONDITIONS: Readonly<Record<NoticeStanding, string>> = {
  failed: "state = 'refused'",
  waiting: "state in ('received', 'planned')",
  applied: "state = 'applied'",
  attention: 'needs_attention = 1',
};

const COLUMNS = `notice_id as noticeId, fingerprint, order_id as orderId, state, decision, plan, shipment_id as shipmentId,
  needs_attention as needsAttention, raw_query as query, raw_body as body, attempts, received_at as receivedAt,
  changed_at as changedAt`;

type RecordRow = Omit<NoticeRecord, 'raw' | 'needsAttention'> &
  RawNotice & { readonly needsAttention: number };

/**
 * The latest notices that a filter lets through, the newest first. Leans on the index of what is asked for (order_state,
 * state_changed, attention_changed); `since` alone reads the table by its primary key, backwards.
 */
export async function findNotices(
  database: Queryable,
  tables: TableNames,
  filter: NoticeFilter,
  limit: number,
): Promise<NoticeRecord[]> {
  const { sql, values } = whereOf(filter);
  const rows = await database.query<RecordRow>(
    `select ${COLUMNS} from ${tables('shipstation_notices')} ${sql} order by notice_id desc limit ${Math.trunc(limit)}`,
    values,
  );
  return rows.map(toRecord);
}

/** How many notices there are of each standing; one that was applied and wants attention counts as both. */
export async function countNotices(
  database: Queryable,
  tables: TableNames,
  filter: NoticeFilter,
): Promise<NoticeCounts & { readonly all: number }> {
  const { sql, values } = whereOf(filter);
  const sums = NOTICE_STANDINGS.map((standing) => `sum(${CONDITIONS[standing]}) as ${standing}`);
  const [row] = await database.query<Record<NoticeStanding | 'all', number | string | null>>(
    `select count(*) as \`all\`, ${sums.join(', ')} from ${tables('shipstation_notices')} ${sql}`,
    values,
  );
  const count = (name: NoticeStanding | 'all') => Number(row?.[name] ?? 0);
  return {
    all: count('all'),
    failed: count('failed'),
    waiting: count('waiting'),
    applied: count('applied'),
    attention: count('attention'),
  };
}

/** The numbers of all notices that a filter lets through, the oldest first. */
export async function findNoticeIds(
  database: Queryable,
  tables: TableNames,
  filter: NoticeFilter,
): Promise<number[]> {
  const { sql, values } = whereOf(filter);
  const rows = await database.query<{ noticeId: number }>(
    `select notice_id as noticeId from ${tables('shipstation_notices')} ${sql} order by notice_id`,
    values,
  );
  return rows.map(({ noticeId }) => noticeId);
}

/** A notice with all that is kept of it; `undefined` where there is none of this number. */
export async function readNoticeRecord(
  database: Queryable,
  tables: TableNames,
  noticeId: number,
): Promise<NoticeRecord | undefined> {
  const rows = await database.query<RecordRow>(
    `select ${COLUMNS} from ${tables('shipstation_notices')} where notice_id = ?`,
    [noticeId],
  );
  return rows.map(toRecord)[0];
}

/** The number of the latest notice; `undefined` where there is none. */
export async function latestNoticeId(database: Queryable, tables: TableNames): Promise<number | undefined> {
  const [row] = await database.query<{ latest: number | null }>(
    `select max(notice_id) as latest from ${tables('shipstation_notices')}`,
  );
  return row?.latest ?? undefined;
}

function toRecord({ query, body, needsAttention, ...row }: RecordRow): NoticeRecord {
  return { ...row, needsAttention: needsAttention === 1, raw: { query, body } };
}

function whereOf({ standings, since, orderId }: NoticeFilter): { sql: string; values: number[] } {
  const conditions = [
    standings && `(${standings.map((standing) => CONDITIONS[standing]).join(' or ')})`,
    since !== undefined && 'received_at >= ?',
    orderId !== undefined && 'order_id = ?',
  ].filter((condition) => typeof condition === 'string');
  return {
    sql: conditions.length > 0 ? `where ${conditions.join(' and ')}` : '',
    values: [since, orderId].filter((value) => value !== undefined),
  };
}
