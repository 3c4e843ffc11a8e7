import { readStore, type Store } from '../cscart/store.ts';
import type { Queryable } from '../database/database.ts';
import { isShapeChanged } from '../database/database-errors.ts';

/** Gives what is known of the store, reading it again now and then. */
export interface StoreSource {
  /** Throws as `readStore` does. */
  current(): Promise<Store>;
  /** Runs `work`, and once more with a freshly read store when it failed because a table or column is gone. */
  use<Result>(work: (store: Store) => Promise<Result>): Promise<Result>;
}

// A new status or carrier is known after this time without a restart; the reading costs a few small queries.
const FRESH_MS = 5 * 60_000;

export function createStoreSource(
  database: Queryable,
  options: { readonly prefix: string; readonly storeUrl?: string | undefined },
  now: () => number = Date.now,
): StoreSource {
  let known: { readonly store: Promise<Store>; readonly readAt: number } | undefined;

  function read(): Promise<Store> {
    const store = readStore(database, options);
    const reading = { store, readAt: now() };
    known = reading;
    // A failure is not kept: the next call asks again.
    store.catch(() => {
      if (known === reading) known = undefined;
    });
    return store;
  }

  function current(): Promise<Store> {
    return known && now() - known.readAt < FRESH_MS ? known.store : read();
  }

  return {
    current,
    async use(work) {
      try {
        return await work(await current());
      } catch (error) {
        if (!isShapeChanged(error)) throw error;
        return work(await read());
      }
    },
  };
}
