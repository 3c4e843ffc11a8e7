import { afterAll, beforeAll, expect, it } from 'vitest';
import { type Database, openDatabase } from '../../src/database/database.ts';
import { parseDatabaseUrl } from '../../src/database/database-url.ts';
import { createDatabase } from '../support/database.ts';
import { type MariaDb, startMariaDb } from '../support/mariadb.ts';

let mariadb: MariaDb;
let database: Database;

beforeAll(async () => {
  // As a shared host may have it: careless with values, and with another clock.
  mariadb = await startMariaDb({ arguments: ['--sql-mode=', '--default-time-zone=+05:30'] });
  const empty = await createDatabase(mariadb.url(''));
  await empty.close();
  const url = parseDatabaseUrl(mariadb.url(empty.name));
  if ('problem' in url) throw new Error(url.problem);
  database = openDatabase(url);
  await database.write(
    'create table narrow (word varchar(5) not null, number tinyint unsigned) engine=MyISAM',
  );
});
afterAll(async () => {
  await database.close();
  await mariadb.stop();
});

it.each([
  ['a text that is too long', "insert into narrow values ('longer', 1)", 1406],
  ['a number that is too large', "insert into narrow values ('a', 256)", 1264],
  ['a column without a value', 'insert into narrow (number) values (1)', 1364],
])('%s is an error and never stored cut, though the server would', async (_, sql, errno) => {
  await expect(database.write(sql)).rejects.toMatchObject({ errno });
  expect(await database.query('select * from narrow')).toEqual([]);
});

it('instants are UTC whatever the clock of the server', async () => {
  expect(await database.query('select from_unixtime(0) = "1970-01-01 00:00:00" as isUtc')).toEqual([
    { isUtc: 1 },
  ]);
});

it('the server itself ends what takes too long, waits too long for a lock, or is idle for too long', async () => {
  const [limits] = await database.query<Record<string, number>>(
    `select @@max_statement_time as statement, @@lock_wait_timeout as tableLock,
            @@innodb_lock_wait_timeout as rowLock, @@wait_timeout as idle`,
  );
  expect(Object.values(limits ?? {}).map(Number)).toEqual([30, 20, 20, 75]);
});
