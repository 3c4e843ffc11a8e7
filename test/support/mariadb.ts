import { mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { findMariaDb } from '../../scripts/find-mariadb.mjs';
import { atExit } from './at-exit.ts';
import { openDatabase } from './database.ts';
import { MariaDbProcess } from './mariadb-process.ts';

export interface MariaDbOptions {
  /** Where the server keeps everything; made if it is missing, removed by `stop`. Default: a new temporary folder. */
  readonly directory?: string;
  /** Further arguments of the server, such as `--innodb-lock-wait-timeout=1`. */
  readonly arguments?: readonly string[];
}

/** A private MariaDB server. The administrator is `root` with the password `root`, from anywhere on this machine. */
export interface MariaDb {
  readonly port: number;
  readonly socketPath: string;
  readonly directory: string;
  /** Of the process that runs now: `restart` changes it. */
  readonly pid: number;
  /** The URL of a database, which need not exist. Default account: the administrator. */
  url(database: string, account?: { user: string; password: string }): string;
  /** Runs a statement as administrator, in no database. */
  query<Row = Record<string, unknown>>(sql: string, values?: readonly unknown[]): Promise<Row[]>;
  /** Ends the process and removes its folder. Safe to call again. */
  stop(): Promise<void>;
  /** SIGKILL, as a crash; the folder stays for `restart`. */
  kill(): Promise<void>;
  /** The same data on the same port again, whether the server runs or was killed. */
  restart(): Promise<void>;
}

/**
 * Starts a server of its own: own data, own socket, a free port of 127.0.0.1, and nothing of the machine's
 * configuration. Works as root and as any other user. Ready when the promise resolves. Throws with the last lines of the
 * server's log if it does not come up.
 */
export async function startMariaDb(options: MariaDbOptions = {}): Promise<MariaDb> {
  const directory = options.directory ?? mkdtempSync(join(tmpdir(), 'mariadb-'));
  for (const folder of ['data', 'tmp']) mkdirSync(join(directory, folder), { recursive: true });
  const binary = findMariaDb();
  if (!binary) throw new Error('No MariaDB server found: install the package mariadb-server-core.');
  const server = new MariaDbProcess(binary, directory, options.arguments ?? []);
  const cleanUp = () => {
    server.killNow();
    // A process that was just killed may still finish a write into the folder.
    rmSync(directory, { recursive: true, force: true, maxRetries: 5 });
  };
  // Whatever ends this process must not leave a server or a folder behind.
  const forget = atExit(cleanUp);
  try {
    await server.bootstrap();
    await server.start();
  } catch (cause) {
    forget();
    cleanUp();
    throw cause;
  }
  const url: MariaDb['url'] = (database, { user, password } = { user: 'root', password: 'root' }) =>
    `mysql://${encodeURIComponent(user)}:${encodeURIComponent(password)}@127.0.0.1:${server.port}/${database}`;
  return {
    directory,
    socketPath: server.socketPath,
    get port() {
      return server.port;
    },
    get pid() {
      return server.pid;
    },
    url,
    query: async (sql, values) => {
      const administrator = openDatabase(url(''));
      try {
        return await administrator.query(sql, values);
      } finally {
        await administrator.close();
      }
    },
    stop: async () => {
      await server.stop();
      forget();
      rmSync(directory, { recursive: true, force: true });
    },
    kill: () => server.kill(),
    restart: async () => {
      await server.stop();
      await server.start();
    },
  };
}
