import { setTimeout as sleep } from 'node:timers/promises';
import { createConnection } from 'mysql2/promise';
import { type BenchStore, table } from './bench-store.ts';
import { type BenchBridge, withBridge } from './bridge-process.ts';
import { type AskedExport, PAGE_SIZE, rollingWindows, wholeStore } from './exports.ts';
import { type Figure, figureOf } from './figure.ts';
import type { Section } from './section.ts';
import { type LoggedStatement, lockMilliseconds, shortSql } from './slow-log.ts';
import { recordingStatements } from './statement-log.ts';
import { timed } from './timing.ts';

const GOAL = { atMost: 50, of: 'most' } as const;

const PROBED_TABLES = ['orders', 'order_details', 'order_data'];
// Often enough to meet every statement that takes longer, and seldom enough not to slow them.
const PROBE_PAUSE_MS = 3;

/**
 * How long an export holds the read lock of a table of the store, during which nobody else writes into it. MyISAM keeps it
 * for the whole statement, so the server's own time of each statement tells; a writer beside it that waits for the lock
 * again and again has to find the same.
 */
export const measureLocks: Section = ({ mariadb, large, runs }) =>
  recordingStatements(mariadb, (record) =>
    withBridge(large, { EXPORT_PAGE_SIZE: String(PAGE_SIZE) }, async (bridge) => {
      const figures: Figure[] = [];
      for (const asked of [rollingWindows, wholeStore]) {
        await asked.ask(bridge, large);
        const longest: LoggedStatement[] = [];
        const waits: number[] = [];
        for (let run = 0; run < runs; run += 1) {
          longest.push(longestLock(await record(() => asked.ask(bridge, large))));
          waits.push(await longestWait(bridge, large, asked));
        }
        figures.push(
          figureOf(`longest read lock, ${asked.name}`, 'ms', longest.map(lockMilliseconds), {
            goal: GOAL,
            note: shortSql(longestLock(longest).sql),
          }),
          figureOf(`longest wait of a writer, ${asked.name}`, 'ms', waits),
        );
      }
      return figures;
    }),
  );

function longestLock(sent: readonly LoggedStatement[]): LoggedStatement {
  const [longest] = sent
    .filter(({ sql }) => readsStore(sql))
    .toSorted((a, b) => lockMilliseconds(b) - lockMilliseconds(a));
  if (!longest) throw new Error('the server has logged no statement of the export');
  return longest;
}

/** Whether a statement reads a table of the store, not of the bridge's own alone. */
export function readsStore(sql: string): boolean {
  return /\bcscart_(?!shipstation_)/.test(sql);
}

/** The longest that somebody who wants to write into one of the tables has to wait while an export is asked for. */
async function longestWait(bridge: BenchBridge, store: BenchStore, asked: AskedExport): Promise<number> {
  let isOver = false;
  const probes = PROBED_TABLES.map((name) => probe(store, name, () => isOver));
  try {
    await asked.ask(bridge, store);
  } finally {
    isOver = true;
  }
  return Math.max(...(await Promise.all(probes)));
}

async function probe(store: BenchStore, name: string, isOver: () => boolean): Promise<number> {
  const connection = await createConnection({ uri: store.url });
  let longest = 0;
  try {
    while (!isOver()) {
      const [wait] = await timed(() => connection.query(`lock tables ${table(name)} write`));
      await connection.query('unlock tables');
      longest = Math.max(longest, wait);
      await sleep(PROBE_PAUSE_MS);
    }
    return longest;
  } finally {
    await connection.end();
  }
}
