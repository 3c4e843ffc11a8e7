import type { MariaDb } from '../../test/support/mariadb.ts';
import type { Random } from '../../test/support/random.ts';
import type { FullDisk } from './full-disk.ts';
import type { Scene } from './scene.ts';

/** What a fault has to work with. */
export interface Ground {
  readonly mariadb: MariaDb;
  readonly scenes: readonly Scene[];
  /** The disk of the server, where it has one of its own. */
  readonly disk?: FullDisk | undefined;
  readonly random: Random;
  /** A random while, in milliseconds, for which a fault may last. */
  readonly aWhile: () => number;
}

/** One kind of fault. */
export interface Fault {
  readonly kind: string;
  /** How often in one round. Default: once. */
  readonly times?: number;
  /** Lasts so long, or stays so long in what it hit, that it is no part of a short run. */
  readonly isLong?: boolean;
  /** Resolves when the fault is over and all is as it was. Gives whether there was anything that it could hit. */
  happen(ground: Ground): Promise<boolean>;
}
