import { setTimeout as sleep } from 'node:timers/promises';
import type { Random } from '../../test/support/random.ts';
import type { HttpAnswer } from './bridge-under-test.ts';
import { PROMISES } from './count-names.ts';
import type { Ground } from './ground.ts';
import type { PlannedPoll } from './poll-plan.ts';
import { inWords, type Shop } from './shop.ts';
import type { OpenPoll, PageOutcome, StandIn } from './stand-in.ts';
import type { Timeline } from './timeline.ts';
import { goodsOf, readDue } from './truth.ts';

// How far time may leap ahead to the next step, in seconds: between two pages, and while the bridge works on one.
const LONGEST_BETWEEN_PAGES = 300;
const LONGEST_IN_PAGE = 60;
// Real time in which sockets get to tell what has happened to them, where that makes a run more telling; nothing depends on it.
const MOMENT_MS = 3;

/** What a poll of a schedule works with. */
export interface PollGround {
  readonly ground: Ground;
  readonly timeline: Timeline;
  readonly shop: Shop;
  /** One or two. */
  readonly standIns: readonly StandIn[];
  readonly shipStationAhead: number;
  /** What happened, in words, for complaints. */
  readonly history: string[];
  /** Which schedule this is, and how far it has come, in words. */
  readonly where: () => string;
}

/** A poll under way, with what it has to bring. */
interface Course {
  readonly poll: OpenPoll;
  /** The orders that its window has to bring, and how much had been done in the shop when that was looked up. */
  due: { readonly orderIds: readonly number[]; readonly touches: number } | undefined;
}

/** The last whole minute by ShipStation's clock. */
function wholeMinute({ ground, shipStationAhead }: PollGround): number {
  return Math.floor((ground.clock.now + shipStationAhead) / 60) * 60;
}

/** Makes one planned poll to its end, whatever happens between and within its pages. */
export async function playPoll(on: PollGround, planned: PlannedPoll, random: Random): Promise<void> {
  const { ground } = on;
  const { tally } = ground;
  const courses = openPolls(on, planned, random).map((poll): Course => ({ poll, due: undefined }));
  const stopAfter = planned.kind === 'stopped' ? random.int(1, 3) : Number.POSITIVE_INFINITY;
  tally.add('polls', courses.length);
  on.history.push(
    `${inWords(ground.clock.now - on.shop.start)} ${courses.map(({ poll }) => describe(on, poll)).join(' and ')} (${planned.kind})`,
  );

  let pages = 0;
  for (let open = courses; open.length > 0; open = courses.filter(({ poll }) => !poll.isOver)) {
    if (pages > 0) await betweenPages(on, planned, random);
    // Two connections ask one after the other, in any order, or at the very same time.
    const asking = open.length > 1 && random.chance(0.3) ? open : [random.pick(open)];
    const isCut = planned.kind === 'cut' && random.chance(0.5);
    const disturb = isCut ? 'cut' : random.chance(0.65) ? 'steps' : undefined;
    await askPages(on, asking, disturb, random);
    pages += asking.length;
    const [course] = courses;
    if (course && pages >= stopAfter && !course.poll.isOver) {
      course.poll.stop();
      tally.add('polls given up between two pages');
    }
  }
  for (const course of courses) checkDue(on, course);
  // A pool whose connections were cut learns of it when it comes to read from them.
  if (planned.kind === 'cut') await sleep(MOMENT_MS);
}

function openPolls(on: PollGround, { kind, who }: PlannedPoll, random: Random): OpenPoll[] {
  const [first, second = first] = on.standIns;
  if (!first || !second) throw new Error('a schedule without a connection');
  const end = wholeMinute(on);
  const rolling = (standIn: StandIn, start = standIn.nextStart) =>
    standIn.open({ start, end: Math.max(end, start) });
  const { tally } = on.ground;
  if (kind === 'again') {
    const standIn = who === 'second' ? second : first;
    if (standIn.done.length > 0) {
      tally.add('old windows asked again');
      return [standIn.open(random.pick(standIn.done))];
    }
  }
  if (who === 'same') {
    tally.add('windows asked by two connections at once');
    const start = Math.min(first.nextStart, second.nextStart);
    return [rolling(first, start), rolling(second, start)];
  }
  if (who === 'both') return [rolling(first), rolling(second)];
  return [rolling(who === 'second' ? second : first)];
}

