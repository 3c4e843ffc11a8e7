import type { Queryable } from '../database/database.ts';
import type { TableNames } from '../database/table-names.ts';
import type { EpochSeconds } from '../values/epoch-seconds.ts';

/** What the bridge's own tables say of what has been going on. */
export interface LedgerOverview {
  /** When ShipStation last asked for a window that was not kept yet; `undefined`: not within the last day. */
  readonly lastExportAt: EpochSeconds | undefined;
  readonly lastNoticeAt: EpochSeconds | undefined;
  /** Notices by how far they have come. */
  readonly notices: Readonly<Record<'received' | 'planned' | 'applied' | 'refused', number>>;
  /** Notices that the admin should look at. */
  readonly needAttention: number;
  /** When the oldest notice arrived that is not done with. */
  readonly waitingSince: EpochSeconds | undefined;
}

/** Reads the overview in five small queries, each by an index. Throws what the server answers where a table is missing. */
export async function readLedgerOverview(database: Queryable, tables: TableNames): Promise<LedgerOverview> {
  const notices = tables('shipstation_notices');
  const [lastExport] = await database.query<{ at: EpochSeconds | null }>(
    `select max(created_at) as at from ${tables('shipstation_exports')}`,
  );
  const [lastNotice] = await database.query<{ at: EpochSeconds }>(
    `select received_at as at from ${notices} order by notice_id desc limit 1`,
  );
  const states = await database.query<{ state: keyof LedgerOverview['notices']; count: number }>(
    `select state, count(*) as count from ${notices} group by state`,
  );
  const [attention] = await database.query<{ count: number }>(
    `select count(*) as count from ${notices} where needs_attention = 1`,
  );
  const [waiting] = await database.query<{ since: EpochSeconds | null }>(
    `select min(received_at) as since from ${notices} where state in ('received', 'planned')`,
  );
  return {
    lastExportAt: lastExport?.at ?? undefined,
    lastNoticeAt: lastNotice?.at,
    notices: {
      received: 0,
      planned: 0,
      applied: 0,
      refused: 0,
      ...Object.fromEntries(states.map(({ state, count }) => [state, count])),
    },
    needAttention: attention?.count ?? 0,
    waitingSince: waiting?.since ?? undefined,
  };
}
