import type { Action } from './order-life.ts';
import { type Cue, READS, type Stage } from './stage.ts';

/** Something that goes wrong only at one moment, and is therefore brought about. */
export interface Situation {
  readonly name: string;
  /** Only where the store keeps no instant of a change, and the bridge has to compare. */
  readonly isOfComparing: boolean;
  readonly hasTwoConnections: boolean;
  /** How many seconds the bridge's clock is behind the store's. */
  readonly bridgeBehind?: (random: Stage['random']) => number;
  play(stage: Stage): Promise<void>;
}

const MINUTE = 60;

/**
 * How long ago a change was seen that the overlap of the next window, ten minutes, does not reach: it makes good whatever a page
 * has missed of later ones.
 */
const PAST_OVERLAP = { least: 12 * MINUTE, most: 18 * MINUTE } as const;

/** The order of a situation that something happens to: the third, which stands alone on the second page. */
const TARGET = 2;

export const SITUATIONS: readonly Situation[] = [
  {
    name: 'half of the lines are there again when a page reads them',
    isOfComparing: false,
    hasTwoConnections: false,
    async play(stage) {
      const rowsAreRead = createSignal();
      await readAfterChange(stage, [
        { statement: READS.rows, point: 'answered', act: rowsAreRead.give },
        {
          statement: READS.lines,
          point: 'asked',
          async act() {
            await rowsAreRead.given;
            await stage.does(TARGET, { kind: 'edit-hide' });
            await stage.does(TARGET, { kind: 'edit-delete-lines' });
            await stage.does(TARGET, { kind: 'edit-insert', change: 'none', isInParts: true });
          },
        },
        {
          statement: READS.lines,
          point: 'answered',
          async act() {
            await stage.does(TARGET, { kind: 'edit-insert-rest' });
            await stage.does(TARGET, { kind: 'edit-show' });
          },
        },
      ]);
    },
  },
  {
    name: 'an order is hidden when its page is read, and looks as before when the page is done',
    isOfComparing: true,
    hasTwoConnections: false,
    play: (stage) =>
      readAfterChange(stage, [
        doing(stage, READS.rows, { kind: 'edit-hide' }),
        doing(stage, READS.looks, { kind: 'edit-show' }),
      ]),
  },
  {
    name: 'an order changes before its page is read, and changes back after that',
    isOfComparing: true,
    hasTwoConnections: false,
    async play(stage) {
      await readAfterChange(stage, [doing(stage, READS.rows, { kind: 'status', letters: ['C'] })]);
      stage.wait(stage.random.int(1, MINUTE));
      await stage.does(TARGET, { kind: 'status', letters: ['O'] });
    },
  },
  {
    name: 'two connections read the same window, and its first order changes between them',
    isOfComparing: false,
    hasTwoConnections: true,
    async play(stage) {
      await newOrders(stage, 5);
      await seeAndGiveUp(stage);
      const window = stage.windowNow();
      const [first, second] = [stage.open(0, window), stage.open(1, window)];
      await stage.page(first);
      await stage.does(stage.random.int(0, 1), { kind: 'notes' });
      await stage.page(second);
      for (const poll of [first, second]) while (!poll.isOver) await stage.page(poll);
    },
  },
  {
    name: 'the clock of the bridge is far behind, and the windows are short',
    isOfComparing: true,
    hasTwoConnections: false,
    bridgeBehind: (random) => random.int(16, 25) * MINUTE,
    async play(stage) {
      await knownOrders(stage, 3);
      for (const order of [0, 1, 2]) {
        await stage.does(order, { kind: stage.random.pick(['notes', 'address', 'total']) });
        // So short that the window and the overlap together begin after what the bridge takes for now.
        stage.wait(stage.random.int(1, 2) * MINUTE);
        await stage.poll();
      }
    },
  },
];

/**
 * Three known orders change, which a poll sees that is given up; something happens while the next one reads the page of the
 * target.
 */
async function readAfterChange(stage: Stage, cues: readonly Cue[]): Promise<void> {
  await knownOrders(stage, TARGET + 1);
  for (let order = 0; order <= TARGET; order += 1)
    await stage.does(order, { kind: 'status', letters: ['O'] });
  await seeAndGiveUp(stage);
  const poll = stage.open(0, stage.windowNow());
  await stage.page(poll);
  await stage.page(poll, cues);
}

/** A poll that is given up after its first page: the bridge has seen all changes, and ShipStation asks for them once more. */
async function seeAndGiveUp(stage: Stage): Promise<void> {
  const poll = stage.open(0, stage.windowNow());
  await stage.page(poll);
  poll.stop();
  stage.wait(stage.random.int(PAST_OVERLAP.least, PAST_OVERLAP.most));
}

/** Paid orders of two lines, a few seconds apart. */
async function newOrders(stage: Stage, count: number): Promise<void> {
  for (let order = 0; order < count; order += 1) {
    await stage.does(order, { kind: 'create', placedAt: stage.now(), status: 'P', quantities: [2, 3] });
    stage.wait(stage.random.int(1, 10));
  }
}

/** Orders that ShipStation has as they are, and which no window reaches any more. */
async function knownOrders(stage: Stage, count: number): Promise<void> {
  await newOrders(stage, count);
  await stage.poll();
  stage.wait(stage.random.int(PAST_OVERLAP.least, PAST_OVERLAP.most));
  await stage.poll();
}

/** Something is done to the target, just before a statement of its page is carried out. */
function doing(stage: Stage, statement: RegExp, action: Action): Cue {
  return { statement, point: 'asked', act: () => stage.does(TARGET, action) };
}

function createSignal(): { readonly given: Promise<void>; give: () => Promise<void> } {
  let resolveGiven: () => void = () => undefined;
  const given = new Promise<void>((resolve) => {
    resolveGiven = resolve;
  });
  return {
    given,
    give: async () => resolveGiven(),
  };
}
