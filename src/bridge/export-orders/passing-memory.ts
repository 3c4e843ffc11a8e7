import type { AskedWindow, KeptExport, LeftOutSummary } from '../../ledger/exports.ts';
import type { KnownFingerprint } from '../../ledger/order-fingerprints.ts';
import { nowInSeconds } from '../../values/epoch-seconds.ts';
import type { OrderId } from '../../values/order-id.ts';
import type { ExportMemory, KnownExports } from './export-memory.ts';
import { countingList } from './keep-list.ts';
import { summarizeLeftOut } from './left-out.ts';

/** A memory that ends with the process. */
export interface PassingMemory extends ExportMemory {
  /** What has been left out of a window as far as it was asked for: by the making of its list, and by its pages. */
  leftOutOf(window: AskedWindow): LeftOutSummary;
}

/**
 * A memory that knows what is known already, and keeps what is new in this process alone: with it an export answers just
 * what the endpoint would answer now, and leaves no trace.
 */
export function createPassingMemory(known: KnownExports): PassingMemory {
  const lists = new Map<string, KeptExport>();
  const leftOut = new Map<string, LeftOutSummary>();
  const looks = new Map<OrderId, KnownFingerprint>();
  const keyOf = ({ start, end }: AskedWindow) => `${start}-${end}`;
  const leftOutOf = (window: AskedWindow) => leftOut.get(keyOf(window)) ?? {};

  return {
    leftOutOf,
    keptList: async (window) => lists.get(keyOf(window)) ?? known.keptList(window),
    async keepList(window, list, reasons) {
      const other = await known.keptList(window);
      const counting = other ? countingList(other, list, nowInSeconds()) : list;
      lists.set(keyOf(window), counting);
      leftOut.set(keyOf(window), summarizeLeftOut(reasons));
      return counting;
    },
    async recordLeftOut(window, reasons) {
      leftOut.set(keyOf(window), summarizeLeftOut(reasons, leftOutOf(window)));
    },
    async knownFingerprints(since) {
      const before = await known.knownFingerprints(since);
      const kept = [...looks.values()].filter(({ placedAt }) => placedAt >= since);
      return [...before.filter(({ orderId }) => !looks.has(orderId)), ...kept];
    },
    async fingerprintsOf(orderIds) {
      const before = await known.fingerprintsOf(orderIds);
      return new Map([
        ...before,
        ...orderIds.flatMap((orderId) => {
          const look = looks.get(orderId);
          return look ? [[orderId, look] as const] : [];
        }),
      ]);
    },
    async keepFingerprints(fingerprints) {
      for (const fingerprint of fingerprints) looks.set(fingerprint.orderId, fingerprint);
    },
    // There is no next look.
    async forgetFingerprints() {},
  };
}
