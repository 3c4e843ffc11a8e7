import type { Random } from '../../test/support/random.ts';
import { PROMISES } from './count-names.ts';
import type { Ground } from './ground.ts';
import type { Plan } from './plan.ts';
import { type PollGround, playPoll } from './play-poll.ts';
import { openScene, settle } from './scene.ts';

/** Plays one schedule, and compares in the end what each connection has with what the store has. */
export async function playSchedule(ground: Ground, plan: Plan, random: Random, name: string): Promise<void> {
  const on = openScene(ground, plan, name);
  ground.tally.add('schedules');
  for (const planned of plan.polls) {
    await on.timeline.advanceTo(planned.at);
    await playPoll(on, planned, random);
    if (random.chance(0.15)) await ship(on, random);
  }
  await on.timeline.advanceTo(plan.end);
  await settle(on, random);
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
