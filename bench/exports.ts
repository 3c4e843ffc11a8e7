import { type BenchStore, earlier, forgetWindows, lastOrders, type Window } from './bench-store.ts';
import type { BenchBridge } from './bridge-process.ts';
import { askPage } from './client.ts';

export const PAGE_SIZE = 100;

/** An export as ShipStation may ask for it. */
export interface AskedExport {
  readonly name: string;
  readonly ask: (bridge: BenchBridge, store: BenchStore) => Promise<unknown>;
}

const ROLLING_WINDOWS = 5;

/** What ShipStation does all day: a short window, then the next one. */
export const rollingWindows: AskedExport = {
  name: 'rolling windows',
  async ask(bridge, store) {
    await forgetWindows(store);
    for (let window = ROLLING_WINDOWS; window > 0; window -= 1) {
      const asked = earlier(lastOrders(store, PAGE_SIZE), (window - 1) * PAGE_SIZE);
      await askPage(bridge, asked, 1, PAGE_SIZE);
    }
  },
};

/** What it does when a store is connected: everything, of which the first page and the last one cost the most. */
export const wholeStore: AskedExport = {
  name: 'a window of the whole store',
  async ask(bridge, store) {
    await forgetWindows(store);
    const asked = lastOrders(store, store.orders);
    const { pages } = await askPage(bridge, asked, 1);
    await askPage(bridge, asked, pages);
  },
};

/** Every page of a window, one after the other. Gives how many. */
export async function askAllPages(bridge: BenchBridge, window: Window): Promise<number> {
  let pages = 1;
  for (let page = 1; page <= pages; page += 1) ({ pages } = await askPage(bridge, window, page));
  return pages;
}
