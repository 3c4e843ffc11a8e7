/** Somebody else has held the lock for the whole waiting time. */
export class LockBusy extends Error {
  override readonly name = 'LockBusy';
}

/** Lets work of the same name go on one after the other, and no more than so many at once in all. */
export interface Turns {
  /** Runs `work` when it is its turn. Throws {@link LockBusy} when that has not come in time. */
  take<Result>(name: string, work: () => Promise<Result>): Promise<Result>;
}

interface Waiting {
  readonly name: string;
  readonly begin: () => void;
}

/**
 * Turns within this process, so that whoever waits for a lock that this process holds itself does so without holding a
 * connection.
 */
export function createTurns({ most, waitMs }: { readonly most: number; readonly waitMs: number }): Turns {
  const running = new Set<string>();
  let waiting: Waiting[] = [];

  function beginNext(): void {
    for (const next of waiting) {
      if (running.size >= most) return;
      if (running.has(next.name)) continue;
      running.add(next.name);
      waiting = waiting.filter((other) => other !== next);
      next.begin();
    }
  }

  function myTurn(name: string): Promise<void> {
    return new Promise((resolve, reject) => {
      const timer = setTimeout(() => {
        waiting = waiting.filter((other) => other !== mine);
        reject(new LockBusy(`the lock ${name} was not free in time`));
      }, waitMs);
      const mine: Waiting = {
        name,
        begin: () => {
          clearTimeout(timer);
          resolve();
        },
      };
      waiting.push(mine);
      beginNext();
    });
  }

  return {
    async take(name, work) {
      await myTurn(name);
      try {
        return await work();
      } finally {
        running.delete(name);
        beginNext();
      }
    },
  };
}
