import { type BenchStore, BLOCK_ORDERS, forgetWindows, lastOrders } from './bench-store.ts';
import { type BenchBridge, withBridge } from './bridge-process.ts';
import { askPage } from './client.ts';
import { type Figure, figureOf, quotientsOf } from './figure.ts';
import type { Section } from './section.ts';
import { inTurn, warmUp } from './timing.ts';

const GOAL = { atMost: 1.2, of: 'median' } as const;

const PAGE_SIZE = 50;
const LAST_PAGE = BLOCK_ORDERS / PAGE_SIZE;

const SETTINGS = {
  EXPORT_PAGE_SIZE: String(PAGE_SIZE),
  // Where changes are found by comparing, the orders of so many days are compared: fewer than either store has, so that
  // the same work is to be done in both.
  CHANGE_LOOKBACK_DAYS: '4',
};

type Ask = (bridge: BenchBridge, store: BenchStore) => Promise<number>;

const ask = (orders: number, page: number, isNew: boolean): Ask => {
  return async (bridge, store) => {
    if (isNew) await forgetWindows(store);
    return (await askPage(bridge, lastOrders(store, orders), page, PAGE_SIZE)).milliseconds;
  };
};

const PAGES: readonly (readonly [name: string, ask: Ask])[] = [
  ['the only page of a window', ask(PAGE_SIZE, 1, true)],
  [`page 1 of ${LAST_PAGE}`, ask(BLOCK_ORDERS, 1, true)],
  [`page ${LAST_PAGE} of ${LAST_PAGE}`, ask(BLOCK_ORDERS, LAST_PAGE, false)],
];

/** The same pages of the same orders, out of the large store and out of the small one. */
export const measureGrowth: Section = async ({ small, large, runs }) =>
  withBridge(small, SETTINGS, (ofSmall) =>
    withBridge(large, SETTINGS, async (ofLarge) => {
      const figures: Figure[] = [];
      for (const [name, askFor] of PAGES) {
        const measurements = [() => askFor(ofLarge, large), () => askFor(ofSmall, small)];
        await warmUp(() => inTurn(1, measurements));
        const [inLarge = [], inSmall = []] = await inTurn(runs, measurements);
        figures.push(
          figureOf(`${name}, at ${large.orders} orders`, 'ms', inLarge),
          figureOf(`${name}, at ${small.orders} orders`, 'ms', inSmall),
          figureOf(`${name}: ${large.orders} ÷ ${small.orders}`, '×', quotientsOf(inLarge, inSmall), {
            goal: GOAL,
          }),
        );
      }
      return figures;
    }),
  );
