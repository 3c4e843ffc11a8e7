import type { Store } from '../../cscart/store.ts';
import {
  findShipmentWithoutItems,
  insertShipment,
  insertShipmentItems,
  moveOrderStatus,
} from '../../cscart/write-shipment.ts';
import type { Queryable } from '../../database/database.ts';
import { closeNotice, recordShipment } from '../../ledger/notices.ts';
import { nowInSeconds } from '../../values/epoch-seconds.ts';
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

/**
 * Carries out a plan in steps, each of which can be done again after a crash at any point: shipment, its number in the
 * ledger, items, status, and the notice is closed. Must run under the order's lock, on `session`.
 *
 * @param shipmentId of the shipment that an earlier try has inserted, as far as the ledger knows
 */
export async function carryOut(
  session: Queryable,
  ledger: Queryable,
  store: Store,
  notice: { readonly noticeId: number; readonly shipmentId: number | null },
  plan: KeptPlan,
): Promise<CarriedOut> {
  let { shipmentId } = notice;
  if (shipmentId === null) {
    shipmentId = await insertShipment(session, store, plan.shipment);
    await recordShipment(ledger, store.tables, notice.noticeId, shipmentId);
  }
  await insertShipmentItems(session, store, plan.orderId, shipmentId, plan.items);

  let { decision, needsAttention } = plan;
  if (plan.move) {
    const isMoved = await moveOrderStatus(session, store, plan.orderId, { ...plan.move, at: nowInSeconds() });
    if (!isMoved) {
      decision += '; its status was changed in the shop meanwhile and stays as it is';
      needsAttention = true;
    }
  }
  await closeNotice(ledger, store.tables, notice.noticeId, { state: 'applied', decision, needsAttention });
  return { shipmentId, decision, needsAttention };
}

/** The shipment that a crash between its insert and its entry in the ledger left behind, without items. */
export function findLeftBehind(
  session: Queryable,
  store: Store,
  plan: KeptPlan,
): Promise<number | undefined> {
  return findShipmentWithoutItems(session, store, plan.shipment, plan.latestShipmentId);
}
