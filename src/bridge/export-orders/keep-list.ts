import type { Queryable } from '../../database/database.ts';
import type { TableNames } from '../../database/table-names.ts';
import {
  type AskedWindow,
  type ExportRow,
  insertExport,
  type KeptExport,
  type LeftOutSummary,
  readKeptExport,
  replaceExport,
} from '../../ledger/exports.ts';
import { type EpochSeconds, nowInSeconds } from '../../values/epoch-seconds.ts';

// For so long after page 1 somebody may still be reading the pages that follow it.
const SERIES_SECONDS = 3600;
const MOST_ATTEMPTS = 20;

/**
 * Keeps the list of a window, and gives the list that counts. Two connections can ask for the very same window: where one
 * of them may still be paging, its list keeps its sequence, and what is new in this one comes behind it. So no page of
 * the other one moves, and both are shown every order.
 */
export async function keepList(
  ledger: Queryable,
  tables: TableNames,
  window: AskedWindow,
  list: KeptExport,
  leftOut: LeftOutSummary,
): Promise<KeptExport> {
  for (let attempt = 0; attempt < MOST_ATTEMPTS; attempt += 1) {
    if (await insertExport(ledger, tables, window, { ...list, leftOut })) return list;
    const other = await readKeptExport(ledger, tables, window);
    // Pruned since.
    if (!other) continue;
    const counting = countingList(other, list, nowInSeconds());
    if (await replaceExport(ledger, tables, window, other, { ...counting, leftOut })) return counting;
  }
  throw new Error('the list of a window was changed by others again and again');
}

/** The list that counts where there is another one for the same window: theirs goes on while somebody may be paging. */
export function countingList(other: ExportRow, list: KeptExport, now: EpochSeconds): KeptExport {
  const isInUse = now - other.createdAt <= SERIES_SECONDS;
  return isInUse ? joinLists(other, list) : list;
}

/**
 * What is in the second list, in the sequence of the first one, and behind that what only the second one has. What only
 * the first one has is sent no longer: it has changed after the window, or is now left out; its place stays free.
 */
export function joinLists(first: KeptExport, second: KeptExport): KeptExport {
  const [before, now] = [new Set(first.orderIds), new Set(second.orderIds)];
  return {
    pageSize: first.pageSize,
    orderIds: [
      ...first.orderIds.map((orderId) => (now.has(orderId) ? orderId : undefined)),
      ...second.orderIds.filter((orderId) => !before.has(orderId)),
    ],
  };
}
