import type { Random } from '../../test/support/random.ts';
import { PROMISES } from './count-names.ts';
import type { Ground } from './ground.ts';
import type { Step } from './order-life.ts';
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

/** Under what conditions a stretch of virtual time is played. Instants are Unix seconds by the store's clock. */
export interface SceneFrame {
  readonly start: number;
  /** How far ShipStation's clock and the bridge's are ahead of the store's. */
  readonly shipStationAhead: number;
  readonly bridgeAhead: number;
  readonly hasTwoConnections: boolean;
  /** By instant. */
  readonly steps: readonly Step[];
}

/** Sets the clocks, and gives a shop without orders and the connections that are going to poll it. */
export function openScene(ground: Ground, frame: SceneFrame, name: string): PollGround {
  const { store, bridge, clock, tally } = ground;
  const { start, shipStationAhead, bridgeAhead, hasTwoConnections, steps } = frame;
  clock.now = start;
  clock.bridgeAhead = bridgeAhead;
  const shop = new Shop(store, start);
  const firstStart = Math.floor((start + shipStationAhead) / MINUTE) * MINUTE - 10 * MINUTE;
  const names = hasTwoConnections ? ['A', 'B'] : ['A'];
  const standIns = names.map((letter) => new StandIn(letter, bridge, firstStart));
  const timeline = new Timeline(steps, clock, async (step, now) => {
    tally.add(`steps: ${step.action.kind}`);
    await shop.carryOut(step, now);
  });
  const where = () =>
    `${name} at ${inWords(clock.now - start)}, ShipStation's clock ${shipStationAhead} s and the bridge's ${bridgeAhead} s ahead`;
  return { ground, timeline, shop, standIns, shipStationAhead, history: [], where };
}

/** Polls until all has been seen, and compares what each connection has with what the store has. */
export async function settle(on: PollGround, random: Random): Promise<void> {
  const { timeline } = on;
  const { clock, tally } = on.ground;
  const end = clock.now;
  const poll = { kind: 'plain', who: on.standIns.length > 1 ? 'both' : 'first' } as const;
  for (const minutes of SETTLING) {
    await timeline.advanceTo(end + minutes * MINUTE);
    await playPoll(on, { ...poll, at: clock.now }, random);
  }
  await compare(on);
  await timeline.advanceTo(end + QUIET * MINUTE);
  const before = tally.counts['orders received'] ?? 0;
  await playPoll(on, { ...poll, at: clock.now }, random);
  const again = (tally.counts['orders received'] ?? 0) - before;
  if (again > 0) {
    tally.complain(PROMISES.endless, `${on.where()}: ${again} orders; ${on.history.join(', ')}`, again);
  }
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
