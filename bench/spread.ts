/** What several runs of one measurement came to. */
export interface Spread {
  readonly least: number;
  readonly median: number;
  readonly most: number;
}

/** Of at least one figure. */
export function spreadOf(figures: readonly number[]): Spread {
  const sorted = [...figures].sort((a, b) => a - b);
  const [least = Number.NaN] = sorted;
  const middle = sorted.length / 2;
  const median = ((sorted[Math.ceil(middle) - 1] ?? least) + (sorted[Math.floor(middle)] ?? least)) / 2;
  return { least, median, most: sorted.at(-1) ?? least };
}
