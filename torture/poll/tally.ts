import { type CountName, PROMISES, type PromiseName } from './count-names.ts';

/** What was counted, by name, and what went wrong, in words. Plain values: it travels between processes. */
export interface Counts {
  readonly counts: Readonly<Record<string, number>>;
  readonly complaints: Readonly<Record<string, readonly string[]>>;
}

const MOST_COMPLAINTS = 3;

/** Counts events and broken promises; keeps the words of the first few of each kind. */
export class Tally implements Counts {
  readonly counts: Record<string, number> = {};
  readonly complaints: Record<string, string[]> = {};

  /** How often a promise was found broken. */
  get findings(): number {
    return Object.values(PROMISES)
      .filter((name) => name !== PROMISES.notMet)
      .reduce((sum, name) => sum + (this.counts[name] ?? 0), 0);
  }

  add(name: CountName, by = 1): void {
    this.#add(name, by);
  }

  /** Counts a broken promise, and says what happened. */
  complain(name: PromiseName, sentence: string, by = 1): void {
    this.add(name, by);
    this.#keep(name, sentence);
  }

  /** Takes over what another has counted. */
  merge({ counts, complaints }: Counts): void {
    for (const [name, count] of Object.entries(counts)) this.#add(name, count);
    for (const [name, sentences] of Object.entries(complaints))
      for (const sentence of sentences) this.#keep(name, sentence);
  }

  #add(name: string, by: number): void {
    this.counts[name] = (this.counts[name] ?? 0) + by;
  }

  #keep(name: string, sentence: string): void {
    this.complaints[name] ??= [];
    if (this.complaints[name].length < MOST_COMPLAINTS) this.complaints[name].push(sentence);
  }
}
