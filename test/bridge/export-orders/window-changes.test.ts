import fc from 'fast-check';
import { expect, it } from 'vitest';
import { compareFingerprints } from '../../../src/bridge/export-orders/fingerprint-changes.ts';
import { collectChanges } from '../../../src/bridge/export-orders/window-changes.ts';
import type { ChangedOrder } from '../../../src/cscart/orders/changed-orders.ts';
import type { OrderFingerprint } from '../../../src/cscart/orders/order-fingerprints.ts';
import type { KnownFingerprint } from '../../../src/ledger/order-fingerprints.ts';
import { createEpochSeconds } from '../../../src/values/epoch-seconds.ts';
import { createOrderId } from '../../../src/values/order-id.ts';

const NOW = createEpochSeconds(60);
const RANGE = { from: createEpochSeconds(30), to: createEpochSeconds(70) };

const number = fc.integer({ min: 1, max: 8 });
const instant = fc.integer({ min: 10, max: 90 });
const look = fc.constantFrom('a:x', 'b:x', 'a:y');
const lookedAt = fc.record({ number, instant, look });

function order(id: number, changedAt: number): ChangedOrder {
  return {
    orderId: createOrderId(id),
    changedAt: createEpochSeconds(changedAt),
    placedAt: createEpochSeconds(changedAt),
    status: 'P',
    isParent: false,
    storefrontId: 0,
    companyId: 1,
    shippingIds: [],
  };
}

const byNumber = <Of extends { readonly orderId: number }>(orders: Iterable<Of>) =>
  [...orders].sort((a, b) => a.orderId - b.orderId);

/** The same of all that was seen at once: of an order that was seen twice the later look. */
function atOnce(
  found: readonly ChangedOrder[],
  known: ReadonlyMap<number, KnownFingerprint>,
  pieces: readonly (readonly OrderFingerprint[])[],
) {
  const seen = new Map(pieces.flat().map((one) => [one.orderId, one]));
  const looks = compareFingerprints(
    [...seen.values()],
    new Map(byNumber(known.values()).map((one) => [one.orderId, one])),
    NOW,
  );
  const isWithin = (second: number) => second >= RANGE.from && second <= RANGE.to;
  const changes = new Map(found.map((one) => [one.orderId, one]));
  for (const { fingerprint: _, ...one } of seen.values()) {
    const seenAt = looks.changedAt.get(one.orderId) ?? Number.NaN;
    if (changes.has(one.orderId) || isWithin(one.changedAt) || isWithin(seenAt))
      changes.set(one.orderId, { ...one, changedAt: createEpochSeconds(Math.max(one.changedAt, seenAt)) });
  }
  return { changed: byNumber(changes.values()), toKeep: byNumber(looks.toKeep) };
}

it('what is seen piece by piece comes to the same as all at once, whatever is seen twice', () => {
  fc.assert(
    fc.property(
      fc.uniqueArray(fc.record({ number, instant }), { selector: (one) => one.number }),
      fc.uniqueArray(lookedAt, { selector: (one) => one.number }),
      fc.array(fc.uniqueArray(lookedAt, { selector: (one) => one.number }), { maxLength: 5 }),
      (foundOrders, knownLooks, seenPieces) => {
        const found = foundOrders.map((one) => order(one.number, one.instant));
        const known = new Map(
          knownLooks.map((one) => [
            one.number,
            {
              orderId: createOrderId(one.number),
              placedAt: createEpochSeconds(one.instant),
              fingerprint: one.look,
              changedAt: createEpochSeconds(one.instant),
            },
          ]),
        );
        const pieces = seenPieces.map((piece) =>
          piece.map((one) => ({ ...order(one.number, one.instant), fingerprint: one.look })),
        );
        const changes = collectChanges(found, [...known.values()], RANGE, NOW);
        for (const piece of pieces) changes.add(piece);
        const wanted = atOnce(found, known, pieces);
        expect(byNumber(changes.changed())).toEqual(wanted.changed);
        expect(byNumber(changes.toKeep())).toEqual(wanted.toKeep);
        const sequence = changes.changed().map(({ changedAt, orderId }) => [changedAt, orderId]);
        expect(sequence).toEqual(sequence.toSorted(([a = 0, b = 0], [c = 0, d = 0]) => a - c || b - d));
      },
    ),
    { numRuns: 2_000 },
  );
});
