import { findStatus } from '../../cscart/order-statuses.ts';
import { readOrderToShip } from '../../cscart/order-to-ship.ts';
import type { Store } from '../../cscart/store.ts';
import { latestShipmentId } from '../../cscart/write-shipment.ts';
import type { Queryable } from '../../database/database.ts';
import {
  closeNotice,
  planNotice,
  readHalfAppliedNotices,
  readNotice,
  readRawNotice,
  recordShipment,
} from '../../ledger/notices.ts';
import { readShipNotice } from '../../shipstation/read-ship-notice.ts';
import type { ShipNotice } from '../../shipstation/ship-notice.ts';
import { nowInSeconds } from '../../values/epoch-seconds.ts';
import type { OrderId } from '../../values/order-id.ts';
import type { Log } from '../log.ts';
import { mapStatuses } from '../status-map.ts';
import { carryOut, findLeftBehind, type KeptPlan } from './carry-out.ts';
import {
  type NoticeAnswer,
  type NoticeDependencies,
  type NoticeQuery,
  refuse,
  repeated,
} from './notice-answer.ts';
import { type PlanRules, planShipment } from './shipment-plan.ts';

/** Decides and writes, while `session` holds the order's lock. What another holder of the lock did meanwhile is read anew. */
export async function workOnNotice(
  dependencies: NoticeDependencies,
  session: Queryable,
  store: Store,
  {
    noticeId,
    orderId,
    notice,
  }: { readonly noticeId: number; readonly orderId: OrderId; readonly notice: ShipNotice },
): Promise<NoticeAnswer> {
  const { ledger, log } = dependencies;
  const row = await readNotice(ledger, store.tables, noticeId);
  if (row?.state === 'applied') return repeated(dependencies, row);

  const order = await readOrderToShip(session, store, orderId);
  if (!order) {
    const answer = { kind: 'unknown-order', sentence: `Order ${orderId} is not in this store.` } as const;
    return refuse(dependencies, store, { noticeId, orderId }, answer);
  }
  const decided = planShipment(notice, order, planRules(dependencies, store));
  switch (decided.kind) {
    case 'ship': {
      const plan: KeptPlan = { ...decided.plan, latestShipmentId: await latestShipmentId(session, store) };
      await planNotice(ledger, store.tables, noticeId, JSON.stringify(plan));
      const done = await carryOut(session, ledger, store, { noticeId, shipmentId: null }, plan);
      logApplied(log, noticeId, plan, done);
      return { kind: 'applied', sentence: `Shipment ${done.shipmentId}: ${done.decision}.` };
    }
    case 'nothing-left':
      await closeNotice(ledger, store.tables, noticeId, {
        state: 'applied',
        decision: decided.sentence,
        needsAttention: true,
      });
      log.warn(
        { event: 'notice.nothing_left', noticeId, orderId },
        'nothing is left to ship; the notice is kept',
      );
      return decided;
    case 'later':
      await closeNotice(ledger, store.tables, noticeId, {
        state: 'received',
        decision: decided.sentence,
        needsAttention: false,
      });
      log.warn({ event: 'notice.later', noticeId, orderId }, 'the order cannot be shipped at this moment');
      return decided;
    case 'refused':
      return refuse(dependencies, store, { noticeId, orderId }, decided);
  }
}

/**
 * Carries on what a crash interrupted. Where the shipment is there, the plan is finished as it was made; where it is
 * not, nothing has been written to the store, and the notice is planned anew from its raw text.
 */
export async function finishHalfApplied(
  dependencies: NoticeDependencies,
  session: Queryable,
  store: Store,
  orderId: OrderId,
): Promise<void> {
  const { ledger, log } = dependencies;
  for (const { noticeId, ...row } of await readHalfAppliedNotices(ledger, store.tables, orderId)) {
    const plan = JSON.parse(row.plan ?? 'null') as KeptPlan | null; // written by planNotice alone
    const shipmentId = row.shipmentId ?? (plan && (await findLeftBehind(session, store, plan)));
    if (plan && shipmentId) {
      if (row.shipmentId === null) await recordShipment(ledger, store.tables, noticeId, shipmentId);
      const done = await carryOut(session, ledger, store, { noticeId, shipmentId }, plan);
      log.warn(
        { event: 'notice.resumed', noticeId, orderId, shipmentId: done.shipmentId },
        'notice carried on',
      );
      continue;
    }
    const raw = await readRawNotice(ledger, store.tables, noticeId);
    if (!raw) continue;
    const notice = readShipNotice({ query: JSON.parse(raw.query) as NoticeQuery, body: raw.body });
    const answer = await workOnNotice(dependencies, session, store, { noticeId, orderId, notice });
    log.warn({ event: 'notice.resumed', noticeId, orderId, outcome: answer.kind }, 'notice carried on');
  }
}

function planRules({ config }: NoticeDependencies, store: Store): PlanRules {
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

function logApplied(
  log: Log,
  noticeId: number,
  plan: KeptPlan,
  done: { shipmentId: number; needsAttention: boolean },
): void {
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
