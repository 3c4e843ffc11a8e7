import { post, repeatUntilTaken } from './book.ts';
import { deleteShipments } from './kinds.ts';
import { type Lane, startAgain } from './lane.ts';
import { MOMENTS } from './tally.ts';

/** What people do in the shop at the worst moment of a notice. */
export interface ShopScene {
  readonly name: string;
  play(lane: Lane): Promise<void>;
}

/** Statuses that a person may choose meanwhile: cancelled, which moves stock, and one that does not. */
const CHOSEN = ['I', 'Y'] as const;

export const SHOP_SCENES: readonly ShopScene[] = [
  ...CHOSEN.map((status) => ({
    name: `status changed to ${status} between plan and move`,
    async play({ victim, store, book, tally }: Lane) {
      const order = await book.place([2, 3]);
      order.status = status;
      const ambush = victim.holdAt({ step: 'move the status' });
      const sent = post(tally, victim.shipStation, book.label(order, 'all'));
      await Promise.race([ambush.reached, sent]);
      await store.setStatus(order.orderId, status);
      ambush.release();
      await sent;
    },
  })),
  ...CHOSEN.map((status) => ({
    name: `status changed to ${status} after a kill at the move`,
    async play(lane: Lane) {
      const { victim, store, book, tally } = lane;
      const order = await book.place([2, 3]);
      order.status = status;
      const ambush = victim.killAt({ step: 'move the status' }, 'not sent');
      await post(tally, victim.shipStation, book.label(order, [1, 2]));
      await store.setStatus(order.orderId, status);
      await startAgain(lane, ambush, 'at the move of the status');
      await repeatUntilTaken(tally, victim.shipStation);
    },
  })),
  {
    name: 'cancelled after a kill at any step',
    async play(lane) {
      const { victim, store, book, tally, random } = lane;
      const order = await book.place([2, 3]);
      order.status = 'I';
      const ambush = victim.killAt(random.int(0, 15), random.pick(MOMENTS));
      await post(tally, victim.shipStation, book.label(order, [1, 2]));
      await store.setStatus(order.orderId, 'I');
      await startAgain(lane, ambush, 'before it was cancelled');
      await repeatUntilTaken(tally, victim.shipStation);
    },
  },
  ...['keep the plan', 'insert the shipment', 'record its number'].map((step) => ({
    name: `being saved in the shop while the bridge starts again after a kill at "${step}"`,
    async play(lane: Lane) {
      const { victim, store, book, tally } = lane;
      const order = await book.place([2, 3]);
      const ambush = victim.killAt({ step }, 'answered');
      await post(tally, victim.shipStation, book.label(order, [1, 2]));
      await store.setStatus(order.orderId, 'N');
      await startAgain(lane, ambush, 'before the order was saved in the shop');
      await victim.shipStation.retryFailed();
      await store.setStatus(order.orderId, 'P');
      await repeatUntilTaken(tally, victim.shipStation);
    },
  })),
  ...['insert the shipment', 'record its number', 'insert its items'].map((step) => ({
    name: `the shipment is deleted in the shop after a kill at "${step}"`,
    async play(lane: Lane) {
      const { victim, book, tally } = lane;
      const order = await book.place([2, 3]);
      const label = book.label(order, [1, 2]);
      const ambush = victim.killAt({ step }, 'answered');
      await post(tally, victim.shipStation, label);
      await deleteShipments(lane, label.label.trackingNumber);
      await startAgain(lane, ambush, 'before its shipment was deleted');
      await repeatUntilTaken(tally, victim.shipStation);
    },
  })),
];
