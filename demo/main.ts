import { once } from 'node:events';
import { createLogger } from '../src/commands/logger.ts';
import { startBridge } from '../src/commands/serve.ts';
import { bold, dim, say } from '../src/commands/terminal.ts';
import { readConfig } from '../src/config/read-config.ts';
import { createDatabase } from '../test/support/database.ts';
import { startMariaDb } from '../test/support/mariadb.ts';
import { fillSampleStore } from '../test/support/sample-store.ts';
import { buildStore } from '../test/support/store/store.ts';
import { DemoFailed, step } from './checks.ts';
import { play } from './play.ts';

const VERSION = '4.18.2 M';
const USERNAME = 'shipstation';
const PASSWORD = 'demo-password';

const isOnce = process.argv.includes('--once');
const stopAsked = Promise.race([once(process, 'SIGINT'), once(process, 'SIGTERM')]);

process.exitCode = await run();

/** Runs the demo and gives its exit code. Whatever happens, nothing is left behind. */
async function run(): Promise<number> {
  const cleanUps: (() => Promise<void>)[] = [];
  try {
    await Promise.race([stopAsked, perform(cleanUps)]);
    if (!isOnce) await stopAsked;
    return 0;
  } catch (error) {
    // A failed check says what is wrong by itself; anything else needs its stack.
    say(
      `\n   FAILED ${error instanceof DemoFailed ? error.message : String(error instanceof Error ? error.stack : error)}`,
    );
    return 1;
  } finally {
    for (const cleanUp of cleanUps.reverse()) await cleanUp();
    say(dim('\nEverything has been stopped and removed.'));
  }
}

async function perform(cleanUps: (() => Promise<void>)[]): Promise<void> {
  step(`A sample store: CS-Cart ${VERSION}, in a private MariaDB`);
  const mariadb = await startMariaDb();
  cleanUps.push(() => mariadb.stop());
  const database = await createDatabase(mariadb.url(''), 'sample_store');
  const store = await buildStore(database, { version: VERSION });
  const sample = await fillSampleStore(store, new Date());
  say(`   ${sample.orders} orders; all tables are MyISAM, as CS-Cart makes them`);

  step('The bridge');
  const config = readConfig({
    SHIPSTATION_USERNAME: USERNAME,
    SHIPSTATION_PASSWORD: PASSWORD,
    CSCART_DATABASE_URL: database.url,
    EXPORT_PAGE_SIZE: '25',
  });
  // Port 0: whatever is free. The settings know only real ports.
  const free = { host: '127.0.0.1', port: 0 };
  const bridge = await startBridge({ ...config, endpoint: free, ops: free }, createLogger('silent'));
  cleanUps.push(() => bridge.stop());
  await bridge.ready;
  const url = `${bridge.endpointAddress}/shipstation`;
  say(`   answers at ${url}`);

  await play({ store, sample, url, username: USERNAME, password: PASSWORD });

  say(bold('\nEvery step succeeded.'));
  if (isOnce) return;
  say('\nThe bridge goes on serving. Try, in another terminal:\n');
  say(
    `   curl -u ${USERNAME}:${PASSWORD} '${url}?action=export&start_date=01/01/2020+00:00&end_date=12/31/2037+00:00&page=1'`,
  );
  say(dim('\nCtrl-C stops everything and leaves nothing behind.'));
}
