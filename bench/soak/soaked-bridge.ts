import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { atExit } from '../../test/support/at-exit.ts';
import { freePort } from '../../test/support/program.ts';

/** Bytes that a process holds, after its garbage has been collected. */
export interface Memory {
  /** What the system has given it. */
  readonly rss: number;
  readonly heap: number;
  /** Buffers and what else lies outside of the heap. */
  readonly external: number;
}

/** The compiled bridge as a process of its own, which says how much memory it holds. */
export interface SoakedBridge {
  /** `http://127.0.0.1:port`, of the endpoint and of the operator's address. */
  readonly endpoint: string;
  readonly ops: string;
  measure(): Promise<Memory>;
  /** SIGTERM; resolves with the exit code. */
  stop(): Promise<number | null>;
}

const READY_MS = 30_000;
const LOOK_MS = 50;
const PROBE = new URL('memory-probe.mjs', import.meta.url).href;

/**
 * Starts it and waits until it is ready.
 *
 * @param program folder of the compiled bridge
 */
export async function startSoakedBridge(
  program: string,
  environment: Readonly<Record<string, string>>,
): Promise<SoakedBridge> {
  const [port, opsPort] = [await freePort(), await freePort()];
  const child = spawn(
    process.execPath,
    ['--expose-gc', '--import', PROBE, join(program, 'main.js'), 'serve'],
    {
      env: {
        PATH: process.env['PATH'],
        PORT: String(port),
        OPS_PORT: String(opsPort),
        ...environment,
      },
      // The log is written, as in real life, and read by nobody.
      stdio: ['ignore', 'pipe', 'inherit', 'ipc'],
    },
  );
  child.stdout?.resume();
  const forget = atExit(() => child.kill('SIGKILL'));
  const end = once(child, 'close').finally(forget);
  const ops = `http://127.0.0.1:${opsPort}`;
  await untilReady(child, ops);
  return {
    endpoint: `http://127.0.0.1:${port}`,
    ops,
    async measure() {
      const answer = once(child, 'message');
      child.send('measure');
      const [memory] = (await answer) as [Memory];
      return memory;
    },
    async stop() {
      child.kill('SIGTERM');
      const [code] = (await end) as [number | null];
      return code;
    },
  };
}

async function untilReady(child: ChildProcess, ops: string): Promise<void> {
  const deadline = Date.now() + READY_MS;
  while (!(await fetch(`${ops}/readyz`).catch(() => undefined))?.ok) {
    if (child.exitCode !== null || Date.now() > deadline) {
      child.kill('SIGKILL');
      throw new Error('the bridge did not become ready');
    }
    await sleep(LOOK_MS);
  }
}
