import type { MariaDb } from '../test/support/mariadb.ts';
import type { BenchStore } from './bench-store.ts';
import type { Figure } from './figure.ts';

/** What a section measures with. */
export interface Stage {
  readonly mariadb: MariaDb;
  /** The same store twice: of 10,000 orders, and of as many as were asked for. */
  readonly small: BenchStore;
  readonly large: BenchStore;
  readonly runs: number;
  /** How many bridges answer one store, where several do. */
  readonly instances: number;
}

/** Measures one thing of a store. */
export type Section = (stage: Stage) => Promise<readonly Figure[]>;
