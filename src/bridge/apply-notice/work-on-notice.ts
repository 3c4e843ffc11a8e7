import { readOrderToShip } from '../../cscart/shipments/order-to-ship.ts';
import { hasShipment, latestShipmentId } from '../../cscart/shipments/write-shipment.ts';
import { findStatus } from '../../cscart/store/order-statuses.ts';
import type { Store } from '../../cscart/store/store.ts';
import type { Queryable } from '../../database/database.ts';
import { closeNotice, type NoticeRow, planNotice, readNotice } from '../../ledger/notices.ts';
import type { ShipNotice } from '../../shipstation/ship-notice.ts';
import { nowInSeconds } from '../../values/epoch-seconds.ts';
import type { Log } from '../log.ts';
import { mapStatuses } from '../status-map.ts';
import { type CarriedOut, carryOut, type KeptPlan } from './carry-out.ts';
import { moveStatus } from './move-status.ts';
import { applyNewLabel } from './new-label.ts';
import { type NoticeAnswer, type NoticeDependencies, refuse } from './notice-answer.ts';
import type { OrderSession } from './order-session.ts';
import { type PlanRules, planShipment } from './shipment-plan.ts';

export interface NoticeInWork {
  readonly noticeId: number;
  readonly notice: ShipNotice;
  /** A shipment without items that an interrupted try of this notice has left; it is used, not made again. */
  readonly leftBehind: number | null;
}

const CHANGED_MEANWHILE = 'The order was changed in the shop meanwhile and keeps its status.';

/** Decides and writes. What another holder of the lock did meanwhile is read anew. */
export async function workOnNotice(order: OrderSession, work: NoticeInWork): Promise<NoticeAnswer> {
  const { session, ledger, tables, store, orderId, log } = order;
  const { noticeId, notice, leftBehind } = work;
  const row = await readNotice(ledger, tables, noticeId);
  if (row && (await isDone(session, store, row))) return repeated(log, row);

  const toShip = await readOrderToShip(session, store, orderId);
  if (!toShip) {
    return refuse(
      order,
      { noticeId, orderId },
      { kind: 'unknown-order', sentence: notInStore(String(orderId)) },
    );
  }
  const decided = planShipment(notice, toShip, planRules(order.config, store));
  switch (decided.kind) {
    case 'ship': {
      const plan: KeptPlan = { ...decided.plan, latestShipmentId: await latestShipmentId(session, store) };
      await planNotice(ledger, tables, noticeId, JSON.stringify(plan), leftBehind);
      const done = await carryOut(order, { noticeId, shipmentId: leftBehind }, plan);
      logApplied(log, noticeId, plan, done);
      return { kind: 'applied', sentence: `Shipment ${done.shipmentId}: ${done.decision}.` };
    }
    case 'certificates': {
      const { move } = decided;
      const isMoved = !move || (await moveStatus(order, move));
      const sentence = isMoved ? decided.sentence : `${decided.sentence} ${CHANGED_MEANWHILE}`;
      await closeNotice(ledger, tables, noticeId, {
        state: 'applied',
        decision: sentence,
        needsAttention: true,
      });
      log.warn({ event: 'notice.certificates', noticeId, orderId }, 'gift certificates left by post');
      return { kind: 'applied', sentence };
    }
    case 'nothing-left':
      return applyNewLabel(order, noticeId, notice, toShip, decided.named);
    case 'later':
      await closeNotice(ledger, tables, noticeId, {
        state: 'received',
        decision: decided.sentence,
        needsAttention: false,
      });
      log.warn({ event: 'notice.later', noticeId, orderId }, 'the order cannot be shipped at this moment');
      return decided;
    case 'refused':
      return refuse(order, { noticeId, orderId }, decided);
  }
}

/**
 * Whether a notice has become a shipment that is still there. If the shop's admin has deleted it, or there was nothing
 * left to ship when the notice came, the same notice may mean something now.
 */
export async function isDone(database: Queryable, store: Store, row: NoticeRow): Promise<boolean> {
  return row.state === 'applied' && row.shipmentId !== null && hasShipment(database, store, row.shipmentId);
}

/** The answer to a notice that was applied before: nothing is written. */
export function repeated(log: Log, row: NoticeRow): NoticeAnswer {
  log.info(
    { event: 'notice.repeated', noticeId: row.noticeId, orderId: row.orderId },
    'notice was applied before',
  );
  return { kind: 'repeated', sentence: 'This shipment has been recorded already.' };
}

/** What the merchant is told of an order number that leads nowhere. */
export function notInStore(orderKey: string): string {
  // Whatever came as a number is quoted, but no further than an order number goes.
  return `Order ${orderKey.slice(0, 50)} is not in this store.`;
}

function planRules(config: NoticeDependencies['config'], store: Store): PlanRules {
  const { shippedStatus, partiallyShippedStatus } = config.shipping;
  return {
    statuses: store.statuses,
    meanings: mapStatuses(config.statuses, store.statuses).meanings,
    shipped: findStatus(store.statuses, shippedStatus),
    partiallyShipped: partiallyShippedStatus ? findStatus(store.statuses, partiallyShippedStatus) : undefined,
    carriers: store.carriers,
    timeZone: store.timeZone,
    now: nowInSeconds(),
  };
}

function logApplied(log: Log, noticeId: number, plan: KeptPlan, done: CarriedOut): void {
  const line = {
    event: 'notice.applied',
    noticeId,
    orderId: plan.orderId,
    shipmentId: done.shipmentId,
    status: plan.move?.to,
    needsAttention: done.needsAttention,
  };
  if (done.needsAttention) log.warn(line, 'shipment written; the admin should look at it');
  else log.info(line, 'shipment written');
}
