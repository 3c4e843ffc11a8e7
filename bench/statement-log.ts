import { closeSync, fstatSync, openSync, readSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import type { MariaDb } from '../test/support/mariadb.ts';
import { BRIDGE_ACCOUNT } from './bench-store.ts';
import { type LoggedStatement, readSlowLog } from './slow-log.ts';

// The server answers before it writes the log.
const SETTLE_MS = 50;

/** Runs something. Gives the statements that the bridge sent meanwhile. */
export type Recorder = (work: () => Promise<unknown>) => Promise<readonly LoggedStatement[]>;

/**
 * Runs something while the server keeps its own record of what it is asked. A connection is recorded where it was made
 * meanwhile: the bridge has to be started within `work`.
 */
export async function recordingStatements<Result>(
  mariadb: MariaDb,
  work: (record: Recorder) => Promise<Result>,
): Promise<Result> {
  const path = join(mariadb.directory, 'statements.log');
  await mariadb.query(`set global slow_query_log_file = '${path}'`);
  await mariadb.query('set global slow_query_log = on');
  try {
    return await work(async (recorded) => {
      const from = statSync(path).size;
      await recorded();
      await sleep(SETTLE_MS);
      return readSlowLog(textFrom(path, from)).filter(
        ({ user, sql }) => user === BRIDGE_ACCOUNT.user && !isOfTheBridgeAlone(sql),
      );
    });
  } finally {
    await mariadb.query('set global slow_query_log = off');
  }
}

/** What the bridge does by itself each minute, whatever it is asked: no export touches the notices. */
function isOfTheBridgeAlone(sql: string): boolean {
  return /^select .* where state (?:in \('planned', 'received'\)|= 'applied' and changed_at)/is.test(sql);
}

function textFrom(path: string, from: number): string {
  const file = openSync(path, 'r');
  try {
    const bytes = Buffer.alloc(fstatSync(file).size - from);
    readSync(file, bytes, 0, bytes.length, from);
    return bytes.toString('utf8');
  } finally {
    closeSync(file);
  }
}
