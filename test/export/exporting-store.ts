import { afterAll, beforeAll } from 'vitest';
import type { TestDatabase } from '../support/database.ts';
import type { ImportedOrder } from '../support/imported-order.ts';
import type { PlacedOrder, PlainOrder } from '../support/store/plain-order.ts';
import { buildStore, type Store, type StoreOptions } from '../support/store/store.ts';
import { startTestBridge, type TestBridge, type TestBridgeOptions } from '../support/test-bridge.ts';
import { createTestDatabase } from '../support/test-database.ts';

/** What ShipStation has after the import of some orders, and what the bridge kept and logged meanwhile. */
interface Import {
  readonly placed: readonly PlacedOrder[];
  /** In the order in which they were given; `undefined` for one that was left out. */
  readonly orders: readonly (ImportedOrder | undefined)[];
  /** By reason, as the bridge keeps it for the operator. */
  readonly leftOut: Readonly<
    Record<string, { readonly count: number; readonly examples: readonly number[] }>
  >;
  readonly pages: number;
  readonly logs: TestBridge['logs'];
}

export type Environment = Readonly<Record<string, string>>;

/** A store that the tests of a block share, and the export of orders that are placed in it. */
export interface ExportingStore {
  readonly store: Store;
  /** A bridge before it, which ends with the tests. Orders that it finds are those of {@link ExportingStore.nextWindow}. */
  connect(environment?: Environment, options?: TestBridgeOptions): Promise<TestBridge>;
  /** A minute of the past that no other order is in. */
  nextWindow(): { readonly start: Date; readonly end: Date };
  /** Places orders within a minute of their own and imports that minute through a bridge that is new. */
  exportAll(
    orders: readonly PlainOrder[],
    environment?: Environment,
    options?: TestBridgeOptions,
  ): Promise<Import>;
  /** One order. Throws with the reason if it was left out. */
  exportOne(
    order: PlainOrder,
    environment?: Environment,
    options?: TestBridgeOptions,
  ): Promise<ImportedOrder>;
}

const MINUTE_MS = 60_000;
const FIRST_WINDOW = Date.parse('2026-03-01T00:00:00Z');

/**
 * Makes a store before the tests of the block and drops it after them.
 *
 * @param fill - puts in what the orders of the tests name
 */
export function exportingStore(
  options: StoreOptions,
  fill?: (store: Store) => Promise<void>,
): ExportingStore {
  let database: TestDatabase;
  let store: Store;
  let windows = 0;
  const bridges: TestBridge[] = [];

  beforeAll(async () => {
    database = await createTestDatabase();
    store = await buildStore(database, options);
    await fill?.(store);
  });
  afterAll(async () => {
    for (const bridge of bridges) await bridge.close();
    await database.drop();
  });

  const start = (environment: Environment = {}, more: TestBridgeOptions = {}) =>
    startTestBridge(store, {
      ...more,
      environment: { EXPORT_OVERLAP_SECONDS: '0', ...environment },
    });
  const nextWindow = () => {
    windows += 2;
    const at = new Date(FIRST_WINDOW + windows * MINUTE_MS);
    return { start: at, end: at };
  };

  const exporting: ExportingStore = {
    get store() {
      return store;
    },
    nextWindow,
    async connect(environment, more) {
      const bridge = await start(environment, more);
      bridges.push(bridge);
      return bridge;
    },
    async exportAll(orders, environment, more) {
      const window = nextWindow();
      const placed = await store.addOrders(orders.map((order) => ({ placedAt: window.start, ...order })));
      const bridge = await start(environment, more);
      try {
        const { pages } = await bridge.shipstation.poll(window).catch((error: unknown) => {
          console.error(bridge.logs.filter(({ level }) => level === 'error'));
          throw error;
        });
        const prefix = environment?.['ORDER_NUMBER_PREFIX'] ?? '';
        const found = bridge.shipstation.orders;
        return {
          placed,
          pages,
          orders: placed.map(({ orderId }) => found.get(`${prefix}${orderId}`)),
          leftOut: await readLeftOut(store, window.start),
          logs: bridge.logs,
        };
      } finally {
        await bridge.close();
      }
    },
    async exportOne(order, environment, more) {
      const { orders, leftOut } = await exporting.exportAll([order], environment, more);
      const [found] = orders;
      if (found === undefined) throw new Error(`the order was left out: ${Object.keys(leftOut).join(', ')}`);
      return found;
    },
  };
  return exporting;
}

async function readLeftOut(store: Store, windowStart: Date): Promise<Import['leftOut']> {
  const [kept] = await store.query<{ left_out: string }>(
    `select left_out from ${store.prefix}shipstation_exports where window_start = ?`,
    [windowStart.getTime() / 1000],
  );
  return JSON.parse(kept?.left_out ?? '{}') as Import['leftOut'];
}

/** Items × quantity + shipping + tax, and the total, in cents: ShipStation shows a difference as a mistake. */
export function sumsOf(order: ImportedOrder): { readonly parts: number; readonly total: number } {
  const cents = (amount: string | undefined) => Math.round(Number(amount ?? '0') * 100);
  const items = order.Items.reduce((sum, item) => sum + cents(item.UnitPrice) * Number(item.Quantity), 0);
  return {
    parts: items + cents(order.ShippingAmount) + cents(order.TaxAmount),
    total: cents(order.OrderTotal),
  };
}
