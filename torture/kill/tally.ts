import { KEPT_SECRET } from '../planted.ts';
import { ESSENTIAL_STEPS } from './steps.ts';

/** What a kill does to the message at which it comes. */
export const MOMENTS = ['not sent', 'sent', 'answered'] as const;
/**
 * `not sent`: the statement never arrives; `sent`: it arrives, and nobody waits for the answer; `answered`: it was
 * carried out, and the bridge dies before it knows.
 */
export type Moment = (typeof MOMENTS)[number];

/** What can go wrong; each is counted, and the first few are told in words. */
export const FAULTS = [
  'shipments lost',
  'shipments doubled',
  'shipments without items',
  'shipments that nobody asked for',
  'shipment items without a shipment',
  'lines over-shipped',
  'orders with a wrong final status',
  'notices left waiting',
  'notices refused',
  'notices left undone by a start',
  'notices left undone by the next one',
  'wrong answers',
  'kills that never came',
  'steps that were never killed',
  KEPT_SECRET,
] as const;
type Fault = (typeof FAULTS)[number];

/** Those of them that say something of the harness, and nothing of the bridge. */
export const FAULTS_OF_HARNESS: readonly Fault[] = ['kills that never came', 'steps that were never killed'];

const WORDS_OF_EACH = 5;

/** Counts, over all lanes. */
export interface Tally {
  killed(step: string, moment: Moment): void;
  count(name: string, by?: number): void;
  fault(fault: Fault, words: string): void;
  readonly kills: number;
  killsOf(step: string): number;
  /** The named counts, in the order in which they began. */
  readonly counts: ReadonlyMap<string, number>;
  readonly steps: ReadonlyMap<string, number>;
  readonly moments: ReadonlyMap<Moment, number>;
  faults(fault: Fault): number;
  readonly complaints: readonly string[];
}

export function createTally(): Tally {
  const counts = new Map<string, number>();
  // The essential ones first, so that a missing one is seen as a 0.
  const steps = new Map<string, number>(ESSENTIAL_STEPS.map((step) => [step, 0]));
  const moments = new Map<Moment, number>(MOMENTS.map((moment) => [moment, 0]));
  const faults = new Map<Fault, number>();
  const complaints: string[] = [];
  let kills = 0;
  return {
    get kills() {
      return kills;
    },
    counts,
    steps,
    moments,
    complaints,
    killed(step, moment) {
      kills += 1;
      steps.set(step, (steps.get(step) ?? 0) + 1);
      moments.set(moment, (moments.get(moment) ?? 0) + 1);
    },
    count: (name, by = 1) => void counts.set(name, (counts.get(name) ?? 0) + by),
    killsOf: (step) => steps.get(step) ?? 0,
    faults: (fault) => faults.get(fault) ?? 0,
    fault(fault, words) {
      const number = (faults.get(fault) ?? 0) + 1;
      faults.set(fault, number);
      if (number <= WORDS_OF_EACH) complaints.push(`${fault}: ${words}`);
    },
  };
}
