import { setTimeout as sleep } from 'node:timers/promises';
import { processEnvironment, readVariable } from '../src/config/environment.ts';
import { type Database, openDatabase } from '../test/support/database.ts';
import { fillSampleStore } from '../test/support/sample-store.ts';
import { buildStore } from '../test/support/store/store.ts';

const VERSION = '4.18.2 M';
/** A fresh database container makes its system tables and restarts before it answers for good. */
const PATIENCE_MS = 120_000;
const RETRY_MS = 1_000;
/** No server there yet, or one that is just starting or stopping. */
const AWAY = new Set([
  ...['ECONNREFUSED', 'ECONNRESET', 'ETIMEDOUT', 'EHOSTUNREACH', 'ENOTFOUND', 'EAI_AGAIN'],
  ...['PROTOCOL_CONNECTION_LOST', 'ER_SERVER_SHUTDOWN'],
]);

const problems: string[] = [];
const url = readVariable(processEnvironment(), 'CSCART_DATABASE_URL', problems);
process.exitCode = problems[0] === undefined ? await loadSampleStore(url) : refuse(problems[0]);

/**
 * Puts the sample store into the empty database that the URL names, waiting until its server answers. A database that
 * has tables is not touched: with a store in it that is fine (the answer is 0, so that a restart goes on), with
 * anything else it is refused. Prints one line; gives the exit code.
 */
async function loadSampleStore(url: string | undefined): Promise<number> {
  if (url === undefined || !URL.canParse(url))
    return refuse('CSCART_DATABASE_URL is not mysql://user:password@host/database');
  const database = openDatabase(url);
  try {
    const tables = await tablesOnceReachable(database);
    if (tables.some((name) => name.endsWith('_order_details'))) {
      console.log(`The database ${database.name} holds a store already; nothing was changed.`);
      return 0;
    }
    if (tables.length > 0) {
      return refuse(`the database ${database.name} has tables of something else; nothing was changed`);
    }
    const { orders } = await fillSampleStore(await buildStore(database, { version: VERSION }), new Date());
    console.log(`The database ${database.name} now holds a CS-Cart ${VERSION} with ${orders} orders.`);
    return 0;
  } catch (error) {
    return refuse(error instanceof Error ? error.message || String(error) : String(error));
  } finally {
    await database.close();
  }
}

async function tablesOnceReachable(database: Database): Promise<readonly string[]> {
  const deadline = Date.now() + PATIENCE_MS;
  for (;;) {
    try {
      const rows = await database.query<{ name: string }>(
        'select table_name as name from information_schema.tables where table_schema = database()',
      );
      return rows.map(({ name }) => name);
    } catch (error) {
      // What the server itself refuses (a wrong password, no such database) no waiting will change.
      const isAway = error instanceof Error && 'code' in error && AWAY.has(String(error.code));
      if (!isAway || Date.now() > deadline) throw error;
      await sleep(RETRY_MS);
    }
  }
}

function refuse(reason: string): number {
  console.error(`load-sample-store: ${reason}`);
  return 1;
}
