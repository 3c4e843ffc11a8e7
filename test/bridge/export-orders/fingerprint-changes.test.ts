import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { compareFingerprints } from '../../../src/bridge/export-orders/fingerprint-changes.ts';
import { compareFingerprint, type OrderFingerprint } from '../../../src/cscart/orders/order-fingerprints.ts';
import { createEpochSeconds } from '../../../src/values/epoch-seconds.ts';
import { createOrderId } from '../../../src/values/order-id.ts';

const PLACED = createEpochSeconds(1_000);
const NOW = createEpochSeconds(9_000);

function seen(id: number, fingerprint: string): OrderFingerprint {
  return {
    orderId: createOrderId(id),
    placedAt: PLACED,
    changedAt: PLACED,
    status: 'P',
    isParent: false,
    storefrontId: 1,
    companyId: 1,
    shippingIds: [1],
    fingerprint,
  };
}

const known = (id: number, fingerprint: string, changedAt: number) => ({
  orderId: createOrderId(id),
  placedAt: PLACED,
  fingerprint,
  changedAt: createEpochSeconds(changedAt),
});

describe('comparing how orders look', () => {
  it.each([
    ['seen when nothing is known yet has changed when it was placed', [], 1_000, 1],
    ['seen for the first time later has changed now', [known(2, 'a', 2_000)], 9_000, 1],
    ['that looks different has changed now', [known(1, 'b', 2_000)], 9_000, 1],
    ['that looks the same has changed when it did', [known(1, 'a', 2_000)], 2_000, 0],
    ['that was forgotten has changed now', [known(1, '', 2_000)], 9_000, 1],
  ] as const)('an order %s', (_, before, changedAt, kept) => {
    const changes = compareFingerprints(
      [seen(1, 'a')],
      new Map(before.map((order) => [order.orderId, order])),
      NOW,
    );
    expect(changes.changedAt.get(createOrderId(1))).toBe(changedAt);
    expect(changes.toKeep).toHaveLength(kept);
    expect(changes.changedAt.size).toBe(1);
  });

  it('has nothing to keep when it is done again, whatever the store holds', () => {
    const orders = fc.uniqueArray(fc.record({ id: fc.integer({ min: 1, max: 50 }), look: fc.string() }), {
      selector: ({ id }) => id,
    });
    fc.assert(
      fc.property(orders, orders, (before, after) => {
        const kept = new Map(before.map(({ id, look }) => [createOrderId(id), known(id, look, 2_000)]));
        const store = after.map(({ id, look }) => seen(id, look));
        const first = compareFingerprints(store, kept, NOW);
        for (const order of first.toKeep)
          kept.set(order.orderId, known(order.orderId, order.fingerprint, order.changedAt));
        const second = compareFingerprints(store, kept, createEpochSeconds(NOW + 60));
        expect(second.toKeep).toEqual([]);
        expect(second.changedAt).toEqual(first.changedAt);
      }),
    );
  });
});

describe('one fingerprint beside another', () => {
  it.each([
    ['the same', 'order:aaaaextras', 'order:aaaaextras', 'same'],
    ['another order row', 'other:aaaaextras', 'order:aaaaextras', 'different'],
    ['other extras of the same kind', 'order:aaaachanged', 'order:aaaaextras', 'different'],
    ['extras of another kind', 'order:bbbbextras', 'order:aaaaextras', 'incomparable'],
    ['another order row and extras of another kind', 'other:bbbbx', 'order:aaaay', 'different'],
    ['one of an older form', 'order:aaaaextras', 'order', 'incomparable'],
  ] as const)('%s', (_, now, before, expected) => {
    expect(compareFingerprint(now, before)).toBe(expected);
  });
});
