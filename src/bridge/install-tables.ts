import type { Config } from '../config/config.ts';
import { readStoreShape, StoreNotFound, type StoreShape } from '../cscart/store/store-shape.ts';
import type { Queryable } from '../database/database.ts';
import { readServerFacts } from '../database/server-facts.ts';
import { createTableNames } from '../database/table-names.ts';
import { makeLedgerTables } from '../ledger/schema.ts';
import { ledgerTableProblems } from '../ledger/table-problems.ts';
import { WANTED_TABLES } from '../ledger/wanted-tables.ts';
import { judgeServer } from './check-store/check-database.ts';
import { lackingOwnRights, unfitTable, unmakeableTables } from './check-store/check-own-tables.ts';
import { checkRights, missingReadRights, storeIsNotFound } from './check-store/check-rights.ts';
import type { Finding } from './check-store/finding.ts';
import { type GrantTarget, grantStatement } from './needed-rights.ts';

/**
 * Looks at the store's database, and proves all rights that the bridge uses there, to read and to write; changes nothing.
 * Tables may be made where there is a store under the configured prefix, on a server that can be written to: under a wrong
 * prefix nobody would ever find them again. Throws as `Queryable.query` does.
 */
export async function provePlace(
  config: Config,
  database: Queryable,
): Promise<{ readonly findings: readonly Finding[]; readonly mayInstall: boolean }> {
  const { databaseUrl, tablePrefix } = config.store;
  const tables = createTableNames(tablePrefix);
  const server = await readServerFacts(database);
  const reached = judgeServer(server, databaseUrl);
  const target = { account: server.account, database: databaseUrl.database, tables };
  const missing = await missingReadRights(database, tables);
  let shape: StoreShape;
  try {
    shape = await readStoreShape(database, tables);
  } catch (error) {
    if (!(error instanceof StoreNotFound)) throw error;
    const notFound = storeIsNotFound(error, missing, (right) => grantStatement(right, target));
    return { findings: [reached, ...notFound], mayInstall: false };
  }
  const rights = await checkRights(database, config, shape, missing, target);
  return { findings: [reached, ...rights], mayInstall: reached.level === 'ok' };
}

/**
 * Makes those of the bridge's own tables that are missing, and says of each what became of it: made now, there already and
 * right, or there and not as it has to be, which is a problem and is left as it is. Proves the rights to work with them.
 * Throws as `Queryable.query` does.
 *
 * @param ledger where they belong, which need not be the store's database
 */
export async function installTables(config: Config, ledger: Queryable): Promise<readonly Finding[]> {
  const tables = createTableNames(config.store.tablePrefix);
  const { account } = await readServerFacts(ledger);
  const { database } = config.bridgeDatabaseUrl ?? config.store.databaseUrl;
  const target: GrantTarget = { account, database, tables };

  const { made, forbidden } = await makeLedgerTables(ledger, tables);
  const unmade = forbidden.map(({ table }) => table);
  const problems = await ledgerTableProblems(ledger, tables);
  const there = WANTED_TABLES.map(({ name }) => tables.prefix + name).filter(
    (table) => !unmade.includes(table),
  );
  const findings = there.map((table): Finding => {
    const problem = problems.find((one) => one.table === table);
    // A missing index only slows the bridge down; but whoever installs wants the table right.
    if (problem) return { ...unfitTable(problem), level: 'problem' };
    const message = made.includes(table)
      ? `${table} was made now`
      : `${table} was there already, and is right`;
    return { check: 'own tables', level: 'ok', message };
  });
  if (unmade.length > 0) findings.push(unmakeableTables(unmade, target));
  const lacking = await lackingOwnRights(ledger, target, there);
  if (lacking) findings.push(lacking);
  return findings;
}
