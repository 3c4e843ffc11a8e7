import { afterAll, beforeAll, expect, it } from 'vitest';
import { openDatabase } from '../../src/database/database.ts';
import { parseDatabaseUrl } from '../../src/database/database-url.ts';
import { createDatabase } from '../support/database.ts';
import { type MariaDb, startMariaDb } from '../support/mariadb.ts';
import { buildStore, type Store } from '../support/store/store.ts';
import { startTestBridge } from '../support/test-bridge.ts';

let mariadb: MariaDb;
let store: Store;

beforeAll(async () => {
  mariadb = await startMariaDb();
  store = await buildStore(await createDatabase(mariadb.url('')), { version: '4.18.2 M' });
});
afterAll(() => mariadb.stop());

function open() {
  const url = parseDatabaseUrl(store.url);
  if ('problem' in url) throw new Error(url.problem);
  return openDatabase(url);
}

const NASTY = `it's "quoted" \\' \\\\ back\\slash -- ; drop table x; /* */`;

it.each(['', 'NO_BACKSLASH_ESCAPES', 'ANSI_QUOTES', 'ANSI', 'TRADITIONAL'])(
  'texts are stored as they came on a server with sql_mode %j',
  async (mode) => {
    await mariadb.query('set global sql_mode = ?', [mode]);
    const bridge = await startTestBridge(store);
    try {
      const { orderId } = await store.addOrder({ lines: [{ sku: 'A', quantity: 1 }] });
      const label = {
        orderNumber: String(orderId),
        carrier: 'UPS',
        service: NASTY,
        trackingNumber: `1'Z"${mode}\\`,
      };
      expect(await bridge.shipstation.label({ ...label, notesToCustomer: NASTY })).toMatchObject({
        status: 200,
      });
      expect(await store.shipments(orderId)).toMatchObject([
        { trackingNumber: label.trackingNumber, comments: `${NASTY}\nService: ${NASTY}` },
      ]);
    } finally {
      await bridge.close();
      await mariadb.query("set global sql_mode = 'STRICT_TRANS_TABLES'");
    }
  },
);

it('each statement has a time limit at the server, whatever its own setting', async () => {
  const database = open();
  const [limit] = await database.query<{ seconds: string }>('select @@session.max_statement_time as seconds');
  expect(Number(limit?.seconds)).toBe(30);
  await database.close();
});

it('a lock is free again after its connection was killed, and the pool goes on', async () => {
  const database = open();
  const broken = database.withLock('order:1', async (session) => {
    const [connection] = await session.query<{ id: number }>('select connection_id() as id');
    await mariadb.query(`kill ${connection?.id}`);
    await session.query('select 1');
  });
  await expect(broken).rejects.toThrow(/cannot answer/);
  await expect(
    database.withLock('order:1', async (session) => session.query('select 2 as two')),
  ).resolves.toEqual([{ two: 2 }]);
  await database.close();
});

it('a lock is given back when the work fails', async () => {
  const database = open();
  await expect(database.withLock('order:2', () => Promise.reject(new Error('no')))).rejects.toThrow('no');
  const [free] = await database.query<{ free: number }>(
    "select is_free_lock(concat('shipstation:', left(md5(database()), 12), ':order:2')) as free",
  );
  expect(free?.free).toBe(1);
  await database.close();
});
