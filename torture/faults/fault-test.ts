import { setTimeout as sleep } from 'node:timers/promises';
import { type MariaDb, startMariaDb } from '../../test/support/mariadb.ts';
import { createRandom, type Random } from '../../test/support/random.ts';
import { USERNAME } from '../bridge-process.ts';
import { KEPT_SECRET, LINES_LOOKED_AT, provokeRefusals } from '../planted.ts';
import type { TortureTest } from '../result.ts';
import { figuresOf } from './figures.ts';
import { mountSmallDisk } from './full-disk.ts';
import type { Fault, Ground } from './ground.ts';
import { judge } from './judge.ts';
import { LOCK_FAULTS } from './lock-faults.ts';
import { createNoticeSenders } from './notices.ts';
import { keepPolling } from './polls.ts';
import { createScene, type Scene } from './scene.ts';
import { SERVER_FAULTS } from './server-faults.ts';
import { createTally, type Tally } from './tally.ts';
import { WIRE_FAULTS } from './wire-faults.ts';

// A bridge that does not come back, of which so many streams have been waited for in vain, proves nothing more.
const SHORT = { rounds: 1, orders: 250, shortestMs: 150, longestMs: 700, patienceMs: 20_000, enoughStuck: 1 };
const WHOLE = {
  rounds: 2,
  orders: 900,
  shortestMs: 200,
  longestMs: 1_500,
  patienceMs: 100_000,
  enoughStuck: 4,
};
// InnoDB's own files take some 60 MB of it.
const DISK_MEGABYTES = 300;
const SETTLING_PATIENCE_MS = 60_000;
const LONGEST_BREATH_MS = 250;

/** The database stopped, killed, cut off, slowed, locked and filled at random, under load, before stores on both engines. */
export const faultTest: TortureTest = async (options) => {
  const size = options.isShort ? SHORT : WHOLE;
  const random = createRandom(options.seed);
  const tally = createTally();
  const seconds = new Map<string, number[]>();
  const disk = options.isShort ? undefined : mountSmallDisk(DISK_MEGABYTES);
  let mariadb: MariaDb | undefined;
  const scenes: Scene[] = [];
  try {
    mariadb = await startMariaDb({
      ...(disk ? { directory: disk.folder } : {}),
    });
    for (const engine of ['MyISAM', 'InnoDB'] as const)
      scenes.push(await createScene(mariadb, engine, size.orders, random.fork(engine), options));
    options.progress('stores and bridges are up');
    const ground: Ground = {
      mariadb,
      scenes,
      disk,
      random: random.fork('faults'),
      aWhile: () => random.int(size.shortestMs, size.longestMs),
    };
    const rounds = Array.from({ length: size.rounds }, (_, round) =>
      roundOf(options.isShort || round > 0, ground.random),
    );
    await underLoad(scenes, tally, random, async () => {
      for (const fault of rounds.flat()) {
        const recovered = await sufferOne(fault, ground, tally, size.patienceMs);
        if (recovered !== undefined) seconds.set(fault.kind, [...(seconds.get(fault.kind) ?? []), recovered]);
        options.progress(`${fault.kind}: ${recovered?.toFixed(2) ?? 'nothing to measure'}`);
        if (tally.count('never good again') >= size.enoughStuck) break;
        await sleep(random.int(0, LONGEST_BREATH_MS));
      }
    });
  } finally {
    disk?.free();
    for (const scene of scenes) {
      await scene.close();
      tellOfLog(scene, tally);
    }
    await mariadb?.stop();
    disk?.remove();
  }
  return { figures: figuresOf(tally, seconds), complaints: tally.complaints };
};

/** Every kind of fault as often as it comes in a round, shuffled; without those that take long, for which once is enough. */
function roundOf(withoutLong: boolean, random: Random): readonly Fault[] {
  const faults = [...SERVER_FAULTS, ...WIRE_FAULTS, ...LOCK_FAULTS]
    .filter(({ isLong = false }) => !(isLong && withoutLong))
    .flatMap((fault) => Array.from({ length: fault.times ?? 1 }, () => fault));
  return faults
    .map((fault) => ({ fault, place: random.int(0, 1_000_000) }))
    .sort((a, b) => a.place - b.place)
    .map(({ fault }) => fault);
}

/** Gives the seconds from the end of the fault until polls and notices of every store have been answered well. */
async function sufferOne(
  fault: Fault,
  ground: Ground,
  tally: Tally,
  patienceMs: number,
): Promise<number | undefined> {
  if ((await fault.happen(ground)) === false) return undefined;
  const streams = ground.scenes.flatMap(({ name }) => [`polls of ${name}`, `notices of ${name}`]);
  const outcome = await tally.untilAllGood(streams, patienceMs);
  if ('seconds' in outcome) return outcome.seconds;
  const within = `not within ${patienceMs / 1000} seconds`;
  for (const stream of outcome.stuck)
    tally.complain('never good again', `${stream}, ${fault.kind}: ${within}`);
  return undefined;
}

/** Has the stores polled and shipped while `suffer` goes on, then everything repeated, and judges what there is. */
async function underLoad(
  scenes: readonly Scene[],
  tally: Tally,
  random: Random,
  suffer: () => Promise<void>,
): Promise<void> {
  const ending = new AbortController();
  const load = scenes.map((scene) => {
    const senders = createNoticeSenders(scene, tally, random.fork(`labels of ${scene.name}`));
    const work = Promise.all([keepPolling(scene, tally, ending.signal), senders.keepSending(ending.signal)]);
    return { scene, senders, work };
  });
  try {
    await suffer();
  } finally {
    ending.abort();
    await Promise.all(load.map(({ work }) => work));
  }
  await Promise.all(
    load.map(async ({ scene, senders }) => {
      await senders.settle(SETTLING_PATIENCE_MS);
      await mendTables(scene, tally);
      await judge(scene, senders.labels, tally);
      tellOfBridge(scene, tally);
      for (const words of await provokeRefusals(scene.bridge.url, USERNAME))
        tally.complain('wrong answers', `${scene.name}: ${words}`);
    }),
  );
}

/** What a killed server left of a table that it keeps without a log: mended, so that every row is seen that there is. */
async function mendTables({ store, name }: Scene, tally: Tally): Promise<void> {
  for (const table of ['shipments', 'shipment_items', 'orders']) {
    const messages = await store.query<{ Msg_type: string; Msg_text: string }>(
      `check table ${store.table(table)}`,
    );
    if (messages.at(-1)?.Msg_text === 'OK') continue;
    tally.complain('tables left damaged by a killed server', `${name}: ${table}`);
    await store.query(`repair table ${store.table(table)}`);
  }
}

function tellOfBridge({ bridge, name }: Scene, tally: Tally): void {
  const starts = bridge.logs.filter(({ event }) => event === 'bridge.listening').length;
  if (starts !== 1) tally.complain('bridge restarts needed', `${name}: started ${starts} times`);
  for (const { event, err } of bridge.logs) {
    if (event === 'request.failed') tally.complain('unforeseen errors', `${name}: ${JSON.stringify(err)}`);
  }
}

function tellOfLog({ bridge: { watch }, name }: Scene, tally: Tally): void {
  tally.add(LINES_LOOKED_AT, watch.lines);
  for (const words of watch.findings) tally.complain(KEPT_SECRET, `${name}: ${words}`);
}
