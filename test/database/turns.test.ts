import { setTimeout as sleep } from 'node:timers/promises';
import { describe, expect, it } from 'vitest';
import { createTurns, LockBusy } from '../../src/database/turns.ts';

/** Work that goes on until it is told to end. */
function openWork(): { readonly work: () => Promise<void>; readonly end: () => void; begun: boolean } {
  let end = () => {};
  const ended = new Promise<void>((resolve) => {
    end = resolve;
  });
  const opened = {
    begun: false,
    end,
    work: () => {
      opened.begun = true;
      return ended;
    },
  };
  return opened;
}

const LONG = 10_000;

describe('turns', () => {
  it('go one after the other for the same name, in the order in which they came', async () => {
    const turns = createTurns({ most: 5, waitMs: LONG });
    const order: number[] = [];
    let running = 0;
    await Promise.all(
      [1, 2, 3].map((number) =>
        turns.take('a', async () => {
          running += 1;
          expect(running).toBe(1);
          await sleep(5);
          order.push(number);
          running -= 1;
        }),
      ),
    );
    expect(order).toEqual([1, 2, 3]);
  });

  it('go side by side for different names', async () => {
    const turns = createTurns({ most: 2, waitMs: LONG });
    const [first, second] = [openWork(), openWork()];
    const taken = [turns.take('a', first.work), turns.take('b', second.work)];
    await sleep(5);
    expect([first.begun, second.begun]).toEqual([true, true]);
    first.end();
    second.end();
    await Promise.all(taken);
  });

  it('begin no more than so many at once', async () => {
    const turns = createTurns({ most: 2, waitMs: LONG });
    let running = 0;
    let mostRunning = 0;
    await Promise.all(
      Array.from({ length: 9 }, (_, index) =>
        turns.take(`order:${index}`, async () => {
          running += 1;
          mostRunning = Math.max(mostRunning, running);
          await sleep(5);
          running -= 1;
        }),
      ),
    );
    expect(mostRunning).toBe(2);
  });

  it('are given up after the waiting time, and do not hold up those behind', async () => {
    const turns = createTurns({ most: 5, waitMs: 30 });
    const first = openWork();
    const holding = turns.take('a', first.work);
    await expect(turns.take('a', async () => {})).rejects.toThrow(LockBusy);
    first.end();
    await holding;
    await expect(turns.take('a', async () => 'done')).resolves.toBe('done');
  });

  it('are given back by work that fails', async () => {
    const turns = createTurns({ most: 1, waitMs: LONG });
    await expect(turns.take('a', () => Promise.reject(new Error('no')))).rejects.toThrow('no');
    await expect(turns.take('a', async () => 'done')).resolves.toBe('done');
  });
});
