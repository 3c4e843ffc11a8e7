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

  add(name: string, by = 1): void {
    this.counts[name] = (this.counts[name] ?? 0) + by;
  }

  /** Counts one under `name`, and says what happened. */
  complain(name: string, sentence: string): void {
    this.add(name);
    this.#keep(name, sentence);
  }

  /** Takes over what another has counted. */
  merge({ counts, complaints }: Counts): void {
    for (const [name, count] of Object.entries(counts)) this.add(name, count);
    for (const [name, sentences] of Object.entries(complaints))
      for (const sentence of sentences) this.#keep(name, sentence);
  }

  #keep(name: string, sentence: string): void {
    this.complaints[name] ??= [];
    if (this.complaints[name].length < MOST_COMPLAINTS) this.complaints[name].push(sentence);
  }
}
