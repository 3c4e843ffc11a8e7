import type { Random } from '../../test/support/random.ts';

/** How an edit changes the lines. */
export type LineChange = 'none' | 'quantity' | 'sku' | 'more' | 'less';

/** What is done to an order in one go. */
export type Action =
  | {
      readonly kind: 'create';
      /** The instant of the checkout, which the row carries. */
      readonly placedAt: number;
      readonly status: string;
      /** Ordered units, line by line. */
      readonly quantities: readonly number[];
    }
  /** To the first of these letters that the order does not have. */
  | { readonly kind: 'leave-incomplete' | 'status'; readonly letters: readonly string[] }
  /** An admin's save, step by step: hidden, lines away, lines again (at times in two parts), total, shown again. */
  | { readonly kind: 'edit-hide' | 'edit-delete-lines' | 'edit-insert-rest' | 'edit-show' }
  | { readonly kind: 'edit-insert'; readonly change: LineChange; readonly isInParts: boolean }
  | { readonly kind: 'edit-total'; readonly isChanged: boolean }
  | { readonly kind: 'address' | 'notes' | 'total' };

export interface Step {
  /** When it can be seen. */
  readonly at: number;
  /** How much earlier the request began that does it: the shop stamps a change with that instant. */
  readonly delay: number;
  /** Which order of the schedule, from 0. */
  readonly order: number;
  readonly action: Action;
}

export interface LifeFrame {
  readonly order: number;
  readonly placedAt: number;
  /** Between an instant that is written down and the moment at which it can be seen. */
  readonly longestDelay: number;
  /** The same for an order that is new. */
  readonly latestOrder: number;
  /** Whether an incomplete order may wait for a day. */
  readonly isLong: boolean;
}

const MINUTE = 60;
const HOUR = 3600;

/** Statuses that mean something to ShipStation, and two that are mapped to nothing. */
const MAPPED = ['P', 'O', 'C', 'I'] as const;
const UNMAPPED = ['Y', 'B'] as const;

/** Draws what happens to one order, by instant. No two of its steps are at the same instant. */
export function planLife(
  random: Random,
  { order, placedAt, longestDelay, latestOrder, isLong }: LifeFrame,
): Step[] {
  const steps: Step[] = [];
  const delayOf = (longest = longestDelay) => (random.chance(0.4) ? 0 : random.int(0, longest));
  let at = placedAt;
  const add = (after: number, action: Action, delay = Math.min(delayOf(), after)) => {
    at += Math.max(after, 1);
    steps.push({ at, delay, order, action });
  };

  const begin = random.pick(['P', 'P', 'P', 'P', 'O', 'N', 'N', 'N', 'Y', 'B']);
  const quantities = Array.from({ length: random.int(1, 3) }, () => random.int(1, 4));
  add(delayOf(latestOrder), { kind: 'create', placedAt, status: begin, quantities }, 0);
  if (begin === 'N') {
    if (random.chance(0.1)) return steps;
    const wait = random.pick(
      isLong
        ? [random.int(1, 30) * MINUTE, random.int(6, 30) * HOUR]
        : [
            random.int(5, 90),
            random.int(1, 30) * MINUTE,
            random.int(1, 30) * MINUTE,
            random.int(1, 4) * HOUR,
          ],
    );
    add(wait, { kind: 'leave-incomplete', letters: [random.pick(['P', 'P', 'O'])] });
  }
  for (let left = random.int(0, 3); left > 0; left -= 1) {
    const pause = random.pick([
      random.int(5, 120),
      random.int(5, 120),
      random.int(5, 120),
      random.int(2, 10) * MINUTE,
      random.int(10, 40) * MINUTE,
    ]);
    const kind = random.pick(['status', 'status', 'edit', 'edit', 'edit', 'address', 'notes', 'total']);
    if (kind === 'edit')
      planEdit(
        random,
        { pause, longest: longestDelay, change: drawChange(random), keepsTotal: random.chance(0.5) },
        add,
      );
    else if (kind === 'status') add(pause, { kind, letters: drawLetters(random) });
    else add(pause, { kind: kind as 'address' | 'notes' | 'total' });
  }
  // Long after its last change somebody saves the order and changes nothing, or nothing but a line: all that can be seen of
  // the former is that the order is hidden meanwhile.
  if (random.chance(0.5)) {
    const change = random.pick<LineChange>(['none', 'none', 'none', 'quantity', 'sku']);
    const pause = random.int(12, 40) * MINUTE;
    planEdit(random, { pause, longest: longestDelay, change, keepsTotal: true }, add);
  }
  return steps;
}

function drawChange(random: Random): LineChange {
  return random.pick<LineChange>(['none', 'none', 'quantity', 'sku', 'more', 'less']);
}

interface PlannedEdit {
  /** Seconds since the step before. */
  readonly pause: number;
  /** How many seconds it may last. */
  readonly longest: number;
  readonly change: LineChange;
  readonly keepsTotal: boolean;
}

/** The steps of an admin's save, which lasts no longer than `longest`; its stamp is its beginning or its end. */
function planEdit(
  random: Random,
  { pause, longest, change, keepsTotal }: PlannedEdit,
  add: (after: number, action: Action, delay: number) => void,
): void {
  const isSlow = random.chance(0.4);
  const isInParts = random.chance(0.7);
  const actions: Action[] = [
    { kind: 'edit-delete-lines' },
    { kind: 'edit-insert', change, isInParts },
    ...(isInParts ? [{ kind: 'edit-insert-rest' } as const] : []),
    { kind: 'edit-total', isChanged: change !== 'none' && !keepsTotal },
    { kind: 'edit-show' },
  ];
  const longestGap = isSlow ? Math.floor(longest / actions.length) : 3;
  add(pause, { kind: 'edit-hide' }, 0);
  let lasted = 0;
  const isStampedAtBegin = random.chance(0.5);
  for (const action of actions) {
    const gap = random.int(1, Math.max(longestGap, 1));
    lasted += gap;
    add(gap, action, action.kind === 'edit-show' && isStampedAtBegin ? Math.min(lasted, longest) : 0);
  }
}

function drawLetters(random: Random): readonly string[] {
  return [
    random.pick(random.chance(0.85) ? MAPPED : UNMAPPED),
    ...(random.chance(0.5) ? ['P', 'C'] : ['I', 'O']),
  ];
}
