import { setTimeout as sleep } from 'node:timers/promises';
import mysql from 'mysql2/promise';
import type { Fault, Ground } from './ground.ts';
import { makeRoomInLedger } from './ledger-room.ts';

const CONNECTIONS_ALLOWED = 12;
const MANY_CONNECTIONS = 300;
const KILL_EVERY_MS = 80;
// Longer than the bridge lets a statement take: a MyISAM write that is ended while there is no space leaves a damaged table.
const LONGER_THAN_A_STATEMENT_MS = 33_000;

/** What happens to the server itself. */
export const SERVER_FAULTS: readonly Fault[] = [
  {
    kind: 'server stopped and started',
    async happen({ mariadb, aWhile }) {
      process.kill(mariadb.pid, 'SIGTERM');
      await sleep(aWhile());
      await mariadb.restart();
      return true;
    },
  },
  {
    kind: 'server killed and started',
    times: 2,
    async happen({ mariadb, aWhile }) {
      await mariadb.kill();
      await sleep(aWhile() / 2);
      await mariadb.restart();
      return true;
    },
  },
  {
    kind: 'server paused',
    async happen({ mariadb, aWhile }) {
      process.kill(mariadb.pid, 'SIGSTOP');
      await sleep(aWhile());
      process.kill(mariadb.pid, 'SIGCONT');
      return true;
    },
  },
  {
    kind: 'server read-only',
    async happen({ mariadb, aWhile }) {
      await mariadb.query('set global read_only = 1');
      await sleep(aWhile());
      await mariadb.query('set global read_only = 0');
      return true;
    },
  },
  { kind: 'too many connections', happen: takeAllConnections },
  {
    kind: 'connections killed by the server',
    async happen({ mariadb, scenes, random, aWhile }) {
      const users = scenes.map(({ account }) => account);
      const until = performance.now() + aWhile();
      let killed = 0;
      while (performance.now() < until) {
        const connections = await mariadb.query<{ id: number }>(
          'select id from information_schema.processlist where user in (?)',
          [users],
        );
        for (const { id } of connections) {
          if (!random.chance(0.5)) continue;
          // One that has gone meanwhile cannot be killed.
          await mariadb.query(`kill ${random.chance(0.3) ? 'query ' : ''}${id}`).catch(() => undefined);
          killed += 1;
        }
        await sleep(KILL_EVERY_MS);
      }
      return killed > 0;
    },
  },
  {
    kind: 'disk full',
    isLong: true,
    async happen({ disk, scenes, aWhile }) {
      if (!disk) return false;
      // MyISAM waits for space, and InnoDB, in which the ledger always is, says at once that there is none: both shall be met.
      for (const { name, store } of scenes) if (name === 'MyISAM') await makeRoomInLedger(store);
      disk.fill();
      await sleep(LONGER_THAN_A_STATEMENT_MS + aWhile());
      disk.free();
      return true;
    },
  },
];

/** Somebody else has all the connections that the server gives, and the bridges lose theirs. */
async function takeAllConnections({ mariadb, scenes, aWhile }: Ground): Promise<boolean> {
  const account = { user: 'hog', password: 'hog' };
  // Open before it gets crowded: not even the administrator would get in.
  const administrator = await mysql.createConnection(mariadb.url(''));
  await administrator.query(`create user if not exists hog@'%' identified by 'hog'`);
  await administrator.query(`set global max_connections = ${CONNECTIONS_ALLOWED}`);
  const taken: mysql.Connection[] = [];
  const until = performance.now() + aWhile();
  for (const { proxy } of scenes) proxy.cut();
  while (performance.now() < until) {
    // Fails when all are taken, by us or by a bridge that was quicker: its turn comes with the next cut.
    const connection = await mysql.createConnection(mariadb.url('', account)).catch(() => undefined);
    if (connection) taken.push(connection);
    else if (taken.length < CONNECTIONS_ALLOWED) for (const { proxy } of scenes) proxy.cut();
    else await sleep(KILL_EVERY_MS);
  }
  for (const connection of taken) connection.destroy();
  await administrator.query(`set global max_connections = ${MANY_CONNECTIONS}`);
  await administrator.end();
  return taken.length > 0;
}
