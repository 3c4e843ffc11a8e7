import type { Queryable } from '../database/database.ts';
import type { TableNames } from '../database/table-names.ts';
import { type EpochSeconds, nowInSeconds } from '../values/epoch-seconds.ts';

// Each statement holds locks for milliseconds, so that a notice that arrives meanwhile does not wait.
const ROWS_AT_ONCE = 500;
// A series of pages takes minutes (decision 1), and an hour after page 1 nobody reads it any more (decision 11); a day
// leaves time to look at what an export left out.
const EXPORTS_KEPT_SECONDS = 24 * 3600;

/** What removes rows is given: where, and what tells it to leave the rest for the next time. */
interface Pruning {
  readonly database: Queryable;
  readonly tables: TableNames;
  readonly stopping?: AbortSignal | undefined;
}

/**
 * Removes notices that are done with and have not changed for `keptSeconds`; never one that waits or that the admin should
 * look at (index state_changed). Gives how many.
 */
export function pruneNotices(pruning: Pruning, keptSeconds: number): Promise<number> {
  return removeOld(
    pruning,
    `${pruning.tables('shipstation_notices')}
      where state in ('applied', 'refused') and needs_attention = 0 and changed_at < ${CUTOFF}`,
    [nowInSeconds(), keptSeconds],
  );
}

/**
 * Removes kept lists that nobody will ask for any more (index created). The latest one stays: it says when ShipStation last
 * polled. Gives how many.
 */
export async function pruneExports(pruning: Pruning): Promise<number> {
  const { database, tables } = pruning;
  const [row] = await database.query<{ latest: EpochSeconds | null }>(
    `select max(created_at) as latest from ${tables('shipstation_exports')}`,
  );
  return removeOld(pruning, `${tables('shipstation_exports')} where created_at < least(${CUTOFF}, ?)`, [
    nowInSeconds(),
    EXPORTS_KEPT_SECONDS,
    row?.latest ?? 0,
  ]);
}

/** Removes what is known of orders placed longer ago than `lookbackSeconds`: they are compared no longer (index placed). */
export function pruneFingerprints(pruning: Pruning, lookbackSeconds: number): Promise<number> {
  return removeOld(
    pruning,
    `${pruning.tables('shipstation_order_fingerprints')} where placed_at < ${CUTOFF}`,
    [nowInSeconds(), lookbackSeconds],
  );
}

// Old is what both clocks call old: one that is set years ahead by mistake must not empty the tables.
const CUTOFF = 'least(unix_timestamp(), ?) - ?';

/** @param rows the table, and a condition that an index finds */
async function removeOld(
  { database, stopping }: Pruning,
  rows: string,
  values: readonly number[],
): Promise<number> {
  let removed = 0;
  while (!stopping?.aborted) {
    const { affectedRows } = await database.write(`delete from ${rows} limit ${ROWS_AT_ONCE}`, values);
    removed += affectedRows;
    if (affectedRows < ROWS_AT_ONCE) break;
  }
  return removed;
}
