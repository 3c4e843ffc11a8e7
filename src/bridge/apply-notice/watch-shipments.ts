import { overShippedUnits, shippedItemIds } from '../../cscart/shipments/write-shipment.ts';
import { type NoticeRow, readShippedNotices } from '../../ledger/notices.ts';
import { createEpochSeconds, type EpochSeconds } from '../../values/epoch-seconds.ts';
import { OVER_SHIPPED, overShippedRemark } from './carry-out.ts';
import type { NoticeDependencies } from './notice-answer.ts';

// The shop's own page takes seconds at most from looking at what is left to writing its shipment.
const SETTLED_SECONDS = 60;
// After a start: what happened while nobody looked.
const LOOK_BACK_SECONDS = 900;

/**
 * Looks once more at each shipment, a minute after the bridge wrote it: the shop's page knows no lock of ours, and may have
 * shipped the same after the bridge looked. Gives a function that looks at what has settled since its last call; with
 * `stopping` aborted, it leaves the rest.
 */
export function createShipmentWatch(
  dependencies: NoticeDependencies,
): (now: EpochSeconds, stopping?: AbortSignal) => Promise<void> {
  const { ledger, tables, book, database, stores, log } = dependencies;
  let lookedUpTo: EpochSeconds | undefined;

  async function look(row: NoticeRow): Promise<void> {
    const { noticeId, orderId, shipmentId, decision } = row;
    if (orderId === null || shipmentId === null) return;
    const store = await stores.current();
    const itemIds = await shippedItemIds(database, store, shipmentId);
    const over = itemIds.length === 0 ? 0 : await overShippedUnits(database, store, orderId, itemIds);
    const remark = overShippedRemark(over);
    if (over === 0 || decision.includes(remark)) return;
    log.error({ event: 'notice.over_shipped', noticeId, orderId, units: over }, OVER_SHIPPED);
    await book.close(row, {
      state: 'applied',
      decision: `${decision}; ${remark}`,
      needsAttention: true,
    });
  }

  return async (now, stopping) => {
    const to = createEpochSeconds(now - SETTLED_SECONDS);
    const from = lookedUpTo === undefined ? to - LOOK_BACK_SECONDS : lookedUpTo + 1;
    if (from > to) return;
    for (const notice of await readShippedNotices(ledger, tables, { from: createEpochSeconds(from), to })) {
      if (stopping?.aborted) return;
      await look(notice);
    }
    lookedUpTo = to;
  };
}
