import type { Queryable } from '../database/database.ts';
import type { TableNames } from '../database/table-names.ts';
import { createEpochSeconds, type EpochSeconds, nowInSeconds } from '../values/epoch-seconds.ts';
import type { OrderId } from '../values/order-id.ts';

/** The window as it was asked for; the key under which an answer is kept. */
export interface AskedWindow {
  readonly start: EpochSeconds;
  readonly end: EpochSeconds;
}

/** What page 1 fixed: later pages are cut from it, so that an order that changes meanwhile is neither skipped nor repeated. */
export interface KeptExport {
  readonly pageSize: number;
  readonly orderIds: readonly OrderId[];
}

/** Orders left out of an export, by reason, with some of their numbers. */
export type LeftOutSummary = Readonly<
  Record<string, { readonly count: number; readonly examples: readonly number[] }>
>;

// A series of pages takes minutes; a day leaves time to look at what an export left out.
const KEPT_SECONDS = 24 * 3600;

/** Keeps the answer to a window, in place of an older one to the same window. */
export async function keepExport(
  database: Queryable,
  tables: TableNames,
  window: AskedWindow,
  kept: KeptExport & { readonly leftOut: LeftOutSummary },
): Promise<void> {
  await database.write(
    `insert into ${tables('shipstation_exports')} (window_start, window_end, page_size, order_ids, left_out, created_at)
     values (?, ?, ?, ?, ?, ?)
     on duplicate key update page_size = values(page_size), order_ids = values(order_ids), left_out = values(left_out),
       created_at = values(created_at)`,
    [
      window.start,
      window.end,
      kept.pageSize,
      kept.orderIds.join(','),
      JSON.stringify(kept.leftOut),
      nowInSeconds(),
    ],
  );
}

/** The kept answer to a window, by its unique key; `undefined` when there is none (any more). */
export async function readKeptExport(
  database: Queryable,
  tables: TableNames,
  window: AskedWindow,
): Promise<KeptExport | undefined> {
  const [row] = await database.query<{ pageSize: number; orderIds: string }>(
    `select page_size as pageSize, order_ids as orderIds from ${tables('shipstation_exports')}
      where window_start = ? and window_end = ?`,
    [window.start, window.end],
  );
  if (!row) return undefined;
  return {
    pageSize: row.pageSize,
    // Written by keepExport alone, out of order ids: checking each of many thousands again would say nothing new.
    orderIds: row.orderIds === '' ? [] : (row.orderIds.split(',').map(Number) as OrderId[]),
  };
}

/** Adds what a page left out to what is kept with its export. */
export async function recordLeftOut(
  database: Queryable,
  tables: TableNames,
  window: AskedWindow,
  merge: (before: LeftOutSummary) => LeftOutSummary,
): Promise<void> {
  const [row] = await database.query<{ leftOut: string }>(
    `select left_out as leftOut from ${tables('shipstation_exports')} where window_start = ? and window_end = ?`,
    [window.start, window.end],
  );
  if (!row) return;
  const before = JSON.parse(row.leftOut) as LeftOutSummary; // written by this module alone
  await database.write(
    `update ${tables('shipstation_exports')} set left_out = ? where window_start = ? and window_end = ?`,
    [JSON.stringify(merge(before)), window.start, window.end],
  );
}

/** Removes answers that nobody will ask for any more (index created). */
export async function pruneExports(database: Queryable, tables: TableNames): Promise<void> {
  await database.write(`delete from ${tables('shipstation_exports')} where created_at < ?`, [
    createEpochSeconds(nowInSeconds() - KEPT_SECONDS),
  ]);
}
