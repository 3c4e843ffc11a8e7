import { afterAll, beforeAll, beforeEach, expect, it } from 'vitest';
import { type Database, openDatabase } from '../../src/database/database.ts';
import { parseDatabaseUrl } from '../../src/database/database-url.ts';
import { type StatementProxy, startStatementProxy } from '../../torture/statement-proxy.ts';
import type { TestDatabase } from '../support/database.ts';
import { createTestDatabase } from '../support/test-database.ts';

let empty: TestDatabase;
let proxy: StatementProxy;
let database: Database;

beforeAll(async () => {
  empty = await createTestDatabase();
  const direct = new URL(empty.url);
  proxy = await startStatementProxy(Number(direct.port));
  direct.port = String(proxy.port);
  const url = parseDatabaseUrl(direct.href);
  if ('problem' in url) throw new Error(url.problem);
  database = openDatabase(url, { silenceMs: 300 });
});
beforeEach(() => {
  proxy.onStatement = () => undefined;
});
afterAll(async () => {
  await database.close();
  await proxy.close();
  await empty.drop();
});

it('a connection that goes silent while it holds a lock is ended, and its turn is free again', async () => {
  const silent = database.withLock('order:1', async (session) => {
    proxy.hush();
    await session.write('do 1');
  });
  await expect(silent).rejects.toThrow(/cannot answer/);
  // The server may keep its own lock until it notices; the turns of this process are free at once.
  expect(await database.withLock('order:2', (session) => session.query('select 1 as one'))).toEqual([
    { one: 1 },
  ]);
});

it('the idle connections of that time are not used again', async () => {
  await Promise.all(Array.from({ length: 5 }, () => database.query('select sleep(0.05)')));
  proxy.hush();
  await expect(database.query('select 1')).rejects.toThrow(/cannot answer/);
  for (let again = 0; again < 5; again += 1) {
    expect(await database.query('select 1 as one')).toEqual([{ one: 1 }]);
  }
});

it('a write carries no time limit of the server, a read does', async () => {
  await database.write('create table limits (seconds double)');
  await database.write('insert into limits select @@max_statement_time');
  expect(await database.query('select seconds, @@max_statement_time as now from limits')).toEqual([
    { seconds: 0, now: 30 },
  ]);
});
