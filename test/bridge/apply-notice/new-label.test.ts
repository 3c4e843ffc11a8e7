import { describe, expect, it } from 'vitest';
import { boxesOf } from '../../../src/bridge/apply-notice/new-label.ts';

describe('the parcels that a notice means', () => {
  const box = (shipmentId: number, units: readonly (readonly [number, number])[]) => ({
    shipmentId,
    trackingNumber: `T${shipmentId}`,
    units: new Map(units),
  });
  const all = [
    box(1, [[101, 2]]),
    box(2, [[102, 1]]),
    box(3, [
      [101, 2],
      [102, 1],
    ]),
  ];

  it.each([
    ['everything', 'all' as const, [1, 2, 3]],
    ['just what one holds', new Map([[102, 1]]), [2]],
    [
      'just what one holds, of two lines',
      new Map([
        [101, 2],
        [102, 1],
      ]),
      [3],
    ],
    ['a part of what some hold', new Map([[101, 1]]), [1, 3]],
    ['nothing', new Map<number, number>(), []],
    ['what none holds', new Map([[109, 1]]), []],
  ])('naming %s', (_, named, expected) => {
    expect(boxesOf(named, all).map(({ shipmentId }) => shipmentId)).toEqual(expected);
  });
});
