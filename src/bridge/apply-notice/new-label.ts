import type { Box } from '../../cscart/shipments/boxes.ts';
import type { OrderToShip } from '../../cscart/shipments/order-to-ship.ts';
import type { NoticeRow } from '../../ledger/notices.ts';
import type { ShipNotice } from '../../shipstation/ship-notice.ts';
import { chooseCarrier } from './carrier.ts';
import { readWrittenLabel, type WrittenLabel } from './kept-plan.ts';
import type { NamedUnits } from './match-items.ts';
import type { NoticeAnswer } from './notice-answer.ts';
import type { OrderSession } from './order-session.ts';
import { shipmentComments } from './shipment-comments.ts';

/**
 * Deals with a notice of which nothing is left to ship: a second label for the same parcel, as after a voided one. The
 * admin is told both tracking numbers; or the new one takes the place of the old one, where that is wanted and there is
 * one shipment of the bridge's own that holds just this. Can be done again after a crash: what has the new number already
 * is done.
 */
export async function applyNewLabel(
  order: OrderSession,
  row: NoticeRow,
  notice: ShipNotice,
  toShip: OrderToShip,
  named: NamedUnits,
): Promise<NoticeAnswer> {
  const { shop, book, store, orderId, config, log } = order;
  const { noticeId } = row;
  const itemIds = toShip.lines.map(({ itemId }) => itemId);
  const boxes = boxesOf(named, await shop.readBoxes(orderId, itemIds));
  const own = await book.readOfShipments(boxes.map(({ shipmentId }) => shipmentId));
  const box = boxes.length === 1 ? boxes[0] : undefined;
  const earlier = own.findLast(({ shipmentId, plan }) => shipmentId === box?.shipmentId && plan !== null);
  const storable = store.shape.storable('shipments', 'tracking_number', notice.trackingNumber);

  // Without a plan that can be read it is not known what of the comments is the bridge's.
  const before = earlier ? readWrittenLabel(earlier.plan ?? '') : undefined;

  if (box && before && storable !== '' && config.shipping.relabel === 'replace') {
    const label = newLabel(notice, store.carriers, before);
    const isReplaced =
      box.trackingNumber === storable || (await shop.replaceLabel(box.shipmentId, box.trackingNumber, label));
    if (isReplaced) {
      const sentence = `Shipment ${box.shipmentId} of order ${orderId} now has the tracking number ${storable}${box.trackingNumber === storable ? '' : ` in place of ${box.trackingNumber || 'none'}`}.`;
      await book.close(row, {
        state: 'applied',
        decision: sentence,
        needsAttention: false,
        written: {
          shipmentId: box.shipmentId,
          plan: JSON.stringify({ shipment: { comments: label.comments.now } } satisfies WrittenLabel),
        },
      });
      log.info(
        { event: 'notice.relabelled', noticeId, orderId, shipmentId: box.shipmentId },
        'a new label took the place of an earlier one',
      );
      return { kind: 'applied', sentence };
    }
  }
  const sentence = nothingLeft(orderId, boxes, notice.trackingNumber);
  await book.close(row, { state: 'applied', decision: sentence, needsAttention: true });
  log.warn(
    { event: 'notice.nothing_left', noticeId, orderId, shipments: boxes.map(({ shipmentId }) => shipmentId) },
    'nothing is left to ship; the notice is kept',
  );
  return { kind: 'nothing-left', sentence };
}

/** The boxes that hold just what is named; where none does, all that hold any of it. */
export function boxesOf(named: NamedUnits, boxes: readonly Box[]): readonly Box[] {
  if (named === 'all') return boxes;
  const exact = boxes.filter(
    ({ units }) =>
      units.size === named.size && [...named].every(([itemId, amount]) => units.get(itemId) === amount),
  );
  return exact.length > 0
    ? exact
    : boxes.filter(({ units }) => [...named.keys()].some((itemId) => units.has(itemId)));
}

function newLabel(notice: ShipNotice, carriers: readonly string[], before: WrittenLabel) {
  const carrier = chooseCarrier(notice.carrier, carriers);
  return {
    trackingNumber: notice.trackingNumber,
    carrier: carrier.code,
    comments: { before: before.shipment.comments, now: shipmentComments(notice, carrier) },
  };
}

function nothingLeft(orderId: number, boxes: readonly Box[], trackingNumber: string): string {
  const numbers = boxes.map((box) => box.trackingNumber || 'none').slice(0, 10);
  const before =
    numbers.length === 0
      ? ''
      : ` It was shipped before under the tracking number${numbers.length === 1 ? '' : 's'} ${numbers.join(', ')}.`;
  return `Nothing that the notice names is left to ship of order ${orderId}; its tracking number (${trackingNumber || 'none'}) was not written.${before}`;
}
