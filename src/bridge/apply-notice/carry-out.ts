import { overShippedUnits } from '../../cscart/shipments/write-shipment.ts';
import type { NoticeRow } from '../../ledger/notices.ts';
import type { KeptPlan } from './kept-plan.ts';
import { moveStatus } from './move-status.ts';
import type { OrderSession } from './order-session.ts';

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
 * ledger, items, status, and the notice is closed. `undefined`: the order is being saved in the shop, so that its status
 * can only be moved later; the notice stays planned.
 *
 * @param notice.shipmentId the shipment that an earlier try has inserted already, if there is one
 */
export async function carryOut(
  order: OrderSession,
  notice: Pick<NoticeRow, 'noticeId' | 'state' | 'shipmentId'>,
  plan: KeptPlan,
): Promise<CarriedOut | undefined> {
  const { session, shop, book, store, orderId, log } = order;
  let { shipmentId } = notice;
  if (shipmentId === null) {
    shipmentId = await shop.insertShipment(orderId, plan.shipment);
    await book.recordShipment(notice.noticeId, shipmentId);
  }
  await shop.insertItems(orderId, shipmentId, plan.items);

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
  const moved = plan.move ? await moveStatus(order, plan.move) : 'moved';
  if (moved === 'being-saved') return undefined;
  if (moved === 'changed') {
    decision += '; its status was changed in the shop meanwhile and stays as it is';
    needsAttention = true;
  }
  const planned = { noticeId: notice.noticeId, state: notice.state };
  await book.close(planned, { state: 'applied', decision, needsAttention });
  return { shipmentId, decision, needsAttention };
}
