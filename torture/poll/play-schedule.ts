import type { Random } from '../../test/support/random.ts';
import { PROMISES } from './count-names.ts';
import type { Ground } from './ground.ts';
import type { Plan } from './plan.ts';
import { type PollGround, playPoll } from './play-poll.ts';
import { inWords, Shop } from './shop.ts';
import { StandIn } from './stand-in.ts';
import { Timeline } from './timeline.ts';
import { difference, readTruth } from './truth.ts';

const MINUTE = 60;

// Polls after the last step, in minutes: past every delay, every clock error and every overlap. The last window lies wholly
// behind that.
const SETTLING = [6, 50] as const;
const QUIET = 80;

/** Plays one schedule, and compares in the end what each connection has with what the store has. */
export async function playSchedule(ground: Ground, plan: Plan, random: Random, name: string): Promise<void> {
  const { store, bridge, clock, tally } = ground;
  clock.now = plan.start;
  clock.bridgeAhead = plan.bridgeAhead;
  const shop = new Shop(store, plan.start);
  const firstStart = Math.floor((plan.start + plan.shipStationAhead) / MINUTE) * MINUTE - 10 * MINUTE;
  const names = plan.hasTwoConnections ? ['A', 'B'] : ['A'];
  const standIns = names.map((letter) => new StandIn(letter, bridge, firstStart));
  const timeline = new Timeline(plan.steps, clock, async (step, now) => {
    tally.add(`steps: ${step.action.kind}`);
    await shop.carryOut(step, now);
  });
  const where = () =>
    `${name} at ${inWords(clock.now - plan.start)}, ShipStation's clock ${plan.shipStationAhead} s and the bridge's ${plan.bridgeAhead} s ahead`;
  const { shipStationAhead } = plan;
  const on: PollGround = { ground, timeline, shop, standIns, shipStationAhead, history: [], where };

  tally.add('schedules');
  for (const planned of plan.polls) {
    await timeline.advanceTo(planned.at);
    await playPoll(on, planned, random);
    if (random.chance(0.15)) await ship(on, random);
  }
  await timeline.advanceTo(plan.end);

  const poll = { kind: 'plain', who: plan.hasTwoConnections ? 'both' : 'first' } as const;
  for (const minutes of SETTLING) {
    await timeline.advanceTo(plan.end + minutes * MINUTE);
    await playPoll(on, { ...poll, at: clock.now }, random);
  }
  await compare(on);
  await timeline.advanceTo(plan.end + QUIET * MINUTE);
  const before = tally.counts['orders received'] ?? 0;
  await playPoll(on, { ...poll, at: clock.now }, random);
  const again = (tally.counts['orders received'] ?? 0) - before;
  if (again > 0) {
    tally.complain(PROMISES.endless, `${where()}: ${again} orders; ${on.history.join(', ')}`, again);
  }
}

/** A label is made of one of the orders that wait for it, unless an admin is saving it at this moment. */
async function ship(on: PollGround, random: Random): Promise<void> {
  const { clock, tally } = on.ground;
  const standIn = random.pick(on.standIns);
  const waiting = on.shop.orders.filter(
    ({ orderId, edit }) => !edit && standIn.orders.get(String(orderId))?.OrderStatus === 'paid',
  );
  if (waiting.length === 0) return;
  const { orderId, name } = random.pick(waiting);
  const tracking = `1Z${orderId}${random.int(100, 999)}`;
  const { status, body } = await standIn.ship(String(orderId), tracking, new Date(clock.now * 1000));
  tally.add('notices');
  on.shop.touch(orderId, 'shipped by ShipStation', clock.now);
  if (status !== 200) tally.complain(PROMISES.noticeNotOk, `${on.where()}: ${name}: ${status} ${body}`);
}

async function compare(on: PollGround): Promise<void> {
  const { store, tally } = on.ground;
  const truths = await readTruth(
    store,
    on.shop.orders.map(({ orderId }) => orderId),
  );
  tally.add('orders created', truths.length);
  for (const truth of truths) {
    if (truth.status === undefined) {
      tally.add('orders that end hidden or unmapped');
      continue;
    }
    const order = on.shop.orders.find(({ orderId }) => orderId === truth.orderId);
    const story = () => `${order?.name ?? ''}: ${order?.history.join(', ') ?? ''}; ${on.history.join(', ')}`;
    for (const { name, orders } of on.standIns) {
      tally.add('orders compared');
      const imported = orders.get(String(truth.orderId));
      const wrong = imported && difference(truth, imported);
      if (!imported) tally.complain(PROMISES.neverShown, `${on.where()}, not to ${name}: ${story()}`);
      else if (wrong !== undefined)
        tally.complain(PROMISES.differs, `${on.where()}, at ${name} ${wrong}: ${story()}`);
    }
  }
}
