import type { Queryable } from '../database/database.ts';
import type { TableNames } from '../database/table-names.ts';
import type { EpochSeconds } from '../values/epoch-seconds.ts';
import type { OrderId } from '../values/order-id.ts';
import type { AskedWindow, LeftOutSummary } from './exports.ts';
import type { NoticeRow } from './notices.ts';

/** An answered window that an order had to do with. */
export interface ExportOfOrder extends AskedWindow {
  readonly createdAt: EpochSeconds;
  /** The page that it is on; `undefined` where it was left out. */
  readonly page: number | undefined;
  /** Why it was left out. */
  readonly reason: string | undefined;
}

/** A notice that came for an order. */
export interface NoticeOfOrder extends Pick<NoticeRow, 'noticeId' | 'state' | 'decision' | 'shipmentId'> {
  readonly receivedAt: EpochSeconds;
  /** How often it came. */
  readonly attempts: number;
}

/** The answers that are still kept and that an order is in or was left out of, oldest first (the table is small). */
export async function readExportsOfOrder(
  database: Queryable,
  tables: TableNames,
  orderId: OrderId,
): Promise<readonly ExportOfOrder[]> {
  const rows = await database.query<
    AskedWindow & { place: number; pageSize: number; leftOut: string | null; createdAt: EpochSeconds }
  >(
    `select window_start as start, window_end as end, find_in_set(?, order_ids) as place, page_size as pageSize,
            if(left_out like ?, left_out, null) as leftOut, created_at as createdAt
       from ${tables('shipstation_exports')}
      where find_in_set(?, order_ids) > 0 or left_out like ?
      order by created_at, window_start`,
    [String(orderId), `%${orderId}%`, String(orderId), `%${orderId}%`],
  );
  return rows.flatMap(({ start, end, place, pageSize, leftOut, createdAt }) => {
    const summary = JSON.parse(leftOut ?? '{}') as LeftOutSummary; // written by the ledger alone
    const reason = Object.keys(summary).find((key) => summary[key]?.examples.includes(orderId));
    // A longer number that holds this one.
    if (reason === undefined && place === 0) return [];
    const page = reason === undefined ? Math.ceil(place / pageSize) : undefined;
    return { start, end, createdAt, page, reason };
  });
}

/** The notices that came for an order, oldest first (index order_state). */
export function readNoticesOfOrder(
  database: Queryable,
  tables: TableNames,
  orderId: OrderId,
): Promise<NoticeOfOrder[]> {
  return database.query<NoticeOfOrder>(
    `select notice_id as noticeId, state, decision, shipment_id as shipmentId, received_at as receivedAt, attempts
       from ${tables('shipstation_notices')} where order_id = ? order by notice_id`,
    [orderId],
  );
}
