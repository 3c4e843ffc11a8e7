import type { Queryable } from '../../database/database.ts';
import type { TableNames } from '../../database/table-names.ts';
import {
  type AskedWindow,
  type ExportRow,
  type KeptExport,
  readKeptExport,
  recordLeftOut,
} from '../../ledger/exports.ts';
import {
  forgetFingerprints,
  type KnownFingerprint,
  keepFingerprints,
  readFingerprintsOfOrders,
  readKnownFingerprints,
} from '../../ledger/order-fingerprints.ts';
import type { EpochSeconds } from '../../values/epoch-seconds.ts';
import type { OrderId } from '../../values/order-id.ts';
import { keepList } from './keep-list.ts';
import { type LeftOut, summarizeLeftOut } from './left-out.ts';

/** What is known from earlier requests: the lists of windows, and how orders looked. */
export interface KnownExports {
  /** The list that was fixed for a window; `undefined` when there is none (any more). */
  keptList(window: AskedWindow): Promise<ExportRow | undefined>;
  /** How the orders looked that were placed at or after `since`. */
  knownFingerprints(since: EpochSeconds): Promise<readonly KnownFingerprint[]>;
  /** The same of some orders. Those of which nothing is known are absent. */
  fingerprintsOf(orderIds: readonly OrderId[]): Promise<ReadonlyMap<OrderId, KnownFingerprint>>;
}

/** What an export remembers from one request to the next. */
export interface ExportMemory extends Omit<KnownExports, 'keptList'> {
  keptList(window: AskedWindow): Promise<KeptExport | undefined>;
  /** Keeps the list of a window with what its making left out, and gives the list that counts. */
  keepList(window: AskedWindow, list: KeptExport, leftOut: readonly LeftOut[]): Promise<KeptExport>;
  /** Adds what a page left out. */
  recordLeftOut(window: AskedWindow, leftOut: readonly LeftOut[]): Promise<void>;
  keepFingerprints(fingerprints: readonly KnownFingerprint[]): Promise<void>;
  /** Makes orders look different at the next look, whatever they look like then. */
  forgetFingerprints(orderIds: readonly OrderId[]): Promise<void>;
}

/** What the bridge's own tables know of exports. */
export function knownInLedger(ledger: Queryable, tables: TableNames): KnownExports {
  return {
    keptList: (window) => readKeptExport(ledger, tables, window),
    knownFingerprints: (since) => readKnownFingerprints(ledger, tables, since),
    fingerprintsOf: (orderIds) => readFingerprintsOfOrders(ledger, tables, orderIds),
  };
}

/** The memory that lasts: the bridge's own tables. */
export function ledgerMemory(ledger: Queryable, tables: TableNames): ExportMemory {
  return {
    ...knownInLedger(ledger, tables),
    keepList: (window, list, leftOut) => keepList(ledger, tables, window, list, summarizeLeftOut(leftOut)),
    recordLeftOut: (window, leftOut) =>
      recordLeftOut(ledger, tables, window, (before) => summarizeLeftOut(leftOut, before)),
    keepFingerprints: (fingerprints) => keepFingerprints(ledger, tables, fingerprints),
    forgetFingerprints: (orderIds) => forgetFingerprints(ledger, tables, orderIds),
  };
}
