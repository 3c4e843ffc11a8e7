import { DatabaseUnavailable } from '../database/database-errors.ts';
import type { LeftOutReason } from './export-orders/left-out.ts';
import { NotReady } from './not-ready.ts';

/** How work ended that gave no answer: it may work later, the admin has to mend something, nobody foresaw it. */
export const WORK_FAILURES = ['unavailable', 'not-ready', 'failed'] as const;
export type WorkFailure = (typeof WORK_FAILURES)[number];

type ExportOutcome = 'answered' | WorkFailure;

/** How a notice ended: its answer, or the failure. */
export const NOTICE_OUTCOMES = [
  'applied',
  'repeated',
  'nothing-left',
  'unreadable',
  'unknown-order',
  'refused',
  'later',
  ...WORK_FAILURES,
] as const;
type NoticeOutcome = (typeof NOTICE_OUTCOMES)[number];

/** Counts what the bridge does. Takes words of our own and numbers only: never an order's id, or anything from outside. */
export interface Meter {
  /** A page was asked for; `isFirst`: page 1, with which a poll begins. */
  readonly exportEnded: (outcome: ExportOutcome, isFirst: boolean, seconds: number) => void;
  /** What an answered page holds, and what is missing in it. */
  readonly pageExported: (orders: number, leftOut: Readonly<Partial<Record<LeftOutReason, number>>>) => void;
  readonly noticeEnded: (outcome: NoticeOutcome, seconds: number) => void;
  /** A waiting or half applied notice was carried on, without being sent again. */
  readonly noticeResumed: (outcome: NoticeOutcome) => void;
}

/** Counts nothing. */
export const NO_METER: Meter = {
  exportEnded() {},
  pageExported() {},
  noticeEnded() {},
  noticeResumed() {},
};

/** Which kind of failure an error is. */
function failureOf(error: unknown): WorkFailure {
  if (error instanceof DatabaseUnavailable) return 'unavailable';
  return error instanceof NotReady ? 'not-ready' : 'failed';
}

/** Runs `work`, and tells how it ended and how many seconds it took. Throws what `work` throws. */
export async function timed<Result, Outcome>(
  work: () => Promise<Result>,
  outcomeOf: (result: Result) => Outcome,
  tell: (outcome: Outcome | WorkFailure, seconds: number) => void,
): Promise<Result> {
  const begunAt = performance.now();
  const seconds = () => (performance.now() - begunAt) / 1000;
  try {
    const result = await work();
    tell(outcomeOf(result), seconds());
    return result;
  } catch (error) {
    tell(failureOf(error), seconds());
    throw error;
  }
}
