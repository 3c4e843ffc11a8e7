import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { readOrdersPage } from '../support/imported-order.ts';
import { createRandom } from '../support/random.ts';
import { createStoreRowsFuzzer, type StoreRowsFuzzer, TABLES_OF_THE_STORE } from './bad-store-rows.ts';
import { reportOf } from './fuzz-report.ts';
import { FUZZED_STORES, startFuzzRun } from './fuzz-run.ts';
import { type FuzzedStore, openFuzzedStore, startFuzzBridge } from './fuzzed-store.ts';
import { ordersInWindow, type PolledWindow, pollWindow } from './polled-window.ts';
import { PERSONAL_MARKER, saneOrder } from './sane-orders.ts';
import { complaintsAbout } from './window-complaints.ts';

const run = startFuzzRun("the stores' own tables");
const WINDOW = { start: new Date('2026-02-01T00:00:00Z'), end: new Date('2026-02-02T00:00:00Z') };
const ORDERS = 30;

describe.each(FUZZED_STORES)(
  "bad rows of the store's own tables in CS-Cart $name",
  ({ name, options, environment }) => {
    let fuzzed: FuzzedStore;
    let fuzzer: StoreRowsFuzzer;

    beforeAll(async () => {
      fuzzed = await openFuzzedStore(options, createRandom(run.seed).fork(`tables of ${name}`));
      fuzzer = await createStoreRowsFuzzer(fuzzed);
      const { store, making, products } = fuzzed;
      const orders = Array.from({ length: ORDERS }, (_, index) => ({
        ...saneOrder(making.random, products),
        placedAt: new Date(WINDOW.start.getTime() + index * 60_000),
      }));
      await store.addOrders(orders);
    });
    afterAll(() => fuzzed.database.drop());

    /** Polls through a bridge that has just looked at the store; what it logged at its start counts as well. */
    async function pollAnew(): Promise<PolledWindow> {
      const bridge = await startFuzzBridge(fuzzed.store, 500, environment);
      try {
        return { ...(await pollWindow(bridge, fuzzed.store, WINDOW)), logs: bridge.logs };
      } finally {
        await bridge.close();
        // The next one must not begin with this one's list, which gives the places on the pages.
        await fuzzed.store.run(`delete from ${fuzzed.store.prefix}shipstation_exports`);
      }
    }

    it(
      'spoil no page, and change nothing for good',
      async () => {
        const good = readOrdersPage((await pollAnew()).pages[0]?.body ?? '').orders;
        const orderIds = await ordersInWindow(fuzzed.store, WINDOW);
        expect(good.length).toBeGreaterThan(ORDERS / 2);

        const complaints: string[] = [];
        for (let round = 0; round < fuzzer.rounds * run.times; round += 1) {
          const mutations = await fuzzer.spoil();
          const found = await pollAnew().then(
            (polled) => complaintsAbout(polled, { orderIds, good: new Map(), marker: PERSONAL_MARKER }),
            (error: unknown) => [{ orderId: undefined, text: `the bridge does not start: ${String(error)}` }],
          );
          complaints.push(
            ...found.map(
              ({ orderId, text }) =>
                `${orderId === undefined ? '' : `order ${orderId} `}${text}\n    (${mutations.join('; ')})`,
            ),
          );
          await fuzzer.restore();
        }
        expect(reportOf(complaints, run)).toBe('');
        expect(readOrdersPage((await pollAnew()).pages[0]?.body ?? '').orders).toEqual(good);
      },
      60_000 * (1 + run.times),
    );

    it('were bad in every column', () => {
      const shapes = TABLES_OF_THE_STORE.flatMap((table) => fuzzed.shapes.get(table) ?? []);
      expect(fuzzed.seen.missing(shapes)).toEqual([]);
    });
  },
);
