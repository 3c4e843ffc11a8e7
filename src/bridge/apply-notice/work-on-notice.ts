import { latestShipmentId } from '../../cscart/shipments/write-shipment.ts';
import { findStatus } from '../../cscart/store/order-statuses.ts';
import type { Store } from '../../cscart/store/store.ts';
import type { NoticeRow } from '../../ledger/notices.ts';
import type { ShipNotice } from '../../shipstation/ship-notice.ts';
import { nowInSeconds } from '../../values/epoch-seconds.ts';
import type { OrderId } from '../../values/order-id.ts';
import type { Log } from '../log.ts';
import { mapStatuses } from '../status-map.ts';
import { type CarriedOut, carryOut } from './carry-out.ts';
import { type KeptPlan, unreadablePlan } from './kept-plan.ts';
import { moveStatus } from './move-status.ts';
import { applyNewLabel } from './new-label.ts';
import { type NoticeAnswer, type NoticeDependencies, refuse } from './notice-answer.ts';
import type { OrderSession } from './order-session.ts';
import { findRemains } from './remains.ts';
import { type PlanRules, planShipment } from './shipment-plan.ts';
import type { Shop } from './shop.ts';

const CHANGED_MEANWHILE = 'The order was changed in the shop meanwhile and keeps its status.';

/**
 * Decides and writes, under the order's lock. What another holder of the lock did meanwhile is read anew. Where an earlier
 * try has written items, its plan is finished as it was made. Where it has not, what is left to ship may have changed
 * since: the notice is planned anew, with the shipment that is there already, if one is. Where its plan is damaged and would
 * be needed for that, it is refused.
 */
export async function workOnNotice(
  order: OrderSession,
  noticeId: number,
  notice: ShipNotice,
): Promise<NoticeAnswer> {
  const { shop, book, log } = order;
  const row = await book.read(noticeId);
  if (!row) throw new Error('a notice that is worked on is gone');
  if (await isDone(shop, row)) return repeated(log, row);

  const remains = await findRemains(order, row);
  if (remains === 'plan-unreadable')
    return refuse(order, row, { kind: 'refused', sentence: unreadablePlan(order.orderId) });
  if (remains.begun)
    return finish(order, { ...row, shipmentId: remains.begun.shipmentId }, remains.begun.plan);
  const answer = await decide(order, row, notice, remains.shipmentId);
  if (remains.shipmentId !== null && answer.kind !== 'applied' && answer.kind !== 'later')
    await flagEmptyShipment(order, noticeId, remains.shipmentId);
  return answer;
}

async function decide(
  order: OrderSession,
  row: NoticeRow,
  notice: ShipNotice,
  shipmentId: number | null,
): Promise<NoticeAnswer> {
  const { session, shop, book, store, orderId, log } = order;
  const { noticeId } = row;
  const toShip = await shop.readOrder(orderId);
  if (!toShip) return refuse(order, row, { kind: 'unknown-order', sentence: notInStore(String(orderId)) });
  const decided = planShipment(notice, toShip, planRules(order.config, store));
  switch (decided.kind) {
    case 'ship': {
      const plan: KeptPlan = { ...decided.plan, latestShipmentId: await latestShipmentId(session, store) };
      if (!(await book.plan(row, JSON.stringify(plan), shipmentId))) return beingWorkedOn(orderId);
      return finish(order, { noticeId, state: 'planned', shipmentId }, plan);
    }
    case 'certificates': {
      const isMoved = !decided.move || (await moveStatus(order, decided.move)) === 'moved';
      const sentence = isMoved ? decided.sentence : `${decided.sentence} ${CHANGED_MEANWHILE}`;
      await book.close(row, { state: 'applied', decision: sentence, needsAttention: true });
      log.warn({ event: 'notice.certificates', noticeId, orderId }, 'gift certificates left by post');
      return { kind: 'applied', sentence };
    }
    case 'nothing-left':
      return applyNewLabel(order, row, notice, toShip, decided.named);
    case 'later':
      await book.close(row, {
        // What an earlier try has planned is not forgotten: its shipment may be there.
        state: row.state === 'planned' ? 'planned' : 'received',
        decision: decided.sentence,
        needsAttention: false,
      });
      log.warn({ event: 'notice.later', noticeId, orderId }, 'the order cannot be shipped at this moment');
      return decided;
    case 'refused':
      return refuse(order, row, decided);
  }
}

async function finish(
  order: OrderSession,
  notice: Pick<NoticeRow, 'noticeId' | 'state' | 'shipmentId'>,
  plan: KeptPlan,
): Promise<NoticeAnswer> {
  const { orderId, log } = order;
  const done = await carryOut(order, notice, plan);
  if (!done) {
    log.warn({ event: 'notice.later', noticeId: notice.noticeId, orderId }, 'the order is being saved');
    return { kind: 'later', sentence: `Order ${orderId} is being saved in the shop at this moment.` };
  }
  logApplied(log, notice.noticeId, plan, done);
  return { kind: 'applied', sentence: `Shipment ${done.shipmentId}: ${done.decision}.` };
}

/** Tells the admin of a shipment that a crash left without items, when nothing can be put into it any more. */
async function flagEmptyShipment(
  { book, orderId, log }: OrderSession,
  noticeId: number,
  shipmentId: number,
): Promise<void> {
  const row = await book.read(noticeId);
  if (!row) return;
  await book.close(row, {
    state: row.state,
    decision: `${row.decision} Shipment ${shipmentId} was left without items by an interruption; delete it in the shop.`,
    needsAttention: true,
  });
  log.error({ event: 'notice.empty_shipment', noticeId, orderId, shipmentId }, 'a shipment has no items');
}

function beingWorkedOn(orderId: OrderId): NoticeAnswer {
  return { kind: 'later', sentence: `Order ${orderId} is being worked on at this moment.` };
}

/**
 * Whether a notice has become a shipment that is still there. If the shop's admin has deleted it, or there was nothing
 * left to ship when the notice came, the same notice may mean something now.
 */
export async function isDone(shop: Shop, row: NoticeRow): Promise<boolean> {
  return row.state === 'applied' && row.shipmentId !== null && shop.hasShipment(row.shipmentId);
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
