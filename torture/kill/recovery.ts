import { post, repeatUntilTaken } from './book.ts';
import type { NoticeKind } from './kinds.ts';
import { checkNothingWaits, type Lane } from './lane.ts';
import { MOMENTS } from './tally.ts';
import type { Place } from './victim.ts';

/** Where a crash leaves most behind: the plan alone, a shipment nobody knows of, one without items, one without its order's status. */
export const CRASHES: readonly string[] = [
  'insert the shipment',
  'record its number',
  'insert its items',
  'keep the plan',
  'move the status',
];

const MOST_STARTS = 60;

/**
 * Kills a bridge in the middle of a notice, then at the first step of the start that carries it on, then at the second
 * step of the start after that, and so on, until a start comes through. Then ShipStation repeats the notice, or not.
 */
export async function killWhileCarryingOn(
  lane: Lane,
  kind: NoticeKind,
  crash: string,
  most = MOST_STARTS,
): Promise<void> {
  const { victim, tally, random } = lane;
  const { label } = await kind.prepare(lane);
  const isGivenUp = random.chance(0.5);
  const first = victim.killAt({ step: crash }, 'answered');
  await post(tally, isGivenUp ? victim.forgetful : victim.shipStation, label);
  if (first.step === undefined)
    tally.fault('kills that never came', `${lane.name}: ${kind.name}, "${crash}"`);

  let place = 0;
  while (place < most && (await diesWhileStarting(lane, place))) place += 1;
  victim.disarm();
  if (place === most) await victim.start();
  await checkNothingWaits(lane, `${kind.name}, killed at "${crash}" and again and again`);
  await repeatUntilTaken(tally, victim.shipStation);
}

async function diesWhileStarting({ victim, random }: Lane, place: Place): Promise<boolean> {
  const moment = random.pick(MOMENTS);
  const ambush = await victim.start(() => victim.killAt(place, moment));
  return ambush?.step !== undefined;
}
