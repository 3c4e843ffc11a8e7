import { type ImportedOrder, readOrdersPage } from '../support/imported-order.ts';
import type { TestBridge } from '../support/test-bridge.ts';
import { type BadOrder, createOrderMaker, lastOrder, rowsWithoutOrder } from './bad-orders.ts';
import { createThingMaker, type ManyThings, type ThingName } from './bad-things.ts';
import { type FuzzedRow, placeRows } from './fuzzed-rows.ts';
import { type FuzzedStore, removeOrders, startFuzzBridge } from './fuzzed-store.ts';
import { ordersInWindow, pollWindow, type Window } from './polled-window.ts';
import { PERSONAL_MARKER, saneOrder } from './sane-orders.ts';
import { type Complaint, complaintsAbout } from './window-complaints.ts';

/** One order in this many is good; the others are bad. */
const GOOD_ONE_IN = 6;
const FIRST_ORDER_ID = 1_000;
const FIRST_DAY = Date.UTC(2026, 0, 5);
const DAY_MS = 86_400_000;
/** So that a window's orders have many instants, as those of a store. */
const ORDERS_APART_SECONDS = 7;

/** Where the numbers of a date end, and in between where signed ones do. */
const EDGES_OF_TIME = [0, 0x7fff_ffff, 0xffff_ffff];

/** Things that are there before the bridge: what it reads at its start, it knows. */
const AT_START = {
  product: 30,
  shipping: 20,
  payment: 20,
  profileField: 30,
  place: 25,
  company: 25,
  storefront: 12,
} as const;
/** Things that come with each batch, and that the bridge may not know yet. */
const OF_A_BATCH = { product: 90, shipping: 10, payment: 10, profileField: 10, place: 10 } as const;

/** Fills a store with bad orders between good ones, a batch at a time, and says what the bridge makes of them. */
export interface Fuzzer {
  /** Tries `badOrders` orders. Gives what is wrong, each as a sentence with the mutations of the order. */
  tryBatch(badOrders: number): Promise<readonly string[]>;
  /** Tries the order with the greatest number that there can be. The store takes no order after it. */
  tryLastOrder(): Promise<readonly string[]>;
  /** The tables of the store that the bridge has read so far, without prefix. */
  tablesRead(): ReadonlySet<string>;
  close(): Promise<void>;
}

