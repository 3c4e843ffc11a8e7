import { setTimeout as sleep } from 'node:timers/promises';

/** Calls `work` again and again, with a pause after each call. Gives what ends that, when no call is going on any more. */
export function repeat(pauseMs: number, work: (ending: AbortSignal) => Promise<void>): () => Promise<void> {
  const ending = new AbortController();
  const going = (async () => {
    for (;;) {
      await pause(pauseMs, ending.signal);
      if (ending.signal.aborted) return;
      await work(ending.signal);
    }
  })();
  return () => {
    ending.abort();
    return going;
  };
}

/** Waits, but no longer once `stopping` says so. */
export async function pause(milliseconds: number, stopping: AbortSignal): Promise<void> {
  await sleep(milliseconds, undefined, { signal: stopping }).catch(() => {});
}
