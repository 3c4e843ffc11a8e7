import type { NoticeAnswer } from '../bridge/apply-notice/notice-answer.ts';
import type { Bridge } from '../bridge/bridge.ts';
import { NotReady } from '../bridge/not-ready.ts';
import { DatabaseUnavailable } from '../database/database-errors.ts';
import { explainFailure } from './failure.ts';
import { onOneLine } from './shown-text.ts';
import { say } from './terminal.ts';

/** What became of a notice that was run again. */
interface RetriedNotice {
  readonly noticeId: number;
  readonly kind: NoticeAnswer['kind'] | 'missing' | 'error';
  /** One sentence. */
  readonly sentence: string;
}

const WORDS: Readonly<Record<RetriedNotice['kind'], string>> = {
  applied: 'applied',
  repeated: 'nothing to do',
  'nothing-left': 'nothing left to ship',
  unreadable: 'failed again',
  'unknown-order': 'failed again',
  refused: 'failed again',
  later: 'waits',
  missing: 'failed',
  error: 'failed',
};

/** Runs notices again, one after the other. Sets the exit code 1 where one is not applied then. */
export async function retryNotices(
  bridge: Bridge,
  noticeIds: readonly number[],
  { asJson = false }: { readonly asJson?: boolean | undefined },
): Promise<void> {
  const retried: RetriedNotice[] = [];
  try {
    for (const noticeId of noticeIds) {
      const outcome = await retryOne(bridge, noticeId);
      retried.push(outcome);
      if (!asJson) say(retriedText(outcome));
    }
  } finally {
    // Also where the database went away in between: what was done so far is done.
    if (asJson) say(JSON.stringify({ retried }, undefined, 2));
    else if (retried.length > 1) say(`\n${retriedSummary(retried)}`);
  }
  if (!retried.every(isWell)) process.exitCode = 1;
}

/** One that the database refuses for a reason of its own does not stop those behind it. */
async function retryOne(bridge: Bridge, noticeId: number): Promise<RetriedNotice> {
  try {
    const answer = await bridge.notices.retry(noticeId);
    return answer
      ? { noticeId, ...answer }
      : { noticeId, kind: 'missing', sentence: 'There is no notice of this number.' };
  } catch (error) {
    const sentence =
      error instanceof NotReady || error instanceof DatabaseUnavailable ? undefined : explainFailure(error);
    if (sentence === undefined) throw error;
    return { noticeId, kind: 'error', sentence: `It stopped: ${sentence}.` };
  }
}

/** Whether nothing more has to be done for the notice to count as done. */
function isWell({ kind }: RetriedNotice): boolean {
  return kind === 'applied' || kind === 'repeated' || kind === 'nothing-left';
}

/** One line: what became of it, and why. */
function retriedText({ noticeId, kind, sentence }: RetriedNotice): string {
  return `Notice ${noticeId}: ${WORDS[kind]}. ${onOneLine(sentence)}`;
}

/** How many came to what. */
function retriedSummary(retried: readonly RetriedNotice[]): string {
  const counts = new Map<string, number>();
  for (const { kind } of retried) counts.set(WORDS[kind], (counts.get(WORDS[kind]) ?? 0) + 1);
  return `${[...counts].map(([word, count]) => `${count} ${word}`).join(', ')}.`;
}
