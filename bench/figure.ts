import { type Spread, spreadOf } from './spread.ts';

/** What a figure may come to: its median, or even the worst of its runs. */
interface Goal {
  readonly atMost: number;
  readonly of: 'median' | 'most';
}

/** `×` is a quotient of two measurements that were made in turn, `queries` a number of statements. */
type Unit = 'ms' | 'µs' | 'MB' | '×' | 'queries' | 'orders/s' | 'per s' | 'Mbit/s';

/** One figure of the benchmark, over several runs. */
export interface Figure extends Spread {
  readonly name: string;
  readonly unit: Unit;
  readonly runs: number;
  readonly goal?: Goal | undefined;
  /** What the worst run came from, such as a statement. */
  readonly note?: string | undefined;
}

/** The figure of these runs. Throws where there is none, or one of them is not a number: a hole would look like a success. */
export function figureOf(
  name: string,
  unit: Unit,
  samples: readonly number[],
  { goal, note }: Pick<Figure, 'goal' | 'note'> = {},
): Figure {
  if (samples.length === 0) throw new RangeError(`${name}: nothing was measured`);
  if (!samples.every(Number.isFinite)) throw new RangeError(`${name}: a run gave no number`);
  return { name, unit, runs: samples.length, ...spreadOf(samples), goal, note };
}

/** Whether the goal is kept; `undefined` where there is none. */
export function isKept({ goal, ...figure }: Figure): boolean | undefined {
  return goal && figure[goal.of] <= goal.atMost;
}

/** The quotients of measurements that were made in turn: of the first ones, of the second ones, and so on. */
export function quotientsOf(above: readonly number[], below: readonly number[]): readonly number[] {
  if (above.length !== below.length)
    throw new RangeError('measurements that were made in turn are equally many');
  return above.map((figure, index) => figure / (below[index] ?? Number.NaN));
}

/** The smallest sample that is not below this share (0 … 1) of them: 0.5 gives the median, 1 the largest. */
export function percentileOf(samples: readonly number[], share: number): number {
  const sorted = [...samples].sort((a, b) => a - b);
  const found = sorted[Math.max(Math.ceil(sorted.length * share) - 1, 0)];
  if (found === undefined) throw new RangeError('nothing was measured');
  return found;
}
