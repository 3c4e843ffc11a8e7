import fc from 'fast-check';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { findChangedOrders } from '../../../src/cscart/orders/changed-orders.ts';
import {
  type OrderFingerprint,
  readFingerprintsOf,
  readOrderFingerprints,
} from '../../../src/cscart/orders/order-fingerprints.ts';
import { type Store as KnownStore, readStore } from '../../../src/cscart/store/store.ts';
import { type Database, openDatabase, type Queryable } from '../../../src/database/database.ts';
import { parseDatabaseUrl } from '../../../src/database/database-url.ts';
import { createEpochSeconds } from '../../../src/values/epoch-seconds.ts';
import { createOrderId } from '../../../src/values/order-id.ts';
import type { TestDatabase } from '../../support/database.ts';
import { buildStore, type Store, type StoreOptions } from '../../support/store/store.ts';
import { createTestDatabase } from '../../support/test-database.ts';

const BASE = 1_770_000_000;
const at = (second: number) => createEpochSeconds(BASE + second);
const WINDOW = { from: at(10), to: at(20) };
const SIZES = { most: 3, span: 4 };

interface Instants {
  readonly timestamp: number;
  readonly updatedAt?: number;
  readonly lastModify?: number;
}

/** A store of a version, into which a test puts orders of which only the instants matter. */
function useStore(options: StoreOptions) {
  let database: TestDatabase;
  let store: Store;
  let connection: Database;
  let known: KnownStore;
  let statements = 0;

  beforeAll(async () => {
    database = await createTestDatabase();
    store = await buildStore(database, options);
    const url = parseDatabaseUrl(store.url);
    if ('problem' in url) throw new Error(url.problem);
    connection = openDatabase(url, {
      onStatement: () => {
        statements += 1;
      },
    });
    known = await readStore(connection, { prefix: store.prefix });
  });
  beforeEach(() => clear());
  afterAll(async () => {
    await connection.close();
    await database.drop();
  });

  const clear = () =>
    store.run(`delete from ${store.table('orders')}; delete from ${store.table('order_details')}`);

  return {
    clear,
    get connection() {
      return connection;
    },
    get known() {
      return known;
    },
    get store() {
      return store;
    },
    /** Orders with these instants; seconds after the base, a negative one is 0. */
    async place(orders: readonly Instants[]): Promise<readonly number[]> {
      const placed = await store.addOrders(
        orders.map((order, index) => ({
          placedAt: new Date(at(order.timestamp) * 1000),
          lines: Array.from({ length: index % 3 }, (_, line) => ({ sku: `A${line}`, quantity: index + 1 })),
        })),
      );
      for (const [index, { orderId }] of placed.entries()) {
        const { updatedAt, lastModify } = orders[index] ?? {};
        for (const [column, second] of Object.entries({ updated_at: updatedAt, last_modify: lastModify })) {
          if (second === undefined) continue;
          await store.run(`update ${store.table('orders')} set ${column} = ? where order_id = ?`, [
            second < 0 ? 0 : at(second),
            orderId,
          ]);
        }
      }
      return placed.map(({ orderId }) => orderId);
    },
    /** How many statements something takes. */
    async statementsOf(work: () => Promise<unknown>): Promise<number> {
      const before = statements;
      await work();
      return statements - before;
    },
    /** The connection, with something that happens behind its first statement. */
    disturbed(disturb: () => Promise<unknown>): Queryable {
      let isFirst = true;
      return {
        write: (sql, values) => connection.write(sql, values),
        queryEach: (sql, values, read) => connection.queryEach(sql, values, read),
        async query<Row>(sql: string, values?: Parameters<Queryable['query']>[1]) {
          const rows = await connection.query<Row>(sql, values);
          if (isFirst) await disturb();
          isFirst = false;
          return rows;
        },
      };
    },
  };
}

/** What a window has to find, by the instants alone. */
function expected(orders: readonly Instants[], ids: readonly number[], { from, to } = WINDOW) {
  return orders
    .map((order, index) => {
      const instants = [order.timestamp, order.updatedAt, order.lastModify]
        .filter((second) => second !== undefined && second >= 0)
        .map((second) => at(second ?? 0));
      return { orderId: ids[index] ?? 0, instants, changedAt: Math.max(...instants) };
    })
    .filter(({ instants }) => instants.some((instant) => instant >= from && instant <= to))
    .sort((a, b) => a.changedAt - b.changedAt || a.orderId - b.orderId)
    .map(({ orderId, changedAt }) => [orderId, changedAt]);
}

const second = fc.integer({ min: 7, max: 23 });
const orNever = fc.oneof({ weight: 4, arbitrary: second }, { weight: 1, arbitrary: fc.constant(-1) });
const RUNS = { numRuns: 25 };

