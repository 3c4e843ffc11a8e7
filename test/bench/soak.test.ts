import { describe, expect, it, test } from 'vitest';
import { BOUNDS, growthOf, tooMuch } from '../../bench/soak/memory-growth.ts';
import { requestOf } from '../../bench/soak/requests.ts';
import type { Sample } from '../../bench/soak/soak.ts';
import type { PlacedOrder } from '../support/store/plain-order.ts';

const ORDERS: readonly PlacedOrder[] = [1, 2, 3].map((orderId) => ({
  orderId,
  status: 'P',
  timestamp: 0,
  subtotal: '0.00',
  total: '0.00',
  lines: [{ itemId: 10 + orderId, productId: 1, sku: 'MUG', name: 'Mug', quantity: 1, price: '1.00' }],
}));

const kindsOf = (first: number) => {
  const kinds: Record<string, number> = {};
  for (let number = first; number < first + 100; number += 1) {
    const { kind } = requestOf(number, ORDERS);
    kinds[kind] = (kinds[kind] ?? 0) + 1;
  }
  return kinds;
};

describe('the requests of a soak', () => {
  it('are the same mixture in every hundred', () => {
    const kinds = kindsOf(0);
    expect(kinds).toMatchObject({ poll: 20, notice: 8, 'wrong password': 15, metrics: 1, readyz: 1 });
    expect(kindsOf(57)).toEqual(kinds);
    expect(kindsOf(99_900)).toEqual(kinds);
  });

  it('differ from each other where the bridge could keep something of each', () => {
    const all = Array.from({ length: 5000 }, (_, number) => requestOf(number, ORDERS));
    const different = (kind: string, part: 'path' | 'headers') =>
      new Set(all.filter((one) => one.kind === kind).map((one) => JSON.stringify(one[part]))).size;
    expect(different('notice', 'path')).toBe(400);
    expect(different('wrong password', 'headers')).toBe(750);
    expect(different('elsewhere', 'path')).toBe(400);
    expect(different('repeated notice', 'path')).toBe(7);
  });
});

describe('memory', () => {
  const sample = (heap: number, external = 0, rss = 0): Sample => ({ requests: 1, heap, external, rss });

  it('is compared between the first sample and the last, whatever lies between', () => {
    expect(growthOf([sample(10, 20, 30), sample(900, 900, 900), sample(11, 18, 33)])).toEqual({
      heap: 1,
      external: -2,
      rss: 3,
    });
  });

  test.each<[keyof typeof BOUNDS]>([['heap'], ['external'], ['rss']])(
    'may grow up to its bound: %s',
    (kind) => {
      const none = { heap: 0, external: 0, rss: 0 };
      expect(tooMuch({ ...none, [kind]: BOUNDS[kind] })).toEqual([]);
      expect(tooMuch({ ...none, [kind]: BOUNDS[kind] + 1 })).toEqual([kind]);
    },
  );
});
