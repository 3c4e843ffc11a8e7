import type { Figure, TortureResult } from '../result.ts';
import type { Counts } from './tally.ts';

/** The promises: each of these counts has to be 0. */
export const PROMISES = {
  neverShown: 'orders never shown',
  differs: 'orders whose final state differs',
  late: 'orders missing from a poll of their window',
  endless: 'orders imported again although nothing changed',
  notOk: 'answers that were not 200',
  invalid: 'answers with invalid XML',
  noticeNotOk: 'notices that were not taken',
} as const;

const OTHER_COUNTS = [
  'schedules',
  'orders created',
  'orders compared',
  'orders that end hidden or unmapped',
  'polls',
  'pages',
  'orders received',
  'polls given up between two pages',
  'polls broken by a lost database',
  'old windows asked again',
  'windows asked by two connections at once',
  'restarts between two pages',
  'steps between two pages',
  'steps in the middle of a page',
  'notices',
] as const;
export type CountName = (typeof OTHER_COUNTS)[number];

/** The counts as lines of a report, promises first; further counts are of the steps. */
export function toResult({ counts, complaints }: Counts): TortureResult {
  const promises = Object.values(PROMISES);
  const named = new Set<string>([...promises, ...OTHER_COUNTS]);
  const others = [
    ...OTHER_COUNTS,
    ...Object.keys(counts)
      .filter((name) => !named.has(name))
      .sort(),
  ];
  const figures: Figure[] = [
    ...promises.map((name) => ({ name, value: counts[name] ?? 0, mustBeZero: true })),
    ...others.map((name) => ({ name, value: counts[name] ?? 0 })),
  ];
  const words = Object.entries(complaints).flatMap(([name, sentences]) =>
    sentences.map((sentence) => `${name}: ${sentence}`),
  );
  return { figures, complaints: words };
}
