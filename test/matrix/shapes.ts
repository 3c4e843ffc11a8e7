import type { Store, StoreOptions } from '../support/store/store.ts';
import { isAtLeast, isMultiVendor, STORE_VERSIONS, type StoreVersion } from '../support/store/version.ts';
import type { TestBridge } from '../support/test-bridge.ts';
import { convertToUtf8mb4, leaveWhatUpgradesLeft } from './altered-stores.ts';

/** A store that every export and every notice has to work with. */
export interface StoreCase {
  readonly name: string;
  readonly options: StoreOptions;
  /** What a host or an upgrade did to a store that was fresh. */
  readonly alter?: (store: Store) => Promise<void>;
  /** Whether its text columns take characters of four bytes. */
  readonly takesFourBytes?: boolean;
}

/** The store of a case with a bridge before it, which all its tests share: making them is most of the time. */
export interface RunningCase {
  readonly store: Store;
  readonly bridge: TestBridge;
}

/** As installed, and as many a host has converted it. */
const ENGINES = ['MyISAM', 'InnoDB'] as const;

const EVERY_VERSION: readonly StoreCase[] = STORE_VERSIONS.flatMap((version) =>
  ENGINES.map((engine) => ({ name: `${version} in ${engine}`, options: { version, engine } })),
);

const PARTICULAR_STORES: readonly StoreCase[] = [
  { name: "4.6.1 M with ShipStation's own add-on", options: { version: '4.6.1 M', lastModify: true } },
  {
    name: '4.6.1 M converted to four-byte UTF-8',
    options: { version: '4.6.1 M' },
    alter: convertToUtf8mb4,
    takesFourBytes: true,
  },
  { name: '4.18.2 M under a prefix of its own', options: { version: '4.18.2 M', prefix: 'shop2_' } },
  {
    name: '4.20.1 U that was upgraded and kept old columns',
    options: { version: '4.20.1 U' },
    alter: leaveWhatUpgradesLeft,
  },
];

export const STORE_CASES: readonly StoreCase[] = [...EVERY_VERSION, ...PARTICULAR_STORES];

/** Multi-Vendor before 4.11 keeps the shop's address in a file, not in the database. */
export function lacksAddress(version: StoreVersion): boolean {
  return isMultiVendor(version) && !isAtLeast(version, '4.11.2');
}