/** ShipStation takes its time, and the bridge may be started anew. */
async function betweenPages({ ground, timeline, shop }: PollGround, planned: PlannedPoll, random: Random) {
  const before = shop.touches;
  await timeline.advanceTo(ground.clock.now + random.pick([0, random.int(1, 10), random.int(1, 60)]));
  // So that little happens in vain: what is due soon happens now.
  if (random.chance(0.7)) await timeline.takeNext(random.int(1, 5), LONGEST_BETWEEN_PAGES);
  ground.tally.add('steps between two pages', shop.touches - before);
  if (random.chance(0.03)) await ground.bridge.prune();
  if (planned.kind === 'restart' && random.chance(0.5)) {
    await ground.bridge.restart();
    ground.tally.add('restarts between two pages');
  }
}

/** Asks for the next page of each of these polls; at some statement of theirs the shop works, or the wire is cut. */
async function askPages(
  on: PollGround,
  courses: readonly Course[],
  disturb: 'steps' | 'cut' | undefined,
  random: Random,
): Promise<void> {
  const { proxy, tally, store } = on.ground;
  for (const course of courses)
    if (!course.poll.hasBegun)
      course.due = { touches: on.shop.touches, orderIds: await readDue(store, course.poll.window) };

  if (disturb) {
    // Any of a page's statements, and more often than by chance one that reads of the lines, or all of them.
    const meant = random.pick(['', 'order_details', 'extra', 'extra']);
    let left = meant === 'extra' ? 1 : random.int(1, meant === '' ? 12 : 2);
    const point = meant === 'extra' || random.chance(0.5) ? 'asked' : 'answered';
    // Three steps into a save, some of its lines are there again.
    const most = random.pick([1, 2, 3, 3, 3, 4, 5]);
    const isLast = random.chance(0.8);
    proxy.onStatement = async (statement, at) => {
      if (at !== point || !statement.includes(meant)) return undefined;
      left -= 1;
      if (left !== 0) return undefined;
      // A page is read by several statements side by side: those beside this one come first.
      if (isLast) await sleep(MOMENT_MS);
      if (disturb === 'cut') proxy.cut();
      else tally.add('steps in the middle of a page', await on.timeline.takeNext(most, LONGEST_IN_PAGE));
      return undefined;
    };
  }
  await Promise.all(
    courses.map(async ({ poll }) => {
      const outcome = await takePage(on, poll);
      if (outcome.kind !== 'not-200') return;
      if (disturb === 'cut') tally.add('polls broken by a lost database');
      else complainOfAnswer(on, outcome.answer);
    }),
  );
  proxy.onStatement = () => undefined;
}

/** Asks for the next page of a poll, and looks at what it brings. */
export async function takePage(on: PollGround, poll: OpenPoll): Promise<PageOutcome> {
  const { tally } = on.ground;
  const outcome = await poll.nextPage();
  tally.add('pages');
  if (outcome.kind === 'invalid') tally.complain(PROMISES.invalid, `${on.where()}: ${outcome.problem}`);
  if (outcome.kind !== 'imported') return outcome;
  tally.add('orders received', outcome.orders.length);
  for (const imported of outcome.orders) {
    const order = on.shop.orders.find(({ orderId }) => String(orderId) === imported.OrderNumber);
    // One that is just being created has no lines but its own.
    if (!order || order.goodsEver.has(goodsOf(imported))) continue;
    tally.complain(
      PROMISES.half,
      `${on.where()}: ${order.name} with ${goodsOf(imported)}, to ${poll.standIn.name}; ${order.history.join(', ')}`,
    );
  }
  return outcome;
}

export function complainOfAnswer(on: PollGround, { status, body }: HttpAnswer): void {
  on.ground.tally.complain(PROMISES.notOk, `${on.where()}: ${status} ${body.slice(0, 200)}`);
}

/** A poll that was taken in to its end has brought what was due at its beginning, unless the shop worked on it meanwhile. */
function checkDue(on: PollGround, { poll, due }: Course): void {
  if (!due || !poll.isComplete) return;
  for (const orderId of due.orderIds) {
    const order = on.shop.orders.find((other) => other.orderId === orderId);
    if (!order || order.touchedAt > due.touches || poll.received.has(String(orderId))) continue;
    on.ground.tally.complain(
      PROMISES.late,
      `${on.where()}: ${order.name} is not in ${describe(on, poll)}; ${order.history.join(', ')}; ${on.history.join(', ')}`,
    );
  }
}

function describe({ shop, shipStationAhead }: PollGround, { standIn, window }: OpenPoll): string {
  const inStoreTime = (instant: number) => inWords(Math.max(instant - shipStationAhead - shop.start, 0));
  return `poll by ${standIn.name} of ${inStoreTime(window.start)} to ${inStoreTime(window.end)}`;
}
