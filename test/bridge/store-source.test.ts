import { setTimeout as sleep } from 'node:timers/promises';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { createStoreSource } from '../../src/bridge/store-source.ts';
import { type Database as BridgeDatabase, openDatabase } from '../../src/database/database.ts';
import { parseDatabaseUrl } from '../../src/database/database-url.ts';
import type { TestDatabase } from '../support/database.ts';
import { buildStore, type Store } from '../support/store/store.ts';
import { createTestDatabase } from '../support/test-database.ts';

let database: TestDatabase;
let store: Store;
let connection: BridgeDatabase;
let now = 0;

beforeEach(async () => {
  database = await createTestDatabase();
  store = await buildStore(database, { version: '4.18.2 M' });
  const url = parseDatabaseUrl(store.url);
  if ('problem' in url) throw new Error(url.problem);
  connection = openDatabase(url);
});
afterEach(async () => {
  await connection.close();
  await database.drop();
});

const open = () => createStoreSource(connection, { prefix: store.prefix }, { now: () => now });
const addStatus = () => store.insert('statuses', [{ status: 'Z', type: 'O', is_default: 'N', position: 9 }]);
const letters = async (source: ReturnType<typeof open>) =>
  (await source.current()).statuses.map(({ letter }) => letter);

/** Until the reading behind the scenes is through. */
async function settled(source: ReturnType<typeof open>, wanted: string): Promise<string[]> {
  for (let attempt = 0; attempt < 100; attempt += 1) {
    const found = await letters(source);
    if (found.includes(wanted)) return found;
    await sleep(10);
  }
  return letters(source);
}

describe('what is known of the store', () => {
  it('is kept for five minutes, then read anew without anybody waiting', async () => {
    const source = open();
    expect(await letters(source)).not.toContain('Z');
    await addStatus();
    now += 4 * 60_000;
    expect(await letters(source)).not.toContain('Z');
    now += 2 * 60_000;
    // Whoever asks first still gets what was known.
    expect(await letters(source)).not.toContain('Z');
    expect(await settled(source, 'Z')).toContain('Z');
  });

  it('is told with every reading that counts', async () => {
    const told: number[] = [];
    const source = createStoreSource(
      connection,
      { prefix: store.prefix },
      { onRead: ({ statuses }) => told.push(statuses.length), now: () => now },
    );
    const before = (await letters(source)).length;
    await addStatus();
    now += 6 * 60_000;
    await settled(source, 'Z');
    expect(told).toEqual([before, before + 1]);
  });

  it('stays when it cannot be read anew', async () => {
    const source = open();
    await source.current();
    await store.run(`rename table ${store.table('statuses')} to away`);
    now += 6 * 60_000;
    await source.current();
    await sleep(100);
    expect(await letters(source)).toContain('P');
  });

  it('is asked for again after a first failure', async () => {
    const source = open();
    await store.run(`rename table ${store.table('statuses')} to away`);
    await expect(source.current()).rejects.toThrow(/statuses/);
    await store.run(`rename table away to ${store.table('statuses')}`);
    expect(await letters(source)).toContain('P');
  });

  it('is read anew at once when a column is gone, and the work is done again', async () => {
    const source = open();
    await source.current();
    await store.run(`alter table ${store.table('orders')} drop updated_at`);
    const had: boolean[] = [];
    await source.use(async (known) => {
      had.push(known.shape.has('orders', 'updated_at'));
      if (known.shape.has('orders', 'updated_at'))
        await connection.query(`select updated_at from ${store.table('orders')}`);
    });
    expect(had).toEqual([true, false]);
  });
});
