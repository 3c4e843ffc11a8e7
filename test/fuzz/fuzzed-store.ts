import type { TestDatabase } from '../support/database.ts';
import type { PlacedProduct } from '../support/store/plain-product.ts';
import { buildStore, type Store, type StoreOptions } from '../support/store/store.ts';
import type { TableShape } from '../support/store-shapes.ts';
import { startTestBridge, type TestBridge } from '../support/test-bridge.ts';
import { createTestDatabase } from '../support/test-database.ts';
import { type CellMaking, idsOfNothing } from './bad-cells.ts';
import { type OrderTemplate, readTemplates, TABLES_OF_ORDERS } from './bad-orders.ts';
import { ColumnsSeen, shapesOf } from './fuzzed-rows.ts';
import type { Random } from './random.ts';
import { addSaneProducts, PERSONAL_MARKER, saneOrder } from './sane-orders.ts';

/** A store with good products and good orders to make bad ones of. */
export interface FuzzedStore {
  readonly database: TestDatabase;
  readonly store: Store;
  readonly shapes: ReadonlyMap<string, TableShape>;
  readonly making: CellMaking;
  readonly products: readonly PlacedProduct[];
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
  const products = await addSaneProducts(store);
  await addProfileFields(store);
  const orders = Array.from({ length: TEMPLATES }, () => ({
    ...saneOrder(random, products),
    placedAt: TEMPLATES_PLACED_AT,
  }));
  const orderIds = (await store.addOrders(orders)).map(({ orderId }) => orderId);
  await addProfileFieldValues(store, orderIds);
  const templates = await readTemplates(store, shapes, orderIds);
  await removeOrders(store);
  const making = { random, marker: PERSONAL_MARKER, idOfNothing: idsOfNothing() };
  return { database, store, shapes, making, products, templates, seen: new ColumnsSeen() };
}

/** A bridge before the store whose windows are exactly what is asked for, however long ago. */
export function startFuzzBridge(store: Store, pageSize: number): Promise<TestBridge> {
  return startTestBridge(store, {
    environment: {
      EXPORT_PAGE_SIZE: `${pageSize}`,
      EXPORT_OVERLAP_SECONDS: '0',
      CHANGE_LOOKBACK_DAYS: '3650',
    },
  });
}

/** Takes all orders away. */
export async function removeOrders(store: Store): Promise<void> {
  for (const table of Object.keys(TABLES_OF_ORDERS)) await store.run(`truncate ${store.table(table)}`);
}

const TYPED_FIELD = 40;
const CHOSEN_FIELD = 41;
const CHOICE = 71;

/** Two fields of the checkout: one that is typed into, one with a choice. */
async function addProfileFields(store: Store): Promise<void> {
  const show = { profile_show: 'Y', checkout_show: 'Y', section: 'S' };
  const label = { lang_code: 'en', object_type: 'F' };
  await store.insert('profile_fields', [
    { ...show, field_id: TYPED_FIELD, field_name: 'gate_code', field_type: 'I' },
    { ...show, field_id: CHOSEN_FIELD, field_name: 'entrance', field_type: 'S' },
  ]);
  await store.insert('profile_field_values', [{ value_id: CHOICE, field_id: CHOSEN_FIELD, position: 0 }]);
  await store.insert('profile_field_descriptions', [
    { ...label, object_id: TYPED_FIELD, description: 'Gate code' },
    { ...label, object_id: CHOSEN_FIELD, description: 'Entrance' },
    { ...label, object_id: CHOICE, object_type: 'V', description: 'Back door' },
  ]);
}

/** What the buyers of orders entered into the fields. */
export async function addProfileFieldValues(store: Store, orderIds: readonly number[]): Promise<void> {
  await store.insert(
    'profile_fields_data',
    orderIds.flatMap((orderId) => [
      { object_id: orderId, object_type: 'O', field_id: TYPED_FIELD, value: `${PERSONAL_MARKER} 12` },
      { object_id: orderId, object_type: 'O', field_id: CHOSEN_FIELD, value: `${CHOICE}` },
    ]),
  );
}
