import type { PoolFigures } from './connections.ts';
import { type DatabaseOptions, openDatabase, type Queryable, type Session } from './database.ts';
import { DatabaseUnavailable, describeDatabaseError, isDatabaseError } from './database-errors.ts';
import type { DatabaseUrl } from './database-url.ts';
import { readPosition, waitForPosition } from './replica-position.ts';

/** Where rows are read from, and why not from the replica. */
export type ReplicaState =
  | { readonly kind: 'used' }
  | { readonly kind: 'behind'; readonly waitedSeconds: number }
  /** `reason` is half a sentence for the admin. */
  | { readonly kind: 'unusable'; readonly reason: string };

/** A copy of the store's database that takes reading off the primary (decision 0020). */
export interface ReadReplica {
  /**
   * Runs `work`, once, with what it may read rows from: the replica where that has everything that the primary has at this
   * moment, else the primary. A statement that the replica does not answer is asked of the primary. Throws what `work`
   * throws.
   */
  read<Result>(work: (rows: Queryable) => Promise<Result>): Promise<Result>;
  /** As `Database.useLogin`. */
  useLogin(url: DatabaseUrl): Promise<void>;
  pool(): PoolFigures;
  close(): Promise<void>;
}

export interface ReplicaOptions extends DatabaseOptions {
  /** Called with every change of the state. */
  readonly onState?: ((state: ReplicaState) => void) | undefined;
}

const WAIT_SECONDS = 2;
// Of one that was behind a moment ago: every page of a replica that is kept behind would come later by the whole wait.
const SHORT_WAIT_SECONDS = 0.1;
// Connecting, waiting and being asked for its position: longer takes only one that hangs.
const ANSWER_MS = 5_000;
// To ask one that is away may take as long as that, so not every page asks.
const REST_MS = 10_000;

/** Opens a replica of `primary`. Nothing is connected before the first reading. */
export function openReadReplica(
  primary: Queryable,
  url: DatabaseUrl,
  { onState = () => {}, ...options }: ReplicaOptions = {},
): ReadReplica {
  const replica = openDatabase(url, options);
  let state: ReplicaState | undefined;
  let asksAgainAt = 0;

  function become(next: ReplicaState): void {
    if (next.kind === 'unusable') asksAgainAt = performance.now() + REST_MS;
    const isSame =
      state?.kind === next.kind &&
      (state.kind !== 'unusable' || next.kind !== 'unusable' || state.reason === next.reason);
    state = next;
    if (!isSame) onState(next);
  }
  const fail = (error: unknown) => become({ kind: 'unusable', reason: reasonOf(error) });

  /** A connection to the replica when that has what the primary has now, else `undefined`. */
  async function sessionOfNow(): Promise<Session | undefined> {
    if (state?.kind === 'unusable' && performance.now() < asksAgainAt) return undefined;
    const seconds = state?.kind === 'behind' ? SHORT_WAIT_SECONDS : WAIT_SECONDS;
    const position = await readPosition(primary);
    if ('reason' in position) {
      become({ kind: 'unusable', ...position });
      return undefined;
    }
    const asking = (async () => {
      const session = await replica.session();
      try {
        return { session, answer: await waitForPosition(session, primary, position, seconds) };
      } catch (error) {
        session.end();
        throw error;
      }
    })();
    const asked = await inTime(asking);
    if (!asked) {
      void asking.then(
        ({ session }) => session.end(),
        () => {},
      );
      become({ kind: 'unusable', reason: 'it does not answer in time' });
      return undefined;
    }
    const { session, answer } = asked;
    if (answer === 'there') return session;
    session.release();
    become(
      answer === 'behind' ? { kind: 'behind', waitedSeconds: seconds } : { kind: 'unusable', ...answer },
    );
    return undefined;
  }

  return {
    async read(work) {
      const session = await sessionOfNow().catch((error: unknown) => {
        fail(error);
        return undefined;
      });
      if (!session) return work(primary);
      const rows = withPrimary(session, primary, fail);
      try {
        const result = await work(rows.queryable);
        if (rows.isReplica()) become({ kind: 'used' });
        return result;
      } finally {
        await rows.done();
      }
    },
    async useLogin(wanted) {
      await replica.useLogin(wanted);
      asksAgainAt = 0;
    },
    pool: () => replica.pool(),
    close: () => replica.close(),
  };
}

/**
 * What a page reads from. One connection, since behind one address may be several replicas, of which one has waited; and
 * one statement at a time on it, since those behind one that is never answered would never be, either.
 */
function withPrimary(session: Session, primary: Queryable, onFailure: (error: unknown) => void) {
  let isReplica = true;
  let turn: Promise<unknown> = Promise.resolve();

  async function ask<Read>(query: (from: Queryable) => Promise<Read[]>): Promise<Read[] | undefined> {
    if (!isReplica) return undefined;
    try {
      return await query(session);
    } catch (error) {
      // What was made of its rows is none of the replica's business.
      if (!(error instanceof DatabaseUnavailable || isDatabaseError(error))) throw error;
      isReplica = false;
      session.end();
      onFailure(error);
      return undefined;
    }
  }

  async function inTurn<Read>(query: (from: Queryable) => Promise<Read[]>): Promise<Read[]> {
    const answer = turn.then(() => ask(query));
    turn = answer.catch(() => {});
    return (await answer) ?? query(primary);
  }

  const queryable: Queryable = {
    query: (sql, values) => inTurn((from) => from.query(sql, values)),
    queryEach: (sql, values, read) => inTurn((from) => from.queryEach(sql, values, read)),
    write: (...statement) => primary.write(...statement),
  };
  return {
    queryable,
    isReplica: () => isReplica,
    /** Gives the connection back, after what is still under way where the work failed. */
    async done() {
      await turn;
      if (isReplica) session.release();
      isReplica = false;
    },
  };
}

function reasonOf(error: unknown): string {
  return describeDatabaseError(error instanceof DatabaseUnavailable ? error.cause : error);
}

async function inTime<Result>(work: Promise<Result>): Promise<Result | undefined> {
  let timer: NodeJS.Timeout | undefined;
  const over = new Promise<undefined>((resolve) => {
    timer = setTimeout(resolve, ANSWER_MS, undefined);
  });
  try {
    return await Promise.race([work, over]);
  } finally {
    clearTimeout(timer);
  }
}
