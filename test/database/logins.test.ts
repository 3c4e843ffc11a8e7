import { randomBytes } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';
import { afterEach, beforeEach, expect, inject, it } from 'vitest';
import { type Database, openDatabase } from '../../src/database/database.ts';
import { type DatabaseUrl, parseDatabaseUrl } from '../../src/database/database-url.ts';
import type { TestDatabase } from '../support/database.ts';
import { createTestDatabase } from '../support/test-database.ts';

const OLD = 'old-password';
const NEW = 'new-password';

let admin: TestDatabase;
let user: string;
let database: Database;
let logins: number;

beforeEach(async () => {
  admin = await createTestDatabase();
  user = `rotating_${randomBytes(4).toString('hex')}`;
  await admin.run(`create user '${user}'@'%' identified by '${OLD}'`);
  await admin.run(`grant all on \`${admin.name}\`.* to '${user}'@'%'`);
  logins = 0;
  database = openDatabase(urlWith(OLD), {
    onLogin() {
      logins += 1;
    },
  });
});
afterEach(async () => {
  await database.close();
  await admin.run(`drop user '${user}'@'%'`);
  await admin.drop();
});

function urlWith(password: string): DatabaseUrl {
  const url = new URL(inject('mariadbUrl'));
  url.username = user;
  url.password = password;
  url.pathname = `/${admin.name}`;
  const parsed = parseDatabaseUrl(url.href);
  if ('problem' in parsed) throw new Error(parsed.problem);
  return parsed;
}

const setPassword = (password: string) => admin.run(`alter user '${user}'@'%' identified by '${password}'`);
/** Ends the connections of the account, as a restart of the server or the limit of idle time does. */
async function endConnections(): Promise<void> {
  for (const { id } of await connectionsOfUser()) await admin.run(`kill ${id}`).catch(() => undefined);
}
const connectionsOfUser = () =>
  admin.query<{ id: number }>('select id from information_schema.processlist where user = ?', [user]);
const one = () => database.query<{ one: number }>('select 1 as one');

/** Asks without a pause, on more connections than one, until it is told to stop. Gives what failed. */
function ask(): () => Promise<readonly unknown[]> {
  const failures: unknown[] = [];
  let isAsking = true;
  const lanes = Array.from({ length: 4 }, async (_, lane) => {
    while (isAsking) {
      await Promise.all([
        database.query('select sleep(0.01)'),
        database.withLock(`order:${lane}`, async (session) => {
          await session.query('select sleep(0.01)');
          await session.write('do 1');
        }),
      ]).catch((error: unknown) => failures.push(error));
    }
  });
  return async () => {
    isAsking = false;
    await Promise.all(lanes);
    return failures;
  };
}

it('a new password takes the place of the old one while statements and locks are under way, and none fails', async () => {
  const stopAsking = ask();
  await sleep(100);
  await setPassword(NEW);
  await database.useLogin(urlWith(NEW));
  await sleep(200);
  expect(await stopAsking()).toEqual([]);
  expect(logins).toBe(1);
  await expect.poll(() => database.pool().open).toBeLessThanOrEqual(10);
  await endConnections();
  expect(await one()).toEqual([{ one: 1 }]);
});

it('the connections of the old login end once their work is done', async () => {
  let before: number[] = [];
  await database.withLock('order:1', async (session) => {
    before = (await connectionsOfUser()).map(({ id }) => id);
    expect(before).toHaveLength(1);
    await setPassword(NEW);
    await database.useLogin(urlWith(NEW));
    expect(await one()).toEqual([{ one: 1 }]);
    // Whoever holds the lock works on, with the connection that holds it.
    expect(await session.query('select connection_id() as id')).toEqual([{ id: before[0] }]);
  });
  await expect
    .poll(async () => (await connectionsOfUser()).filter(({ id }) => before.includes(id)))
    .toEqual([]);
  expect(database.pool().open).toBe(1);
});

it('a login that is refused leaves the one before in use', async () => {
  await expect(database.useLogin(urlWith('planted-wrong'))).rejects.toThrow(/cannot answer.*1045/);
  await endConnections();
  expect(await one()).toEqual([{ one: 1 }]);
  expect(logins).toBe(0);
});

it('what is known before the database has it is taken by itself when the old one is refused, and nothing fails', async () => {
  const stopAsking = ask();
  await expect(database.useLogin(urlWith(NEW))).rejects.toThrow(/1045/);
  await sleep(50);
  await setPassword(NEW);
  // So that new connections have to be made.
  const wide = await Promise.all(Array.from({ length: 20 }, () => one()));
  expect(wide).toHaveLength(20);
  await sleep(50);
  expect(await stopAsking()).toEqual([]);
  await endConnections();
  await Promise.all(Array.from({ length: 10 }, () => database.query('select sleep(0.05)')));
  expect(logins).toBe(1);
});

it('the next try takes a login that was refused before', async () => {
  await expect(database.useLogin(urlWith(NEW))).rejects.toThrow(/1045/);
  await setPassword(NEW);
  await database.useLogin(urlWith(NEW));
  expect(logins).toBe(1);
  await database.useLogin(urlWith(NEW));
  expect(logins).toBe(1);
});

it('a login that was given up is not tried any more', async () => {
  await expect(database.useLogin(urlWith(NEW))).rejects.toThrow(/1045/);
  await database.useLogin(urlWith(OLD));
  await setPassword(NEW);
  await endConnections();
  await expect(one()).rejects.toThrow(/1045/);
  expect(logins).toBe(0);
});

it('closing ends all connections, also those of a login that has been left', async () => {
  await database.withLock('order:1', async () => {
    await setPassword(NEW);
    await database.useLogin(urlWith(NEW));
  });
  await one();
  await database.close();
  await expect.poll(connectionsOfUser).toEqual([]);
  database = openDatabase(urlWith(NEW));
});