describe.each<[string, StoreOptions, fc.Arbitrary<Instants>]>([
  ['timestamp alone', { version: '4.6.1 M' }, fc.record({ timestamp: second })],
  ['updated_at', { version: '4.18.2 M' }, fc.record({ timestamp: second, updatedAt: orNever })],
  [
    'last_modify',
    { version: '4.6.1 M', lastModify: true },
    fc.record({ timestamp: second, lastModify: orNever }),
  ],
  [
    'all three',
    { version: '4.18.2 M', lastModify: true },
    fc.record({ timestamp: second, updatedAt: orNever, lastModify: orNever }),
  ],
])('the changed orders of a store with %s', (_, options, instants) => {
  const on = useStore(options);
  const found = async (sizes?: typeof SIZES, window = WINDOW) =>
    (await findChangedOrders(on.connection, on.known, window, sizes)).map(({ orderId, changedAt }) => [
      orderId,
      changedAt,
    ]);

  it('are none in an empty store', async () => {
    expect(await found(SIZES)).toEqual([]);
  });

  it('are the same in pieces as at once, and each comes once, by (changed, order id)', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.array(instants, { maxLength: 25 }),
        fc.record({ most: fc.integer({ min: 1, max: 6 }), span: fc.integer({ min: 1, max: 9 }) }),
        async (orders, sizes) => {
          await on.clear();
          const ids = await on.place(orders);
          expect(await found(sizes)).toEqual(expected(orders, ids));
          expect(await found()).toEqual(expected(orders, ids));
        },
      ),
      RUNS,
    );
  }, 60_000);

  it.each([2, 3, 4, 9])('are all there where %i of them have the same instant', async (ties) => {
    const orders = [9, 10, ...Array.from({ length: ties }, () => 15), 20, 21].map((timestamp) => ({
      timestamp,
    }));
    const ids = await on.place(orders);
    expect((await found(SIZES)).map(([orderId]) => orderId)).toEqual(ids.slice(1, -1));
  });

  it('an order that changes while they are read is among them, as it was seen last', async () => {
    const ids = await on.place(Array.from({ length: 9 }, (_, index) => ({ timestamp: 10 + index })));
    const disturbed = on.disturbed(() =>
      on.store.run(`update ${on.store.table('orders')} set timestamp = ?, status = 'C' where order_id = ?`, [
        at(19),
        ids[0],
      ]),
    );
    const orders = await findChangedOrders(disturbed, on.known, WINDOW, SIZES);
    expect(orders.map(({ orderId }) => orderId)).toEqual([...ids.slice(1), ids[0]]);
    expect(orders.at(-1)).toMatchObject({ status: 'C', changedAt: at(19) });
  });
});

describe('the changed orders of a window', () => {
  const on = useStore({ version: '4.20.1 U' });
  const read = (most?: number) =>
    findChangedOrders(on.connection, on.known, WINDOW, most === undefined ? {} : { most });

  it('take one statement where they are not many', async () => {
    await on.place([
      { timestamp: 10, updatedAt: 20 },
      { timestamp: 11, updatedAt: 11 },
    ]);
    expect(await on.statementsOf(() => read())).toBe(1);
    expect(await on.statementsOf(() => read(3))).toBe(1);
    expect(await on.statementsOf(() => read(2))).toBeGreaterThan(1);
  });
});

describe('how the orders look that were placed since an instant', () => {
  const on = useStore({ version: '4.6.1 M' });
  const EXTRAS = { orderColumns: [], profileFields: [31] };
  const look = async (database: Queryable, most?: number) => {
    const seen = new Map<number, OrderFingerprint>();
    for await (const piece of readOrderFingerprints(database, on.known, at(10), EXTRAS, most))
      for (const order of piece) seen.set(order.orderId, order);
    return [...seen.values()];
  };
  const byId = (orders: Awaited<ReturnType<typeof look>>) => orders.toSorted((a, b) => a.orderId - b.orderId);

  it('is nothing in an empty store', async () => {
    expect(await look(on.connection, 3)).toEqual([]);
  });

  it('is the same in pieces as by the numbers of the orders', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.array(second, { minLength: 1, maxLength: 25 }),
        fc.integer({ min: 1, max: 6 }),
        async (timestamps, most) => {
          await on.clear();
          const ids = await on.place(timestamps.map((timestamp) => ({ timestamp })));
          const within = ids.filter((_, index) => (timestamps[index] ?? 0) >= 10).map(createOrderId);
          const wanted =
            within.length === 0 ? [] : await readFingerprintsOf(on.connection, on.known, within, EXTRAS);
          expect(byId(await look(on.connection, most))).toEqual(byId(wanted));
          expect(byId(await look(on.connection))).toEqual(byId(wanted));
          expect(wanted.map(({ orderId }) => orderId)).toHaveLength(within.length);
        },
      ),
      RUNS,
    );
  }, 60_000);

  it.each([3, 4, 10])('misses none of %i orders of one second', async (ties) => {
    const ids = await on.place(
      [10, ...Array.from({ length: ties }, () => 12), 13].map((timestamp) => ({ timestamp })),
    );
    expect(byId(await look(on.connection, 3)).map(({ orderId }) => orderId)).toEqual(ids);
  });

  it('is the later look where an order is edited and moves while they are read', async () => {
    const ids = await on.place(Array.from({ length: 8 }, (_, index) => ({ timestamp: 10 + index })));
    const moved = ids[0] ?? 0;
    const before = await look(on.connection);
    const disturbed = on.disturbed(() =>
      on.store.run(`update ${on.store.table('orders')} set timestamp = ?, notes = 'x' where order_id = ?`, [
        at(16),
        moved,
      ]),
    );
    const seen = await look(disturbed, 3);
    const [now] = await readFingerprintsOf(on.connection, on.known, [createOrderId(moved)], EXTRAS);
    expect(seen).toHaveLength(ids.length);
    expect(seen.filter(({ orderId }) => orderId === moved)).toEqual([now]);
    expect(before).not.toContainEqual(now);
  });

  it('has orders that are dated ahead, to the last instant that a store can hold', async () => {
    const [orderId] = await on.place([{ timestamp: 10 }]);
    await on.store.run(`update ${on.store.table('orders')} set timestamp = 4294967295`);
    expect((await look(on.connection, 1)).map((order) => order.orderId)).toEqual([orderId]);
  });
});
