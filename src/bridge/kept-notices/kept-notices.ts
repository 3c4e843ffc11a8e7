import { requireUsableTables } from '../../ledger/table-problems.ts';
import type { Since } from '../../values/since.ts';
import type { NoticeAnswer, NoticeDependencies } from '../apply-notice/notice-answer.ts';
import { orNotReady } from '../not-ready.ts';
import { failedNotices, listNotices, type NoticeList, type NoticeQuestion } from './list-notices.ts';
import { createRehearsal, type Rehearsal } from './rehearse-notices.ts';
import { retryNotice } from './retry-notice.ts';
import { type NoSuchNotice, type ShownNotice, showNotice } from './show-notice.ts';

/**
 * What the admin can do with the notices that the ledger keeps. All throw `NotReady` where the store or the bridge's own
 * tables are not as they have to be, and `DatabaseUnavailable`. Nothing is created or carried on that was not asked for.
 */
export interface KeptNotices {
  list(question: NoticeQuestion): Promise<NoticeList>;
  show(noticeId: number): Promise<ShownNotice | NoSuchNotice>;
  /** The numbers of the notices that failed, and came since then, the oldest first. */
  failed(since: Since | undefined): Promise<readonly number[]>;
  /**
   * Runs a kept notice once more, as after the admin has mended what stood in its way; one that is applied already is
   * answered as a repeat. `undefined`: there is no notice of this number.
   */
  retry(noticeId: number): Promise<NoticeAnswer | undefined>;
  /** Begins a rehearsal: what {@link retry} would do and write, without doing or writing it. */
  rehearsal(): Rehearsal;
}

/** The kept notices of one bridge. */
export function createKeptNotices(dependencies: NoticeDependencies): KeptNotices {
  const { ledger, tables, stores } = dependencies;

  /** First the store, whose prefix the own tables have too: a wrong one is not told as tables that are missing. */
  function onceUsable<Result>(work: () => Promise<Result>): Promise<Result> {
    return orNotReady(async () => {
      await stores.current();
      await requireUsableTables(ledger, tables);
      return work();
    });
  }

  return {
    list: (question) => onceUsable(() => listNotices(dependencies, question)),
    show: (noticeId) => onceUsable(() => showNotice(dependencies, noticeId)),
    failed: (since) => onceUsable(() => failedNotices(dependencies, since)),
    retry: (noticeId) => onceUsable(() => retryNotice(dependencies, noticeId)),
    rehearsal() {
      const rehearsal = createRehearsal(dependencies);
      return { retry: (noticeId) => onceUsable(() => rehearsal.retry(noticeId)) };
    },
  };
}
