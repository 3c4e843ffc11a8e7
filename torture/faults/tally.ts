import { setTimeout as sleep } from 'node:timers/promises';
import type { Asked } from './asking.ts';

type Sort = 'poll' | 'notice';

/** Counts what the bridges answer, and notices when they answer well again. */
export interface Tally {
  /** @param stream one of those that have to recover, such as the polls of one store */
  answered(stream: string, sort: Sort, asked: Asked): void;
  /** A figure of this name grows by one, and the first few are told in words. */
  complain(name: string, words: string): void;
  count(name: string): number;
  add(name: string, by: number): void;
  /**
   * From now on: the seconds until every stream had a good answer, or those that had none: neither in time, nor among so many
   * answers that a slow machine is no excuse.
   */
  untilAllGood(
    streams: readonly string[],
    patienceMs: number,
  ): Promise<{ readonly seconds: number } | { readonly stuck: readonly string[] }>;
  /** Answers by sort and status, as `notice 503`. */
  readonly answers: ReadonlyMap<string, number>;
  readonly complaints: readonly string[];
}

const TOLD_OF_EACH = 4;
const LOOK_MS = 5;
// Of a stream that is stuck. One that gets no answers at all is waited for so many times as long.
const ENOUGH_BAD_ANSWERS = 20;
const MOST_PATIENCE = 5;

export function createTally(): Tally {
  const answers = new Map<string, number>();
  const counts = new Map<string, number>();
  const complaints: string[] = [];
  const goodAt = new Map<string, number>();
  /** Since the wait for good ones began, by stream. */
  const answersSince = new Map<string, number>();

  function complain(name: string, words: string): void {
    const count = (counts.get(name) ?? 0) + 1;
    counts.set(name, count);
    if (count <= TOLD_OF_EACH) complaints.push(`${name}: ${words}`);
  }

  return {
    answers,
    complaints,
    complain,
    count: (name) => counts.get(name) ?? 0,
    add: (name, by) => void counts.set(name, (counts.get(name) ?? 0) + by),
    answered(stream, sort, asked) {
      const key = `${sort} ${statusWords(asked.status)}`;
      answers.set(key, (answers.get(key) ?? 0) + 1);
      answersSince.set(stream, (answersSince.get(stream) ?? 0) + 1);
      if (asked.wrong !== undefined)
        complain(asked.status === -1 ? 'unanswered' : 'wrong answers', `${stream}: ${asked.wrong}`);
      else if (asked.status === 200) goodAt.set(stream, performance.now());
    },
    async untilAllGood(streams, patienceMs) {
      const since = performance.now();
      goodAt.clear();
      answersSince.clear();
      const firsts = new Map<string, number>();
      const isEnough = () => {
        const waited = performance.now() - since;
        const heard = streams
          .filter((stream) => !firsts.has(stream))
          .map((stream) => answersSince.get(stream) ?? 0);
        return (
          waited > patienceMs * MOST_PATIENCE ||
          (waited > patienceMs && Math.min(...heard) >= ENOUGH_BAD_ANSWERS)
        );
      };
      while (!isEnough()) {
        for (const stream of streams) {
          const at = goodAt.get(stream);
          if (at !== undefined && !firsts.has(stream)) firsts.set(stream, at);
        }
        if (firsts.size === streams.length) return { seconds: (Math.max(...firsts.values()) - since) / 1000 };
        await sleep(LOOK_MS);
      }
      return { stuck: streams.filter((stream) => !firsts.has(stream)) };
    },
  };
}

function statusWords(status: number): string {
  if (status === -1) return 'unanswered';
  return status === 0 ? 'no connection' : String(status);
}
