import { leastPrivilegeSql } from '../../src/commands/least-privilege.ts';
import { readConfig } from '../../src/config/read-config.ts';
import { readStoreShape } from '../../src/cscart/store/store-shape.ts';
import { openDatabase as openBridgeDatabase } from '../../src/database/database.ts';
import { parseDatabaseUrl } from '../../src/database/database-url.ts';
import { createTableNames } from '../../src/database/table-names.ts';
import type { Store } from './store/store.ts';

export interface TestAccount {
  readonly databaseUrl: string;
  readonly user: string;
  drop(): Promise<void>;
}

let accounts = 0;

/** Runs the SQL of `install --print` as the administrator, with a name of its own, and gives the account that it makes. */
export async function createLeastPrivilegeAccount(store: Store): Promise<TestAccount> {
  accounts += 1;
  const user = `bridge_${process.pid}_${accounts}`;
  const parsed = parseDatabaseUrl(store.url);
  if ('problem' in parsed) throw new Error(parsed.problem);
  const administrator = openBridgeDatabase(parsed);
  const shape = await readStoreShape(administrator, createTableNames(store.prefix));
  await administrator.close();
  const config = readConfig({
    SHIPSTATION_USERNAME: 'x',
    SHIPSTATION_PASSWORD: 'x',
    CSCART_DATABASE_URL: store.url,
    CSCART_TABLE_PREFIX: store.prefix,
  });
  const account = { account: `'${user}'@'%'`, isThere: false };
  const sql = leastPrivilegeSql(config, shape, { store: account, ledger: account });
  await store.run(sql);
  const url = new URL(store.url);
  url.username = user;
  url.password = /identified by '([^']+)'/.exec(sql)?.[1] ?? '';
  return {
    databaseUrl: url.href,
    user,
    async drop() {
      await store.run(`drop user '${user}'@'%'`);
    },
  };
}
