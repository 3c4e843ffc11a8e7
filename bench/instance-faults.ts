import type { OpenOrder } from './notices.ts';

/** What several instances may do wrong to one store. */
export interface Faults {
  /** Notices of which no shipment was written. */
  readonly lost: number;
  /** Notices of which more than one was. */
  readonly doubled: number;
  /** Lines of which more was shipped than ordered. */
  readonly overShipped: number;
  /** Orders of a window that are on none of its pages. */
  readonly missing: number;
  /** Orders that are on its pages more than once. */
  readonly twice: number;
}

export const noFaults: Faults = { lost: 0, doubled: 0, overShipped: 0, missing: 0, twice: 0 };

/** A line of a shipment as the store has it. */
export interface WrittenShipment {
  readonly shipmentId: number;
  readonly trackingNumber: string;
  readonly orderId: number;
  readonly itemId: number;
  readonly amount: number;
}

/** Compares the notices that were sent with what was written of their orders. Pure. */
export function faultsOfNotices(
  trackingNumbers: readonly string[],
  orders: readonly OpenOrder[],
  written: readonly WrittenShipment[],
): Faults {
  const shipments = trackingNumbers.map(
    (number) =>
      new Set(
        written.filter(({ trackingNumber }) => trackingNumber === number).map(({ shipmentId }) => shipmentId),
      ).size,
  );
  const overShipped = orders.flatMap(({ orderId, lines }) =>
    lines.filter(({ itemId, amount }) => {
      const shipped = written.filter((line) => line.orderId === orderId && line.itemId === itemId);
      return shipped.reduce((sum, line) => sum + Number(line.amount), 0) > amount;
    }),
  );
  return {
    ...noFaults,
    lost: shipments.filter((count) => count === 0).length,
    doubled: shipments.filter((count) => count > 1).length,
    overShipped: overShipped.length,
  };
}

/** Compares the orders that a window has with those on its pages. Pure. */
export function faultsOfPages(expected: readonly string[], pages: readonly (readonly string[])[]): Faults {
  const seen = pages.flat();
  const distinct = new Set(seen);
  return {
    ...noFaults,
    missing: expected.filter((number) => !distinct.has(number)).length,
    twice: seen.length - distinct.size,
  };
}
