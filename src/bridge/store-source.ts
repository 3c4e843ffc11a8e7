import { readStore, type Store, type StoreOptions } from '../cscart/store/store.ts';
import type { Queryable } from '../database/database.ts';
import { isShapeChanged } from '../database/database-errors.ts';

/** Gives what is known of the store, reading it again now and then, without letting anybody wait for that. */
export interface StoreSource {
  /** Throws as `readStore` does. */
  current(): Promise<Store>;
  /** Runs `work`, and once more with a freshly read store when it failed because a table or column is gone. */
  use<Result>(work: (store: Store) => Promise<Result>): Promise<Result>;
}

// A new status or carrier is known after this time without a restart; the reading costs a few small queries.
const FRESH_MS = 5 * 60_000;

/** What a source tells and needs besides the database. */
export interface StoreSourceHooks {
  /** Called with every reading that counts from now on. */
  readonly onRead?: (store: Store) => void;
  /** A clock in milliseconds. */
  readonly now?: () => number;
}

/**
 * A {@link StoreSource} that reads the store at the first call and again, in the background, once what it knows is
 * five minutes old. Throws nothing itself; what it gives throws as `readStore` does.
 */
export function createStoreSource(
  database: Queryable,
  options: StoreOptions,
  { onRead = () => {}, now = Date.now }: StoreSourceHooks = {},
): StoreSource {
  let known: Promise<Store> | undefined;
  let readAt = 0;
  let isRefreshing = false;

  /** Reads the store; a failure is not kept, so that the next call asks again. */
  function read(): Promise<Store> {
    const reading = readStore(database, options);
    known = reading;
    readAt = now();
    reading.then(onRead, () => {
      if (known === reading) known = undefined;
    });
    return reading;
  }

  /** Reads it anew while what is known goes on serving; if that fails, what is known stays a while longer. */
  async function refresh(): Promise<void> {
    isRefreshing = true;
    const before = known;
    try {
      const store = await readStore(database, options);
      // Somebody whose statement failed may have read it anew meanwhile, and has seen more.
      if (known !== before) return;
      known = Promise.resolve(store);
      onRead(store);
    } catch {
      // Whoever asks the database next is told.
    } finally {
      readAt = now();
      isRefreshing = false;
    }
  }

  function current(): Promise<Store> {
    if (!known) return read();
    if (!isRefreshing && now() - readAt >= FRESH_MS) void refresh();
    return known;
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
