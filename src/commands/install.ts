import { type Command, Option } from 'commander';
import type { Config } from '../config/config.ts';
import { readStoreShape, type StoreShape } from '../cscart/store/store-shape.ts';
import { openDatabase } from '../database/database.ts';
import { describeDatabaseError } from '../database/database-errors.ts';
import { createTableNames } from '../database/table-names.ts';
import { createLedgerTables, dropLedgerTables, ledgerTables } from '../ledger/schema.ts';
import { leastPrivilegeSql } from './least-privilege.ts';
import type { Settings } from './settings.ts';

interface InstallOptions {
  readonly print?: boolean | undefined;
  readonly remove?: boolean | undefined;
}

/** Adds `install` to the program. */
export function addInstall(program: Command, settings: Settings): void {
  program
    .command('install')
    .description("create the bridge's own tables in the database")
    .addOption(
      new Option(
        '--print',
        'only print the SQL: for the tables, and for an account with no more rights than needed',
      ).conflicts('remove'),
    )
    .option('--remove', "drop the bridge's own tables, with all that they remember")
    .action(async (options: InstallOptions) => install(settings(), options));
}

/** Creates, drops or prints the bridge's own tables. Says on standard output what it did; sets the exit code. */
async function install(config: Config, options: InstallOptions): Promise<void> {
  const tables = createTableNames(config.store.tablePrefix);
  if (options.print) {
    const seen = await lookAtStore(config);
    if (typeof seen === 'string')
      process.stderr.write(`cscart-shipstation: the store could not be looked at: ${seen}\n`);
    process.stdout.write(leastPrivilegeSql(config, seen));
    return;
  }
  const database = openDatabase(config.bridgeDatabaseUrl ?? config.store.databaseUrl);
  const names = ledgerTables(tables).map(({ name }) => tables.prefix + name);
  try {
    if (options.remove) await dropLedgerTables(database, tables);
    else {
      // A wrong prefix would make tables that nobody ever finds again.
      const seen = await lookAtStore(config);
      if (typeof seen === 'string') throw new Error(seen);
      await createLedgerTables(database, tables);
    }
    process.stdout.write(`${options.remove ? 'Dropped' : 'In place'}: ${names.join(', ')}\n`);
  } catch (error) {
    const reason = error instanceof Error ? error.message : describeDatabaseError(error);
    process.stderr.write(`cscart-shipstation: ${reason}\n`);
    process.exitCode = 1;
  } finally {
    await database.close();
  }
}

/** The store's shape, or why the configured account cannot see it. */
async function lookAtStore(config: Config): Promise<StoreShape | string> {
  const database = openDatabase(config.store.databaseUrl);
  try {
    return await readStoreShape(database, createTableNames(config.store.tablePrefix));
  } catch (error) {
    return error instanceof Error ? error.message : describeDatabaseError(error);
  } finally {
    await database.close();
  }
}
