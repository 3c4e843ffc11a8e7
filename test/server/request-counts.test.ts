import { expect, it } from 'vitest';
import { createRequestCounts } from '../../src/server/request-counts.ts';

/** Counts with a clock that is set by hand. */
function counts(mostKeys?: number) {
  let at = 1_000_000;
  const { add } = createRequestCounts(() => at, mostKeys);
  const pass = (milliseconds: number) => {
    at += milliseconds;
  };
  return { add, pass };
}

it('counts each key for itself, and says how long the minute of each still takes', () => {
  const { add, pass } = counts();
  expect(add('a')).toEqual({ count: 1, secondsLeft: 60 });
  pass(20_500);
  expect(add('a')).toEqual({ count: 2, secondsLeft: 40 });
  expect(add('b')).toEqual({ count: 1, secondsLeft: 60 });
  pass(39_499);
  expect(add('a')).toEqual({ count: 3, secondsLeft: 1 });
});

it('begins anew after a minute, however long it is ago', () => {
  const { add, pass } = counts();
  add('a');
  add('a');
  pass(60_000);
  expect(add('a')).toEqual({ count: 1, secondsLeft: 60 });
  pass(86_400_000);
  expect(add('a')).toEqual({ count: 1, secondsLeft: 60 });
});

it('a minute is not made longer by further requests', () => {
  const { add, pass } = counts();
  for (let turn = 0; turn < 59; turn += 1) {
    add('a');
    pass(1000);
  }
  expect(add('a')).toEqual({ count: 60, secondsLeft: 1 });
  pass(1000);
  expect(add('a').count).toBe(1);
});

it('keeps no more keys than it may, and forgets those first that come no more', () => {
  const { add } = counts(100);
  add('steady');
  for (let key = 0; key < 1000; key += 1) {
    add(`other ${key}`);
    add('steady');
  }
  expect(add('steady').count).toBe(1002);
  expect(add('other 999').count).toBe(2);
  expect(add('other 0').count).toBe(1);
});
