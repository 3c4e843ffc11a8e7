/** The time in which a schedule is played: hours of it pass in milliseconds. Whole Unix seconds. */
export interface VirtualClock {
  /** By the store's clock. */
  now: number;
  /** How far the bridge's clock is ahead of the store's; negative when it is behind. */
  bridgeAhead: number;
  /** Runs `work` by the machine's own clock. */
  withRealTime<Result>(work: () => Result): Result;
}

/**
 * Puts a virtual clock in the place of `Date.now` of this process, from which the bridge takes its time. Timers stay real.
 *
 * @param start - the first instant, in Unix seconds
 */
export function replaceDateNow(start: number): VirtualClock {
  const realNow = Date.now;
  const clock: VirtualClock = {
    now: start,
    bridgeAhead: 0,
    withRealTime(work) {
      Date.now = realNow;
      try {
        return work();
      } finally {
        Date.now = virtualNow;
      }
    },
  };
  const virtualNow = () => (clock.now + clock.bridgeAhead) * 1000;
  Date.now = virtualNow;
  return clock;
}
