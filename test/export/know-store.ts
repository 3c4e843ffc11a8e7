import { type Store as KnownStore, readStore } from '../../src/cscart/store/store.ts';
import { openDatabase } from '../../src/database/database.ts';
import { parseDatabaseUrl } from '../../src/database/database-url.ts';
import type { Store } from '../support/store/store.ts';

/** What the bridge knows of a store, read over a connection of its own. */
export async function knowStore(store: Store): Promise<KnownStore> {
  const url = parseDatabaseUrl(store.url);
  if ('problem' in url) throw new Error(url.problem);
  const connection = openDatabase(url);
  try {
    return await readStore(connection, { prefix: store.prefix });
  } finally {
    await connection.close();
  }
}
