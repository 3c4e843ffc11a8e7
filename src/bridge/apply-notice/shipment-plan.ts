import type { LineToShip, OrderToShip } from '../../cscart/shipments/order-to-ship.ts';
import type { NewShipment, ShippedItem } from '../../cscart/shipments/write-shipment.ts';
import { INCOMPLETE, PARENT } from '../../cscart/store/order-statuses.ts';
import type { ShipNotice } from '../../shipstation/ship-notice.ts';
import type { EpochSeconds } from '../../values/epoch-seconds.ts';
import type { OrderId } from '../../values/order-id.ts';
import { chooseCarrier } from './carrier.ts';
import { leftOfLine, matchItems, type NamedUnits } from './match-items.ts';

import { nextStatus, type StatusRules } from './next-status.ts';
import { shipInstant } from './ship-instant.ts';
import { shipmentComments } from './shipment-comments.ts';

/** What is going to be written for a notice. Plain values: it is kept in the ledger before anything is written. */
export interface ShipmentPlan {
  readonly orderId: OrderId;
  readonly shipment: NewShipment;
  readonly items: readonly ShippedItem[];
  /** The order's status before and after; absent when it stays. */
  readonly move?: { readonly from: string; readonly to: string } | undefined;
  /** One sentence for the admin. */
  readonly decision: string;
  readonly needsAttention: boolean;
}

/** What a notice comes to, when it does not become a shipment. */
export type NoShipment =
  /** Cannot work as things stand: the merchant has to do something. */
  | { readonly kind: 'refused'; readonly sentence: string }
  /** May work in a moment. */
  | { readonly kind: 'later'; readonly sentence: string }
  /** Only gift certificates left, of which the shop keeps no shipment: the order moves on, and the admin is told. */
  | {
      readonly kind: 'certificates';
      readonly sentence: string;
      readonly move: { readonly from: string; readonly to: string } | undefined;
    }
  /** Nothing of what the notice names is left to ship: perhaps a new label for an old parcel. */
  | { readonly kind: 'nothing-left'; readonly named: NamedUnits };

export interface PlanRules extends StatusRules {
  readonly carriers: readonly string[];
  readonly timeZone: string;
  readonly now: EpochSeconds;
}

/**
 * Decides what to write for a notice: which items with which quantities, clipped to what is left of each line; carrier,
 * comments and instant; the order's next status. Pure. A notice without an item list means all that is left.
 */
export function planShipment(
  notice: ShipNotice,
  order: OrderToShip,
  rules: PlanRules,
): { readonly kind: 'ship'; readonly plan: ShipmentPlan } | NoShipment {
  const { orderId } = order;
  if (order.isParent || order.status === PARENT) {
    return {
      kind: 'refused',
      sentence: `Order ${orderId} only holds the vendors' orders together and is not shipped itself.`,
    };
  }
  if (order.status === INCOMPLETE) {
    return {
      kind: 'later',
      sentence: `Order ${orderId} is incomplete, or being saved in the shop at this moment.`,
    };
  }
  if (!order.lines.some((line) => line.needsShipping)) {
    if (order.hasPostedCertificates) return sentCertificates(notice, order, rules);
    return { kind: 'refused', sentence: `Order ${orderId} has no line that is shipped.` };
  }

  const { wanted, unmatched } = matchWanted(notice, order.lines);
  if (wanted.size === 0 && unmatched > 0) {
    return { kind: 'refused', sentence: `None of the shipped items is a line of order ${orderId}.` };
  }
  const items: ShippedItem[] = [];
  let clipped = 0;
  for (const line of order.lines) {
    const quantity = wanted.get(line.itemId) ?? 0;
    const amount = Math.min(quantity, leftOfLine(line));
    clipped += quantity - amount;
    if (amount > 0) items.push({ itemId: line.itemId, productId: line.productId, amount });
  }
  if (items.length === 0) {
    return { kind: 'nothing-left', named: notice.items ? wanted : 'all' };
  }

  const status = nextStatus(order.status, coverage(order.lines, items), rules);
  const remarks = [
    clipped > 0 && `${clipped} more than was left to ship of the order`,
    unmatched > 0 && `${unmatched} shipped item${unmatched === 1 ? ' is' : 's are'} no line of the order`,
    status.remark,
  ].filter((remark) => typeof remark === 'string');
  const carrier = chooseCarrier(notice.carrier, rules.carriers);
  const units = items.reduce((sum, item) => sum + item.amount, 0);
  const plan: ShipmentPlan = {
    orderId,
    shipment: {
      shippingId: order.shippingId,
      trackingNumber: notice.trackingNumber,
      carrier: carrier.code,
      shippedAt: shipInstant(notice, orderId, rules.timeZone, rules.now),
      comments: shipmentComments(notice, carrier),
    },
    items,
    move: status.to === undefined ? undefined : { from: order.status, to: status.to },
    decision: [`${units} unit${units === 1 ? '' : 's'} of order ${orderId} shipped`, ...remarks].join('; '),
    needsAttention: remarks.length > 0,
  };
  return { kind: 'ship', plan };
}

/** `shipment_items` are lines, and a gift certificate has none: a shipment of it would belong to no order. */
function sentCertificates(notice: ShipNotice, order: OrderToShip, rules: PlanRules): NoShipment {
  const { to, remark } = nextStatus(order.status, 'all', rules);
  const number = notice.trackingNumber || 'none';
  const sentence = `The gift certificates of order ${order.orderId} left by post; the shop keeps no shipment of them (tracking number: ${number})`;
  return {
    kind: 'certificates',
    sentence: `${[sentence, ...(remark ? [remark] : [])].join('; ')}.`,
    move: to === undefined ? undefined : { from: order.status, to },
  };
}

function matchWanted(
  notice: ShipNotice,
  lines: readonly LineToShip[],
): { readonly wanted: ReadonlyMap<number, number>; readonly unmatched: number } {
  if (!notice.items)
    return { wanted: new Map(lines.map((line) => [line.itemId, leftOfLine(line)])), unmatched: 0 };
  const shippable = lines.filter((line) => line.needsShipping);
  const { wanted, unmatched } = matchItems(notice.items, shippable);
  return { wanted, unmatched: unmatched.length };
}

/** Whether every line is wholly shipped once `items` are. */
function coverage(lines: readonly LineToShip[], items: readonly ShippedItem[]): 'all' | 'some' {
  const amounts = new Map(items.map((item) => [item.itemId, item.amount]));
  return lines.every((line) => leftOfLine(line) <= (amounts.get(line.itemId) ?? 0)) ? 'all' : 'some';
}
