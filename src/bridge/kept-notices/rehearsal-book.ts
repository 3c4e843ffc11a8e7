import type { NoticeRecord } from '../../ledger/find-notices.ts';
import type { NoticeOutcome, NoticeRow } from '../../ledger/notices.ts';
import type { OrderId } from '../../values/order-id.ts';
import type { NoticeBook, ReadState } from '../apply-notice/notice-book.ts';

/** A book that ends with the rehearsal. */
export interface RehearsalBook extends NoticeBook {
  /** The decision with which a notice would stand there afterwards; `undefined` where it would stay as it is. */
  decisionOf(noticeId: number): string | undefined;
}

type Changes = Partial<
  Pick<NoticeRecord, 'fingerprint' | 'orderId' | 'state' | 'decision' | 'plan' | 'shipmentId'>
>;

/** A book that knows what is known already, and keeps what is new in this process alone. */
export function createRehearsalBook(known: NoticeBook): RehearsalBook {
  const kept = new Map<number, Changes>();

  const asRehearsed = <Row extends NoticeRow>(row: Row): Row => ({ ...row, ...kept.get(row.noticeId) });

  async function readRecord(noticeId: number): Promise<NoticeRecord | undefined> {
    const record = await known.readRecord(noticeId);
    return record && asRehearsed(record);
  }

  async function readByFingerprint(fingerprint: string): Promise<NoticeRow | undefined> {
    for (const [noticeId, changes] of kept)
      if (changes.fingerprint === fingerprint) return readRecord(noticeId);
    const row = await known.readByFingerprint(fingerprint);
    const isRenamed = row && kept.get(row.noticeId)?.fingerprint !== undefined;
    return row && !isRenamed ? asRehearsed(row) : undefined;
  }

  /** Gives whether the notice is still in the state in which it was read, as the ledger does. */
  async function change({ noticeId, state }: ReadState, changes: Changes): Promise<boolean> {
    const row = await readRecord(noticeId);
    if (row?.state !== state) return false;
    kept.set(noticeId, { ...kept.get(noticeId), ...changes });
    return true;
  }

  const book: RehearsalBook = {
    on: () => book,
    async receive({ fingerprint }) {
      const row = await readByFingerprint(fingerprint);
      if (!row) throw new Error('only a notice that is kept can be rehearsed');
      return row;
    },
    read: readRecord,
    readRecord,
    readByFingerprint,
    readRaw: (noticeId) => known.readRaw(noticeId),
    async readHalfApplied(orderId: OrderId) {
      const rows = await known.readHalfApplied(orderId);
      return rows.map(asRehearsed).filter(({ state }) => state === 'planned');
    },
    async readOfShipments(shipmentIds) {
      const rows = (await known.readOfShipments(shipmentIds)).map(asRehearsed);
      const seen = new Set(rows.map(({ noticeId }) => noticeId));
      const fresh = [...kept].flatMap(([noticeId, { shipmentId }]) =>
        !seen.has(noticeId) && shipmentId != null && shipmentIds.includes(shipmentId) ? [noticeId] : [],
      );
      const records = await Promise.all(fresh.map(readRecord));
      return [...rows, ...records.filter((record) => record !== undefined)];
    },
    async rename(row, fingerprint, orderId) {
      const other = await readByFingerprint(fingerprint);
      if (other && other.noticeId !== row.noticeId) return false;
      return change(row, { fingerprint, orderId: orderId ?? null });
    },
    plan: (row, plan, shipmentId) => change(row, { state: 'planned', plan, shipmentId }),
    async recordShipment(noticeId, shipmentId) {
      await change({ noticeId, state: 'planned' }, { shipmentId });
    },
    async close(row, { state, decision, written }: NoticeOutcome) {
      await change(row, { state, decision, ...written });
    },
    decisionOf: (noticeId) => kept.get(noticeId)?.decision,
  };
  return book;
}
