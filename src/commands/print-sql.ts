import type { Config } from '../config/config.ts';
import { readStoreShape, StoreNotFound, type StoreShape } from '../cscart/store/store-shape.ts';
import { proveRight } from '../database/account-rights.ts';
import { type Database, openDatabase } from '../database/database.ts';
import {
  DatabaseUnavailable,
  describeDatabaseError,
  isDatabaseError,
  isShapeChanged,
  missingRight,
} from '../database/database-errors.ts';
import { type DatabaseUrl, isSameServer } from '../database/database-url.ts';
import { quotedAccount, readServerFacts } from '../database/server-facts.ts';
import { createTableNames, type TableNames } from '../database/table-names.ts';
import { CommandFailed } from './failure.ts';
import { type GrantedAccount, leastPrivilegeSql } from './least-privilege.ts';

/**
 * Prints the SQL for the bridge's own tables and for its account. Where the store cannot be looked at, as before there is an
 * account, that is said on standard error, and the SQL is printed all the same. Throws {@link CommandFailed} where it is
 * plain that the prefix is wrong.
 */
export async function printSql(config: Config): Promise<void> {
  const tables = createTableNames(config.store.tablePrefix);
  const { databaseUrl } = config.store;
  const { shape, ...seen } = await withDatabase(databaseUrl, async (database) => ({
    shape: await lookAtStore(database, tables),
    store: await accountOf(database, databaseUrl, tables, 'CSCART_DATABASE_URL'),
  }));
  if (typeof shape === 'string')
    process.stderr.write(`cscart-shipstation: the store could not be looked at: ${shape}\n`);
  const ledger = await ledgerAccount(config, tables, seen.store);
  process.stdout.write(leastPrivilegeSql(config, shape, { store: seen.store, ledger }));
}

async function ledgerAccount(
  { store, bridgeDatabaseUrl: url }: Config,
  tables: TableNames,
  account: GrantedAccount,
): Promise<GrantedAccount> {
  if (!url || (url.user === store.databaseUrl.user && isSameServer(url, store.databaseUrl))) return account;
  return withDatabase(url, (database) => accountOf(database, url, tables, 'BRIDGE_DATABASE_URL'));
}

/** The store's shape, or why the configured account cannot see it. */
async function lookAtStore(database: Database, tables: TableNames): Promise<StoreShape | string> {
  try {
    return await readStoreShape(database, tables);
  } catch (error) {
    if (error instanceof StoreNotFound && error.otherPrefixes.length > 0)
      throw new CommandFailed(error.message, { cause: error });
    if (error instanceof StoreNotFound || error instanceof DatabaseUnavailable) return error.message;
    if (isDatabaseError(error)) return describeDatabaseError(error);
    throw error;
  }
}

const OWN_USER = 'shipstation';

/**
 * The account that a URL names, so far as it is the bridge's own. One that may delete orders is the shop's, or an
 * administrator's: then it is a new one, which the admin puts into the URL.
 */
async function accountOf(
  database: Database,
  { user }: DatabaseUrl,
  tables: TableNames,
  variable: string,
): Promise<GrantedAccount> {
  let account: string;
  try {
    ({ account } = await readServerFacts(database));
  } catch (error) {
    if (!(error instanceof DatabaseUnavailable) && !isDatabaseError(error)) throw error;
    // Not there yet, or nobody can tell. Nobody wants another root, though.
    return { account: quotedAccount(user === 'root' ? OWN_USER : user, '%'), isThere: false };
  }
  if (!(await mayDelete(database, tables))) return { account, isThere: true };
  return {
    account: quotedAccount(user === OWN_USER ? `${OWN_USER}_bridge` : OWN_USER, '%'),
    isThere: false,
    remark: `${variable} names ${account}, who may do more than the bridge needs: this is for an account of its own.`,
  };
}

/** Whether the account may delete the store's orders. Of a table that is not there the server asks for the right all the same. */
async function mayDelete(database: Database, tables: TableNames): Promise<boolean> {
  try {
    await proveRight(database, tables('orders'), { privilege: 'delete' });
    return true;
  } catch (error) {
    if (missingRight(error) !== undefined) return false;
    if (isShapeChanged(error)) return true;
    throw error;
  }
}

async function withDatabase<Result>(
  url: DatabaseUrl,
  work: (database: Database) => Promise<Result>,
): Promise<Result> {
  const database = openDatabase(url);
  try {
    return await work(database);
  } finally {
    await database.close();
  }
}
