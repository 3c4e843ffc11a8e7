import { isDeepStrictEqual } from 'node:util';
import type { Connection } from 'mysql2';
import { createPool, type Pool, type PoolConnection, type QueryOptions } from 'mysql2/promise';
import { isLoginRefused, isSilence } from './database-errors.ts';
import type { DatabaseUrl } from './database-url.ts';

// ShipStation gives up on a page after tens of seconds, and a statement of ours that runs longer holds up the shop.
// MySQL knows such a limit for reading statements only; ours that write touch a handful of rows.
const STATEMENT_LIMIT_SECONDS = 30;
// A little longer than the server's own limit: it only fires when the network or the server hangs.
const SILENCE_MS = (STATEMENT_LIMIT_SECONDS + 5) * 1000;
const CONNECT_LIMIT_MS = 5_000;
// Below the statement's limit, which MySQL does not have for writing.
const LOCK_LIMIT_SECONDS = 20;
// A machine that vanishes says no goodbye: the server would keep its connection, and with it the lock of an order, for
// eight hours. Between two statements of ours are milliseconds; the pool itself ends what is idle for longer.
const IDLE_LIMIT_SECONDS = 75;
// An export reads five tables side by side; ten leave room for a notice. Shared hosts allow few connections in all.
const MOST_CONNECTIONS = 10;
const IDLE_CONNECTIONS = 5;
// Beyond this many waiting requests the honest answer is "later".
const MOST_WAITING = 200;

/** How many connections there are to a database, and what asks for one. */
export interface PoolFigures {
  /** Connected, or about to be. */
  readonly open: number;
  /** Connected, and used by nobody. */
  readonly idle: number;
  /** Statements and locks that wait for a connection. */
  readonly waiting: number;
}

/** Makes something of a row. */
export type ReadRow = (row: never) => unknown;

/** A connection that one piece of work has for itself. It has to be released or ended; the first of them counts. */
export interface TakenConnection {
  /**
   * Runs one statement. Throws what the driver throws; one that was never answered has ended the connection. With `read`,
   * each row is given to it as it arrives, and what it makes of the rows is the answer: a row then lives no longer than
   * that. What it throws is thrown once the answer has been received, and the connection stays fit for use.
   */
  readonly run: (options: QueryOptions, read?: ReadRow) => Promise<unknown>;
  /** Gives it back for others to use. */
  release(): void;
  /** Ends it, and with it what the server keeps for it. */
  end(): void;
}

/** The connections to a database, made when they are needed and used again. */
export interface Connections {
  /** Throws what the driver throws. */
  take(): Promise<TakenConnection>;
  /**
   * From now on connects with the user and password of this URL. What is under way goes on with the connections that it
   * has. Throws what the driver throws where the database does not let us in with them: then the ones before go on, and as
   * soon as the database refuses those, the new ones are tried again by themselves.
   */
  useLogin(url: DatabaseUrl): Promise<void>;
  figures(): PoolFigures;
  /** Ends all of them, after what they are doing. */
  close(): Promise<void>;
}

export interface ConnectionOptions {
  /** After how many milliseconds without an answer a connection counts as dead. Default: a little longer than a statement may take. */
  readonly silenceMs?: number | undefined;
  /** Called when the database has let us in with another user or password than before. */
  readonly onLogin?: (() => void) | undefined;
}

/** Opens the connections to a database, without connecting yet. */
export function openConnections(
  url: DatabaseUrl,
  { silenceMs = SILENCE_MS, onLogin = () => {} }: ConnectionOptions = {},
): Connections {
  let current = openLogin(url, silenceMs);
  let next: Login | undefined;
  // Those whose work is not done yet.
  const former = new Set<Login>();

  async function change(to: Login): Promise<void> {
    (await to.take()).release();
    // Somebody else may have been quicker.
    if (next !== to) return;
    next = undefined;
    const before = current;
    current = to;
    former.add(before);
    void drop(before).then(() => former.delete(before));
    onLogin();
  }

  return {
    async take() {
      for (;;) {
        const login = current;
        try {
          return await login.take();
        } catch (error) {
          if (!isLoginRefused(error)) throw error;
          if (next)
            await change(next).catch(() => {
              throw error;
            });
          else if (login === current) throw error;
        }
      }
    },
    async useLogin(wanted) {
      if (next && isDeepStrictEqual(wanted, next.url)) return change(next);
      const dropped = next;
      next = isDeepStrictEqual(wanted, current.url) ? undefined : openLogin(wanted, silenceMs);
      if (dropped) void drop(dropped);
      if (next) await change(next);
    },
    figures: () => {
      const all = [current, ...former].map((login) => login.figures());
      return {
        open: all.reduce((sum, { open }) => sum + open, 0),
        idle: all.reduce((sum, { idle }) => sum + idle, 0),
        waiting: all.reduce((sum, { waiting }) => sum + waiting, 0),
      };
    },
    async close() {
      await Promise.all([current, ...former, ...(next ? [next] : [])].map((login) => login.close()));
    },
  };
}

/** The connections of one user and password. */
interface Login {
  readonly url: DatabaseUrl;
  take(): Promise<TakenConnection>;
  figures(): PoolFigures;
  /** Ends them as soon as nobody uses one any more. Nobody takes one after it was called. */
  retire(): Promise<void>;
  close(): Promise<void>;
}

/**
 * Opens a pool. Connections that have gone silent are not used again: the driver's time limit leaves a connection as it is,
 * with the statement that was never answered, so that it has to be ended. And where one hangs, those that were there at that
 * time hang as well, each for the whole limit.
 */
