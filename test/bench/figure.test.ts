import fc from 'fast-check';
import { describe, expect, it, test } from 'vitest';
import { figureOf, isKept, percentileOf, quotientsOf } from '../../bench/figure.ts';
import { spreadOf } from '../../bench/spread.ts';

describe('the spread of some runs', () => {
  test.each([
    [[3], { least: 3, median: 3, most: 3 }],
    [[9, 1, 2], { least: 1, median: 2, most: 9 }],
    [[4, 1, 3, 100], { least: 1, median: 3.5, most: 100 }],
    // By their size, not as texts.
    [[10, 9, 100], { least: 9, median: 10, most: 100 }],
  ])('of %j', (samples, spread) => {
    expect(spreadOf(samples)).toEqual(spread);
  });

  it('does not depend on their sequence', () => {
    const samples = fc.array(fc.double({ noNaN: true, min: -1e6, max: 1e6 }), { minLength: 1 });
    fc.assert(
      fc.property(samples, (runs) => {
        const { least, median, most } = spreadOf(runs);
        expect(spreadOf(runs.toReversed())).toEqual({ least, median, most });
        expect(least <= median && median <= most).toBe(true);
      }),
    );
  });
});

describe('a figure', () => {
  it('has its spread, and how many runs it comes from', () => {
    expect(figureOf('page', 'ms', [2, 1, 6], { goal: { atMost: 2, of: 'most' } })).toMatchObject({
      name: 'page',
      unit: 'ms',
      runs: 3,
      least: 1,
      median: 2,
      most: 6,
    });
  });

  test.each([[[]], [[1, Number.NaN]], [[1, Number.POSITIVE_INFINITY]]])('is not made of %j', (samples) => {
    expect(() => figureOf('page', 'ms', samples)).toThrow(/page/);
  });

  test.each([
    ['median', 2, true],
    ['median', 1.99, false],
    ['most', 6, true],
    ['most', 5.99, false],
  ] as const)('keeps a goal for its %s of at most %d: %s', (of, atMost, kept) => {
    expect(isKept(figureOf('page', 'ms', [2, 1, 6], { goal: { atMost, of } }))).toBe(kept);
  });

  it('without a goal neither keeps nor misses it', () => {
    expect(isKept(figureOf('page', 'ms', [1]))).toBeUndefined();
  });
});

describe('quotients', () => {
  it('are those of the runs that were made in turn, not those of all', () => {
    expect(quotientsOf([10, 100], [5, 200])).toEqual([2, 0.5]);
  });

  it('need as many runs above as below', () => {
    expect(() => quotientsOf([1, 2], [1])).toThrow(RangeError);
  });
});

describe('a percentile', () => {
  const hundred = Array.from({ length: 100 }, (_, index) => 100 - index);

  test.each([
    [0, 1],
    [0.5, 50],
    [0.99, 99],
    [0.991, 100],
    [1, 100],
  ])('of 1 … 100: the share %d is at most %d', (share, expected) => {
    expect(percentileOf(hundred, share)).toBe(expected);
  });

  it('of a few runs is one of them', () => {
    expect(percentileOf([7, 3], 0.99)).toBe(7);
    expect(() => percentileOf([], 0.5)).toThrow(RangeError);
  });
});
