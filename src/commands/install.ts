import { type Command, Option } from 'commander';
import type { Finding } from '../bridge/check-store/finding.ts';
import { adviceForDatabase } from '../bridge/database-advice.ts';
import { installTables, provePlace } from '../bridge/install-tables.ts';
import type { Config } from '../config/config.ts';
import { type Database, openDatabase } from '../database/database.ts';
import { DatabaseUnavailable } from '../database/database-errors.ts';
import { CommandFailed } from './failure.ts';
import { printSql } from './print-sql.ts';
import { removeTables } from './remove-tables.ts';
import { reportFindings } from './report-findings.ts';
import type { Settings } from './settings.ts';
import { say } from './terminal.ts';

interface InstallOptions {
  readonly print?: boolean | undefined;
  readonly remove?: boolean | undefined;
  readonly force?: boolean | undefined;
}

/** Adds `install` to the program. */
export function addInstall(program: Command, settings: Settings): void {
  program
    .command('install')
    .description("create the bridge's own tables in the database, and prove the rights that it needs")
    .addOption(
      new Option(
        '--print',
        'only print the SQL: for the tables, and for an account with no more rights than needed',
      ).conflicts(['remove', 'force']),
    )
    .option('--remove', "drop the bridge's own tables, with all that they remember")
    .option('--force', 'with --remove: even while notices wait in them')
    .addHelpText(
      'after',
      '\nExit code: 0 when all is well, 1 where something has to be mended or decided first, 2 where it could not look.',
    )
    .action(async (options: InstallOptions) => {
      if (options.force && !options.remove)
        throw new CommandFailed('--force goes with --remove', { exitCode: 2 });
      await install(settings(), options);
    });
}

/** Creates, drops or prints the bridge's own tables. Says on standard output what it did; sets the exit code. */
async function install(config: Config, { print, remove, force = false }: InstallOptions): Promise<void> {
  if (print) await printSql(config);
  else if (remove) await withLedger(config, async (ledger) => say(await removeTables(config, ledger, force)));
  else await reportFindings(installAndProve(config), false);
}

async function* installAndProve(config: Config): AsyncGenerator<Finding> {
  const place = await withDatabase(config.store.databaseUrl, 'CSCART_DATABASE_URL', (database) =>
    provePlace(config, database),
  );
  yield* place.findings;
  if (place.mayInstall) yield* await withLedger(config, (ledger) => installTables(config, ledger));
}

function withLedger<Result>(config: Config, work: (ledger: Database) => Promise<Result>): Promise<Result> {
  return config.bridgeDatabaseUrl
    ? withDatabase(config.bridgeDatabaseUrl, 'BRIDGE_DATABASE_URL', work)
    : withDatabase(config.store.databaseUrl, 'CSCART_DATABASE_URL', work);
}

/** Throws {@link CommandFailed} (2), with what to do about the setting that leads there, where the database cannot answer. */
async function withDatabase<Result>(
  url: Config['store']['databaseUrl'],
  variable: string,
  work: (database: Database) => Promise<Result>,
): Promise<Result> {
  const database = openDatabase(url);
  try {
    return await work(database);
  } catch (error) {
    if (!(error instanceof DatabaseUnavailable)) throw error;
    const sentence = `${error.message}; ${adviceForDatabase(error.message, variable)}`;
    throw new CommandFailed(sentence, { exitCode: 2, cause: error });
  } finally {
    await database.close();
  }
}
