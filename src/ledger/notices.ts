import type { Queryable } from '../database/database.ts';
import { isDuplicateKey } from '../database/database-errors.ts';
import type { TableNames } from '../database/table-names.ts';
import { type EpochSeconds, nowInSeconds } from '../values/epoch-seconds.ts';
import type { OrderId } from '../values/order-id.ts';

/**
 * How far a notice has come:
 * `received` written down, nothing decided; `planned` a plan is kept and may be half carried out; `applied` done;
 * `refused` cannot work as things stand, and may be tried again.
 */
type NoticeState = 'received' | 'planned' | 'applied' | 'refused';

export interface NoticeRow {
  readonly noticeId: number;
  readonly orderId: OrderId | null;
  readonly state: NoticeState;
  /** One sentence for the admin. */
  readonly decision: string;
  /** As {@link planNotice} was given it. */
  readonly plan: string | null;
  /** The shipment in the store, once it is known. */
  readonly shipmentId: number | null;
}

export interface RawNotice {
  /** Only the notice's own parameters, never credentials. */
  readonly query: string;
  readonly body: Buffer;
}

// One sentence; what ShipStation sends can be quoted in it.
const LONGEST_DECISION = 1000;

const COLUMNS = `notice_id as noticeId, order_id as orderId, state, decision, plan, shipment_id as shipmentId`;

/**
 * Writes a notice down before anything else is done with it. A notice with the same fingerprint (64 hex digits) is the
 * same notice: its row is found, its attempts counted, and nothing else of it changes.
 */
export async function receiveNotice(
  database: Queryable,
  tables: TableNames,
  notice: { readonly fingerprint: string; readonly orderId: OrderId | undefined; readonly raw: RawNotice },
): Promise<NoticeRow> {
  const now = nowInSeconds();
  await database.write(
    `insert into ${tables('shipstation_notices')}
       (fingerprint, order_id, state, decision, raw_query, raw_body, attempts, received_at, changed_at)
     values (?, ?, 'received', '', ?, ?, 1, ?, ?)
     on duplicate key update attempts = attempts + 1`,
    [notice.fingerprint, notice.orderId ?? null, notice.raw.query, notice.raw.body, now, now],
  );
  const row = await readNoticeByFingerprint(database, tables, notice.fingerprint);
  if (!row) throw new Error('a notice that was just written down is gone');
  return row;
}

/** The row of a fingerprint (64 hex digits), if there is one. */
export async function readNoticeByFingerprint(
  database: Queryable,
  tables: TableNames,
  fingerprint: string,
): Promise<NoticeRow | undefined> {
  const [row] = await database.query<NoticeRow>(
    `select ${COLUMNS} from ${tables('shipstation_notices')} where fingerprint = ?`,
    [fingerprint],
  );
  return row;
}

/**
 * Gives a notice another fingerprint (64 hex digits) and order: it is read otherwise than when it came. Gives whether it has
 * them now: not where another notice has that fingerprint, or somebody else has done something for this one meanwhile.
 */
export async function renameNotice(
  database: Queryable,
  tables: TableNames,
  { noticeId, state }: Pick<NoticeRow, 'noticeId' | 'state'>,
  fingerprint: string,
  orderId: OrderId | undefined,
): Promise<boolean> {
  try {
    return await updateNotice(
      database,
      tables,
      { noticeId, state },
      { fingerprint, order_id: orderId ?? null },
    );
  } catch (error) {
    if (isDuplicateKey(error)) return false;
    throw error;
  }
}

/** The row as it stands now; `undefined` when it was pruned. */
export async function readNotice(
  database: Queryable,
  tables: TableNames,
  noticeId: number,
): Promise<NoticeRow | undefined> {
  const [row] = await database.query<NoticeRow>(
    `select ${COLUMNS} from ${tables('shipstation_notices')} where notice_id = ?`,
    [noticeId],
  );
  return row;
}

/** A notice as it arrived; `undefined` when it was pruned. */
export async function readRawNotice(
  database: Queryable,
  tables: TableNames,
  noticeId: number,
): Promise<RawNotice | undefined> {
  const [row] = await database.query<RawNotice>(
    `select raw_query as query, raw_body as body from ${tables('shipstation_notices')} where notice_id = ?`,
    [noticeId],
  );
  return row;
}

