import type { Sample } from './soak.ts';

const MEGABYTE = 1024 * 1024;

/**
 * By how much each may grow after the first tenth, in bytes. Of the heap: the addresses that the rate limits remember (at
 * most 10,000) and what the just-in-time compiler keeps. The system gets memory back late, and in pieces.
 */
export const BOUNDS = {
  heap: 6 * MEGABYTE,
  external: 2 * MEGABYTE,
  rss: 64 * MEGABYTE,
} as const;

type Kind = keyof typeof BOUNDS;

/** How much more memory is held after the last request than after the first tenth, in bytes. */
export function growthOf(samples: readonly Sample[]): Readonly<Record<Kind, number>> {
  const [first, last] = [samples[0], samples.at(-1)];
  if (!first || !last) throw new RangeError('nothing was measured');
  return {
    heap: last.heap - first.heap,
    external: last.external - first.external,
    rss: last.rss - first.rss,
  };
}

/** The kinds of memory that grow beyond their bounds. */
export function tooMuch(growth: Readonly<Record<Kind, number>>): readonly Kind[] {
  return (Object.keys(BOUNDS) as Kind[]).filter((kind) => growth[kind] > BOUNDS[kind]); // its own keys
}

export function inMegabytes(bytes: number): string {
  return (bytes / MEGABYTE).toFixed(1);
}
