import {
  findShipmentsWithoutItems,
  insertShipment,
  insertShipmentItems,
  overShippedUnits,
} from '../../cscart/shipments/write-shipment.ts';
import { closeNotice, readNoticesOfShipments, recordShipment } from '../../ledger/notices.ts';
import { moveStatus } from './move-status.ts';
import type { OrderSession } from './order-session.ts';
import type { ShipmentPlan } from './shipment-plan.ts';

/** A plan as the ledger keeps it. */
export interface KeptPlan extends ShipmentPlan {
  /** The latest shipment when the plan was made: one that a crash left behind has a higher number. */
  readonly latestShipmentId: number;
}

export interface CarriedOut {
  readonly shipmentId: number;
  readonly decision: string;
  readonly needsAttention: boolean;
}

export const OVER_SHIPPED = 'more than was ordered has been shipped';

/** What the admin is told when the bridge and somebody else shipped the same at the same moment. */
export function overShippedRemark(units: number): string {
  return `${units} unit${units === 1 ? '' : 's'} more than ordered ${units === 1 ? 'is' : 'are'} shipped now: somebody else made a shipment at the same moment`;
}

/**
 * Carries out a plan in steps, each of which can be done again after a crash at any point: shipment, its number in the
 * ledger, items, status, and the notice is closed.
 *
 * @param notice.shipmentId the shipment that an earlier try has inserted already, if there is one
 */
export async function carryOut(
  order: OrderSession,
  notice: { readonly noticeId: number; readonly shipmentId: number | null },
  plan: KeptPlan,
): Promise<CarriedOut> {
  const { session, ledger, tables, store, orderId, log } = order;
  let { shipmentId } = notice;
  if (shipmentId === null) {
    shipmentId = await insertShipment(session, store, plan.shipment);
    await recordShipment(ledger, tables, notice.noticeId, shipmentId);
  }
  await insertShipmentItems(session, store, orderId, shipmentId, plan.items);

  let { decision, needsAttention } = plan;
  const itemIds = plan.items.map(({ itemId }) => itemId);
  const over = await overShippedUnits(session, store, orderId, itemIds);
  if (over > 0) {
    decision += `; ${overShippedRemark(over)}`;
    needsAttention = true;
    log.error(
      { event: 'notice.over_shipped', noticeId: notice.noticeId, orderId, units: over },
      OVER_SHIPPED,
    );
  }
  if (plan.move) {
    if (!(await moveStatus(order, plan.move))) {
      decision += '; its status was changed in the shop meanwhile and stays as it is';
      needsAttention = true;
    }
  }
  await closeNotice(ledger, tables, notice.noticeId, { state: 'applied', decision, needsAttention });
  return { shipmentId, decision, needsAttention };
}

/**
 * The shipment that a crash left behind between its insert and its entry in the ledger, without items. One that the
 * ledger has for another notice is not it: two orders that leave in one box have shipments that look alike.
 */
export async function findLeftBehind(
  { session, ledger, tables, store }: OrderSession,
  plan: KeptPlan,
): Promise<number | null> {
  const candidates = await findShipmentsWithoutItems(session, store, plan.shipment, plan.latestShipmentId);
  const notices = await readNoticesOfShipments(ledger, tables, candidates);
  const taken = new Set(notices.map(({ shipmentId }) => shipmentId));
  return candidates.find((shipmentId) => !taken.has(shipmentId)) ?? null;
}
