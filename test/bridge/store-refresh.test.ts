import { setTimeout as sleep } from 'node:timers/promises';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { createStoreSource, type StoreSource } from '../../src/bridge/store-source.ts';
import { type Database, openDatabase, type Queryable } from '../../src/database/database.ts';
import { parseDatabaseUrl } from '../../src/database/database-url.ts';
import type { TestDatabase } from '../support/database.ts';
import { buildStore, type Store } from '../support/store/store.ts';
import { createTestDatabase } from '../support/test-database.ts';

const FIVE_MINUTES_MS = 5 * 60_000;

let database: TestDatabase;
let store: Store;
let connection: Database;
let source: StoreSource;
let now: number;
/** How often the store's shape was asked for: once in each reading. */
let readings: number;

beforeEach(async () => {
  database = await createTestDatabase();
  store = await buildStore(database, { version: '4.18.2 M' });
  const url = parseDatabaseUrl(store.url);
  if ('problem' in url) throw new Error(url.problem);
  readings = 0;
  connection = openDatabase(url, {
    onStatement: (sql) => {
      if (sql.includes('information_schema.columns')) readings += 1;
    },
  });
  now = 1_000_000;
  source = createStoreSource(connection, { prefix: store.prefix }, { now: () => now });
});
afterEach(async () => {
  await connection.close();
  await database.drop();
});

/** Waits until `condition` holds, and fails when it never does. */
async function until(condition: () => Promise<boolean> | boolean): Promise<void> {
  for (let attempt = 0; attempt < 300; attempt += 1) {
    if (await condition()) return;
    await sleep(10);
  }
  throw new Error('what was waited for never came');
}

const knows = async (letter: string) =>
  (await source.current()).statuses.some((status) => status.letter === letter);

describe('the store is read', () => {
  it('once for all who ask, and not again within five minutes', async () => {
    const all = await Promise.all([source.current(), source.current(), source.current()]);
    expect(new Set(all).size).toBe(1);
    now += FIVE_MINUTES_MS - 1;
    await source.current();
    await source.current();
    expect(readings).toBe(1);
  });

  it('anew after five minutes, once, however many ask meanwhile', async () => {
    await source.current();
    await store.insert('statuses', [{ status: 'Z', type: 'O', is_default: 'N', position: 9 }]);
    now += FIVE_MINUTES_MS;
    const old = await Promise.all([source.current(), source.current(), source.current()]);
    expect(old.flatMap(({ statuses }) => statuses.map(({ letter }) => letter))).not.toContain('Z');
    await until(() => knows('Z'));
    expect(readings).toBe(2);
    now += FIVE_MINUTES_MS - 1;
    await source.current();
    expect(readings).toBe(2);
  });

  it('not over and over while it cannot be read, but again after five minutes more', async () => {
    await source.current();
    await store.run(`rename table ${store.table('statuses')} to away`);
    now += FIVE_MINUTES_MS;
    await source.current();
    await until(() => readings === 2);
    // The failure needs a moment to come back.
    await sleep(100);
    for (let call = 0; call < 5; call += 1) expect(await knows('P')).toBe(true);
    expect(readings).toBe(2);
    await store.run(`rename table away to ${store.table('statuses')}`);
    await store.insert('statuses', [{ status: 'Z', type: 'O', is_default: 'N', position: 9 }]);
    now += FIVE_MINUTES_MS;
    await until(() => knows('Z'));
    expect(readings).toBe(3);
  });
});

describe('a reading behind the scenes', () => {
  it('does not overwrite what somebody has read later', async () => {
    const { promise: released, resolve: release } = createGate();
    let isHeld = false;
    // The database's answers, of which one comes late.
    const slow: Queryable = {
      write: (sql, values) => connection.write(sql, values),
      queryEach: (sql, values, read) => connection.queryEach(sql, values, read),
      async query<Row>(sql: string, values?: Parameters<Queryable['query']>[1]) {
        const rows = await connection.query<Row>(sql, values);
        if (readings === 2 && !isHeld && sql.includes('information_schema.columns')) {
          isHeld = true;
          await released;
        }
        return rows;
      },
    };
    source = createStoreSource(slow, { prefix: store.prefix }, { now: () => now });
    await source.current();
    now += FIVE_MINUTES_MS;
    await source.current();
    await until(() => isHeld);
    // The reading that is held has seen the column that goes now.
    await store.run(`alter table ${store.table('orders')} drop updated_at`);
    await source.use(async ({ shape }) => {
      if (shape.has('orders', 'updated_at'))
        await connection.query(`select updated_at from ${store.table('orders')}`);
    });
    expect(readings).toBe(3);
    release();
    await sleep(200);
    expect((await source.current()).shape.has('orders', 'updated_at')).toBe(false);
  });
});

function createGate(): { readonly promise: Promise<void>; readonly resolve: () => void } {
  let resolve = () => {};
  const promise = new Promise<void>((done) => {
    resolve = done;
  });
  return { promise, resolve };
}

describe('work that fails', () => {
  it('is done once, and nothing is read, when its failure is none of the shape', async () => {
    let tries = 0;
    const work = source.use(async () => {
      tries += 1;
      await connection.query('select nonsense(');
    });
    await expect(work).rejects.toMatchObject({ errno: 1064 });
    expect({ tries, readings }).toEqual({ tries: 1, readings: 1 });
  });

  it('is done twice and no more when a column stays missing', async () => {
    let tries = 0;
    const work = source.use(async () => {
      tries += 1;
      await connection.query(`select no_such_column from ${store.table('orders')}`);
    });
    await expect(work).rejects.toMatchObject({ errno: 1054 });
    expect({ tries, readings }).toEqual({ tries: 2, readings: 2 });
  });
});
