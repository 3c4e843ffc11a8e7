import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { createTurns, LockBusy } from '../../src/database/turns.ts';

const WAIT_MS = 4_000;

beforeEach(() => {
  vi.useFakeTimers();
});
afterEach(() => {
  vi.useRealTimers();
});

/** Work that lasts so many milliseconds and says when it is through. */
const lasting = (milliseconds: number, name: string, done: string[]) => async () => {
  await new Promise((resolve) => setTimeout(resolve, milliseconds));
  done.push(name);
};

describe('whoever waits for a turn', () => {
  it('does not hold up those behind who want another name', async () => {
    const turns = createTurns({ most: 2, waitMs: WAIT_MS });
    const done: string[] = [];
    const all = [
      turns.take('a', lasting(3_000, 'first a', done)),
      turns.take('a', lasting(10, 'second a', done)),
      turns.take('b', lasting(10, 'b', done)),
    ];
    await vi.runAllTimersAsync();
    await Promise.all(all);
    expect(done).toEqual(['b', 'first a', 'second a']);
  });

  it('gives up at the very end of the time, and never begins after that', async () => {
    const turns = createTurns({ most: 1, waitMs: WAIT_MS });
    const done: string[] = [];
    const holding = turns.take('a', lasting(WAIT_MS + 2, 'first', done));
    const waiting = turns.take('b', lasting(0, 'second', done)).catch((error: unknown) => error);
    let isGivenUp = false;
    void waiting.then(() => {
      isGivenUp = true;
    });
    await vi.advanceTimersByTimeAsync(WAIT_MS - 1);
    expect(isGivenUp).toBe(false);
    await vi.advanceTimersByTimeAsync(1);
    expect(isGivenUp).toBe(true);
    expect(await waiting).toBeInstanceOf(LockBusy);
    await vi.runAllTimersAsync();
    await holding;
    expect(done).toEqual(['first']);
  });

  it('may work for longer than it may wait, and leaves no timer that would hold up the end of the process', async () => {
    const turns = createTurns({ most: 1, waitMs: WAIT_MS });
    const done: string[] = [];
    const long = turns.take('a', lasting(WAIT_MS * 3, 'long', done));
    await vi.advanceTimersByTimeAsync(1);
    // That of the work itself.
    expect(vi.getTimerCount()).toBe(1);
    await vi.runAllTimersAsync();
    await long;
    expect(done).toEqual(['long']);
  });
});
