import { type BenchStore, earlier, forgetWindows, lastOrders, type Window } from './bench-store.ts';
import { type BenchBridge, withBridge } from './bridge-process.ts';
import { askPage } from './client.ts';
import { figureOf } from './figure.ts';
import type { Section } from './section.ts';
import { type Recorder, recordingStatements } from './statement-log.ts';

const GOAL = { atMost: 10, of: 'most' } as const;

// Whatever is on a page, it has to cost the same.
const PAGE_SIZES = [10, 100, 500];
// Until every connection that a page needs is there.
const FIRST_PAGES = 3;

// Those by which orders are compared are one for each 260 orders, whatever is on the page (decision 19).
const PIECE_OF_A_LOOK = /\border by o\.timestamp limit \d+\s*$/;

interface Kind {
  readonly name: string;
  readonly ask: (bridge: BenchBridge, store: BenchStore, size: number) => Promise<unknown>;
  /** Leaves out the statements of `prepare`. */
  readonly prepare?: (bridge: BenchBridge, store: BenchStore, size: number) => Promise<unknown>;
}

const threePages = (store: BenchStore, size: number): Window => lastOrders(store, 3 * size);
const page = (number: number): Kind['ask'] => {
  return (bridge, store, size) => askPage(bridge, threePages(store, size), number, size);
};

const KINDS: readonly Kind[] = [
  { name: 'page 1 of a new window', ask: page(1), prepare: (_, store) => forgetWindows(store) },
  { name: 'a later page', ask: page(2), prepare: page(1) },
  { name: 'page 1 of a window asked before', ask: page(1), prepare: page(1) },
  {
    name: 'page 1 of a window without orders',
    ask: (bridge, store) => askPage(bridge, beforeTheFirst(store), 1, 0),
    prepare: (_, store) => forgetWindows(store),
  },
];

/** How many statements the server gets for one page, of each kind and of every size. */
export const countQueries: Section = async ({ mariadb, large, runs }) => {
  const counts = new Map<string, number[]>(KINDS.map(({ name }) => [name, []]));
  for (const size of PAGE_SIZES) {
    const countOf = async (bridge: BenchBridge, record: Recorder) => {
      for (let first = 0; first < FIRST_PAGES; first += 1) await page(1)(bridge, large, size);
      for (let run = 0; run < Math.ceil(runs / PAGE_SIZES.length); run += 1) {
        for (const { name, ask, prepare } of KINDS) {
          await prepare?.(bridge, large, size);
          const sent = await record(() => ask(bridge, large, size));
          counts.get(name)?.push(sent.filter(({ sql }) => !PIECE_OF_A_LOOK.test(sql)).length);
        }
      }
    };
    await recordingStatements(mariadb, (record) =>
      withBridge(large, { EXPORT_PAGE_SIZE: String(size) }, (bridge) => countOf(bridge, record)),
    );
  }
  return [...counts].map(([name, samples]) => figureOf(name, 'queries', samples, { goal: GOAL }));
};

/** A minute before the store's first order. */
function beforeTheFirst(store: BenchStore): Window {
  return earlier(lastOrders(store, 1), store.orders);
}
