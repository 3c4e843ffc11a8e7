import { fork } from 'node:child_process';
import { atExit } from '../../test/support/at-exit.ts';
import { startMariaDb } from '../../test/support/mariadb.ts';
import type { StoreVersion } from '../../test/support/store/version.ts';
import type { TortureTest } from '../result.ts';
import { toResult } from './figures.ts';
import type { LaneWork } from './lane.ts';
import type { LaneMessage } from './lane-process.ts';
import { type Counts, Tally } from './tally.ts';

/**
 * How many schedules each lane plays on which store, and how often it brings about each situation: one without any instant of
 * a change, where the bridge has to compare, and can go wrong, most; the first with `updated_at`; the newest.
 */
const SHARES: readonly {
  readonly version: StoreVersion;
  readonly whole: { readonly count: number; readonly rounds: number };
  readonly short: { readonly count: number; readonly rounds: number };
}[] = [
  { version: '4.6.1 M', whole: { count: 700, rounds: 12 }, short: { count: 80, rounds: 5 } },
  { version: '4.12.2 U', whole: { count: 300, rounds: 6 }, short: { count: 25, rounds: 2 } },
  { version: '4.20.1 U', whole: { count: 300, rounds: 6 }, short: { count: 25, rounds: 2 } },
];
const LANES = 2;
const TOLD_EVERY = 200;

/**
 * Random schedules of orders that are created, edited, cancelled and shown late, while a stand-in for ShipStation polls
 * rolling windows page by page, and situations that go wrong only at one moment: in the end it must have every order as the store has it. Hours of a schedule pass in
 * milliseconds; the bridge runs in this process, behind real HTTP.
 */
export const pollTest: TortureTest = async (options) => {
  const { seed, isShort, program, environment, progress, enoughFindings } = options;
  const server = await startMariaDb();
  try {
    const shares = SHARES.map(({ version, whole, short }) => ({ version, ...(isShort ? short : whole) }));
    let played = 0;
    const onPlayed = () => {
      played += 1;
      if (played % TOLD_EVERY === 0) progress(`${played} schedules and situations played`);
    };
    const lanes = Array.from({ length: LANES }, (_, lane) =>
      runLane(
        {
          serverUrl: server.url(''),
          seed,
          program,
          environment,
          enoughFindings: enoughFindings && enoughFindings / LANES,
          shares: shares.map((share) => ({ ...share, first: lane * share.count })),
        },
        onPlayed,
      ),
    );
    const tally = new Tally();
    for (const counts of await Promise.all(lanes)) tally.merge(counts);
    return toResult(tally);
  } finally {
    await server.stop();
  }
};

/** Plays a lane in a process of its own, because it replaces the clock. */
function runLane(work: LaneWork, onPlayed: () => void): Promise<Counts> {
  const lane = fork(new URL('./lane-process.ts', import.meta.url), { execArgv: ['--import', 'tsx'] });
  const forget = atExit(() => lane.kill());
  return new Promise<Counts>((resolve, reject) => {
    lane.on('message', (message: LaneMessage) => {
      if (message === 'played') onPlayed();
      else resolve(message);
    });
    lane.on('error', reject);
    lane.on('exit', (code) => reject(new Error(`a lane ended with exit code ${code}`)));
    lane.send(work);
  }).finally(() => {
    forget();
    lane.kill();
  });
}
