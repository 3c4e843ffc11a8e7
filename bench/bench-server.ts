import { type MariaDb, startMariaDb } from '../test/support/mariadb.ts';
import { BRIDGE_ACCOUNT } from './bench-store.ts';

/**
 * A private MariaDB with the server's own defaults for what decides about speed. Every statement could be logged: whether
 * it is, `slow_query_log` decides.
 */
export async function startBenchServer(): Promise<MariaDb> {
  const mariadb = await startMariaDb({
    arguments: [
      '--key-buffer-size=128M',
      '--innodb-buffer-pool-size=128M',
      // For building a large store in one go.
      '--myisam-sort-buffer-size=256M',
      '--long-query-time=0',
      '--log-slow-filter=',
      '--log-output=FILE',
      '--skip-slow-query-log',
    ],
  });
  const { user, password } = BRIDGE_ACCOUNT;
  await mariadb.query(`create user ${user}@'%' identified by '${password}'`);
  await mariadb.query(`grant all on *.* to ${user}@'%'`);
  return mariadb;
}
