import { afterAll, beforeAll, beforeEach } from 'vitest';
import { type Database, openDatabase } from '../../src/database/database.ts';
import { parseDatabaseUrl } from '../../src/database/database-url.ts';
import { type StatementProxy, startStatementProxy } from '../../torture/statement-proxy.ts';
import type { TestDatabase } from '../support/database.ts';
import { createTestDatabase } from '../support/test-database.ts';

/** A database of its own for the tests of a file, and the wire to it. */
export interface ProxiedDatabase {
  /** Beside the wire, as the administrator. */
  readonly empty: TestDatabase;
  readonly proxy: StatementProxy;
  readonly database: Database;
}

/** Opens an empty database behind a proxy that can do things to the wire. What it gives is there once the tests run. */
export function useProxiedDatabase({ silenceMs }: { readonly silenceMs: number }): ProxiedDatabase {
  let opened: ProxiedDatabase | undefined;
  const get = () => {
    if (!opened) throw new Error('the database is there while tests run');
    return opened;
  };
  beforeAll(async () => {
    const empty = await createTestDatabase();
    const direct = new URL(empty.url);
    const proxy = await startStatementProxy(Number(direct.port));
    direct.port = String(proxy.port);
    const url = parseDatabaseUrl(direct.href);
    if ('problem' in url) throw new Error(url.problem);
    opened = { empty, proxy, database: openDatabase(url, { silenceMs }) };
  });
  beforeEach(() => {
    get().proxy.onStatement = () => undefined;
  });
  afterAll(async () => {
    const { database, proxy, empty } = get();
    await database.close();
    await proxy.close();
    await empty.drop();
  });
  return {
    get empty() {
      return get().empty;
    },
    get proxy() {
      return get().proxy;
    },
    get database() {
      return get().database;
    },
  };
}
