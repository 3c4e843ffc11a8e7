import { type BookedLabel, post, repeatUntilTaken } from './book.ts';
import type { NoticeKind, ReadyNotice } from './kinds.ts';
import { checkNothingWaits, type Lane, startAgain } from './lane.ts';
import { MOMENTS, type Moment } from './tally.ts';

/** Kills a bridge at each step of a kind of notice in turn, and looks what the next start makes of it. */
export async function killAtEveryStep(
  lane: Lane,
  kind: NoticeKind,
  momentsAt: (place: number) => readonly Moment[] = () => MOMENTS,
): Promise<void> {
  const steps = await learnSteps(lane, kind);
  for (const place of steps.keys()) {
    for (const moment of momentsAt(place)) await killOnce(lane, kind, place, moment);
  }
}

/** The steps of one such notice that nobody disturbs. */
export async function learnSteps(lane: Lane, kind: NoticeKind): Promise<readonly string[]> {
  const ready = await kind.prepare(lane);
  return lane.victim.recordSteps(() => post(lane.tally, lane.victim.shipStation, ready.label));
}

/** One notice, killed at one place, then whatever may come after a crash. */
export async function killOnce(lane: Lane, kind: NoticeKind, place: number, moment: Moment): Promise<void> {
  const { victim, tally, random } = lane;
  const ready = await kind.prepare(lane);
  // Before it was written down for sure, only ShipStation knows of it.
  const isWrittenDown = place > 0 || moment === 'answered';
  const isGivenUp = isWrittenDown && kind.isKnown !== true && random.chance(0.35);
  const ambush = victim.killAt(place, moment);
  await post(tally, isGivenUp ? victim.forgetful : victim.shipStation, ready.label);
  const words = `${kind.name}, killed at "${ambush.step}" (${moment})`;

  if (ambush.step !== undefined && !isGivenUp && random.chance(0.2)) {
    await repeatWhileStarting(lane);
    return;
  }
  await startAgain(lane, ambush, words);
  if (isWrittenDown) await checkNothingWaits(lane, words);
  await aftermath(lane, ready, isGivenUp);
}

/** ShipStation's repeat arrives while the bridge still carries on what it finds. */
async function repeatWhileStarting({ victim, tally }: Lane): Promise<void> {
  const started = victim.start();
  await repeatUntilTaken(tally, victim.shipStation);
  await started;
}

async function aftermath(lane: Lane, { order, label }: ReadyNotice, isGivenUp: boolean): Promise<void> {
  const { victim, tally, random } = lane;
  if (isGivenUp) return;
  if (random.chance(0.25)) await both(lane, label, label);
  await repeatUntilTaken(tally, victim.shipStation);
  if (random.chance(0.25)) {
    const anyLabel = random.pick(random.pick(lane.book.orders).labels.slice(0, 1).concat(order.labels));
    if (anyLabel.expected !== 'nothing') await post(tally, victim.shipStation, anyLabel);
  }
}

/** Two notices at the same instant. */
export async function both(
  { victim, other, tally }: Pick<Lane, 'victim' | 'other' | 'tally'>,
  first: BookedLabel,
  second: BookedLabel,
): Promise<void> {
  await Promise.all([post(tally, victim.shipStation, first), post(tally, other.shipStation, second)]);
}
