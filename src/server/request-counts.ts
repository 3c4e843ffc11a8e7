import { LRUCache } from 'lru-cache';

/** What a count has come to. */
interface Count {
  readonly count: number;
  /** Whole seconds until it begins anew, at least 1. */
  readonly secondsLeft: number;
}

/** Counts for each key (an address, an account) how often it came within a minute. */
export interface RequestCounts {
  /** Counts one more, and gives what the minute has come to. */
  readonly add: (key: string) => Count;
}

const MINUTE_MS = 60_000;
// A hundred bytes each. Whoever commands more addresses than these gets a new minute for each anyhow.
const MOST_KEYS = 10_000;

/**
 * Counts in memory that has a bound: beyond it, those that have not come for longest are forgotten. The minute of a key
 * begins with its first request.
 *
 * @param now milliseconds of a clock that never goes back
 */
export function createRequestCounts(now: () => number, mostKeys = MOST_KEYS): RequestCounts {
  const minutes = new LRUCache<string, { readonly end: number; count: number }>({ max: mostKeys });
  return {
    add(key) {
      const at = now();
      let minute = minutes.get(key);
      if (minute === undefined || at >= minute.end) {
        minute = { end: at + MINUTE_MS, count: 0 };
        minutes.set(key, minute);
      }
      minute.count += 1;
      return { count: minute.count, secondsLeft: Math.ceil((minute.end - at) / 1000) };
    },
  };
}
