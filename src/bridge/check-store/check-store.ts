import type { Config } from '../../config/config.ts';
import { countStatuses } from '../../cscart/orders/status-counts.ts';
import { readStore, type Store } from '../../cscart/store/store.ts';
import { StoreNotFound } from '../../cscart/store/store-shape.ts';
import { type Database, openDatabase } from '../../database/database.ts';
import {
  DatabaseUnavailable,
  describeDatabaseError,
  isDatabaseError,
} from '../../database/database-errors.ts';
import type { DatabaseUrl } from '../../database/database-url.ts';
import { readServerFacts, type ServerFacts } from '../../database/server-facts.ts';
import { createTableNames } from '../../database/table-names.ts';
import { readLedgerOverview } from '../../ledger/overview.ts';
import { createEpochSeconds, nowInSeconds } from '../../values/epoch-seconds.ts';
import { adviceForDatabase } from '../database-advice.ts';
import { grantStatement, type NeededRight } from '../needed-rights.ts';
import { warningsOf } from '../report-store.ts';
import { storeOptionsOf } from '../store-options.ts';
import { judgeActivity } from './check-activity.ts';
import { judgeClock, judgeServer } from './check-database.ts';
import { judgeCarriers, judgeChanges, judgeStore } from './check-kind.ts';
import { judgeOrders } from './check-orders.ts';
import { checkOwnTables } from './check-own-tables.ts';
import { checkReplica } from './check-replica.ts';
import { checkRights, lackingRights, missingReadRights, storeIsNotFound } from './check-rights.ts';
import { judgeSettings } from './check-settings.ts';
import { judgeStatuses } from './check-statuses.ts';
import type { Check, Finding } from './finding.ts';
import { surveyOrders } from './survey-orders.ts';

// As long as the first import of a new connection looks back, and a month of trade.
const SURVEYED_DAYS = 30;

/**
 * Looks at everything that can be wrong between a configuration and its store, and changes nothing. Gives findings as they
 * are made; where a look cannot be had because an earlier one went wrong, it is not taken. Throws nothing that a database
 * can bring about.
 */
export async function* checkStore(config: Config): AsyncGenerator<Finding> {
  const database = openDatabase(config.store.databaseUrl);
  const ledger = config.bridgeDatabaseUrl ? openDatabase(config.bridgeDatabaseUrl) : database;
  try {
    const server = await reach(database, 'CSCART_DATABASE_URL');
    if ('check' in server) {
      yield server;
      return;
    }
    const { databaseUrl, readDatabaseUrl } = config.store;
    yield judgeServer(server, databaseUrl);
    if (readDatabaseUrl) yield await checkReplica(config, database, readDatabaseUrl);
    const isFound = yield* lookAtStore(config, database, server);
    // The own tables bear the store's prefix: where that is wrong, nothing true can be said of them.
    if (isFound) yield* lookAtLedger(config, ledger, ledger === database ? server : undefined);
  } catch (error) {
    // The database went away in the middle, or refuses a statement that nobody foresaw.
    if (!isDatabaseError(error) && !(error instanceof DatabaseUnavailable)) throw error;
    yield failure('database', error, 'CSCART_DATABASE_URL');
  } finally {
    await database.close();
    if (ledger !== database) await ledger.close();
  }
}

/** Gives whether there is a store under the prefix. */
async function* lookAtStore(
  config: Config,
  database: Database,
  server: ServerFacts,
): AsyncGenerator<Finding, boolean> {
  const tables = createTableNames(config.store.tablePrefix);
  const rightsOf = { account: server.account, database: config.store.databaseUrl.database, tables };
  const missing = await missingReadRights(database, tables);
  let store: Store;
  try {
    store = await readStore(database, storeOptionsOf(config));
  } catch (error) {
    const grantOf = (right: NeededRight) => grantStatement(right, rightsOf);
    if (error instanceof StoreNotFound) {
      yield* storeIsNotFound(error, missing, grantOf);
      return false;
    }
    if (missing.length === 0) throw error;
    yield lackingRights(missing, grantOf);
    return true;
  }
  yield judgeStore(store);
  yield* await checkRights(database, config, store.shape, missing, rightsOf);
  yield judgeChanges(config.export, store);
  yield judgeClock(server, config.export, store.timeZone);
  if (missing.length > 0) return true;

  const warnings = [...warningsOf(config, store)];
  yield* judgeStatuses(config, store, await countStatuses(database, store), warnings);
  yield* judgeSettings(warnings);
  const since = createEpochSeconds(nowInSeconds() - SURVEYED_DAYS * 86_400);
  const survey = await surveyOrders(
    database,
    store,
    { statuses: config.statuses, config: config.export },
    since,
  );
  yield* judgeOrders(survey, SURVEYED_DAYS);
  yield judgeCarriers(store);
  return true;
}

async function* lookAtLedger(
  config: Config,
  ledger: Database,
  known: ServerFacts | undefined,
): AsyncGenerator<Finding> {
  const url: DatabaseUrl = config.bridgeDatabaseUrl ?? config.store.databaseUrl;
  const server = known ?? (await reach(ledger, 'BRIDGE_DATABASE_URL'));
  if ('check' in server) {
    yield { ...server, check: 'own tables' };
    return;
  }
  const tables = createTableNames(config.store.tablePrefix);
  const { findings, isReadable } = await checkOwnTables(ledger, {
    account: server.account,
    database: url.database,
    tables,
  });
  yield* findings;
  if (isReadable) yield* judgeActivity(await readLedgerOverview(ledger, tables), nowInSeconds());
}

/** What the server says of itself, or why it cannot be asked. */
async function reach(database: Database, variable: string): Promise<ServerFacts | Finding> {
  try {
    return await readServerFacts(database);
  } catch (error) {
    if (!isDatabaseError(error) && !(error instanceof DatabaseUnavailable)) throw error;
    return failure('database', error, variable);
  }
}

function failure(check: Check, error: unknown, variable: string): Finding {
  const message =
    error instanceof DatabaseUnavailable
      ? error.message
      : `the database refuses a statement: ${describeDatabaseError(error)}`;
  return { check, level: 'problem', message, advice: adviceForDatabase(message, variable) };
}
