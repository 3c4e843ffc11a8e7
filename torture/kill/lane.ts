import { createDatabase } from '../../test/support/database.ts';
import type { MariaDb } from '../../test/support/mariadb.ts';
import { createRandom, type Random } from '../../test/support/random.ts';
import { buildStore, type Store, type StoreOptions } from '../../test/support/store/store.ts';
import { USERNAME } from '../bridge-process.ts';
import { KEPT_SECRET, LINES_LOOKED_AT, provokeRefusals } from '../planted.ts';
import type { TortureOptions } from '../result.ts';
import { type Book, createBook, repeatUntilTaken } from './book.ts';
import { judge, judgeLedger, type Ledger, PARTLY_SHIPPED, waitingNotices } from './oracle.ts';
import type { Tally } from './tally.ts';
import { createVictim, type Victim } from './victim.ts';

/** One store with the bridges that work on it. */
export interface Lane {
  readonly name: string;
  readonly store: Store;
  readonly ledger: Ledger;
  readonly book: Book;
  readonly tally: Tally;
  readonly random: Random;
  /** The first of the bridges, for what needs one alone. */
  readonly victim: Victim;
  /** Of a lane of one bridge, itself again. */
  readonly other: Victim;
}

export interface LaneOptions {
  readonly name: string;
  readonly version: StoreOptions['version'];
  readonly engine: 'MyISAM' | 'InnoDB';
  readonly bridges: 1 | 2;
  /** The bridge's own tables lie in a database of their own. */
  readonly hasOwnDatabase?: boolean;
}

/** What lanes share. */
export interface LaneGround {
  readonly mariadb: MariaDb;
  readonly options: TortureOptions;
  readonly tally: Tally;
}

/** Builds a store, starts its bridges, lets `work` torture them, and judges what has become of the store. */
export async function runLane(
  { mariadb, options, tally }: LaneGround,
  { name, version, engine, bridges, hasOwnDatabase = false }: LaneOptions,
  work: (lane: Lane) => Promise<void>,
): Promise<void> {
  const database = await createDatabase(mariadb.url(''), 'kill');
  const own = hasOwnDatabase ? await createDatabase(mariadb.url(''), 'ledger') : undefined;
  const store = await buildStore(database, {
    version,
    engine,
    statuses: [{ letter: PARTLY_SHIPPED, name: 'Partly shipped', inventory: 'D' }],
  });
  const open = (bridge: string) =>
    createVictim({
      name: `${name}, bridge ${bridge}`,
      program: options.program,
      environment: { PARTIALLY_SHIPPED_STATUS: PARTLY_SHIPPED, ...options.environment },
      databases: { CSCART_DATABASE_URL: store.url, ...(own ? { BRIDGE_DATABASE_URL: own.url } : {}) },
      tally,
    });
  const victim = await open('A');
  const other = bridges === 2 ? await open('B') : victim;
  const victims = new Set([victim, other]);
  const lane: Lane = {
    name,
    store,
    ledger: { database: own ?? store, prefix: store.prefix },
    book: createBook(store, tally, name),
    tally,
    random: createRandom(options.seed).fork(name),
    victim,
    other,
  };
  try {
    // One after the other: two that create their tables at the same instant is another test's subject.
    for (const each of victims) await each.start();
    await work(lane);
    await settle(lane);
    await judge(tally, lane);
    await judgeLedger(tally, name, lane.ledger);
    for (const { bridge } of victims)
      for (const words of await provokeRefusals(bridge.url, USERNAME)) tally.fault('wrong answers', words);
  } finally {
    for (const each of victims) {
      await each.close();
      tally.count(LINES_LOOKED_AT, each.bridge.watch.lines);
      for (const words of each.bridge.watch.findings) tally.fault(KEPT_SECRET, words);
    }
    await own?.drop();
    await database.drop();
  }
  options.progress(`${name}: done, ${tally.kills} kills so far`);
}

/** Everything repeated, and every bridge started once more without being killed. */
async function settle({ victim, other, tally }: Lane): Promise<void> {
  for (const each of new Set([victim, other])) {
    each.disarm();
    each.bridge.killNow();
    await each.start();
  }
  for (const each of new Set([victim, other])) await repeatUntilTaken(tally, each.shipStation);
}

/** After a start with nobody else at work: what a crash left must have been carried on. */
export async function checkNothingWaits({ tally, name, ledger }: Lane, words: string): Promise<void> {
  for (const notice of await waitingNotices(ledger))
    tally.fault('notices left undone by a start', `${name}, ${words}: ${notice}`);
}

/** Runs it again, as after a kill; complains when the kill that was meant has not come. */
export async function startAgain(
  { victim, tally, name }: Pick<Lane, 'victim' | 'tally' | 'name'>,
  meant: { readonly step: string | undefined },
  words: string,
): Promise<void> {
  if (meant.step === undefined) {
    tally.fault('kills that never came', `${name}, ${words}`);
    victim.disarm();
    victim.bridge.killNow();
  }
  await victim.start();
}
