import type { ExportedPage } from '../bridge/export-orders/export-orders.ts';
import { LEFT_OUT_REASONS, type LeftOutReason } from '../bridge/export-orders/left-out.ts';
import type { AskedWindow, LeftOutSummary } from '../ledger/exports.ts';
import { formatDate } from '../shipstation/dates.ts';
import { counted, someOf } from '../values/counted.ts';
import type { EpochSeconds } from '../values/epoch-seconds.ts';
import type { OrderId } from '../values/order-id.ts';
import { localTime } from './local-time.ts';
import { facts, table } from './terminal.ts';

/** What came of an export. */
export interface ExportSummary extends Counts {
  readonly window: AskedWindow;
  readonly timeZone: string;
  /** Where one page alone was written. */
  readonly page: number | undefined;
  /** The file; `undefined`: standard output. */
  readonly output: string | undefined;
  readonly bytes: number;
  readonly leftOut: LeftOutSummary;
  readonly remarks: readonly string[];
}

interface Counts {
  readonly orders: number;
  /** Of the window, as ShipStation would ask for them. */
  readonly pages: number;
  readonly cut: Orders;
  readonly damaged: Orders;
}

interface Orders {
  readonly count: number;
  readonly examples: readonly OrderId[];
}

/** Counts what is written, page after page. */
export interface Tally {
  add(page: ExportedPage<unknown>): void;
  counts(): Counts;
}

const MOST_EXAMPLES = 20;

export function createTally(): Tally {
  let counts: Counts = { orders: 0, pages: 1, cut: NONE, damaged: NONE };
  return {
    add({ orders, pages, cutOrders, damagedOrders }) {
      counts = {
        orders: counts.orders + orders.length,
        pages,
        cut: more(counts.cut, cutOrders),
        damaged: more(counts.damaged, damagedOrders),
      };
    },
    counts: () => counts,
  };
}

const NONE: Orders = { count: 0, examples: [] };

function more({ count, examples }: Orders, found: readonly { readonly orderId: OrderId }[]): Orders {
  const all = [...examples, ...found.map(({ orderId }) => orderId)];
  return { count: count + found.length, examples: all.slice(0, MOST_EXAMPLES) };
}

/** For a reader. */
export function summaryText(summary: ExportSummary): string {
  const { window, timeZone, page, pages, orders, bytes, output, cut, damaged } = summary;
  const where = output ?? 'standard output';
  const leftOut = Object.entries(summary.leftOut).sort(([, a], [, b]) => b.count - a.count);
  const count = leftOut.reduce((sum, [, reason]) => sum + reason.count, 0);
  return [
    facts([
      ['Window', `${localTime(window.start, timeZone)} to ${localTime(window.end, timeZone)} (${timeZone})`],
      ['As asked', `start_date ${formatDate(window.start)}, end_date ${formatDate(window.end)} (UTC)`],
      [
        'Written',
        `${counted(orders, 'order')}${page === undefined ? `, for which ShipStation asks in ${counted(pages, 'page')}` : `, page ${page} of ${pages}`}; ${counted(bytes, 'byte')} to ${where}`,
      ],
      ['Cut', cut.count > 0 ? `texts of ${counted(cut.count, 'order')}: ${someOf(cut.examples)}` : ''],
      [
        'Damaged',
        damaged.count > 0
          ? `in the store, so not read in full: ${counted(damaged.count, 'order')}: ${someOf(damaged.examples)}`
          : '',
      ],
      [
        'Left out',
        count > 0
          ? `${counted(count, 'order')}; "cscart-shipstation preview ORDER" says what to do about one`
          : 'no order',
      ],
    ]),
    ...(count > 0
      ? [
          table(
            ['count', 'reason', 'orders'],
            leftOut.map(([reason, { count: often, examples }]) => [
              often.toLocaleString('en-US'),
              reason in LEFT_OUT_REASONS ? LEFT_OUT_REASONS[reason as LeftOutReason] : reason, // a key, just asked
              someOf(examples),
            ]),
          ),
        ]
      : []),
    ...summary.remarks.map((remark) => `   ${remark}`),
  ].join('\n');
}

/** The same, with instants as ISO 8601 in UTC. */
export function summaryForMachines(summary: ExportSummary): string {
  const { window, timeZone, page, pages, orders, bytes, output, cut, damaged, leftOut, remarks } = summary;
  return JSON.stringify(
    {
      start: iso(window.start),
      end: iso(window.end),
      timeZone,
      orders,
      page: page ?? null,
      pages,
      bytes,
      output: output ?? null,
      leftOut: Object.fromEntries(
        Object.entries(leftOut).map(([reason, { count, examples }]) => [
          reason,
          { count, examples: examples.slice(0, MOST_EXAMPLES) },
        ]),
      ),
      cut,
      damaged,
      remarks,
    },
    null,
    2,
  );
}

function iso(instant: EpochSeconds): string {
  return new Date(instant * 1000).toISOString();
}
