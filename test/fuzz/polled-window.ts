import type { LeftOutSummary } from '../../src/ledger/exports.ts';
import { wireDate } from '../support/ship-notice-xml.ts';
import type { Store } from '../support/store/store.ts';
import type { TestBridge } from '../support/test-bridge.ts';

export interface Window {
  readonly start: Date;
  /** Whole minutes; the last one belongs to the window to its end. */
  readonly end: Date;
}

/** All that came of polling a window: what was answered, kept and logged. */
export interface PolledWindow {
  readonly pages: readonly { readonly status: number; readonly body: string }[];
  /** Of the ledger; `undefined` when it has nothing of the window. */
  readonly leftOut: LeftOutSummary | undefined;
  readonly logs: TestBridge['logs'];
}

/** Asks for every page of a window, also after one that was refused. */
export async function pollWindow(bridge: TestBridge, store: Store, window: Window): Promise<PolledWindow> {
  const logsBefore = bridge.logs.length;
  const dates = `start_date=${encoded(window.start)}&end_date=${encoded(window.end)}`;
  const pages: { status: number; body: string }[] = [];
  let count = 1;
  for (let page = 1; page <= count; page += 1) {
    const { status, body } = await bridge.request(`action=export&${dates}&page=${page}`);
    pages.push({ status, body });
    if (page === 1) count = Number(/<Orders pages="(\d+)"/.exec(body)?.[1] ?? 1);
  }
  const [kept] = await store.query<{ left_out: string }>(
    `select left_out from ${store.prefix}shipstation_exports where window_start = ? and window_end = ?`,
    [secondsOf(window.start), secondsOf(window.end)],
  );
  return {
    pages,
    leftOut: kept && (JSON.parse(kept.left_out) as LeftOutSummary),
    logs: bridge.logs.slice(logsBefore),
  };
}

const END_MINUTE_SECONDS = 59;

/** The orders that a window holds, by what the store itself says: the bridge is not asked. */
export async function ordersInWindow(store: Store, { start, end }: Window): Promise<ReadonlySet<number>> {
  const columns = ['timestamp', 'updated_at', 'last_modify'].filter((column) =>
    store.hasColumn('orders', column),
  );
  const rows = await store.query<{ order_id: number }>(
    `select order_id from ${store.table('orders')} where ${columns.map((column) => `${column} between ? and ?`).join(' or ')}`,
    columns.flatMap((column) => [
      // An instant of change that is 0 is none: the order is older than the column.
      Math.max(secondsOf(start), column === 'timestamp' ? 0 : 1),
      secondsOf(end) + END_MINUTE_SECONDS,
    ]),
  );
  return new Set(rows.map(({ order_id }) => order_id));
}

function secondsOf(date: Date): number {
  return Math.floor(date.getTime() / 1000);
}

function encoded(date: Date): string {
  return encodeURIComponent(wireDate(date));
}
