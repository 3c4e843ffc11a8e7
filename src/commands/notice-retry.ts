import type { NoticeAnswer } from '../bridge/apply-notice/notice-answer.ts';
import type { KeptNotices } from '../bridge/kept-notices/kept-notices.ts';
import type { WouldBeWritten } from '../bridge/kept-notices/rehearsal-shop.ts';
import { NotReady } from '../bridge/not-ready.ts';
import { DatabaseUnavailable } from '../database/database-errors.ts';
import { explainFailure } from './failure.ts';
import { wouldBeWrittenJson, wouldBeWrittenText } from './notice-rehearsal.ts';
import { onOneLine } from './shown-text.ts';
import { say } from './terminal.ts';

/** What became of a notice that was run again. */
interface RetriedNotice {
  readonly noticeId: number;
  readonly kind: NoticeAnswer['kind'] | 'missing' | 'error';
  /** One sentence. */
  readonly sentence: string;
  /** Of a rehearsal: what would be written into the shop. */
  readonly written?: readonly WouldBeWritten[];
  readonly timeZone?: string;
}

type Words = Readonly<Record<RetriedNotice['kind'], string>>;

const WORDS: Words = {
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

const REHEARSAL_WORDS: Words = {
  ...WORDS,
  applied: 'would be applied',
  unreadable: 'would fail again',
  'unknown-order': 'would fail again',
  refused: 'would fail again',
  later: 'would wait',
};

/**
 * Runs notices again, one after the other, or tells what that would do and write. Sets the exit code 1 where one is not
 * applied then.
 */
export async function retryNotices(
  notices: KeptNotices,
  noticeIds: readonly number[],
  {
    asJson = false,
    dryRun = false,
  }: { readonly asJson?: boolean | undefined; readonly dryRun?: boolean | undefined },
): Promise<void> {
  const words = dryRun ? REHEARSAL_WORDS : WORDS;
  const runner = dryRun ? notices.rehearsal() : notices;
  const retried: RetriedNotice[] = [];
  try {
    for (const noticeId of noticeIds) {
      const outcome = await retryOne((id) => runner.retry(id), noticeId);
      retried.push(outcome);
      if (!asJson) say(retriedText(outcome, words));
    }
  } finally {
    // Also where the database went away in between: what was done so far is done.
    if (asJson) say(JSON.stringify({ dryRun, retried: retried.map(retriedJson) }, undefined, 2));
    else if (retried.length > 1) say(`\n${retriedSummary(retried, words)}`);
    if (dryRun && !asJson && retried.length > 0) say('Nothing was written.');
  }
  if (!retried.every(isWell)) process.exitCode = 1;
}

/** One that the database refuses for a reason of its own does not stop those behind it. */
async function retryOne(
  retry: (noticeId: number) => Promise<Omit<RetriedNotice, 'noticeId'> | undefined>,
  noticeId: number,
): Promise<RetriedNotice> {
  try {
    const answer = await retry(noticeId);
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

/** One line: what became of it, and why; and a line for each piece that would be written. */
function retriedText(
  { noticeId, kind, sentence, written = [], timeZone = 'UTC' }: RetriedNotice,
  words: Words,
): string {
  const line = `Notice ${noticeId}: ${words[kind]}. ${onOneLine(sentence)}`;
  return written.length > 0 ? `${line}\n${wouldBeWrittenText(written, timeZone)}` : line;
}

function retriedJson({ written, timeZone: _shown, ...outcome }: RetriedNotice): object {
  return written ? { ...outcome, written: wouldBeWrittenJson(written) } : outcome;
}

/** How many came to what. */
function retriedSummary(retried: readonly RetriedNotice[], words: Words): string {
  const counts = new Map<string, number>();
  for (const { kind } of retried) counts.set(words[kind], (counts.get(words[kind]) ?? 0) + 1);
  return `${[...counts].map(([word, count]) => `${count} ${word}`).join(', ')}.`;
}
