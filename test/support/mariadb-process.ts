import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { closeSync, openSync, readFileSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:net';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import type { MariaDbBinary } from '../../scripts/find-mariadb.mjs';
import { openDatabase } from './database.ts';

// Data that nobody keeps: nothing is forced to disk for the sake of a power cut, and everything is small. But each commit
// is handed to the system (2, not 0), because tests kill the server and mean a crash of the process, not of the machine.
const COMMON_ARGUMENTS = [
  '--no-defaults',
  '--skip-log-bin',
  '--skip-sync-frm',
  '--innodb-flush-log-at-trx-commit=2',
  '--innodb-flush-method=nosync',
  '--innodb-log-file-size=8M',
  '--innodb-buffer-pool-size=64M',
  '--innodb-data-file-path=ibdata1:10M:autoextend',
  '--innodb-temp-data-file-path=ibtmp1:4M:autoextend',
  '--aria-log-file-size=8M',
];

const SERVER_ARGUMENTS = [
  '--bind-address=127.0.0.1',
  '--skip-name-resolve',
  '--sync-binlog=0',
  '--performance-schema=off',
  '--key-buffer-size=32M',
  '--max-allowed-packet=64M',
  '--max-connections=300',
];

/** A loaded machine of two cores needs a few seconds; beyond this, something is wrong. */
const START_TIMEOUT_MS = 60_000;
const STOP_TIMEOUT_MS = 15_000;
const PORT_ATTEMPTS = 3;

/** A MariaDB server as a process of the system: making its data, starting and ending it. */
export class MariaDbProcess {
  readonly socketPath: string;
  port = 0;
  readonly #binary: MariaDbBinary;
  readonly #directory: string;
  readonly #logPath: string;
  readonly #extraArguments: readonly string[];
  #process: ChildProcess | undefined;

  constructor(binary: MariaDbBinary, directory: string, extraArguments: readonly string[]) {
    this.#binary = binary;
    this.#directory = directory;
    this.#extraArguments = extraArguments;
    this.#logPath = join(directory, 'server.log');
    this.socketPath = join(directory, 'socket');
  }

  get pid(): number {
    const pid = this.#process?.pid;
    if (pid === undefined) throw new Error('the MariaDB server is not running');
    return pid;
  }

  /**
   * Makes the system tables by the server's own bootstrap mode. The script of the distribution does the same, but needs
   * programs of the client package, makes passwordless accounts, and fills help tables that nobody reads.
   */
  async bootstrap(): Promise<void> {
    const systemTables = this.#binary.systemTables.map((file) => readFileSync(file, 'utf8'));
    const statements = [
      'create database mysql;',
      'use mysql;',
      ...systemTables,
      'flush privileges;',
      ...['localhost', '%'].flatMap((host) => [
        `create or replace user root@'${host}' identified by 'root';`,
        `grant all on *.* to root@'${host}' with grant option;`,
      ]),
    ];
    const child = this.#spawn(['--bootstrap']);
    this.#process = child;
    child.stdin?.on('error', () => undefined); // A server that ended early is reported by its exit code.
    child.stdin?.end(`${statements.join('\n')}\n`);
    const code = await exitOf(child);
    if (code !== 0) throw this.#failure(`MariaDB could not make its system tables (exit code ${code})`);
  }

  /** Starts the server and waits until it lets the administrator in. */
  async start(): Promise<void> {
    if (this.port !== 0) return this.#startOn(this.port);
    for (let attempt = 1; ; attempt++) {
      const port = await freePort();
      try {
        await this.#startOn(port);
        this.port = port;
        return;
      } catch (failure) {
        // Between asking for a free port and taking it, somebody else may have taken it.
        const portTaken =
          failure instanceof Error && /Address already in use|Bind on TCP/i.test(failure.message);
        if (!portTaken || attempt === PORT_ATTEMPTS) throw failure;
      }
    }
  }

  async #startOn(port: number): Promise<void> {
    const child = this.#spawn([
      ...SERVER_ARGUMENTS,
      `--port=${port}`,
      `--socket=${this.socketPath}`,
      `--pid-file=${join(this.#directory, 'pid')}`,
      ...this.#extraArguments,
    ]);
    child.stdin?.end();
    this.#process = child;
    const giveUp = Date.now() + START_TIMEOUT_MS;
    while (!(await this.#answers(port))) {
      if (hasEnded(child)) throw this.#failure(`MariaDB ended while starting (exit code ${child.exitCode})`);
      if (Date.now() > giveUp) {
        this.killNow();
        throw this.#failure(`MariaDB was not ready after ${START_TIMEOUT_MS / 1000} seconds`);
      }
      await sleep(20);
    }
  }

  /** Whether the administrator gets in and finds the data that this process serves, and nobody else's. */
  async #answers(port: number): Promise<boolean> {
    const administrator = openDatabase(`mysql://root:root@127.0.0.1:${port}/`);
    try {
      const [row] = await administrator.query<{ folder: string }>('select @@datadir as folder');
      return row?.folder.startsWith(join(this.#directory, 'data')) ?? false;
    } catch {
      return false;
    } finally {
      await administrator.close();
    }
  }

  async stop(): Promise<void> {
    const child = this.#process;
    if (child === undefined || hasEnded(child)) return;
    child.kill('SIGTERM');
    const ended = exitOf(child);
    const timer = setTimeout(() => child.kill('SIGKILL'), STOP_TIMEOUT_MS);
    await ended;
    clearTimeout(timer);
  }

  async kill(): Promise<void> {
    const child = this.#process;
    if (child === undefined || hasEnded(child)) return;
    child.kill('SIGKILL');
    await exitOf(child);
  }

  /** SIGKILL without waiting, for the last moment of this process. */
  killNow(): void {
    this.#process?.kill('SIGKILL');
  }

  #spawn(further: readonly string[]): ChildProcess {
    const log = openSync(this.#logPath, 'a');
    const asRoot = process.getuid?.() === 0 ? ['--user=root'] : [];
    try {
      const child = spawn(
        this.#binary.server,
        [
          ...COMMON_ARGUMENTS,
          ...asRoot,
          `--datadir=${join(this.#directory, 'data')}`,
          `--tmpdir=${join(this.#directory, 'tmp')}`,
          ...further,
        ],
        { stdio: ['pipe', log, log] },
      );
      child.on('error', (error) => writeFileSync(this.#logPath, `${error.message}\n`, { flag: 'a' }));
      return child;
    } finally {
      closeSync(log);
    }
  }

  #failure(message: string): Error {
    const lines = readFileSync(this.#logPath, 'utf8').trimEnd().split('\n');
    return new Error(`${message}. The end of its log:\n${lines.slice(-15).join('\n')}`);
  }
}

function hasEnded(child: ChildProcess): boolean {
  return child.exitCode !== null || child.signalCode !== null || child.pid === undefined;
}

async function exitOf(child: ChildProcess): Promise<number | null> {
  if (!hasEnded(child)) await once(child, 'exit');
  return child.exitCode;
}

async function freePort(): Promise<number> {
  const probe = createServer().listen(0, '127.0.0.1');
  await once(probe, 'listening');
  const address = probe.address();
  probe.close();
  await once(probe, 'close');
  if (address === null || typeof address === 'string') throw new Error('no free TCP port');
  return address.port;
}
