import { createHash } from 'node:crypto';
import type { Queryable } from '../database/database.ts';
import type { TableNames } from '../database/table-names.ts';
import { type EpochSeconds, nowInSeconds } from '../values/epoch-seconds.ts';
import type { OrderId } from '../values/order-id.ts';

/** The window as it was asked for; the key under which an answer is kept. */
export interface AskedWindow {
  readonly start: EpochSeconds;
  readonly end: EpochSeconds;
}

/** What page 1 fixed: later pages are cut from it, so that an order that changes meanwhile is neither skipped nor repeated. */
export interface KeptExport {
  readonly pageSize: number;
  /** By place: where an order is no longer sent, `undefined` keeps its place free, so that the pages after it stay. */
  readonly orderIds: readonly (OrderId | undefined)[];
}

/** Orders left out of an export, by reason, with some of their numbers. */
export type LeftOutSummary = Readonly<
  Record<string, { readonly count: number; readonly examples: readonly number[] }>
>;

/** A kept export with what tells it from a later state of itself. */
export interface ExportRow extends KeptExport {
  readonly createdAt: EpochSeconds;
  /** Of the list as text, in hex digits. */
  readonly listHash: string;
}

// No order has this number.
const FREE_PLACE = 0;

function listText(orderIds: KeptExport['orderIds']): string {
  return orderIds.map((orderId) => orderId ?? FREE_PLACE).join(',');
}

/** Keeps the answer to a window. Gives whether it was kept: not where there is one already. */
export async function insertExport(
  database: Queryable,
  tables: TableNames,
  window: AskedWindow,
  kept: KeptExport & { readonly leftOut: LeftOutSummary },
): Promise<boolean> {
  const { affectedRows } = await database.write(
    `insert ignore into ${tables('shipstation_exports')}
       (window_start, window_end, page_size, order_ids, left_out, created_at) values (?, ?, ?, ?, ?, ?)`,
    [
      window.start,
      window.end,
      kept.pageSize,
      listText(kept.orderIds),
      JSON.stringify(kept.leftOut),
      nowInSeconds(),
    ],
  );
  return affectedRows > 0;
}

/** Puts an answer in the place of `before`. Gives whether it did: not where somebody else has been quicker. */
export async function replaceExport(
  database: Queryable,
  tables: TableNames,
  window: AskedWindow,
  before: ExportRow,
  kept: KeptExport & { readonly leftOut: LeftOutSummary },
): Promise<boolean> {
  const { affectedRows } = await database.write(
    `update ${tables('shipstation_exports')}
        set page_size = ?, order_ids = ?, left_out = ?, created_at = ?
      where window_start = ? and window_end = ? and created_at = ? and md5(order_ids) = ?`,
    [
      kept.pageSize,
      listText(kept.orderIds),
      JSON.stringify(kept.leftOut),
      nowInSeconds(),
      window.start,
      window.end,
      before.createdAt,
      before.listHash,
    ],
  );
  return affectedRows > 0;
}

/** The kept answer to a window, by its unique key; `undefined` when there is none (any more). */
export async function readKeptExport(
  database: Queryable,
  tables: TableNames,
  window: AskedWindow,
): Promise<ExportRow | undefined> {
  const [row] = await database.query<{ pageSize: number; orderIds: string; createdAt: EpochSeconds }>(
    `select page_size as pageSize, order_ids as orderIds, created_at as createdAt
       from ${tables('shipstation_exports')} where window_start = ? and window_end = ?`,
    [window.start, window.end],
  );
  if (!row) return undefined;
  return {
    pageSize: row.pageSize,
    // Written by this module alone, out of order ids: checking each of many thousands again would say nothing new.
    orderIds:
      row.orderIds === ''
        ? []
        : row.orderIds.split(',').map((id) => (Number(id) || undefined) as OrderId | undefined),
    createdAt: row.createdAt,
    listHash: createHash('md5').update(row.orderIds).digest('hex'),
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
