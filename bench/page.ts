import { type Connection, createConnection, createPool, type Pool } from 'mysql2/promise';
import { type BenchStore, forgetWindows, lastOrders, type Window } from './bench-store.ts';
import { withBridge } from './bridge-process.ts';
import { askPage } from './client.ts';
import { type Figure, figureOf, quotientsOf } from './figure.ts';
import { exportRequest, type Statement, withRecordedBridge } from './recorded.ts';
import type { Section, Stage } from './section.ts';
import { inTurn, timed, warmUp } from './timing.ts';

const PAGE_SIZES = [100, 500];
const GOAL = { atMost: 1.5, of: 'median' } as const;

/** A whole HTTP page beside fetching the same rows by the same statements with mysql2, and doing nothing with them. */
export const measurePages: Section = async (stage) => {
  const figures: Figure[] = [];
  for (const size of PAGE_SIZES) figures.push(...(await measurePage(stage, size)));
  return figures;
};

async function measurePage({ large, runs }: Stage, size: number): Promise<readonly Figure[]> {
  const settings = { EXPORT_PAGE_SIZE: String(size) };
  const window = lastOrders(large, size);
  const reads = await readsOfPage(large, settings, window);
  const options = { uri: large.url, charset: 'utf8mb4' };
  const connection = await createConnection(options);
  const pool = createPool({ ...options, connectionLimit: 10 });
  try {
    return await withBridge(large, settings, async (bridge) => {
      const page = async () => {
        await forgetWindows(large);
        return (await askPage(bridge, window, 1, size)).milliseconds;
      };
      const oneByOne = async () => (await timed(() => fetchOneByOne(connection, reads)))[0];
      const sideBySide = async () => (await timed(() => fetchSideBySide(pool, reads)))[0];
      const measurements = [page, oneByOne, sideBySide];
      await warmUp(() => inTurn(1, measurements));
      const [pages = [], ones = [], sides = []] = await inTurn(runs, measurements);
      return [
        figureOf(`page of ${size}`, 'ms', pages),
        figureOf(
          `orders a second, pages of ${size}`,
          'orders/s',
          pages.map((ms) => (size / ms) * 1000),
        ),
        figureOf(`its rows by mysql2, one statement after the other`, 'ms', ones),
        figureOf(`its rows by mysql2, side by side on several connections`, 'ms', sides),
        figureOf(`page of ${size} ÷ its rows one by one`, '×', quotientsOf(pages, ones), { goal: GOAL }),
        figureOf(`page of ${size} ÷ its rows side by side`, '×', quotientsOf(pages, sides), { goal: GOAL }),
      ];
    });
  } finally {
    await connection.end();
    await pool.end();
  }
}

/** The reading statements of a page, as the bridge itself sends them once it knows the store. */
async function readsOfPage(
  store: BenchStore,
  settings: Readonly<Record<string, string>>,
  window: Window,
): Promise<readonly Statement[]> {
  return withRecordedBridge(store, settings, async (bridge, sent) => {
    await bridge.exportOrders(exportRequest(window, 1), () => {});
    sent.length = 0;
    await forgetWindows(store);
    await bridge.exportOrders(exportRequest(window, 1), () => {});
    return sent.filter(([sql]) => /^\s*select/i.test(sql));
  });
}

async function fetchOneByOne(connection: Connection, statements: readonly Statement[]): Promise<void> {
  for (const [sql, values] of statements) await connection.query(sql, [...values]);
}

// What says which orders it is about, by their number.
const BY_ORDER = /order_id in \(\?\)|object_id in \(\?\)/;

/** First which orders, then what their ids lead to, then what that names. */
async function fetchSideBySide(pool: Pool, statements: readonly Statement[]): Promise<void> {
  const firstByOrder = statements.findIndex(([sql]) => BY_ORDER.test(sql));
  const before = statements.slice(0, firstByOrder);
  const others = statements.slice(firstByOrder);
  const run = ([sql, values]: Statement) => pool.query(sql, [...values]);
  await Promise.all(before.map(run));
  await Promise.all(others.filter(([sql]) => BY_ORDER.test(sql)).map(run));
  await Promise.all(others.filter(([sql]) => !BY_ORDER.test(sql)).map(run));
}
