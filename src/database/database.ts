import { createPool, type Pool, type PoolConnection, type QueryOptions } from 'mysql2/promise';
import { DatabaseUnavailable, isPassing, isSilence, isStaleConnection } from './database-errors.ts';
import type { DatabaseUrl } from './database-url.ts';
import { createTurns, LockBusy } from './turns.ts';

/** A value that mysql2 escapes into a statement; an array becomes a list for `in (?)` and must not be empty. */
type SqlValue =
  | string
  | number
  | null
  | Buffer
  | readonly (string | number)[]
  | readonly (readonly (string | number | null)[])[];

interface WriteResult {
  /** Rows that matched, whether or not a value changed. */
  readonly affectedRows: number;
  readonly insertId: number;
}

/** What reads and writes: the pool, or one connection that holds a lock. */
export interface Queryable {
  /** Runs one reading statement. Throws {@link DatabaseUnavailable} when it may work later. */
  query<Row>(sql: string, values?: readonly SqlValue[]): Promise<Row[]>;
  /** Runs one writing statement, once: it is never repeated by itself. Throws as {@link Queryable.query}. */
  write(sql: string, values?: readonly SqlValue[]): Promise<WriteResult>;
}

export interface Database extends Queryable {
  /**
   * Runs `work` while holding the server-wide lock `name`, on the connection that holds it: if that connection is
   * lost, so is the lock, and `work` cannot write any more. Throws {@link LockBusy} when the lock is not free in time.
   * `work` must send its statements to this database through `session` alone: whoever held one connection and waited
   * for a second could wait for ever.
   */
  withLock<Result>(name: string, work: (session: Queryable) => Promise<Result>): Promise<Result>;
  close(): Promise<void>;
}

type OnStatement = (sql: string, values: readonly SqlValue[]) => void;

export interface DatabaseOptions {
  /** Called for every statement that is sent; the benchmark and the tests count with it. */
  readonly onStatement?: OnStatement | undefined;
  /** After how many milliseconds without an answer a connection counts as dead. Default: a little longer than a statement may take. */
  readonly silenceMs?: number | undefined;
}

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
// A notice takes milliseconds; whoever holds an order longer is stuck, and ShipStation sends the notice again. Shorter
// than a stop waits for what is in flight, so that whoever waits here still gets an answer.
const LOCK_WAIT_SECONDS = 4;
// Each holds a connection for its whole work. What is left of the pool serves everything else.
const MOST_LOCKS = 4;
// An export reads five tables side by side; ten leave room for a notice. Shared hosts allow few connections in all.
const MOST_CONNECTIONS = 10;
const IDLE_CONNECTIONS = 5;
// Beyond this many waiting requests the honest answer is "later".
const MOST_WAITING = 200;

/** Opens a pool. Nothing is connected before the first statement. */
export function openDatabase(url: DatabaseUrl, options: DatabaseOptions = {}): Database {
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
  });
  pool.pool.on('connection', prepareSession);
  return createDatabase(pool, options.onStatement ?? (() => {}), options.silenceMs ?? SILENCE_MS);
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

/** Runs one statement on some connection. Throws what the driver throws. */
type Runner = (options: QueryOptions) => Promise<unknown>;

function createDatabase(pool: Pool, onStatement: OnStatement, silenceMs: number): Database {
  const turns = createTurns({ most: MOST_LOCKS, waitMs: LOCK_WAIT_SECONDS * 1000 });
  const connections = createConnections(pool);

  const runOnAny: Runner = async (options) => {
    const connection = await connections.take();
    try {
      const [result] = await connection.query({ ...options, timeout: silenceMs });
      connection.release();
      return result;
    } catch (error) {
      connections.giveBack(connection, error);
      throw error;
    }
  };

  return {
    ...createQueryable(runOnAny, onStatement, { repeatLostReads: true }),

    withLock: (name, work) =>
      turns.take(name, async () => {
        const connection = await connections.take().catch((error: unknown) => {
          throw wrapped(error);
        });
        const runOnThis: Runner = async (options) => {
          try {
            const [result] = await connection.query({ ...options, timeout: silenceMs });
            return result;
          } catch (error) {
            // Whatever was sent after it would wait behind it for ever.
            if (isSilence(error)) connections.giveBack(connection, error);
            throw error;
          }
        };
        return holdLock(connection, runOnThis, name, work, onStatement);
      }),

    async close() {
      await pool.end();
    },
  };
}

