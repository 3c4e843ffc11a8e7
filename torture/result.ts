/** What one test of the harness is given. */
export interface TortureOptions {
  /** Everything random comes out of it. */
  readonly seed: number;
  /** A part of the whole that takes seconds, for every change. */
  readonly isShort: boolean;
  /** The folder of the compiled bridge to torture: `dist`, or a copy of it that is broken on purpose. */
  readonly program: string;
  /** Further settings of the bridge: some variants are broken by those alone. */
  readonly environment: Readonly<Record<string, string>>;
  /** Of a bridge that is broken on purpose: once so many findings have been made, the test may end. */
  readonly enoughFindings?: number;
  /** Tells whoever waits how far it has come. */
  readonly progress: (line: string) => void;
}

/** One line of what a test has found. */
export interface Figure {
  readonly name: string;
  readonly value: number | string;
  /** For a promise: any other number than 0 is a defect. */
  readonly mustBeZero?: boolean;
  /** It is about the harness, which did not get to what it meant to do: nothing that a bridge promises. */
  readonly isOfHarness?: boolean;
}

export interface TortureResult {
  readonly figures: readonly Figure[];
  /** What went wrong, in words, a line each: the first few of each kind. */
  readonly complaints: readonly string[];
}

export type TortureTest = (options: TortureOptions) => Promise<TortureResult>;

/** What had to be 0 and is not. */
export function brokenPromises({ figures }: TortureResult): readonly Figure[] {
  return figures.filter(({ value, mustBeZero }) => mustBeZero === true && value !== 0);
}
