import type { Config } from '../config/config.ts';
import type { Database } from '../database/database.ts';
import {
  DatabaseUnavailable,
  describeDatabaseError,
  isDatabaseError,
  missingRight,
} from '../database/database-errors.ts';
import { createTableNames, quotedName, type TableNames } from '../database/table-names.ts';
import { countUnfinishedNotices } from '../ledger/backlog.ts';
import { dropLedgerTables } from '../ledger/schema.ts';
import { type LedgerTableProblem, ledgerTableProblems } from '../ledger/table-problems.ts';
import { WANTED_TABLES } from '../ledger/wanted-tables.ts';
import { CommandFailed } from './failure.ts';

const NOTICES = 'shipstation_notices';

/**
 * Drops the bridge's own tables, all of those that are there or none, and gives the sentence that says what it did. Throws
 * {@link CommandFailed} where notices wait in them, or where that cannot be told, unless it is forced to; and where the
 * account may not drop them.
 */
export async function removeTables(config: Config, ledger: Database, isForced: boolean): Promise<string> {
  const tables = createTableNames(config.store.tablePrefix);
  const { database } = config.bridgeDatabaseUrl ?? config.store.databaseUrl;
  const problems = await ledgerTableProblems(ledger, tables);
  const withPrefix = (name: string) => tables.prefix + name;
  const isMissing = (name: string) =>
    problems.some(({ table, isMissing: missing }) => missing && table === withPrefix(name));
  const names = WANTED_TABLES.map(({ name }) => name);
  const there = names.filter((name) => !isMissing(name));
  const absent = names.filter(isMissing).map(withPrefix).join(', ');
  if (there.length === 0) {
    return `Nothing to drop: the database ${database} has no ${absent}, or this account may not see them (is CSCART_TABLE_PREFIX right?)`;
  }

  let lost = '';
  if (!isMissing(NOTICES)) {
    const problem = problems.find(({ table }) => table === withPrefix(NOTICES));
    const waiting = await waitingNotices(ledger, tables, problem);
    const reason = reasonToKeep(waiting);
    if (reason !== undefined && !isForced) throw new CommandFailed(reason);
    if (typeof waiting === 'string') lost = '; whether notices waited is not known';
    else if (waiting > 0) lost = `; ${waited(waiting)} and ${waiting === 1 ? 'is' : 'are'} lost`;
  }
  try {
    await dropLedgerTables(ledger, tables, there);
  } catch (error) {
    if (missingRight(error) === undefined) throw error;
    const quoted = there.map((name) => `${quotedName(database)}.${tables(name)}`);
    throw new CommandFailed(
      `the account has no right to ${missingRight(error)}, and nothing was dropped; let an administrator of the database run: drop table ${quoted.join(', ')};`,
      { cause: error },
    );
  }
  const besides = absent === '' ? '' : ` (not there: ${absent})`;
  return `Dropped from the database ${database}: ${there.map(withPrefix).join(', ')}${besides}${lost}`;
}

/** How many notices wait, or why that cannot be told. Throws where the database cannot be asked at all. */
async function waitingNotices(
  ledger: Database,
  tables: TableNames,
  problem: LedgerTableProblem | undefined,
): Promise<number | string> {
  const table = tables.prefix + NOTICES;
  const ofProblem = problem && `the table ${table} ${problem.problem} (to mend that, ${problem.cure})`;
  try {
    const { waiting, unknown } = await countUnfinishedNotices(ledger, tables);
    return unknown === 0
      ? waiting
      : (ofProblem ?? `the state of some in ${table} is none that the bridge writes`);
  } catch (error) {
    const right = missingRight(error);
    if (right !== undefined) return `the account has no right to ${right}`;
    if (error instanceof DatabaseUnavailable || !isDatabaseError(error)) throw error;
    return ofProblem ?? `the table ${table} cannot be read: ${describeDatabaseError(error)}`;
  }
}

function reasonToKeep(waiting: number | string): string | undefined {
  if (typeof waiting === 'string') {
    return `whether notices wait cannot be told, and nothing was dropped: ${waiting}; "install --remove --force" drops the tables all the same`;
  }
  if (waiting === 0) return undefined;
  const [wait, their, they] =
    waiting === 1
      ? ['1 notice waits', 'its tracking number', 'it waits']
      : [`${waiting} notices wait`, 'their tracking numbers', 'they wait'];
  return `${wait}, and nothing was dropped: ${their} would never get into the store; let the bridge carry on ("cscart-shipstation notices list --state waiting" says what ${they} for), or drop the tables all the same with "install --remove --force"`;
}

function waited(count: number): string {
  return count === 1 ? '1 notice waited' : `${count} notices waited`;
}