/**
 * The connections of a pool, without those that have gone silent. The driver's time limit leaves a connection as it is,
 * with the statement that was never answered: it has to be ended. And where one hangs, those that were there at that time
 * hang as well, each for the whole limit: they are not used again.
 */
function createConnections(pool: Pool) {
  let generation = 0;
  const generations = new WeakMap<object, number>();
  pool.pool.on('connection', (connection: object) => generations.set(connection, generation));
  return {
    async take(): Promise<PoolConnection> {
      for (;;) {
        const connection = await pool.getConnection();
        if ((generations.get(connection.connection) ?? generation) === generation) return connection;
        connection.destroy();
      }
    },
    giveBack(connection: PoolConnection, error: unknown): void {
      if (!isSilence(error)) {
        connection.release();
        return;
      }
      generation += 1;
      connection.destroy();
    },
  };
}

/** Takes the server-wide lock on this connection, works, and frees it. */
async function holdLock<Result>(
  connection: PoolConnection,
  run: Runner,
  name: string,
  work: (session: Queryable) => Promise<Result>,
  onStatement: OnStatement,
): Promise<Result> {
  // Not given back to the pool unless the lock is known to be free: closing a connection frees its locks.
  let isFree = false;
  try {
    const session = createQueryable(run, onStatement, { repeatLostReads: false });
    const fullName = "concat('shipstation:', left(md5(database()), 12), ':', ?)";
    const [taken] = await session.query<{ taken: number | null }>(
      `select get_lock(${fullName}, ?) as taken`,
      [name, LOCK_WAIT_SECONDS],
    );
    if (taken?.taken !== 1) {
      isFree = true;
      throw new LockBusy(`another process holds the lock ${name}`);
    }
    try {
      return await work(session);
    } finally {
      isFree = await session.query(`select release_lock(${fullName})`, [name]).then(
        () => true,
        () => false,
      );
    }
  } finally {
    if (isFree) connection.release();
    else connection.destroy();
  }
}

// A comment to MySQL, whose limit is for reading alone. A MyISAM table on a full disk waits for space; ended there, it would
// be left crashed, and the shop could not write into it either.
const WITHOUT_LIMIT = '/*M! set statement max_statement_time = 0 for */ ';

function createQueryable(
  run: Runner,
  onStatement: OnStatement,
  { repeatLostReads }: { repeatLostReads: boolean },
): Queryable {
  async function send(sql: string, values: readonly SqlValue[], prefix = ''): Promise<unknown> {
    for (const value of values) {
      if (Array.isArray(value) && value.length === 0)
        throw new TypeError('an empty list cannot stand in a statement');
    }
    onStatement(sql, values);
    return run({ sql: prefix + sql, values: [...values] });
  }

  return {
    async query<Row>(sql: string, values: readonly SqlValue[] = []) {
      try {
        return (await send(sql, values)) as Row[]; // the shape of a row is known to whoever wrote the statement
      } catch (error) {
        if (!repeatLostReads || !isStaleConnection(error)) throw wrapped(error);
      }
      // A pooled connection can be dead already (server restarted, idle time over); a read may simply be asked again.
      try {
        return (await send(sql, values)) as Row[];
      } catch (error) {
        throw wrapped(error);
      }
    },

    async write(sql, values = []) {
      try {
        const { affectedRows, insertId } = (await send(sql, values, WITHOUT_LIMIT)) as WriteResult;
        return { affectedRows, insertId };
      } catch (error) {
        throw wrapped(error);
      }
    },
  };
}

function wrapped(error: unknown): unknown {
  return isPassing(error) && !(error instanceof DatabaseUnavailable) ? new DatabaseUnavailable(error) : error;
}
