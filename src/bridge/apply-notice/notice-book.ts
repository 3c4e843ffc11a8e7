import type { Queryable } from '../../database/database.ts';
import type { TableNames } from '../../database/table-names.ts';
import { type NoticeRecord, readNoticeRecord } from '../../ledger/find-notices.ts';
import {
  closeNotice,
  type NoticeOutcome,
  type NoticeRow,
  planNotice,
  type RawNotice,
  readHalfAppliedNotices,
  readNotice,
  readNoticeByFingerprint,
  readNoticesOfShipments,
  readRawNotice,
  receiveNotice,
  recordShipment,
  renameNotice,
} from '../../ledger/notices.ts';
import type { OrderId } from '../../values/order-id.ts';

/** A notice as it is written down. */
type ReceivedNotice = Parameters<typeof receiveNotice>[2];

/** Which notice is meant, and the state in which it was read: what somebody else has changed meanwhile stays as it is. */
export type ReadState = Pick<NoticeRow, 'noticeId' | 'state'>;

/** What is known of notices, and what is kept of their work; see `ledger/notices.ts` for each. */
export interface NoticeBook {
  /** The same book by another connection, such as the one that holds an order's lock. */
  on(database: Queryable): NoticeBook;
  receive(notice: ReceivedNotice): Promise<NoticeRow>;
  read(noticeId: number): Promise<NoticeRow | undefined>;
  readRecord(noticeId: number): Promise<NoticeRecord | undefined>;
  readByFingerprint(fingerprint: string): Promise<NoticeRow | undefined>;
  readRaw(noticeId: number): Promise<RawNotice | undefined>;
  readHalfApplied(orderId: OrderId): Promise<readonly NoticeRow[]>;
  readOfShipments(shipmentIds: readonly number[]): Promise<readonly NoticeRow[]>;
  rename(row: ReadState, fingerprint: string, orderId: OrderId | undefined): Promise<boolean>;
  plan(row: ReadState, plan: string, shipmentId: number | null): Promise<boolean>;
  recordShipment(noticeId: number, shipmentId: number): Promise<void>;
  close(row: ReadState, outcome: NoticeOutcome): Promise<void>;
}

/** The book that lasts: the bridge's own tables. */
export function ledgerBook(ledger: Queryable, tables: TableNames): NoticeBook {
  return {
    on: (database) => ledgerBook(database, tables),
    receive: (notice) => receiveNotice(ledger, tables, notice),
    read: (noticeId) => readNotice(ledger, tables, noticeId),
    readRecord: (noticeId) => readNoticeRecord(ledger, tables, noticeId),
    readByFingerprint: (fingerprint) => readNoticeByFingerprint(ledger, tables, fingerprint),
    readRaw: (noticeId) => readRawNotice(ledger, tables, noticeId),
    readHalfApplied: (orderId) => readHalfAppliedNotices(ledger, tables, orderId),
    readOfShipments: (shipmentIds) => readNoticesOfShipments(ledger, tables, shipmentIds),
    rename: (row, fingerprint, orderId) => renameNotice(ledger, tables, row, fingerprint, orderId),
    plan: (row, plan, shipmentId) => planNotice(ledger, tables, row, plan, shipmentId),
    recordShipment: (noticeId, shipmentId) => recordShipment(ledger, tables, noticeId, shipmentId),
    close: (row, outcome) => closeNotice(ledger, tables, row, outcome),
  };
}
