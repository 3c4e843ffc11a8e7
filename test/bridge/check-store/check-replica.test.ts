import { afterAll, beforeAll, expect, it } from 'vitest';
import { createDatabase, type Database } from '../../support/database.ts';
import { type Replication, startReplication } from '../../support/replication.ts';
import { buildStore, type Store } from '../../support/store/store.ts';
import { findingsOf, of } from './checked-store.ts';

let servers: Replication;
let database: Database;
let store: Store;

beforeAll(async () => {
  servers = await startReplication();
  database = await createDatabase(servers.primary.url(''));
  store = await buildStore(database, { version: '4.18.2 M' });
  await servers.primary.query("create user reader@'%' identified by 'reading'");
  await servers.follow();
  await servers.catchUp();
});
afterAll(async () => {
  await database.close();
  await servers.stop();
});

/** What is said of a replica at this address. */
async function said(CSCART_READ_DATABASE_URL: string) {
  return of(await findingsOf(store, { CSCART_READ_DATABASE_URL }), 'replica');
}

it('says of a replica that it is used, that it is behind, and what its account lacks', async () => {
  const url = servers.replica.url(database.name);
  expect(await said(url)).toMatchObject([{ level: 'ok', message: expect.stringContaining('as ') }]);

  const asReader = servers.replica.url(database.name, { user: 'reader', password: 'reading' });
  await servers.primary.query(`grant select on \`${database.name}\`.cscart_orders to reader@'%'`);
  await servers.catchUp();
  expect(await said(asReader)).toMatchObject([
    {
      level: 'warning',
      details: expect.arrayContaining([
        `grant select on \`${database.name}\`.\`cscart_order_details\` to 'reader'@'%';`,
      ]),
    },
  ]);

  await servers.replica.query('stop slave sql_thread');
  await store.addOrder({});
  expect(await said(url)).toMatchObject([
    { level: 'warning', message: expect.stringContaining('within 2 seconds') },
  ]);
});

it('says what to do about one that is not there, or replicates nothing', async () => {
  expect(await said(`mysql://root:root@127.0.0.1:1/${database.name}`)).toMatchObject([
    { level: 'warning', advice: expect.stringContaining('CSCART_READ_DATABASE_URL') },
  ]);
  expect(await said(database.url)).toMatchObject([
    { level: 'warning', message: expect.stringContaining('replicates from no server') },
  ]);
});

it('says nothing where no replica is configured', async () => {
  expect(of(await findingsOf(store), 'replica')).toEqual([]);
});
