import type { Queryable } from '../../database/database.ts';
import type { NoticeAnswer, NoticeDependencies } from '../apply-notice/notice-answer.ts';
import { NO_LOG } from '../log.ts';
import { NO_METER } from '../meter.ts';
import { createRehearsalBook } from './rehearsal-book.ts';
import { createRehearsalShop, type WouldBeWritten } from './rehearsal-shop.ts';
import { retryNotice } from './retry-notice.ts';

/** What would become of a notice that is run again. */
interface RehearsedNotice {
  readonly kind: NoticeAnswer['kind'];
  /** One sentence. */
  readonly sentence: string;
  /** What would be written into the shop for it, and first for what is half applied of the same order. */
  readonly written: readonly WouldBeWritten[];
  /** The store's, IANA name. */
  readonly timeZone: string;
}

/** A rehearsal of several notices, one after the other: each sees what would have been written for those before it. */
export interface Rehearsal {
  /** `undefined`: there is no notice of this number. */
  retry(noticeId: number): Promise<RehearsedNotice | undefined>;
}

/**
 * Runs notices again by the code that applies them, with a book and a shop that keep all in this process: nothing is
 * written, nor could it be.
 */
export function createRehearsal(dependencies: NoticeDependencies): Rehearsal {
  const { database, ledger, stores } = dependencies;
  const book = createRehearsalBook(dependencies.book);
  const shop = createRehearsalShop(dependencies.openShop);
  const readingDatabase = {
    ...database,
    ...readingOnly(database),
    withLock: <Result>(name: string, work: (session: Queryable) => Promise<Result>) =>
      database.withLock(name, (session) => work(readingOnly(session))),
  };
  const rehearsed: NoticeDependencies = {
    ...dependencies,
    database: readingDatabase,
    ledger: ledger === database ? readingDatabase : readingOnly(ledger),
    book,
    openShop: shop.open,
    log: NO_LOG,
    meter: NO_METER,
  };
  return {
    async retry(noticeId) {
      const { timeZone } = await stores.current();
      shop.takeWritten();
      const answer = await retryNotice(rehearsed, noticeId);
      const decision = book.decisionOf(noticeId);
      return (
        answer && {
          kind: answer.kind,
          sentence:
            answer.kind === 'repeated' || decision === undefined
              ? answer.sentence
              : decision.replace(/\.?$/, '.'),
          written: shop.takeWritten(),
          timeZone,
        }
      );
    },
  };
}

/** The same database to read. */
function readingOnly(database: Queryable): Queryable {
  return {
    query: (sql, values) => database.query(sql, values),
    queryEach: (sql, values, read) => database.queryEach(sql, values, read),
    write: () => Promise.reject(new Error('a rehearsal writes nothing')),
  };
}
