import type { Figure, TortureResult } from '../result.ts';
import { OTHER_COUNTS, PROMISES } from './count-names.ts';
import type { Counts } from './tally.ts';

/** The counts as lines of a report: promises first, the kinds of steps last. */
export function toResult({ counts, complaints }: Counts): TortureResult {
  const promises = Object.values(PROMISES);
  const named = new Set<string>([...promises, ...OTHER_COUNTS]);
  const ofSteps = Object.keys(counts).filter((name) => !named.has(name));
  const figures: Figure[] = [
    ...promises.map((name) => ({
      name,
      value: counts[name] ?? 0,
      mustBeZero: true,
      isOfHarness: name === PROMISES.notMet,
    })),
    ...[...OTHER_COUNTS, ...ofSteps.sort()].map((name) => ({ name, value: counts[name] ?? 0 })),
  ];
  const words = Object.entries(complaints).flatMap(([name, sentences]) =>
    sentences.map((sentence) => `${name}: ${sentence}`),
  );
  return { figures, complaints: words };
}
