import type { Queryable } from '../database/database.ts';
import type { TableNames } from '../database/table-names.ts';
import type { EpochSeconds } from '../values/epoch-seconds.ts';
import type { OrderId } from '../values/order-id.ts';

/** How an order looked when it was last looked at, and when that was first seen. */
export interface KnownFingerprint {
  readonly orderId: OrderId;
  readonly placedAt: EpochSeconds;
  readonly fingerprint: string;
  /** When the bridge saw the order change; its own instant where it never did. */
  readonly changedAt: EpochSeconds;
}

// A statement of this many rows stays far below every server's max_allowed_packet.
const BATCH = 5_000;

/** All that is known of orders placed at or after `since` (index placed). */
export function readKnownFingerprints(
  database: Queryable,
  tables: TableNames,
  since: EpochSeconds,
): Promise<KnownFingerprint[]> {
  return database.query<KnownFingerprint>(
    `select order_id as orderId, placed_at as placedAt, fingerprint, changed_at as changedAt
       from ${tables('shipstation_order_fingerprints')} where placed_at >= ?`,
    [since],
  );
}

/** What is known of some orders, by primary key. Orders of which nothing is known are absent. */
export async function readFingerprintsOfOrders(
  database: Queryable,
  tables: TableNames,
  orderIds: readonly OrderId[],
): Promise<Map<OrderId, KnownFingerprint>> {
  if (orderIds.length === 0) return new Map();
  const rows = await database.query<KnownFingerprint>(
    `select order_id as orderId, placed_at as placedAt, fingerprint, changed_at as changedAt
       from ${tables('shipstation_order_fingerprints')} where order_id in (?)`,
    [orderIds],
  );
  return new Map(rows.map((row) => [row.orderId, row]));
}

/** Whether anything is known of orders placed at or after `since` (index placed). */
export async function hasFingerprints(
  database: Queryable,
  tables: TableNames,
  since: EpochSeconds,
): Promise<boolean> {
  const rows = await database.query(
    `select 1 from ${tables('shipstation_order_fingerprints')} where placed_at >= ? limit 1`,
    [since],
  );
  return rows.length > 0;
}

/** Keeps how orders look now, in place of what was known of them. One statement for up to 5,000 orders. */
export async function keepFingerprints(
  database: Queryable,
  tables: TableNames,
  fingerprints: readonly KnownFingerprint[],
): Promise<void> {
  for (let start = 0; start < fingerprints.length; start += BATCH) {
    await database.write(
      `insert into ${tables('shipstation_order_fingerprints')} (order_id, placed_at, fingerprint, changed_at) values ?
       on duplicate key update placed_at = values(placed_at), fingerprint = values(fingerprint),
         changed_at = values(changed_at)`,
      [
        fingerprints
          .slice(start, start + BATCH)
          .map((known) => [known.orderId, known.placedAt, known.fingerprint, known.changedAt]),
      ],
    );
  }
}

/**
 * Forgets how orders looked, so that they look different whatever they look like next. An order that had no line then is
 * not forgotten: it is nothing new that it has none.
 */
export async function forgetFingerprints(
  database: Queryable,
  tables: TableNames,
  orderIds: readonly OrderId[],
): Promise<void> {
  if (orderIds.length === 0) return;
  await database.write(
    `update ${tables('shipstation_order_fingerprints')} set fingerprint = ''
      where order_id in (?) and fingerprint not like '%-0:%'`,
    [orderIds],
  );
}
