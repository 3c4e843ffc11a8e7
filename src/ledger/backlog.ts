import type { Queryable } from '../database/database.ts';
import type { TableNames } from '../database/table-names.ts';
import type { EpochSeconds } from '../values/epoch-seconds.ts';

/** What waits, and when something was last asked for, as the bridge's own tables have it. */
export interface Backlog {
  /** Notices that are not done with. */
  readonly waiting: number;
  /** When the oldest of them arrived. */
  readonly waitingSince: EpochSeconds | undefined;
  /** Notices that the admin should look at. */
  readonly needAttention: number;
  /** When a list was last made for a window; `undefined`: none is kept. */
  readonly lastExportAt: EpochSeconds | undefined;
  /** When a notice last came that was not a repeat. */
  readonly lastNoticeAt: EpochSeconds | undefined;
}

/**
 * Reads the backlog in one statement that touches what it counts and no more: the waiting notices by the index
 * state_changed, those that need attention by attention_changed, the latest ones by created and the primary key.
 */
export async function readBacklog(database: Queryable, tables: TableNames): Promise<Backlog> {
  const notices = tables('shipstation_notices');
  const [row] = await database.query<{
    readonly waiting: number;
    readonly waitingSince: EpochSeconds | null;
    readonly needAttention: number;
    readonly lastExportAt: EpochSeconds | null;
    readonly lastNoticeAt: EpochSeconds | null;
  }>(
    `select count(*) as waiting, min(received_at) as waitingSince,
            (select count(*) from ${notices} where needs_attention = 1) as needAttention,
            (select max(created_at) from ${tables('shipstation_exports')}) as lastExportAt,
            (select received_at from ${notices} order by notice_id desc limit 1) as lastNoticeAt
       from ${notices} where state in ('received', 'planned')`,
  );
  return {
    waiting: row?.waiting ?? 0,
    waitingSince: row?.waitingSince ?? undefined,
    needAttention: row?.needAttention ?? 0,
    lastExportAt: row?.lastExportAt ?? undefined,
    lastNoticeAt: row?.lastNoticeAt ?? undefined,
  };
}

/**
 * Counts the notices that are not done with, and those of which that cannot be told: their state is none that the bridge
 * writes, as where somebody made the column too short. Touches no other column; throws what the server answers where it is
 * missing.
 */
export async function countUnfinishedNotices(
  database: Queryable,
  tables: TableNames,
): Promise<{ readonly waiting: number; readonly unknown: number }> {
  const [row] = await database.query<{ waiting: number; unknown: number }>(
    `select count(case when state in ('received', 'planned') then 1 end) as waiting,
            count(case when state not in ('received', 'planned', 'applied', 'refused') then 1 end) as unknown
       from ${tables('shipstation_notices')}`,
  );
  return { waiting: row?.waiting ?? 0, unknown: row?.unknown ?? 0 };
}