/** The notices of an order that were planned but not finished, oldest first (index order_state). */
export function readHalfAppliedNotices(
  database: Queryable,
  tables: TableNames,
  orderId: OrderId,
): Promise<NoticeRow[]> {
  return database.query<NoticeRow>(
    `select ${COLUMNS} from ${tables('shipstation_notices')}
      where state = 'planned' and order_id = ? order by notice_id`,
    [orderId],
  );
}

/** A notice that is not done with. */
export interface WaitingNotice extends NoticeRow {
  readonly receivedAt: EpochSeconds;
  /** When something was last done for it. */
  readonly changedAt: EpochSeconds;
}

/** All notices that somebody began to work on, or was going to, oldest first (index state_changed). */
export function readWaitingNotices(database: Queryable, tables: TableNames): Promise<WaitingNotice[]> {
  return database.query<WaitingNotice>(
    `select ${COLUMNS}, received_at as receivedAt, changed_at as changedAt from ${tables('shipstation_notices')}
      where state in ('planned', 'received') order by notice_id`,
  );
}

/** The notices that became a shipment at an instant in `from` … `to`, both included (index state_changed). */
export function readShippedNotices(
  database: Queryable,
  tables: TableNames,
  { from, to }: { readonly from: EpochSeconds; readonly to: EpochSeconds },
): Promise<NoticeRow[]> {
  return database.query<NoticeRow>(
    `select ${COLUMNS} from ${tables('shipstation_notices')}
      where state = 'applied' and changed_at between ? and ? and shipment_id is not null and order_id is not null`,
    [from, to],
  );
}

/**
 * Keeps what is going to be written, before it is written; with the shipment that an earlier try has inserted already, if
 * there is one. Gives whether it is kept: not where somebody else has done something for the notice since `row` was read.
 */
export async function planNotice(
  database: Queryable,
  tables: TableNames,
  row: Pick<NoticeRow, 'noticeId' | 'state'>,
  plan: string,
  shipmentId: number | null,
): Promise<boolean> {
  return updateNotice(database, tables, row, { state: 'planned', plan, shipment_id: shipmentId });
}

/** The notices that the shipments belong to, oldest first (a handful of ids; index shipment). */
export async function readNoticesOfShipments(
  database: Queryable,
  tables: TableNames,
  shipmentIds: readonly number[],
): Promise<NoticeRow[]> {
  if (shipmentIds.length === 0) return [];
  return database.query<NoticeRow>(
    `select ${COLUMNS} from ${tables('shipstation_notices')} where shipment_id in (?) order by notice_id`,
    [shipmentIds],
  );
}

/** Keeps the number of the shipment that was inserted for a planned notice. */
export async function recordShipment(
  database: Queryable,
  tables: TableNames,
  noticeId: number,
  shipmentId: number,
): Promise<void> {
  await updateNotice(database, tables, { noticeId, state: 'planned' }, { shipment_id: shipmentId });
}

export interface NoticeOutcome {
  readonly state: NoticeState;
  /** One sentence that the admin reads. */
  readonly decision: string;
  /** Whether he should. */
  readonly needsAttention: boolean;
  /** Of a notice that was not planned: the shipment that it concerns, and what was written there. */
  readonly written?: { readonly shipmentId: number; readonly plan: string } | undefined;
}

/**
 * Ends a notice, or a try of it, unless somebody else has brought it into another state than that of `row` meanwhile: a
 * statement that comes late, after the order's lock was lost, changes nothing.
 */
export async function closeNotice(
  database: Queryable,
  tables: TableNames,
  row: Pick<NoticeRow, 'noticeId' | 'state'>,
  { state, decision, needsAttention, written }: NoticeOutcome,
): Promise<void> {
  await updateNotice(database, tables, row, {
    state,
    decision: decision.slice(0, LONGEST_DECISION),
    needs_attention: needsAttention ? 1 : 0,
    ...(written && { shipment_id: written.shipmentId, plan: written.plan }),
  });
}

async function updateNotice(
  database: Queryable,
  tables: TableNames,
  { noticeId, state }: Pick<NoticeRow, 'noticeId' | 'state'>,
  changes: Readonly<Record<string, string | number | null>>,
): Promise<boolean> {
  const columns = Object.keys(changes);
  const { affectedRows } = await database.write(
    `update ${tables('shipstation_notices')} set ${columns.map((column) => `${column} = ?`).join(', ')}, changed_at = ?
      where notice_id = ? and state = ?`,
    [...Object.values(changes), nowInSeconds(), noticeId, state],
  );
  return affectedRows > 0;
}
