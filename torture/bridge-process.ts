import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { atExit } from '../test/support/at-exit.ts';
import { freePort } from '../test/support/program.ts';
import { createLogWatch, type LogWatch, PLANTED } from './planted.ts';

export const USERNAME = 'shipstation';
export const PASSWORD = PLANTED.password;

// Only a bridge that never starts waits for it: on a machine that has much else to do, a start takes many seconds.
const READY_MS = 180_000;
// Each look costs the machine something, and a start takes hundreds of milliseconds.
const LOOK_MS = 20;

/** The compiled bridge as a process of its own, which can be killed and started again on the same port. */
export interface BridgeProcess {
  /** What a merchant types into ShipStation. */
  readonly url: string;
  /** All log lines of all its lives. */
  readonly logs: readonly Readonly<Record<string, unknown>>[];
  /** Has looked at each line, on both streams. */
  readonly watch: LogWatch;
  /** Starts it; resolves when `/readyz` says yes. Throws with its last lines when it does not come up. */
  start(): Promise<void>;
  /** Starts it without waiting for `/readyz`, as while the database is away. */
  launch(): void;
  isReady(): Promise<boolean>;
  /** SIGKILL, at once: nothing of it runs any more. Safe to call when it is down. */
  killNow(): void;
  /** Resolves when the process has ended. */
  ended(): Promise<void>;
  /** SIGSTOP and SIGCONT: a process that hangs. */
  pause(): void;
  resume(): void;
  /** SIGTERM; resolves with the exit code when it has ended. */
  stop(): Promise<number | null>;
}

/** @param program folder of the compiled bridge */
export async function createBridgeProcess(
  program: string,
  environment: Readonly<Record<string, string>>,
): Promise<BridgeProcess> {
  const [port, opsPort] = [await freePort(), await freePort()];
  const logs: Record<string, unknown>[] = [];
  const watch = createLogWatch(environment);
  let lastLines: string[] = [];
  let child: ChildProcess | undefined;
  let end: Promise<unknown> = Promise.resolve();

  const isReady = async () =>
    (await fetch(`http://127.0.0.1:${opsPort}/readyz`).catch(() => undefined))?.ok ?? false;

  function launch(): void {
    const started = spawn(process.execPath, [join(program, 'main.js'), 'serve'], {
      env: {
        PATH: process.env['PATH'],
        SHIPSTATION_USERNAME: USERNAME,
        SHIPSTATION_PASSWORD: PASSWORD,
        RATE_LIMIT_PER_MINUTE: '1000000',
        LOG_LEVEL: 'trace',
        PORT: String(port),
        OPS_PORT: String(opsPort),
        ...environment,
      },
      stdio: ['ignore', 'pipe', 'pipe'],
    });
    child = started;
    lastLines = [];
    readLines(started, (line) => {
      watch.look(line);
      lastLines = [...lastLines.slice(-20), line];
      if (line.startsWith('{')) logs.push(JSON.parse(line) as Record<string, unknown>);
    });
    const forget = atExit(() => started.kill('SIGKILL'));
    end = once(started, 'close').finally(forget);
  }

  return {
    url: `http://127.0.0.1:${port}/shipstation`,
    logs,
    watch,
    launch,
    isReady,
    async start() {
      launch();
      const deadline = Date.now() + READY_MS;
      while (!(await isReady())) {
        if (child?.exitCode !== null || Date.now() > deadline)
          throw new Error(`the bridge did not become ready:\n${lastLines.join('\n')}`);
        await sleep(LOOK_MS);
      }
    },
    killNow: () => void child?.kill('SIGKILL'),
    ended: async () => void (await end),
    pause: () => void child?.kill('SIGSTOP'),
    resume: () => void child?.kill('SIGCONT'),
    async stop() {
      child?.kill('SIGTERM');
      await end;
      return child?.exitCode ?? null;
    },
  };
}

function readLines(child: ChildProcess, onLine: (line: string) => void): void {
  for (const stream of [child.stdout, child.stderr]) {
    let rest = '';
    stream?.setEncoding('utf8').on('data', (text: string) => {
      const lines = (rest + text).split('\n');
      rest = lines.pop() ?? '';
      for (const line of lines) onLine(line);
    });
  }
}
