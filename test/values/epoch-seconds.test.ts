import { describe, expect, test, vi } from 'vitest';
import { createEpochSeconds, nowInSeconds } from '../../src/values/epoch-seconds.ts';

describe('createEpochSeconds', () => {
  test.each<[number, number]>([
    [0, 0],
    [1_772_442_300, 1_772_442_300],
    [1_772_442_300.9, 1_772_442_300],
    // What the store's unsigned columns cannot hold is moved to what they can.
    [-1, 0],
    [-0.5, 0],
    [4_294_967_295, 4_294_967_295],
    [4_294_967_296, 4_294_967_295],
    [Number.POSITIVE_INFINITY, 4_294_967_295],
  ])('makes %s the instant %s', (seconds, instant) => {
    expect(createEpochSeconds(seconds)).toBe(instant);
  });
});

test('nowInSeconds is the clock in whole seconds', () => {
  vi.useFakeTimers({ now: 1_772_442_300_999 });
  try {
    expect(nowInSeconds()).toBe(1_772_442_300);
  } finally {
    vi.useRealTimers();
  }
});
