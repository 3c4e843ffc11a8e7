import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, afterEach, beforeAll, beforeEach, expect, it } from 'vitest';
import { type Database, openDatabase } from '../../src/database/database.ts';
import { parseDatabaseUrl } from '../../src/database/database-url.ts';
import { createDatabase, type TestDatabase } from '../support/database.ts';
import { type MariaDb, startMariaDb } from '../support/mariadb.ts';

let mariadb: MariaDb;
let administrator: TestDatabase;
let database: Database;

beforeAll(async () => {
  mariadb = await startMariaDb();
});
afterAll(() => mariadb.stop());
beforeEach(async () => {
  administrator = await createDatabase(mariadb.url(''));
});
afterEach(async () => {
  await database.close();
  await administrator.drop();
});

function openAs(user: string): Database {
  const url = parseDatabaseUrl(mariadb.url(administrator.name, { user, password: user }));
  if ('problem' in url) throw new Error(url.problem);
  return openDatabase(url);
}

const isFree = async (name: string) => {
  const [row] = await administrator.query<{ isFree: number }>(
    "select is_free_lock(concat('shipstation:', left(md5(database()), 12), ':', ?)) as isFree",
    [name],
  );
  return row?.isFree === 1;
};

it('a lock that cannot be freed goes with its connection, which is alive and goes on for nobody else', async () => {
  // A host's limit: from then on the server refuses every statement of the account, and keeps its connections.
  await administrator.run(
    `create user limited identified by 'limited' with max_queries_per_hour 30;
     grant all on \`${administrator.name}\`.* to limited`,
  );
  database = openAs('limited');
  let statements = 0;
  let wasFree: boolean | undefined;
  const work = database.withLock('order:1', async (session) => {
    wasFree = await isFree('order:1');
    for (; statements < 100; statements += 1) await session.query('select 1');
  });
  await expect(work).rejects.toThrow(/1226/);
  expect(wasFree).toBe(false);
  // Closing takes the server a moment.
  for (let attempt = 0; attempt < 100 && !(await isFree('order:1')); attempt += 1) await sleep(10);
  expect(await isFree('order:1')).toBe(true);
});

it('those that hold a lock leave connections to everybody else', { timeout: 5_000 }, async () => {
  database = openAs('root');
  let release = () => {};
  const released = new Promise<void>((resolve) => {
    release = resolve;
  });
  let holding = 0;
  let mostHolding = 0;
  const all = Array.from({ length: 12 }, (_, index) =>
    database.withLock(`order:${index}`, async () => {
      holding += 1;
      mostHolding = Math.max(mostHolding, holding);
      await released;
      holding -= 1;
    }),
  );
  while (holding < 4) await sleep(5);
  try {
    // As many more as an export reads with side by side.
    const reads = Array.from({ length: 5 }, () => database.query('select sleep(0.1) as slept'));
    expect(await Promise.all(reads)).toHaveLength(5);
    expect(holding).toBe(4);
  } finally {
    release();
  }
  await Promise.all(all);
  expect(mostHolding).toBe(4);
});
