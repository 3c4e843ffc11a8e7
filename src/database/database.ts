import {
  type ConnectionOptions,
  openConnections,
  type PoolFigures,
  type ReadRow,
  type TakenConnection,
} from './connections.ts';
import { DatabaseUnavailable, isDatabaseError, isPassing, isStaleConnection } from './database-errors.ts';
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
  /**
   * Runs one reading statement, and gives what `read` makes of each row as it arrives: where rows are many or large, they
   * need not all be in memory at once. `read` may be given the same rows again, where a connection was lost; what it throws
   * is thrown. Throws as {@link Queryable.query}.
   */
  queryEach<Row, Read>(sql: string, values: readonly SqlValue[], read: (row: Row) => Read): Promise<Read[]>;
  /** Runs one writing statement, once: it is never repeated by itself. Throws as {@link Queryable.query}. */
  write(sql: string, values?: readonly SqlValue[]): Promise<WriteResult>;
}

/**
 * One connection, to be released or ended; the first of them counts. Statements on it are meant to be sent one after the
 * other. A read is never repeated by itself on it.
 */
export interface Session extends Queryable {
  /** Gives it back for others to use. */
  release(): void;
  end(): void;
}

export interface Database extends Queryable {
  /** Takes a connection for a piece of work that needs the same one for all of its statements. Throws as `query` does. */
  session(): Promise<Session>;
  /**
   * Runs `work` while holding the server-wide lock `name`, on the connection that holds it: if that connection is
   * lost, so is the lock, and `work` cannot write any more. Throws {@link LockBusy} when the lock is not free in time.
   * `work` must send its statements to this database through `session` alone: whoever held one connection and waited
   * for a second could wait for ever.
   */
  withLock<Result>(name: string, work: (session: Queryable) => Promise<Result>): Promise<Result>;
  /**
   * From now on logs in with the user and password of this URL, without interrupting anything. Throws
   * {@link DatabaseUnavailable} where the database does not let us in with them (yet): then everything stays as it is, and
   * they are tried again by themselves once the ones before are refused.
   */
  useLogin(url: DatabaseUrl): Promise<void>;
  /** How many connections there are at this moment. */
  pool(): PoolFigures;
  close(): Promise<void>;
}

type OnStatement = (sql: string, values: readonly SqlValue[]) => void;

export interface DatabaseOptions extends ConnectionOptions {
  /** Called for every statement that is sent; the benchmark and the tests count with it. */
  readonly onStatement?: OnStatement | undefined;
}

// A notice takes milliseconds; whoever holds an order longer is stuck, and ShipStation sends the notice again. Shorter
// than a stop waits for what is in flight, so that whoever waits here still gets an answer.
const LOCK_WAIT_SECONDS = 4;
// Each holds a connection for its whole work. What is left of the pool serves everything else.
const MOST_LOCKS = 4;

/** Opens a database. Nothing is connected before the first statement. */
export function openDatabase(url: DatabaseUrl, options: DatabaseOptions = {}): Database {
  const connections = openConnections(url, options);
  const onStatement = options.onStatement ?? (() => {});
  const turns = createTurns({ most: MOST_LOCKS, waitMs: LOCK_WAIT_SECONDS * 1000 });

  const runOnAny: Runner = async (statement, read) => {
    const connection = await connections.take();
    try {
      return await connection.run(statement, read);
    } finally {
      connection.release();
    }
  };

  const take = () =>
    connections.take().catch((error: unknown) => {
      throw wrapped(error);
    });

  return {
    ...createQueryable(runOnAny, onStatement, { repeatLostReads: true }),

    async session() {
      const connection = await take();
      return {
        ...createQueryable(connection.run, onStatement, { repeatLostReads: false }),
        release: () => connection.release(),
        end: () => connection.end(),
      };
    },

    withLock: (name, work) =>
      turns.take(name, async () => {
        const connection = await take();
        return holdLock(connection, name, work, onStatement);
      }),

    async useLogin(wanted) {
      try {
        await connections.useLogin(wanted);
      } catch (error) {
        throw wrapped(error);
      }
    },
    pool: () => connections.figures(),
    close: () => connections.close(),
  };
}

/** Runs one statement on some connection. Throws what the driver throws. */
type Runner = TakenConnection['run'];

/** Takes the server-wide lock on this connection, works, and frees it. */
async function holdLock<Result>(
  connection: TakenConnection,
  name: string,
  work: (session: Queryable) => Promise<Result>,
  onStatement: OnStatement,
): Promise<Result> {
  // Not given back to the pool unless the lock is known to be free: closing a connection frees its locks.
  let isFree = false;
  try {
    const session = createQueryable(connection.run, onStatement, { repeatLostReads: false });
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
      // Under a name of its own: else the driver makes a reader of rows for each lock's name, and keeps it.
      isFree = await session.query(`select release_lock(${fullName}) as released`, [name]).then(
        () => true,
        () => false,
      );
    }
  } finally {
    if (isFree) connection.release();
    else connection.end();
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
  async function send(
    sql: string,
    values: readonly SqlValue[],
    { prefix = '', read }: { readonly prefix?: string; readonly read?: ReadRow | undefined },
  ): Promise<unknown> {
    for (const value of values) {
      if (Array.isArray(value) && value.length === 0)
        throw new TypeError('an empty list cannot stand in a statement');
    }
    onStatement(sql, values);
    return run({ sql: prefix + sql, values: [...values] }, read);
  }

  async function ask(sql: string, values: readonly SqlValue[], read?: ReadRow): Promise<unknown> {
    try {
      return await send(sql, values, { read });
    } catch (error) {
      if (!repeatLostReads || !isStaleConnection(error)) throw wrapped(error);
    }
    // A pooled connection can be dead already (server restarted, idle time over); a read may simply be asked again.
    try {
      return await send(sql, values, { read });
    } catch (error) {
      throw wrapped(error);
    }
  }

  // What rows and their reader give is known to whoever wrote the statement.
  return {
    async query<Row>(sql: string, values: readonly SqlValue[] = []) {
      return (await ask(sql, values)) as Row[];
    },

    async queryEach<Row, Read>(sql: string, values: readonly SqlValue[], read: (row: Row) => Read) {
      return (await ask(sql, values, read)) as Read[];
    },

    async write(sql, values = []) {
      try {
        const { affectedRows, insertId } = (await send(sql, values, {
          prefix: WITHOUT_LIMIT,
        })) as WriteResult;
        return { affectedRows, insertId };
      } catch (error) {
        throw wrapped(error);
      }
    },
  };
}

function wrapped(error: unknown): unknown {
  if (error instanceof DatabaseUnavailable) return error;
  if (isPassing(error)) return new DatabaseUnavailable(error);
  // The driver's own stack knows nothing of who sent the statement; from here on it does, through every `await`.
  if (error instanceof Error && isDatabaseError(error)) Error.captureStackTrace(error, wrapped);
  return error;
}
