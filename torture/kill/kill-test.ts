import { startMariaDb } from '../../test/support/mariadb.ts';
import type { Figure, TortureResult, TortureTest } from '../result.ts';
import { killAtEveryStep, killOnce, learnSteps } from './every-step.ts';
import { HALF_APPLIED_SCENES } from './half-applied.ts';
import { OTHER_KINDS, REPEAT, SHIPPING_KINDS } from './kinds.ts';
import { type Lane, type LaneGround, runLane } from './lane.ts';
import { CRASHES, killWhileCarryingOn } from './recovery.ts';
import { SHOP_SCENES } from './shop.ts';
import { ESSENTIAL_STEPS } from './steps.ts';
import { storm } from './storm.ts';
import { createTally, FAULTS, FAULTS_OF_HARNESS, MOMENTS, type Moment, type Tally } from './tally.ts';
import { OWN_DATABASE_SCENES, TWO_BRIDGES_SCENES } from './two-bridges.ts';

const NEWEST = '4.18.2 M';
const OLD = '4.8.1 U';

const CRASHES_ON_BOTH_ENGINES = 2;
const SHORT_CHAIN = 8;
// Where a repeat looks for its shipment.
const LAST_PLACE_OF_REPEAT = 2;

/**
 * Kills bridges at every step of the work on a notice, on MyISAM and on InnoDB, one bridge alone and two on one store, and
 * looks in the end whether every parcel is in the store once, with its units and its order's status.
 */
export const killTest: TortureTest = async (options) => {
  const mariadb = await startMariaDb();
  const ground: LaneGround = { mariadb, options, tally: createTally() };
  try {
    await Promise.all(options.isShort ? shortLanes(ground) : wholeLanes(ground));
  } finally {
    await mariadb.stop();
  }
  return resultOf(ground.tally);
};

function shortLanes(ground: LaneGround): readonly Promise<void>[] {
  const alone = (shift: number) => async (lane: Lane) => {
    // Each kind of notice is killed at every fourth step.
    for (const [index, kind] of SHIPPING_KINDS.entries()) {
      const steps = await learnSteps(lane, kind);
      for (let place = index; place < steps.length; place += SHIPPING_KINDS.length)
        for (const moment of oneMoment(shift)(place)) await killOnce(lane, kind, place, moment);
    }
    await killOnce(lane, REPEAT, LAST_PLACE_OF_REPEAT, 'answered');
    await killWhileCarryingOn(
      lane,
      inTurn(SHIPPING_KINDS, shift),
      inTurn(CRASHES, shift),
      shift === 0 ? undefined : SHORT_CHAIN,
    );
    for (const [index, scene] of SHOP_SCENES.entries()) if (index % 2 === shift) await scene.play(lane);
    await playAll(lane, HALF_APPLIED_SCENES);
    await storm(lane);
  };
  return [
    runLane(ground, { name: 'MyISAM', version: NEWEST, engine: 'MyISAM', bridges: 1 }, alone(0)),
    runLane(ground, { name: 'InnoDB', version: NEWEST, engine: 'InnoDB', bridges: 1 }, alone(1)),
    runLane(ground, { name: 'two bridges', version: NEWEST, engine: 'MyISAM', bridges: 2 }, (lane) =>
      playAll(lane, [...TWO_BRIDGES_SCENES, ...HALF_APPLIED_SCENES.filter((_, index) => index % 2 === 0)]),
    ),
  ];
}

const STORMS = 12;
const ROUNDS_OF_TWO = 3;

function wholeLanes(ground: LaneGround): readonly Promise<void>[] {
  const everyStep = (shift: number) => async (lane: Lane) => {
    for (const [index, kind] of SHIPPING_KINDS.entries())
      await killAtEveryStep(lane, kind, index === shift ? () => MOMENTS : oneMoment(index + shift));
    for (const kind of OTHER_KINDS) await killAtEveryStep(lane, kind, oneMoment(shift));
  };
  const carryingOn = (shift: number) => async (lane: Lane) => {
    for (const [index, crash] of CRASHES.entries())
      if (index % 2 === shift || index < CRASHES_ON_BOTH_ENGINES)
        await killWhileCarryingOn(lane, inTurn(SHIPPING_KINDS, index + shift), crash);
    for (let round = 0; round < STORMS; round += 1) await storm(lane);
    await playAll(lane, [...SHOP_SCENES, ...HALF_APPLIED_SCENES]);
  };
  const two = async (lane: Lane) => {
    for (let round = 0; round < ROUNDS_OF_TWO; round += 1) await playAll(lane, TWO_BRIDGES_SCENES);
    await playAll(lane, HALF_APPLIED_SCENES);
  };
  const ofEngines = (['MyISAM', 'InnoDB'] as const).flatMap((engine, shift) => {
    const lane = { version: NEWEST, engine } as const;
    return [
      runLane(ground, { ...lane, name: `every step on ${engine}`, bridges: 1 }, everyStep(shift)),
      runLane(ground, { ...lane, name: `starts on ${engine}`, bridges: 1 }, carryingOn(shift)),
      runLane(ground, { ...lane, name: `two on ${engine}`, bridges: 2 }, two),
    ];
  });
  const myisam = { engine: 'MyISAM', bridges: 2 } as const;
  return [
    ...ofEngines,
    runLane(ground, { ...myisam, name: 'own database', version: NEWEST, hasOwnDatabase: true }, (lane) =>
      playAll(lane, [...TWO_BRIDGES_SCENES, ...OWN_DATABASE_SCENES, ...HALF_APPLIED_SCENES]),
    ),
    runLane(ground, { ...myisam, name: 'old', version: OLD, bridges: 1 }, async (lane) => {
      await killAtEveryStep(lane, inTurn(SHIPPING_KINDS, 0), oneMoment(2));
      await storm(lane);
    }),
  ];
}

async function playAll(
  lane: Lane,
  scenes: readonly { readonly name: string; play(lane: Lane): Promise<void> }[],
): Promise<void> {
  for (const scene of scenes) await scene.play(lane);
}

/** One moment at each place: the engines begin with different ones. */
function oneMoment(shift: number): (place: number) => readonly Moment[] {
  return (place) => [inTurn(MOMENTS, place + shift)];
}

function inTurn<Item>(items: readonly Item[], index: number): Item {
  const item = items[index % items.length];
  if (item === undefined) throw new RangeError('there is nothing to take');
  return item;
}

function resultOf(tally: Tally): TortureResult {
  for (const step of ESSENTIAL_STEPS)
    if (tally.killsOf(step) === 0) tally.fault('steps that were never killed', step);
  const figures: Figure[] = [
    ...[...tally.counts].map(([name, value]) => ({ name, value })),
    { name: 'kills', value: tally.kills },
    ...[...tally.moments].map(([moment, value]) => ({ name: `killed with the statement ${moment}`, value })),
    ...[...tally.steps].map(([step, value]) => ({ name: `killed at: ${step}`, value })),
    ...FAULTS.map((fault) => ({
      name: fault,
      value: tally.faults(fault),
      mustBeZero: true,
      isOfHarness: FAULTS_OF_HARNESS.includes(fault),
    })),
  ];
  return { figures, complaints: tally.complaints };
}
