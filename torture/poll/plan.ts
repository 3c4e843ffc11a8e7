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
const HOUR = 3600;

const LARGEST_CLOCK_ERROR = 3 * MINUTE;
const LONGEST_DELAY = 4 * MINUTE;
/**
 * Where the store stamps its changes, nothing but the overlap covers a change that is committed later than its stamp says:
 * the delay and how far ShipStation's clock is ahead of who wrote the stamp stay below five minutes in all.
 */
const MOST_COVERED = 5 * MINUTE - 10;

/** @param keepsChanges - whether the store stamps its changes (`updated_at`) */
export function drawPlan(random: Random, start: number, keepsChanges: boolean): Plan {
  const clockError = () => (random.chance(0.4) ? 0 : random.int(-LARGEST_CLOCK_ERROR, LARGEST_CLOCK_ERROR));
  const shipStationAhead = clockError();
  const bridgeError = clockError();
  const bridgeAhead = keepsChanges ? Math.max(bridgeError, shipStationAhead - MOST_COVERED) : bridgeError;
  const longestDelay = keepsChanges
    ? Math.min(LONGEST_DELAY, MOST_COVERED - Math.max(shipStationAhead, 0))
    : LONGEST_DELAY;

  const isLong = random.chance(0.1);
  const busyMinutes = random.pick([1, 3, 8, 25, 60]);
  const steps = Array.from({ length: random.int(5, 9) }, (_, order) =>
    planLife(random.fork(`order ${order}`), {
      order,
      placedAt: start + random.int(0, busyMinutes * MINUTE),
      longestDelay,
      isLong,
    }),
  )
    .flat()
    .sort((a, b) => a.at - b.at);
  const lastStep = steps.at(-1)?.at ?? start;
  const hasTwoConnections = random.chance(0.35);
  const polls = planPolls(random.fork('polls'), { start, end: lastStep, steps, hasTwoConnections });
  const end = Math.max(lastStep, polls.at(-1)?.at ?? start) + 5 * MINUTE;
  return { start, end, shipStationAhead, bridgeAhead, hasTwoConnections, steps, polls };
}

/** Until when a schedule is left alone before the next one begins. */
export function pauseAfter(random: Random): number {
  return random.int(2, 10) * HOUR;
}
