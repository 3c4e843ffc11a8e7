import { proveRight } from '../database/account-rights.ts';
import type { Queryable } from '../database/database.ts';
import {
  DatabaseUnavailable,
  describeDatabaseError,
  isShapeChanged,
  missingRight,
} from '../database/database-errors.ts';
import type { TableNames } from '../database/table-names.ts';
import { hasFingerprints } from '../ledger/order-fingerprints.ts';
import {
  type ExportOfOrder,
  type NoticeOfOrder,
  readExportsOfOrder,
  readNoticesOfOrder,
} from '../ledger/order-history.ts';
import { ledgerTableProblems } from '../ledger/table-problems.ts';
import { WANTED_TABLES } from '../ledger/wanted-tables.ts';
import type { EpochSeconds } from '../values/epoch-seconds.ts';
import type { OrderId } from '../values/order-id.ts';
import { type KnownExports, knownInLedger } from './export-orders/export-memory.ts';

/** The bridge's own tables as far as they can be read. Of one that cannot, nothing is known. */
export interface LedgerView extends KnownExports {
  /** Whether it is known how any order looked that was placed at or after `since`. */
  knowsLooks(since: EpochSeconds): Promise<boolean>;
  /** `undefined`: the table cannot be read. */
  exportsOf(orderId: OrderId): Promise<readonly ExportOfOrder[] | undefined>;
  noticesOf(orderId: OrderId): Promise<readonly NoticeOfOrder[] | undefined>;
  /** What is not known because a table cannot be read, and why: for the admin. */
  readonly remarks: readonly string[];
}

/**
 * Looks which of the bridge's own tables can be read, and creates none: before the first start there are none, an account
 * may have no right to them, and another database may be away. Throws `DatabaseUnavailable` where that is the store's.
 *
 * @param isStoreDatabase whether they lie in the store's database
 */
export async function openLedgerView(
  ledger: Queryable,
  tables: TableNames,
  isStoreDatabase: boolean,
): Promise<LedgerView> {
  const readable = new Set<string>();
  const unread: UnreadTable[] = [];
  // Each of the tables would wait as long, and say the same.
  let away: string | undefined;
  for (const { name, columns } of WANTED_TABLES) {
    if (away !== undefined) {
      unread.push({ name, why: away });
      continue;
    }
    try {
      await proveRight(ledger, tables(name), { privilege: 'select', columns: Object.keys(columns) });
      readable.add(name);
    } catch (error) {
      const isOfTable = isShapeChanged(error) || missingRight(error) !== undefined;
      if (!isOfTable && isStoreDatabase && error instanceof DatabaseUnavailable) throw error;
      const why = await explain(ledger, tables, name, error);
      unread.push({ name, why });
      if (!isOfTable && error instanceof DatabaseUnavailable) away = why;
    }
  }
  const known = knownInLedger(ledger, tables);
  const may = (table: string) => readable.has(`shipstation_${table}`);
  return {
    remarks: remarksOf(unread, tables),
    keptList: async (window) => (may('exports') ? known.keptList(window) : undefined),
    knownFingerprints: async (since) => (may('order_fingerprints') ? known.knownFingerprints(since) : []),
    fingerprintsOf: async (orderIds) =>
      may('order_fingerprints') ? known.fingerprintsOf(orderIds) : new Map(),
    knowsLooks: async (since) => may('order_fingerprints') && hasFingerprints(ledger, tables, since),
    exportsOf: async (orderId) => (may('exports') ? readExportsOfOrder(ledger, tables, orderId) : undefined),
    noticesOf: async (orderId) => (may('notices') ? readNoticesOfOrder(ledger, tables, orderId) : undefined),
  };
}

/** One of the bridge's own tables that cannot be read. */
interface UnreadTable {
  readonly name: string;
  /** To be read behind the table's name. */
  readonly why: string;
}

async function explain(ledger: Queryable, tables: TableNames, name: string, error: unknown): Promise<string> {
  if (missingRight(error) !== undefined)
    return 'may not be read by this account; "cscart-shipstation install --print" prints the rights that it needs';
  if (isShapeChanged(error)) {
    const problems = await ledgerTableProblems(ledger, tables);
    const found = problems.find(({ table }) => table === tables.prefix + name);
    if (found?.isMissing) return 'is missing, as before the first start, or this account may not see it';
    if (found) return `${found.problem}; ${found.cure}`;
  }
  const cause = error instanceof DatabaseUnavailable ? error.cause : error;
  return `cannot be read: ${describeDatabaseError(cause)}`;
}

/** What each table would have said. */
const SAYS: ReadonlyMap<string, string> = new Map([
  ['shipstation_notices', 'which notices came'],
  ['shipstation_exports', 'what earlier polls were answered'],
  ['shipstation_order_fingerprints', 'how orders looked before'],
]);

/** A sentence for each reason, with the tables that it is about. */
function remarksOf(unread: readonly UnreadTable[], { prefix }: TableNames): readonly string[] {
  return [...new Set(unread.map(({ why }) => why))].map((reason) => {
    const names = unread.filter(({ why }) => why === reason).map(({ name }) => name);
    const [first = '', ...others] = names.map((name) => prefix + name);
    const unknown = names.map((name) => SAYS.get(name) ?? name).join(', ');
    const more = others.length > 0 ? `, like ${others.join(' and ')},` : '';
    return `not known: ${unknown}. The table ${first}${more} ${reason}`;
  });
}