function openLogin(url: DatabaseUrl, silenceMs: number): Login {
  const pool = openPool(url);
  let generation = 0;
  const generations = new WeakMap<object, number>();
  pool.pool.on('connection', (connection: object) => generations.set(connection, generation));
  let users = 0;
  let onUnused: (() => void) | undefined;
  let ended: Promise<void> | undefined;
  const end = () => {
    ended ??= pool.end();
    return ended;
  };

  function leave(): void {
    users -= 1;
    if (users === 0) onUnused?.();
  }

  function taken(connection: PoolConnection): TakenConnection {
    let isTaken = true;
    const giveUp = (how: 'release' | 'destroy') => {
      if (!isTaken) return;
      isTaken = false;
      connection[how]();
      leave();
    };
    return {
      async run(options, read) {
        const limited = { ...options, timeout: silenceMs };
        try {
          if (read) return await readRows(underneath(connection), limited, read);
          const [result] = await connection.query(limited);
          return result;
        } catch (error) {
          if (isSilence(error)) {
            generation += 1;
            giveUp('destroy');
          }
          throw error;
        }
      },
      release: () => giveUp('release'),
      end: () => giveUp('destroy'),
    };
  }

  return {
    url,
    async take() {
      users += 1;
      try {
        for (;;) {
          const connection = await pool.getConnection();
          if ((generations.get(connection.connection) ?? generation) === generation) return taken(connection);
          connection.destroy();
        }
      } catch (error) {
        leave();
        throw error;
      }
    },
    figures: () => figuresOf(pool),
    async retire() {
      if (users > 0)
        await new Promise<void>((resolve) => {
          onUnused = resolve;
        });
      await end();
    },
    close: end,
  };
}

/** What the driver's promises stand on: its types take it for another of them. */
function underneath(connection: PoolConnection): Connection {
  return connection.connection as unknown as Connection;
}

/** The driver gives rows one by one where it is asked without a callback; then only the connection hears of its own end. */
async function readRows(
  connection: Connection,
  options: QueryOptions,
  read: ReadRow,
): Promise<readonly unknown[]> {
  const made: unknown[] = [];
  let refused: { readonly error: unknown } | undefined;
  let fail: (error: unknown) => void = () => {};
  const reading = new Promise<void>((resolve, reject) => {
    fail = reject;
    connection.on('error', fail);
    connection
      .query(options)
      .on('result', (row) => {
        if (refused) return;
        try {
          made.push(read(row as never)); // whoever wrote the statement knows the shape of its rows
        } catch (error) {
          refused = { error };
        }
      })
      .on('error', reject)
      .on('end', resolve);
  });
  try {
    await reading;
  } finally {
    connection.off('error', fail);
  }
  if (refused) throw refused.error;
  return made;
}

/** Ends connections that are needed no longer; whether the database hears of it is no matter. */
async function drop(login: Login): Promise<void> {
  await login.retire().catch(() => {});
}

function openPool(url: DatabaseUrl): Pool {
  const pool = createPool({
    ...(url.socketPath ? { socketPath: url.socketPath } : { host: url.host, port: url.port }),
    user: url.user,
    password: url.password,
    database: url.database,
    ...(url.tls === 'off' ? {} : { ssl: { rejectUnauthorized: url.tls === 'verified' } }),
    charset: 'utf8mb4',
    connectTimeout: CONNECT_LIMIT_MS,
    connectionLimit: MOST_CONNECTIONS,
    maxIdle: IDLE_CONNECTIONS,
    idleTimeout: 60_000,
    queueLimit: MOST_WAITING,
    enableKeepAlive: true,
    keepAliveInitialDelay: 30_000,
    // Money and weights are DECIMAL: text, never a float.
    decimalNumbers: false,
    supportBigNumbers: true,
    // Else the driver records a stack for every statement, in case that it fails: `Database` does so once it has failed.
    trace: false,
  });
  pool.pool.on('connection', prepareSession);
  return pool;
}

type PreparedConnection = { query(sql: string, done: (error: unknown) => void): unknown; destroy(): void };

function prepareSession(connection: PreparedConnection): void {
  // Backslash escapes must mean what mysql2 thinks they mean, and a value that does not fit must be an error: so the
  // mode is ours, whatever the server's is. Without it the connection is not safe to use.
  connection.query(
    "set session sql_mode = 'STRICT_TRANS_TABLES,NO_ENGINE_SUBSTITUTION', time_zone = '+00:00'",
    (error) => {
      if (error) connection.destroy();
    },
  );
  // A statement that waits for somebody else's lock gives up before the client does, whatever it is: else the server would
  // carry it out when nobody expects it any more.
  connection.query(
    `set session lock_wait_timeout = ${LOCK_LIMIT_SECONDS}, innodb_lock_wait_timeout = ${LOCK_LIMIT_SECONDS},
       wait_timeout = ${IDLE_LIMIT_SECONDS}`,
    (error) => {
      if (error) connection.destroy();
    },
  );
  // The server's own limit, under MariaDB's name and under MySQL's; whichever it does not know, it refuses harmlessly.
  connection.query(`set session max_statement_time = ${STATEMENT_LIMIT_SECONDS}`, () => {});
  connection.query(`set session max_execution_time = ${STATEMENT_LIMIT_SECONDS * 1000}`, () => {});
}

/** What the driver keeps of its pool and does not tell: its types leave it out. The version is pinned, and a test looks. */
interface PoolQueues {
  readonly _allConnections: { readonly length: number };
  readonly _freeConnections: { readonly length: number };
  readonly _connectionQueue: { readonly length: number };
}

function figuresOf(pool: Pool): PoolFigures {
  const { _allConnections, _freeConnections, _connectionQueue } = pool.pool as unknown as PoolQueues;
  return {
    open: _allConnections.length,
    idle: _freeConnections.length,
    waiting: _connectionQueue.length,
  };
}
