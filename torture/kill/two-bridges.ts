import { setTimeout as sleep } from 'node:timers/promises';
import type { Random } from '../../test/support/random.ts';
import { type BookedLabel, type BookedOrder, post, repeatUntilTaken } from './book.ts';
import { both } from './every-step.ts';
import type { Lane } from './lane.ts';
import { MOMENTS, type Moment } from './tally.ts';
import type { Place } from './victim.ts';

/** What two bridges on one store can get into, each on an order of its own. */
export interface TwoBridgesScene {
  readonly name: string;
  play(lane: Lane): Promise<void>;
}

/** The last step of a notice that ships: 17 of them, and the first two need no lock. */
const LAST_PLACE = 16;
const FIRST_LOCKED_PLACE = 3;
const LOOK_MS = 10;

// Where two that do not wait for each other spoil an order for certain: both have looked at what is left; both are about to
// insert the shipment of the same notice.
const BOTH_HAVE_LOOKED = ['find the latest shipment', 'keep the plan'].map(named);
const BOTH_INSERT = ['read the status of shipments', 'insert the shipment'].map(named);

export const TWO_BRIDGES_SCENES: readonly TwoBridgesScene[] = [
  ...[...BOTH_INSERT, undefined].map((place) => ({
    name: `the same notice at both, one is held up ${wordsOf(place)}`,
    async play(lane: Lane) {
      const order = await lane.book.place([2, 3]);
      const label = lane.book.label(order, lane.random.pick([[1, 2] as const, 'all' as const]));
      await heldUp(lane, [label, label], place);
    },
  })),
  ...[...BOTH_HAVE_LOOKED, undefined].map((place) => ({
    name: `two parts at once, one bridge is held up ${wordsOf(place)}`,
    async play(lane: Lane) {
      const order = await lane.book.place([2, 3]);
      await heldUp(lane, parts(lane, order), place);
    },
  })),
  ...[...BOTH_HAVE_LOOKED, undefined].map((place) => ({
    name: `more than was ordered, by two notices at once, one is held up ${wordsOf(place)}`,
    async play(lane: Lane) {
      const order = await lane.book.place([3]);
      const share = () => lane.book.label(order, [2], { expected: 'a share' });
      await heldUp(lane, [share(), share()], place);
    },
  })),
  {
    name: 'the same notice at both, one is killed',
    async play(lane) {
      const order = await lane.book.place([2, 3]);
      const label = lane.book.label(order, [1, 2]);
      lane.victim.killAt(anyPlace(lane.random), anyMoment(lane.random));
      await both(lane, label, label);
      await afterKill(lane);
    },
  },
  {
    name: 'two parts at once, one bridge is killed',
    async play(lane) {
      const order = await lane.book.place([2, 3]);
      const [first, second] = parts(lane, order);
      lane.victim.killAt(anyPlace(lane.random), anyMoment(lane.random));
      await both(lane, first, second);
      await afterKill(lane);
    },
  },
  {
    name: 'one leaves a shipment without items, the other gets the same notice',
    async play(lane) {
      const { victim, other, tally, random } = lane;
      const label = lane.book.label(await lane.book.place([2, 3]), [1, 2]);
      victim.killAt({ step: random.pick(['insert the shipment', 'record its number']) }, 'answered');
      await post(tally, victim.shipStation, label);
      await post(tally, other.shipStation, label);
      await afterKill(lane);
    },
  },
  {
    name: 'one is killed, the other carries on and is killed too',
    async play(lane) {
      const { victim, other, tally, random } = lane;
      const order = await lane.book.place([2, 3]);
      const [first, second] = parts(lane, order);
      victim.killAt(
        { step: random.pick(['keep the plan', 'insert the shipment', 'insert its items']) },
        'answered',
      );
      await post(tally, victim.shipStation, first);
      // Its own notice first carries on the other one: more than twice as many steps.
      const ambush = other.killAt(random.int(0, 2 * LAST_PLACE), anyMoment(random));
      await post(tally, other.shipStation, second);
      other.disarm();
      if (ambush.step !== undefined) await other.start();
      await afterKill(lane);
    },
  },
  {
    name: 'one box for two orders, both bridges are killed',
    async play(lane) {
      const { victim, other, book, random } = lane;
      const orders = [await book.place([2]), await book.place([2])];
      const box = `BOX-${lane.name}-${orders[0]?.orderId}`;
      const [first, second] = orders.map((order) => book.label(order, [2], { trackingNumber: box }));
      if (first === undefined || second === undefined) return;
      const crash: Place = { step: random.pick(['keep the plan', 'insert the shipment']) };
      victim.killAt(crash, 'answered');
      const ambush = other.killAt({ step: 'insert the shipment' }, anyMoment(random));
      await both(lane, first, second);
      if (ambush.step !== undefined) await other.start();
      await afterKill(lane);
    },
  },
  {
    name: 'a statement arrives long after its bridge was killed',
    play: (lane) => arrivesLate(lane, lockedPlace(lane)),
  },
  {
    name: 'one stops in the middle of a notice and goes on later',
    async play(lane) {
      const { victim, other, tally } = lane;
      const order = await lane.book.place([2, 3]);
      const label = lane.book.label(order, [1, 2]);
      const ambush = victim.holdAt(lockedPlace(lane));
      const sent = post(tally, victim.shipStation, label);
      await Promise.race([ambush.reached, sent]);
      victim.bridge.pause();
      ambush.release();
      await post(tally, other.shipStation, label);
      victim.bridge.resume();
      await sent;
      await repeatAll(lane);
    },
  },
  {
    name: 'one stops, loses the lock, and goes on when the other is done',
    play: (lane) => losesLock(lane, lockedPlace(lane), lane.random.chance(0.5)),
  },
];

