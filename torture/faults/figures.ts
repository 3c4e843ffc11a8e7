import { KEPT_SECRET, LINES_LOOKED_AT } from '../planted.ts';
import type { Figure } from '../result.ts';
import type { Tally } from './tally.ts';

/** The promises that the figures of this test hold, by the name under which a breach is told. */
const PROMISES = [
  'notices lost',
  'notices doubled',
  'lines over-shipped',
  'shipments without items',
  'shipments with wrong items',
  'shipments of nobody',
  'wrong statuses',
  'notices left waiting',
  'wrong answers',
  'unanswered',
  'unforeseen errors',
  'never good again',
  'bridge restarts needed',
  KEPT_SECRET,
];

/** @param seconds for each kind of fault, how long after each of them everything was answered well again */
export function figuresOf(tally: Tally, seconds: ReadonlyMap<string, readonly number[]>): readonly Figure[] {
  return [
    ...PROMISES.map((name): Figure => ({ name, value: tally.count(name), mustBeZero: true })),
    ...byName(tally.answers).map(([name, value]): Figure => ({ name: `answers: ${name}`, value })),
    { name: LINES_LOOKED_AT, value: tally.count(LINES_LOOKED_AT) },
    { name: 'faults', value: [...seconds.values()].flat().length },
    ...byName(seconds).map(
      ([kind, all]): Figure => ({
        name: `fault: ${kind}`,
        value: `${all.length} times, good again after ${median(all).toFixed(2)} s, at most ${Math.max(...all).toFixed(2)} s`,
      }),
    ),
    {
      name: 'tables left damaged by a killed server',
      value: tally.count('tables left damaged by a killed server'),
    },
  ];
}

function byName<Value>(entries: ReadonlyMap<string, Value>): readonly (readonly [string, Value])[] {
  return [...entries].sort(([a], [b]) => (a < b ? -1 : 1));
}

function median(numbers: readonly number[]): number {
  const sorted = [...numbers].sort((a, b) => a - b);
  return sorted[Math.floor(sorted.length / 2)] ?? 0;
}
