import type { TestDatabase } from '../support/database.ts';
import type { Random } from '../support/random.ts';
import { buildStore, type Store, type StoreOptions } from '../support/store/store.ts';
import type { TableShape } from '../support/store-shapes.ts';
import { startTestBridge, type TestBridge } from '../support/test-bridge.ts';
import { createTestDatabase } from '../support/test-database.ts';
import { type CellMaking, idsOfNothing } from './bad-cells.ts';
import { type OrderTemplate, readTemplates, TABLES_OF_ORDERS } from './bad-orders.ts';
import { ColumnsSeen, shapesOf } from './fuzzed-rows.ts';
import { addSaneThings, PERSONAL_MARKER, type SaneProducts, saneOrder } from './sane-orders.ts';

/** A store with good products and good orders to make bad ones of. */
export interface FuzzedStore {
  readonly database: TestDatabase;
  readonly store: Store;
  readonly shapes: ReadonlyMap<string, TableShape>;
  readonly making: CellMaking;
  readonly products: SaneProducts;
  readonly templates: readonly OrderTemplate[];
  /** The columns that were bad in this store so far. */
  readonly seen: ColumnsSeen;
}

const TEMPLATES = 60;
const TEMPLATES_PLACED_AT = new Date('2025-01-01T12:00:00Z');

/** Builds the store. `database.drop` ends it. */
export async function openFuzzedStore(options: StoreOptions, random: Random): Promise<FuzzedStore> {
  const database = await createTestDatabase('fuzz');
  const store = await buildStore(database, options);
  const shapes = shapesOf(store);
  const products = await addSaneThings(store);
  const orders = Array.from({ length: TEMPLATES }, () => ({
    ...saneOrder(random, products),
    placedAt: TEMPLATES_PLACED_AT,
  }));
  const orderIds = (await store.addOrders(orders)).map(({ orderId }) => orderId);
  const templates = await readTemplates(store, shapes, orderIds);
  await removeOrders(store);
  const making = { random, marker: PERSONAL_MARKER, idOfNothing: idsOfNothing() };
  return { database, store, shapes, making, products, templates, seen: new ColumnsSeen() };
}

/** A bridge before the store whose windows are exactly what is asked for, however long ago. */
export function startFuzzBridge(
  store: Store,
  pageSize: number,
  environment: Readonly<Record<string, string>> = {},
): Promise<TestBridge> {
  return startTestBridge(store, {
    environment: {
      EXPORT_PAGE_SIZE: `${pageSize}`,
      EXPORT_OVERLAP_SECONDS: '0',
      CHANGE_LOOKBACK_DAYS: '3650',
      ...environment,
    },
  });
}

/** Takes all orders away. */
export async function removeOrders(store: Store): Promise<void> {
  for (const table of Object.keys(TABLES_OF_ORDERS)) await store.run(`truncate ${store.table(table)}`);
}