/** Where the bridge's own tables lie elsewhere, what is written there does not go through the lock's connection. */
export const OWN_DATABASE_SCENES: readonly TwoBridgesScene[] = [
  'keep the plan',
  'record its number',
  'close the notice',
].flatMap((step) => [
  {
    name: `"${step}" arrives when the other bridge has done all`,
    play: (lane: Lane) => arrivesLate(lane, { step }),
  },
  {
    name: `one stops before "${step}", loses the lock, and goes on when the other is done`,
    play: (lane: Lane) => losesLock(lane, { step }, false),
  },
]);

/** One bridge is killed just after it has sent a statement, and the other gets the same notice before that arrives. */
async function arrivesLate(lane: Lane, place: Place): Promise<void> {
  const { victim, other, tally } = lane;
  const label = lane.book.label(await lane.book.place([2, 3]), [1, 2]);
  const ambush = victim.killAt(place, 'sent', { isHeld: true });
  await post(tally, victim.shipStation, label);
  // Until then its connection holds the order's lock, and nobody else gets any further.
  await post(tally, other.shipStation, label);
  ambush.release();
  await afterKill(lane);
}

/** One bridge stops before a statement, or after it was carried out, and does not see how the lock is lost. */
async function losesLock(lane: Lane, place: Place, isCarriedOut: boolean): Promise<void> {
  const { victim, other, tally } = lane;
  const order = await lane.book.place([2, 3]);
  const label = lane.book.label(order, [1, 2]);
  const ambush = victim.holdAt(place);
  const sent = post(tally, victim.shipStation, label);
  await Promise.race([ambush.reached, sent]);
  victim.bridge.pause();
  if (isCarriedOut) ambush.release();
  await endLockHolder(lane, order);
  await post(tally, other.shipStation, label);
  victim.bridge.resume();
  ambush.release();
  await sent;
  await repeatAll(lane);
}

/** As the server does it with a connection that has been silent for too long. */
async function endLockHolder({ store }: Lane, { orderId }: BookedOrder): Promise<void> {
  const [holder] = await store.query<{ id: number | null }>(
    `select is_used_lock(concat('shipstation:', left(md5(database()), 12), ':order:${orderId}')) as id`,
  );
  // Its last statement may have been carried out meanwhile, and the lock freed.
  if (holder?.id != null) await store.run(`kill connection ${holder.id}`);
}

/** Two disjoint parts that are the whole of an order of two and three units, in either order. */
function parts({ book, random }: Lane, order: BookedOrder) {
  const first = book.label(order, [1, 2]);
  const second = book.label(order, [1, 1]);
  return random.chance(0.5) ? ([first, second] as const) : ([second, first] as const);
}

/** The first bridge waits at a step until the second has answered, or waits for the order's lock. */
async function heldUp(
  lane: Lane,
  [first, second]: readonly [BookedLabel, BookedLabel],
  place: Place = lockedPlace(lane),
): Promise<void> {
  const { victim, other, tally } = lane;
  const ambush = victim.holdAt(place);
  const sent = post(tally, victim.shipStation, first);
  await Promise.race([ambush.reached, sent]);
  let isAnswered = false;
  const answered = post(tally, other.shipStation, second).finally(() => {
    isAnswered = true;
  });
  while (!isAnswered && !(await waitsForLock(lane))) await sleep(LOOK_MS);
  ambush.release();
  await Promise.all([sent, answered]);
  victim.disarm();
  await repeatAll(lane);
}

/** Whether a bridge asks for a lock that another one has. */
async function waitsForLock({ store }: Lane): Promise<boolean> {
  const waiting = await store.query(
    `select id from information_schema.processlist where state = 'User lock' and db = database()`,
  );
  return waiting.length > 0;
}

function named(step: string): { readonly step: string } {
  return { step };
}

function wordsOf(place: { readonly step: string } | undefined): string {
  return place ? `before "${place.step}"` : 'anywhere';
}

async function afterKill(lane: Lane): Promise<void> {
  const { victim, other, tally, random } = lane;
  victim.disarm();
  // Often enough what one has left undone is repeated to the other first.
  if (random.chance(0.5)) await repeatUntilTaken(tally, other.shipStation);
  victim.bridge.killNow();
  await victim.start();
  await repeatAll(lane);
}

async function repeatAll({ victim, other, tally }: Lane): Promise<void> {
  await Promise.all([
    repeatUntilTaken(tally, victim.shipStation),
    repeatUntilTaken(tally, other.shipStation),
  ]);
}

function lockedPlace({ random }: Lane): number {
  return random.int(FIRST_LOCKED_PLACE, LAST_PLACE);
}

function anyPlace(random: Random): number {
  return random.int(0, LAST_PLACE);
}

function anyMoment(random: Random): Moment {
  return random.pick(MOMENTS);
}
