import { afterAll, beforeAll } from 'vitest';
import { type DryExport, openDryExport } from '../../src/bridge/dry-export.ts';
import type { Config } from '../../src/config/config.ts';
import { readConfig } from '../../src/config/read-config.ts';
import { createTableNames } from '../../src/database/table-names.ts';
import { ledgerTables } from '../../src/ledger/schema.ts';
import type { OrderDocument, OrdersPage } from '../../src/shipstation/order-document.ts';
import { writeOrdersXml } from '../../src/shipstation/orders-xml.ts';
import { WIRE_WORDS } from '../../src/shipstation/wire-words.ts';
import type { TestDatabase } from '../support/database.ts';
import { buildStore, type Store, type StoreOptions } from '../support/store/store.ts';
import { startTestBridge, type TestBridge } from '../support/test-bridge.ts';
import { createTestDatabase } from '../support/test-database.ts';

export type Environment = Readonly<Record<string, string>>;

/** A store with a bridge before it, and a look at the same store under the same configuration. */
export interface LookingStore {
  readonly store: Store;
  readonly bridge: TestBridge;
  readonly config: Config;
  /** Opens a look that ends with the tests. Default account: the bridge's. */
  look(environment?: Environment): Promise<DryExport>;
  /** Every row of the store's tables and of the bridge's own, as checksums. */
  everything(): Promise<unknown>;
}

/** Makes them before the tests of the block, and removes them after. */
export function lookingStore(options: StoreOptions, environment: Environment = {}): LookingStore {
  let database: TestDatabase;
  let store: Store;
  let bridge: TestBridge;
  const looks: DryExport[] = [];
  const configOf = (more: Environment = {}) =>
    readConfig({
      SHIPSTATION_USERNAME: 'x',
      SHIPSTATION_PASSWORD: 'x',
      CSCART_DATABASE_URL: store.url,
      CSCART_TABLE_PREFIX: store.prefix,
      ...environment,
      ...more,
    });

  beforeAll(async () => {
    database = await createTestDatabase();
    store = await buildStore(database, options);
    bridge = await startTestBridge(store, { environment });
  });
  afterAll(async () => {
    for (const look of looks) await look.close();
    await bridge.close();
    await database.drop();
  });

  return {
    get store() {
      return store;
    },
    get bridge() {
      return bridge;
    },
    get config() {
      return configOf();
    },
    async look(more) {
      const look = await openDryExport(configOf(more));
      looks.push(look);
      return look;
    },
    everything: async () => [await store.snapshot(), await ledgerSnapshot(store)],
  };
}

/** An order as it is mapped. */
export function asItIs(order: OrderDocument): OrderDocument {
  return order;
}

/** A page as the endpoint writes it unless it is told other words. */
export function written(page: OrdersPage): string {
  return writeOrdersXml(page, WIRE_WORDS['custom-store']);
}

/** Checksums of the bridge's own tables; of one that is not there `null`. */
export function ledgerSnapshot(store: Store): Promise<unknown> {
  const names = ledgerTables(createTableNames(store.prefix)).map(({ name }) => `\`${store.prefix}${name}\``);
  return store.query(`checksum table ${names.join(', ')}`);
}

/** Waits until the end of the minute is far: what changed "now" is stamped with its minute. */
export async function farFromMinuteEnd(): Promise<void> {
  const MINUTE_MS = 60_000;
  const left = MINUTE_MS - (Date.now() % MINUTE_MS);
  if (left < 10_000) await new Promise((resolve) => setTimeout(resolve, left + 100));
}
