import { type Bridge, createBridge } from '../src/bridge/bridge.ts';
import { readConfig } from '../src/config/read-config.ts';
import { createEpochSeconds } from '../src/values/epoch-seconds.ts';
import type { BenchStore, Window } from './bench-store.ts';
import { settingsFor } from './bridge-process.ts';

/** A statement as the bridge sends it. */
export type Statement = readonly [sql: string, values: readonly unknown[]];

const SILENT = { info() {}, warn() {}, error() {} };

/** A bridge within this process, for what a process of its own does not tell. Gives also the statements that it sent. */
export async function withRecordedBridge<Result>(
  store: BenchStore,
  further: Readonly<Record<string, string>>,
  work: (bridge: Bridge, sent: Statement[]) => Promise<Result>,
): Promise<Result> {
  const sent: Statement[] = [];
  const bridge = createBridge(readConfig(settingsFor(store, further)), SILENT, {
    onStatement: (sql, values) => void sent.push([sql, [...values]]),
  });
  try {
    await bridge.prepare();
    sent.length = 0;
    return await work(bridge, sent);
  } finally {
    await bridge.close();
  }
}

/** A request for a page, as the endpoint reads it out of an address. */
export function exportRequest({ startMs, endMs }: Window, page: number) {
  return {
    start: createEpochSeconds(startMs / 1000),
    end: createEpochSeconds(endMs / 1000),
    page,
  };
}
