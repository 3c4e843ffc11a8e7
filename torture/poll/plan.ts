import type { Random } from '../../test/support/random.ts';
import { planLife, type Step } from './order-life.ts';
import { type PlannedPoll, planPolls } from './poll-plan.ts';

/** What happens in one stretch of virtual time, drawn before it is played. Instants are Unix seconds by the store's clock. */
export interface Plan {
  readonly start: number;
  /** After the last step, every poll and every delay. */
  readonly end: number;
  /** How far ShipStation's clock and the bridge's are ahead of the store's. */
  readonly shipStationAhead: number;
  readonly bridgeAhead: number;
  readonly hasTwoConnections: boolean;
  /** By instant. */
  readonly steps: readonly Step[];
  /** By instant. */
  readonly polls: readonly PlannedPoll[];
}

const MINUTE = 60;

const LARGEST_CLOCK_ERROR = 3 * MINUTE;
const LONGEST_DELAY = 4 * MINUTE;
/**
 * Where the store stamps its changes, nothing but the overlap covers a change that is committed later than its stamp says:
 * the delay and how far ShipStation's clock is ahead of who wrote the stamp stay below five minutes in all.
 */
const MOST_COVERED = 5 * MINUTE - 10;
/** Where the bridge itself notes when it saw a change, neither its clock nor the instant that an order carries may matter. */
const ERROR_OF_BAD_CLOCK = { least: 12 * MINUTE, most: 25 * MINUTE };
const LATEST_ORDER = 30 * MINUTE;

/** What is known of the stretch of time for which a plan is made. */
export interface PlanFrame {
  readonly start: number;
  /** Whether the store stamps its changes (`updated_at`). */
  readonly keepsChanges: boolean;
  /** Whether the bridge still knows orders from before. */
  readonly hasEarlierOrders: boolean;
}

export function drawPlan(random: Random, { start, keepsChanges, hasEarlierOrders }: PlanFrame): Plan {
  const clockError = () => (random.chance(0.4) ? 0 : random.int(-LARGEST_CLOCK_ERROR, LARGEST_CLOCK_ERROR));
  const shipStationAhead = clockError();
  const isClockBad = !keepsChanges && random.chance(0.3);
  const badError = random.pick([-1, 1]) * random.int(ERROR_OF_BAD_CLOCK.least, ERROR_OF_BAD_CLOCK.most);
  const bridgeError = isClockBad ? badError : clockError();
  const bridgeAhead = keepsChanges ? Math.max(bridgeError, shipStationAhead - MOST_COVERED) : bridgeError;
  const longestDelay = keepsChanges
    ? Math.min(LONGEST_DELAY, MOST_COVERED - Math.max(shipStationAhead, 0))
    : LONGEST_DELAY;
  // At its first look at a store the bridge takes every order for as old as it says it is.
  const latestOrder = !keepsChanges && hasEarlierOrders && random.chance(0.4) ? LATEST_ORDER : longestDelay;

  const isLong = random.chance(0.1);
  const busyMinutes = random.pick([1, 3, 8, 25]);
  const steps = Array.from({ length: random.chance(0.1) ? random.int(1, 2) : random.int(5, 9) }, (_, order) =>
    planLife(random.fork(`order ${order}`), {
      order,
      placedAt: start + random.int(0, busyMinutes * MINUTE),
      longestDelay,
      latestOrder,
      isLong,
    }),
  )
    .flat()
    .sort((a, b) => a.at - b.at);
  const lastStep = steps.at(-1)?.at ?? start;
  const hasTwoConnections = random.chance(keepsChanges ? 0.4 : 0.6);
  const polls = planPolls(random.fork('polls'), { start, end: lastStep, steps, hasTwoConnections });
  const end = Math.max(lastStep, polls.at(-1)?.at ?? start) + 5 * MINUTE;
  return { start, end, shipStationAhead, bridgeAhead, hasTwoConnections, steps, polls };
}

/** How many hours pass before a schedule begins: at times so many that the bridge looks at no earlier order any more. */
export function drawPause(random: Random, lookbackDays: number): number {
  return random.chance(0.1) ? lookbackDays * 24 + random.int(1, 10) : random.int(2, 10);
}
