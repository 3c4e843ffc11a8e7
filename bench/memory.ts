import { forgetWindows, lastOrders } from './bench-store.ts';
import { withBridge } from './bridge-process.ts';
import { askAllPages } from './exports.ts';
import { type Figure, figureOf } from './figure.ts';
import type { Section } from './section.ts';

const GOAL = { atMost: 60, of: 'median' } as const;
const MEGABYTE = 1024 * 1024;
const MOST_ORDERS = 20_000;
const PAGE_SIZES = [100, 500];

/** How much more memory the bridge has ever had after importing a large window than when it was ready. */
export const measureMemory: Section = async ({ large, runs }) => {
  const orders = Math.min(MOST_ORDERS, large.orders);
  const figures: Figure[] = [];
  for (const size of PAGE_SIZES) {
    const growths: number[] = [];
    const peaks: number[] = [];
    for (let run = 0; run < runs; run += 1) {
      await forgetWindows(large);
      await withBridge(large, { EXPORT_PAGE_SIZE: String(size) }, async (bridge) => {
        const atStart = bridge.peakMemory();
        await askAllPages(bridge, lastOrders(large, orders));
        peaks.push(bridge.peakMemory() / MEGABYTE);
        growths.push((bridge.peakMemory() - atStart) / MEGABYTE);
      });
    }
    figures.push(
      figureOf(`peak, ${orders} orders in pages of ${size}`, 'MB', peaks),
      figureOf(`peak above that at start, ${orders} orders in pages of ${size}`, 'MB', growths, {
        goal: GOAL,
      }),
    );
  }
  return figures;
};
