import type { Random } from '../../test/support/random.ts';
import type { Step } from './order-life.ts';

/** A poll that is going to be made. */
export interface PlannedPoll {
  /** When its first page is asked for, unless the poll before lasts longer. */
  readonly at: number;
  /**
   * `stopped`: given up between two pages; `cut`: the connection to the database breaks in the middle of a page; `restart`:
   * the bridge is started anew between two pages; `again`: an old window is asked once more.
   */
  readonly kind: 'plain' | 'stopped' | 'cut' | 'restart' | 'again';
  /** `both`: each its own window at the same time; `same`: both the very same window. */
  readonly who: 'first' | 'second' | 'both' | 'same';
}

export interface PollFrame {
  readonly start: number;
  /** The instant of the last step. */
  readonly end: number;
  readonly steps: readonly Step[];
  readonly hasTwoConnections: boolean;
}

const MINUTE = 60;

// What a schedule may cost: beyond this many polls, empty stretches are passed over faster.
const MANY_POLLS = 6;

/** Draws when and how ShipStation polls while the steps are carried out. */
export function planPolls(
  random: Random,
  { start, end, steps, hasTwoConnections }: PollFrame,
): PlannedPoll[] {
  const polls: PlannedPoll[] = [];
  let at = start + random.int(1, 15) * MINUTE;
  while (at < end + 5 * MINUTE) {
    polls.push({ at, kind: drawKind(random), who: hasTwoConnections ? drawWho(random) : 'first' });
    at = nextInstant(random, at, steps, polls.length > MANY_POLLS);
  }
  return polls;
}

/** Every 3 to 30 minutes; at times on purpose while something happens, at times after an outage of hours. */
function nextInstant(random: Random, at: number, steps: readonly Step[], isLate: boolean): number {
  const next = steps.find((step) => step.at > at);
  // Nothing happens for long: whatever is polled meanwhile is empty.
  if (next && next.at - at > 40 * MINUTE) return next.at - random.int(-2, 20) * MINUTE;
  if (random.chance(0.05)) return at + random.int(1, 4) * 60 * MINUTE;
  const shortest = random.chance(0.1) ? 20 : 3 * MINUTE;
  const longest = isLate ? 60 * MINUTE : 30 * MINUTE;
  const near = steps.filter((step) => step.at >= at + shortest && step.at <= at + longest);
  if (near.length > 0 && random.chance(0.7)) {
    const saves = near.filter(({ action }) => action.kind === 'edit-hide');
    const { at: instant } = random.pick(saves.length > 0 && random.chance(0.6) ? saves : near);
    return Math.max(instant - random.int(-5, 30), at + shortest);
  }
  return at + (isLate ? random.int(20, 60) : random.int(3, 30)) * MINUTE;
}

function drawKind(random: Random): PlannedPoll['kind'] {
  if (random.chance(0.7)) return 'plain';
  return random.pick(['stopped', 'stopped', 'stopped', 'cut', 'restart', 'again', 'again']);
}

function drawWho(random: Random): PlannedPoll['who'] {
  return random.pick(['first', 'first', 'second', 'second', 'both', 'same', 'same']);
}