export async function createFuzzer(
  fuzzed: FuzzedStore,
  environment: Readonly<Record<string, string>>,
): Promise<Fuzzer> {
  const { store, shapes, making, templates, products } = fuzzed;
  const makeThing = createThingMaker(making, shapes);
  const makeOrder = createOrderMaker({ making, shapes, templates });
  const known = manyThings(AT_START);
  await placeRows(fuzzed, rowsOf(known));
  const bridge = await startFuzzBridge(store, 500, environment);
  // Each page logs its left-out orders up to a number: only small pages say something of all.
  const smallPages = await startFuzzBridge(store, 20, environment);
  let batches = 0;
  let nextOrderId = FIRST_ORDER_ID;

  function manyThings(counts: Readonly<Partial<Record<ThingName, number>>>): ManyThings {
    const entries = Object.entries(counts) as [ThingName, number][];
    return Object.fromEntries(
      entries.map(([name, count]) => {
        const things = Array.from({ length: count }, () => makeThing(name));
        return [name, things.filter((thing) => thing !== undefined)];
      }),
    );
  }

  async function placeGood(window: Window, places: readonly number[]): Promise<void> {
    const orders = places.map((place) => ({
      ...saneOrder(making.random, products),
      orderId: nextOrderId + place,
      placedAt: new Date(instantOf(window, place) * 1000),
    }));
    await store.addOrders(orders);
  }

  async function placeBad(window: Window, places: readonly number[]): Promise<readonly BadOrder[]> {
    const ofBatch = manyThings(OF_A_BATCH);
    await placeRows(fuzzed, rowsOf(ofBatch));
    const things = together(known, ofBatch);
    const orders = places.map((place) => makeOrder(nextOrderId + place, instantOf(window, place), things));
    const orphans = orders.slice(0, 10).flatMap(() => rowsWithoutOrder(making, templates));
    await placeRows(fuzzed, [...orders.flatMap(({ rows }) => rows), ...orphans]);
    return orders;
  }

  return {
    async tryBatch(badOrders) {
      const start = new Date(FIRST_DAY + batches * DAY_MS);
      const window = { start, end: new Date(start.getTime() + DAY_MS - 60_000) };
      batches += 1;
      const count = Math.ceil((badOrders * GOOD_ONE_IN) / (GOOD_ONE_IN - 1));
      const places = Array.from({ length: count }, (_, place) => place);
      await removeOrders(store);

      await placeGood(
        window,
        places.filter((place) => place % GOOD_ONE_IN === 0),
      );
      const alone = await tryWindow(bridge, window, new Map());
      const good = await goodOrders(bridge, window);

      const bad = await placeBad(
        window,
        places.filter((place) => place % GOOD_ONE_IN !== 0),
      );
      const complaints = [
        ...alone,
        ...(await tryWindow(bridge, window, good)),
        ...(await tryWindow(smallPages, window, good)),
      ];
      for (const edge of EDGES_OF_TIME) {
        const minute = new Date(Math.floor(edge / 60) * 60_000);
        complaints.push(...(await tryWindow(bridge, { start: minute, end: minute }, new Map())));
      }
      nextOrderId += count;
      // Both page sizes find most of it.
      return [...new Set(complaints.map((complaint) => describe(complaint, bad)))];
    },
    async tryLastOrder() {
      const start = new Date(FIRST_DAY + batches * DAY_MS);
      const window = { start, end: start };
      const rows = lastOrder(fuzzed, start.getTime() / 1000);
      await removeOrders(store);
      await placeRows(fuzzed, rows);
      const complaints = await tryWindow(bridge, window, new Map());
      return complaints.map((complaint) => describe(complaint, []));
    },
    tablesRead() {
      const names = new RegExp(`\\b(?:from|join) \`${store.prefix}(\\w+)\``, 'g');
      return new Set(
        bridge.statements.flatMap((sql) => [...sql.matchAll(names)].flatMap(([, table]) => table ?? [])),
      );
    },
    async close() {
      await Promise.all([bridge.close(), smallPages.close()]);
    },
  };

  async function tryWindow(through: TestBridge, window: Window, good: ReadonlyMap<number, ImportedOrder>) {
    const polled = await pollWindow(through, store, window);
    const orderIds = await ordersInWindow(store, window);
    const complaints = complaintsAbout(polled, { orderIds, good, marker: PERSONAL_MARKER });
    const isPageBad = complaints.some(({ orderId }) => orderId === undefined);
    return isPageBad ? [...complaints, ...(await culprits(window))] : complaints;
  }

  /** Asks for each order of a window on a page of its own, so that it is known which one spoils a page. */
  async function culprits(window: Window): Promise<readonly Complaint[]> {
    const bridge = await startFuzzBridge(store, 1, environment);
    try {
      const { pages } = await pollWindow(bridge, store, window);
      const [kept] = await store.query<{ order_ids: string }>(
        `select order_ids from ${store.prefix}shipstation_exports where window_start = ?`,
        [window.start.getTime() / 1000],
      );
      const orderIds = (kept?.order_ids ?? '').split(',').map(Number);
      return pages.flatMap((page, index) => {
        const alone = { pages: [page], leftOut: {}, logs: [] };
        return complaintsAbout(alone, {
          orderIds: new Set(orderIds),
          good: new Map(),
          marker: PERSONAL_MARKER,
        })
          .filter(({ text }) => text.startsWith('page '))
          .map(({ text }) => ({ orderId: orderIds[index], text: `spoils its page: ${text}` }));
      });
    } finally {
      await bridge.close();
    }
  }

  async function goodOrders(
    through: TestBridge,
    window: Window,
  ): Promise<ReadonlyMap<number, ImportedOrder>> {
    const { pages } = await pollWindow(through, store, window);
    const orders = pages.flatMap(({ body }) => readOrdersPage(body).orders);
    return new Map(orders.map((order) => [Number(order.OrderNumber), order]));
  }
}

function describe({ orderId, text }: Complaint, bad: readonly BadOrder[]): string {
  if (orderId === undefined) return text;
  const order = bad.find((candidate) => candidate.orderId === orderId);
  const what = order === undefined ? 'a good order' : order.mutations.join('; ') || 'nothing changed';
  return `order ${orderId} ${text}\n    (${what})`;
}

function instantOf({ start }: Window, place: number): number {
  return start.getTime() / 1000 + 3_600 + place * ORDERS_APART_SECONDS;
}

function together(some: ManyThings, others: ManyThings): ManyThings {
  const names = Object.keys({ ...some, ...others }) as ThingName[];
  return Object.fromEntries(names.map((name) => [name, [...(some[name] ?? []), ...(others[name] ?? [])]]));
}

function rowsOf(things: ManyThings): readonly FuzzedRow[] {
  return Object.values(things).flatMap((ofKind) => ofKind.flatMap(({ rows }) => rows));
}
