import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { readFileSync } from 'node:fs';
import { setTimeout as sleep } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { atExit } from '../test/support/at-exit.ts';
import { freePort } from '../test/support/program.ts';
import type { BenchStore } from './bench-store.ts';

const PROGRAM = fileURLToPath(new URL('../dist/main.js', import.meta.url));
const READY_MS = 30_000;
const LOOK_MS = 5;

export const CREDENTIALS = { username: 'bench', password: 'bench' };

/** The compiled bridge as a process of its own. */
export interface BenchBridge {
  /** `http://127.0.0.1:port/shipstation` */
  readonly url: string;
  /** From the start of the process to the first time it says that ShipStation would be answered. */
  readonly startMs: number;
  /** The most memory that the system has ever given it, in bytes. */
  peakMemory(): number;
  /** SIGTERM, and waits for its end. */
  stop(): Promise<void>;
}

/** What every bridge of the benchmark is set to; the rest is as an admin finds it. */
export function settingsFor(
  store: BenchStore,
  further: Readonly<Record<string, string>> = {},
): Record<string, string> {
  return {
    SHIPSTATION_USERNAME: CREDENTIALS.username,
    SHIPSTATION_PASSWORD: CREDENTIALS.password,
    CSCART_DATABASE_URL: store.url,
    // A window has to hold as many orders as it says.
    EXPORT_OVERLAP_SECONDS: '0',
    RATE_LIMIT_PER_MINUTE: '1000000',
    ...further,
  };
}

/** Starts it and waits until it is ready. */
async function startBenchBridge(
  store: BenchStore,
  further: Readonly<Record<string, string>> = {},
): Promise<BenchBridge> {
  const [port, opsPort] = [await freePort(), await freePort()];
  const startedAt = performance.now();
  const child = spawn(process.execPath, [PROGRAM, 'serve'], {
    env: {
      PATH: process.env['PATH'],
      PORT: String(port),
      OPS_PORT: String(opsPort),
      ...settingsFor(store, further),
    },
    // The log is written, as in real life, and read by nobody.
    stdio: ['ignore', 'ignore', 'inherit'],
  });
  const forget = atExit(() => child.kill('SIGKILL'));
  const end = once(child, 'close').finally(forget);
  while (!(await fetch(`http://127.0.0.1:${opsPort}/readyz`).catch(() => undefined))?.ok) {
    if (child.exitCode !== null || performance.now() - startedAt > READY_MS) {
      child.kill('SIGKILL');
      throw new Error('the bridge did not become ready');
    }
    await sleep(LOOK_MS);
  }
  const startMs = performance.now() - startedAt;
  return {
    url: `http://127.0.0.1:${port}/shipstation`,
    startMs,
    peakMemory: () => peakMemoryOf(child.pid ?? 0),
    async stop() {
      child.kill('SIGTERM');
      await end;
    },
  };
}

/** Runs something with a bridge that ends afterwards. */
export async function withBridge<Result>(
  store: BenchStore,
  further: Readonly<Record<string, string>>,
  work: (bridge: BenchBridge) => Promise<Result>,
): Promise<Result> {
  const bridge = await startBenchBridge(store, further);
  try {
    return await work(bridge);
  } finally {
    await bridge.stop();
  }
}

/** The same with several, all on one store. */
export async function withBridges<Result>(
  store: BenchStore,
  further: Readonly<Record<string, string>>,
  count: number,
  work: (bridges: readonly BenchBridge[]) => Promise<Result>,
): Promise<Result> {
  const bridges: BenchBridge[] = [];
  try {
    while (bridges.length < count) bridges.push(await startBenchBridge(store, further));
    return await work(bridges);
  } finally {
    await Promise.all(bridges.map((bridge) => bridge.stop()));
  }
}

// Linux keeps the high-water mark of a process itself: no peak is missed between two looks.
function peakMemoryOf(pid: number): number {
  const [, kilobytes] = /^VmHWM:\s+(\d+) kB$/m.exec(readFileSync(`/proc/${pid}/status`, 'utf8')) ?? [];
  if (kilobytes === undefined) throw new Error('this system does not keep the peak memory of a process');
  return Number(kilobytes) * 1024;
}
