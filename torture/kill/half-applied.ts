import { type BookedLabel, type BookedOrder, post, repeatUntilTaken } from './book.ts';
import type { Lane } from './lane.ts';
import { SHIPPED, waitingNotices } from './oracle.ts';

/** How a notice of an order is left, and what comes next. */
export interface HalfAppliedScene {
  readonly name: string;
  play(lane: Lane): Promise<void>;
}

/** Up to where a notice's units are nowhere in the store: whoever looks at what is left takes them for his own. */
const BEFORE_ITEMS = ['keep the plan', 'insert the shipment', 'record its number'];

/**
 * A notice is left half applied, nobody starts anew, and the next notice of its order comes before any timer: it has to carry
 * on the one before it, or it ships that one's units as well, and the order keeps a status that is no longer true.
 */
export const HALF_APPLIED_SCENES: readonly HalfAppliedScene[] = [
  ...BEFORE_ITEMS.map((step) => ({
    name: `a first part is left at "${step}", and the next notice is of all that is left`,
    play: (lane: Lane) => nextNotice(lane, step, { first: [1, 2], next: 'all', expected: [1, 1] }),
  })),
  ...['record its number', 'insert its items'].map((step) => ({
    name: `a whole order is left at "${step}", and the next notice is of another label`,
    play: (lane: Lane) => nextNotice(lane, step, { first: [2, 3], next: [1, 0], expected: 'nothing' }),
  })),
];

interface TwoNotices {
  /** Units of each line of an order of two and three. */
  readonly first: readonly number[];
  readonly next: readonly number[] | 'all';
  /** Of the next one. */
  readonly expected: readonly number[] | 'nothing';
}

async function nextNotice(lane: Lane, step: string, notices: TwoNotices): Promise<void> {
  const { victim, other, book, tally, store, ledger, name } = lane;
  const order = await book.place([2, 3]);
  // Where there are two, the other one gets the next notice while the first is down; one alone loses only its database.
  const isAlone = other === victim;
  const ambush = isAlone ? victim.cutAt({ step }) : victim.killAt({ step }, 'answered');
  await post(tally, victim.forgetful, book.label(order, notices.first));
  if (ambush.step === undefined) tally.fault('kills that never came', `${name}, next notice after "${step}"`);
  victim.disarm();

  await post(tally, other.shipStation, nextLabel(lane, order, notices));
  await repeatUntilTaken(tally, other.shipStation);
  const undone = [...(await waitingNotices(ledger, order.orderId))];
  const { status } = await store.order(order.orderId);
  if (status !== SHIPPED) undone.push(`order ${order.orderId} is ${status}`);
  for (const words of undone)
    tally.fault('notices left undone by the next one', `${name}, after "${step}": ${words}`);

  if (!isAlone) {
    victim.bridge.killNow();
    await victim.start();
  }
}

function nextLabel({ book }: Lane, order: BookedOrder, { next, expected }: TwoNotices): BookedLabel {
  if (expected === 'nothing') return book.label(order, next, { expected });
  return book.label(order, next, {
    expected: new Map(order.lines.map(({ itemId }, index) => [itemId, expected[index] ?? 0])),
  });
}
