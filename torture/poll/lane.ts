import { createDatabase } from '../../test/support/database.ts';
import { createRandom } from '../../test/support/random.ts';
import { buildStore, type Store } from '../../test/support/store/store.ts';
import type { StoreVersion } from '../../test/support/store/version.ts';
import { LINES_LOOKED_AT } from '../planted.ts';
import { startStatementProxy } from '../statement-proxy.ts';
import { startBridge } from './bridge-under-test.ts';
import { replaceDateNow } from './clock.ts';
import { PROMISES } from './count-names.ts';
import type { Ground } from './ground.ts';
import { drawPause, drawPlan } from './plan.ts';
import { playSchedule } from './play-schedule.ts';
import { playSituation } from './play-situation.ts';
import { SITUATIONS } from './situations.ts';
import { Tally } from './tally.ts';

/** Schedules that are played one after the other on one store. */
interface Share {
  readonly version: StoreVersion;
  /** The number of the first schedule, and how many there are. */
  readonly first: number;
  readonly count: number;
  /** How often each situation is brought about. */
  readonly rounds: number;
}

/** The work of one lane, as plain values: it goes to another process. */
export interface LaneWork {
  readonly serverUrl: string;
  readonly seed: number;
  readonly program: string;
  readonly environment: Readonly<Record<string, string>>;
  readonly shares: readonly Share[];
  /** After so many findings the rest need not be played. */
  readonly enoughFindings?: number | undefined;
}

/** So few that hardly any order is looked at but those of the schedule; none of them lasts longer. */
const LOOKBACK_DAYS = 2;

/** Where virtual time begins: 2026-03-01T00:00:00Z. */
const FIRST_INSTANT = 1_772_323_200;

/** Plays the shares of a lane. Replaces `Date.now` of this process. */
export async function playLane(work: LaneWork, onPlayed: () => void): Promise<Tally> {
  const tally = new Tally();
  const clock = replaceDateNow(FIRST_INSTANT);
  for (const share of work.shares) await playShare(work, share, tally, clock, onPlayed);
  return tally;
}

async function playShare(
  work: LaneWork,
  share: Share,
  tally: Tally,
  clock: ReturnType<typeof replaceDateNow>,
  onPlayed: () => void,
): Promise<void> {
  const { serverUrl, program, environment, enoughFindings = Number.POSITIVE_INFINITY } = work;
  const { version } = share;
  const database = await createDatabase(serverUrl, 'poll');
  const store = await buildStore(database, { version });
  const proxy = await startStatementProxy(Number(new URL(serverUrl).port));
  const url = new URL(store.url);
  url.port = String(proxy.port);
  const bridge = await startBridge(
    program,
    {
      CSCART_DATABASE_URL: url.href,
      CSCART_TABLE_PREFIX: store.prefix,
      EXPORT_PAGE_SIZE: '2',
      CHANGE_LOOKBACK_DAYS: String(LOOKBACK_DAYS),
      ...environment,
    },
    clock,
  );
  try {
    const ground = { store, bridge, clock, proxy, tally };
    for (const play of [...situationsOf(work, share, ground), ...schedulesOf(work, share, ground)]) {
      if (tally.findings >= enoughFindings) break;
      await play();
      onPlayed();
    }
  } finally {
    await bridge.close();
    tally.add(LINES_LOOKED_AT, bridge.watch.lines);
    for (const words of bridge.watch.findings) tally.complain(PROMISES.keptSecret, `${version}: ${words}`);
    await proxy.close();
    await database.drop();
  }
}

type Play = () => Promise<void>;

function situationsOf(
  { seed }: LaneWork,
  { version, first, rounds }: Share,
  ground: Ground,
): readonly Play[] {
  const { clock, store } = ground;
  const isComparing = !keepsChanges(store);
  const situations = SITUATIONS.filter(({ isOfComparing }) => isComparing || !isOfComparing);
  return Array.from({ length: rounds }, (_, round) => round).flatMap((round) =>
    situations.map((situation) => async () => {
      const random = createRandom(seed).fork(`${version} ${first} ${situation.name} ${round}`);
      const start = clock.now + drawPause(random, LOOKBACK_DAYS) * 3600;
      await playSituation(ground, situation, { start, name: version }, random.fork('play'));
    }),
  );
}

function schedulesOf({ seed }: LaneWork, { version, first, count }: Share, ground: Ground): readonly Play[] {
  const { clock, store, bridge } = ground;
  return Array.from({ length: count }, (_, index) => first + index).map((number) => async () => {
    const random = createRandom(seed).fork(`${version} ${number}`);
    const pause = drawPause(random, LOOKBACK_DAYS);
    const plan = drawPlan(random.fork('plan'), {
      start: clock.now + pause * 3600,
      keepsChanges: keepsChanges(store),
      hasEarlierOrders: pause < 12,
    });
    await playSchedule(ground, plan, random.fork('play'), `${version} schedule ${number}`);
    await bridge.prune();
  });
}

function keepsChanges(store: Store): boolean {
  return store.hasColumn('orders', 'updated_at');
}
