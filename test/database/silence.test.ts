import { expect, it } from 'vitest';
import { useProxiedDatabase } from './behind-proxy.ts';

const on = useProxiedDatabase({ silenceMs: 300 });

it('a connection that goes silent while it holds a lock is ended, and its turn is free again', async () => {
  const silent = on.database.withLock('order:1', async (session) => {
    on.proxy.hush();
    await session.write('do 1');
  });
  await expect(silent).rejects.toThrow(/cannot answer/);
  // The server may keep its own lock until it notices; the turns of this process are free at once.
  expect(await on.database.withLock('order:2', (session) => session.query('select 1 as one'))).toEqual([
    { one: 1 },
  ]);
});

it('the idle connections of that time are not used again', async () => {
  await Promise.all(Array.from({ length: 5 }, () => on.database.query('select sleep(0.05)')));
  on.proxy.hush();
  await expect(on.database.query('select 1')).rejects.toThrow(/cannot answer/);
  for (let again = 0; again < 5; again += 1) {
    expect(await on.database.query('select 1 as one')).toEqual([{ one: 1 }]);
  }
});

it('a write carries no time limit of the server, a read does', async () => {
  await on.database.write('create table limits (seconds double)');
  await on.database.write('insert into limits select @@max_statement_time');
  expect(await on.database.query('select seconds, @@max_statement_time as now from limits')).toEqual([
    { seconds: 0, now: 30 },
  ]);
});
