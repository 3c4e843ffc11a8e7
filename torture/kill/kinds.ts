import { PLANTED } from '../planted.ts';
import { type BookedLabel, type BookedOrder, post } from './book.ts';
import type { Lane } from './lane.ts';

/** A notice that is about to be sent, and the order that it is of. */
export interface ReadyNotice {
  readonly order: BookedOrder;
  readonly label: BookedLabel;
}

/** A kind of notice: what has to be there before it comes. The bridge is up while it is prepared. */
export interface NoticeKind {
  readonly name: string;
  /** The ledger knows it as applied: after a crash nobody but ShipStation can tell that it has come once more. */
  readonly isKnown?: true;
  prepare(lane: Lane): Promise<ReadyNotice>;
}

async function shippedInPart(lane: Lane): Promise<BookedOrder> {
  const order = await lane.book.place([2, 3]);
  await post(lane.tally, lane.victim.shipStation, lane.book.label(order, [1, 1]));
  return order;
}

/** A whole order by a notice that names its items, one that names none, a first part, and the part that completes. */
export const SHIPPING_KINDS: readonly NoticeKind[] = [
  {
    name: 'whole order without items',
    async prepare({ book }) {
      const order = await book.place([2, 3]);
      return { order, label: book.label(order, 'all') };
    },
  },
  {
    name: 'last part',
    async prepare(lane) {
      const order = await shippedInPart(lane);
      return { order, label: lane.book.label(order, [1, 2]) };
    },
  },
  {
    name: 'first part',
    async prepare({ book }) {
      const order = await book.place([2, 3]);
      return { order, label: book.label(order, [1, 2]) };
    },
  },
  {
    name: 'whole order with items',
    async prepare({ book }) {
      const order = await book.place([2, 3, 1]);
      return { order, label: book.label(order, [2, 3, 1]) };
    },
  },
];

/** A notice that was applied before. */
export const REPEAT: NoticeKind = {
  name: 'repeat',
  async prepare(lane) {
    const order = await lane.book.place([2, 3]);
    const label = lane.book.label(order, [1, 1]);
    await post(lane.tally, lane.victim.shipStation, label);
    return { order, label };
  },
};

/** Notices that write no shipment, or that write one again. */
export const OTHER_KINDS: readonly NoticeKind[] = [
  REPEAT,
  {
    name: 'nothing left',
    async prepare(lane) {
      const order = await lane.book.place([1, 2]);
      await post(lane.tally, lane.victim.shipStation, lane.book.label(order, [1, 2]));
      return { order, label: lane.book.label(order, [1, 0], { expected: 'nothing' }) };
    },
  },
  {
    name: 'certificates by post',
    async prepare({ book }) {
      const order = await book.place([], {
        lines: [],
        shipping: { methods: [] },
        purchasedCertificates: [
          { code: 'GC-1', amount: '25.00', sendVia: 'P', recipient: PLANTED.recipient },
        ],
      });
      order.status = 'C';
      return { order, label: book.label(order, 'all', { expected: 'nothing' }) };
    },
  },
  {
    name: 'after the shop has deleted the shipment',
    isKnown: true,
    async prepare(lane) {
      const order = await lane.book.place([2, 3]);
      const label = lane.book.label(order, [1, 2]);
      await post(lane.tally, lane.victim.shipStation, label);
      await deleteShipments(lane, label.label.trackingNumber);
      await lane.store.setStatus(order.orderId, 'P');
      return { order, label };
    },
  },
];

/** As the shop's admin does it, with their items. */
export async function deleteShipments({ store }: Lane, trackingNumber: string): Promise<void> {
  const [items, shipments] = [store.table('shipment_items'), store.table('shipments')];
  await store.run(
    `delete from ${items} where shipment_id in (select shipment_id from ${shipments} where tracking_number = ?);
     delete from ${shipments} where tracking_number = ?`,
    [trackingNumber, trackingNumber],
  );
}
