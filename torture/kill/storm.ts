import { type BookedLabel, type BookedOrder, post, repeatUntilTaken } from './book.ts';
import type { Lane } from './lane.ts';
import { MOMENTS } from './tally.ts';

const ORDERS_AT_ONCE = 6;

/**
 * Notices of several orders at the same instant, parts out of order and twice, and the bridge is killed somewhere among
 * them; what was not taken is repeated, all at once, until it is.
 */
export async function storm(lane: Lane): Promise<void> {
  const { victim, tally, random } = lane;
  const labels: BookedLabel[] = [];
  for (let index = 0; index < ORDERS_AT_ONCE; index += 1) {
    const order = await lane.book.place([random.int(2, 4), random.int(2, 4)]);
    labels.push(...labelsOf(lane, order));
  }
  victim.killAt(random.int(0, labels.length * 12), random.pick(MOMENTS));
  await Promise.all(labels.map((label) => post(tally, victim.shipStation, label)));
  victim.disarm();
  victim.bridge.killNow();
  await victim.start();
  await repeatUntilTaken(tally, victim.shipStation);
}

/** All parts of an order, or some; one of them may come twice. */
function labelsOf({ book, random }: Lane, order: BookedOrder): readonly BookedLabel[] {
  const [first = 0, second = 0] = order.lines.map(({ quantity }) => quantity);
  const labels = [book.label(order, [1, second - 1]), book.label(order, [first - 1, 0])];
  if (random.chance(0.7)) labels.push(book.label(order, [0, 1]));
  if (random.chance(0.3)) labels.push(random.pick(labels));
  return random.chance(0.5) ? labels.reverse() : labels;
}
