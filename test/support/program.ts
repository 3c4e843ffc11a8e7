import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { createServer } from 'node:net';
import { setTimeout as sleep } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';

const ROOT = fileURLToPath(new URL('../..', import.meta.url));

/** What `npm run build` makes of `src/`; each run of the tests sees to it that it is new (`built-program.ts`). */
export const COMPILED_PROGRAM = `${ROOT}dist/main.js`;

/** The program as a process of its own. */
export interface Program {
  readonly process: ChildProcess;
  /** What it has printed so far, both streams together. */
  readonly output: () => string;
  /** The same of standard output alone. */
  readonly stdout: () => string;
  /** The log lines so far. */
  readonly logs: () => readonly Record<string, unknown>[];
  /** Its exit code, once it has ended; `null` when a signal ended it. */
  readonly exitCode: Promise<number | null>;
  /** Waits until the log has a line with this event. Throws with the output when the program ends before. */
  waitFor(event: string): Promise<void>;
}

// A loaded machine takes its time for starting a process. It bounds a test that has failed, and no other.
const WAIT_MS = 60_000;

/** Runs `cscart-shipstation` with these arguments and nothing of this process's environment but PATH. */
export function runProgram(
  args: readonly string[],
  environment: Readonly<Record<string, string>> = {},
  directory: string = ROOT,
): Program {
  const child = spawn(process.execPath, [COMPILED_PROGRAM, ...args], {
    cwd: directory,
    env: { PATH: process.env['PATH'], ...environment },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  let output = '';
  let stdout = '';
  child.stdout.setEncoding('utf8').on('data', (text: string) => {
    output += text;
    stdout += text;
  });
  child.stderr.setEncoding('utf8').on('data', (text: string) => (output += text));
  const exitCode = once(child, 'close').then(([code]) => code as number | null);
  const logs = () =>
    output
      .split('\n')
      .flatMap((line) => (line.startsWith('{') ? [JSON.parse(line) as Record<string, unknown>] : []));
  return {
    process: child,
    output: () => output,
    stdout: () => stdout,
    logs,
    exitCode,
    async waitFor(event) {
      const deadline = Date.now() + WAIT_MS;
      while (!logs().some((line) => line['event'] === event)) {
        if (child.exitCode !== null || Date.now() > deadline)
          throw new Error(`no event ${event} in:\n${output}`);
        await sleep(20);
      }
    },
  };
}

// The system gives the same port again as soon as it is free.
const given = new Set<number>();

/** A port of this machine that nobody uses at this moment, and that was not given before. */
export async function freePort(): Promise<number> {
  for (;;) {
    const server = createServer().listen(0, '127.0.0.1');
    await once(server, 'listening');
    const address = server.address();
    server.close();
    await once(server, 'close');
    if (address === null || typeof address === 'string') throw new Error('a server without a port');
    if (given.has(address.port)) continue;
    given.add(address.port);
    return address.port;
  }
}
