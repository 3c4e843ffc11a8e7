import type { Random } from '../../test/support/random.ts';
import { PROMISES } from './count-names.ts';
import type { Action } from './order-life.ts';
import { complainOfAnswer, type PollGround, takePage } from './play-poll.ts';
import { inWords } from './shop.ts';
import type { OpenPoll, PollWindow } from './stand-in.ts';

/** Something that happens at a statement of a page, the first time that it comes. */
export interface Cue {
  readonly statement: RegExp;
  readonly point: 'asked' | 'answered';
  act(): Promise<void>;
}

/** The statements of a page at which something can happen. */
export const READS = {
  rows: / as changed_at/,
  lines: / as orderStatus/,
  /** How its orders look by now, after all else has been read. */
  looks: /bit_xor.* where o\.order_id in \(/s,
} as const;

/** Where a situation is played: a shop, its clock, and one or two connections that poll it. */
export interface Stage {
  readonly random: Random;
  /** By the store's clock, in Unix seconds. */
  now(): number;
  /** The rolling window that the first connection would ask for now. */
  windowNow(): PollWindow;
  /** Does something to the n-th order, at this very moment. */
  does(order: number, action: Action): Promise<void>;
  /** Lets time go on. */
  wait(seconds: number): void;
  /** Asks for the rolling window of the first connection, page by page to its end. */
  poll(): Promise<void>;
  /** Begins to import a window for a connection: nothing is asked yet. */
  open(connection: number, window: PollWindow): OpenPoll;
  /** Asks for the next page of a poll; each cue has to come. */
  page(poll: OpenPoll, cues?: readonly Cue[]): Promise<void>;
}

export function createStage(on: PollGround, random: Random): Stage {
  const { clock, proxy, tally } = on.ground;
  const standIn = (connection: number) => {
    const found = on.standIns[connection];
    if (!found) throw new Error(`a situation without connection ${connection}`);
    return found;
  };
  const windowNow = (): PollWindow => {
    const start = standIn(0).nextStart;
    return { start, end: Math.max(Math.floor((clock.now + on.shipStationAhead) / 60) * 60, start) };
  };
  const note = (words: string) => on.history.push(`${inWords(clock.now - on.shop.start)} ${words}`);
  const open = (connection: number, window: PollWindow) => {
    tally.add('polls');
    return standIn(connection).open(window);
  };

  async function page(poll: OpenPoll, cues: readonly Cue[] = []): Promise<void> {
    note(`page for ${poll.standIn.name}`);
    const waiting = new Set(cues);
    proxy.onStatement = async (statement, point) => {
      for (const cue of waiting) {
        if (cue.point !== point || !cue.statement.test(statement)) continue;
        waiting.delete(cue);
        await cue.act();
      }
      return undefined;
    };
    const outcome = await takePage(on, poll);
    proxy.onStatement = () => undefined;
    if (outcome.kind === 'not-200') complainOfAnswer(on, outcome.answer);
    for (const { statement, point } of waiting)
      tally.complain(PROMISES.notMet, `${on.where()}: no statement like ${statement.source} was ${point}`);
  }

  return {
    random,
    now: () => clock.now,
    windowNow,
    open,
    page,
    async does(order, action) {
      tally.add(`steps: ${action.kind}`);
      await on.shop.carryOut({ at: clock.now, delay: 0, order, action }, clock.now);
    },
    wait(seconds) {
      clock.now += seconds;
    },
    async poll() {
      const poll = open(0, windowNow());
      while (!poll.isOver) await page(poll);
    },
  };
}
