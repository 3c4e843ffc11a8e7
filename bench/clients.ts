import { type BenchStore, earlier, forgetWindows, lastOrders, type Window } from './bench-store.ts';
import { type BenchBridge, withBridge } from './bridge-process.ts';
import { askPage } from './client.ts';
import { PAGE_SIZE } from './exports.ts';
import { figureOf, percentileOf, quotientsOf } from './figure.ts';
import type { Section } from './section.ts';

const GOAL = { atMost: 5, of: 'median' } as const;

const CLIENTS = 8;
const PAGES_OF_WINDOW = 10;
const WINDOWS_OF_CLIENT = 3;

/** Eight clients, each of which asks for window after window, page after page, without a pause. */
export const measureClients: Section = async ({ large, runs }) =>
  withBridge(large, { EXPORT_PAGE_SIZE: String(PAGE_SIZE) }, async (bridge) => {
    await askTogether(bridge, large, 1);
    const [medians, latest]: [number[], number[]] = [[], []];
    for (let run = 0; run < runs; run += 1) {
      const pages = await askTogether(bridge, large, WINDOWS_OF_CLIENT);
      medians.push(percentileOf(pages, 0.5));
      latest.push(percentileOf(pages, 0.99));
    }
    const of = `${CLIENTS * WINDOWS_OF_CLIENT * PAGES_OF_WINDOW} pages of ${PAGE_SIZE} to ${CLIENTS} clients`;
    return [
      figureOf(`p50 of ${of}`, 'ms', medians),
      figureOf(`p99 of ${of}`, 'ms', latest),
      figureOf(`p99 ÷ p50 of ${of}`, '×', quotientsOf(latest, medians), { goal: GOAL }),
    ];
  });

async function askTogether(bridge: BenchBridge, store: BenchStore, windows: number): Promise<number[]> {
  await forgetWindows(store);
  const client = async (number: number) => {
    const milliseconds: number[] = [];
    for (let window = 0; window < windows; window += 1) {
      const asked = windowOf(store, number + window * CLIENTS);
      for (let page = 1; page <= PAGES_OF_WINDOW; page += 1)
        milliseconds.push((await askPage(bridge, asked, page, PAGE_SIZE)).milliseconds);
    }
    return milliseconds;
  };
  return (await Promise.all(Array.from({ length: CLIENTS }, (_, number) => client(number)))).flat();
}

/** Windows that overlap, as those of several connections do, and of which none is another. */
function windowOf(store: BenchStore, number: number): Window {
  return earlier(lastOrders(store, PAGES_OF_WINDOW * PAGE_SIZE), number * 7);
}
