import {
  type PlanRules,
  planShipment,
  type ShipmentPlan,
} from '../../../src/bridge/apply-notice/shipment-plan.ts';
import type { OrderToShip } from '../../../src/cscart/shipments/order-to-ship.ts';
import type { ShipNotice } from '../../../src/shipstation/ship-notice.ts';
import { createEpochSeconds } from '../../../src/values/epoch-seconds.ts';
import { aNotice, anOrderToShip, FRESH_STATUSES, freshStatus } from '../plain-orders.ts';

/** A fresh install that ships from Los Angeles, without a status for partly shipped orders. */
export const RULES: PlanRules = {
  statuses: FRESH_STATUSES,
  meanings: new Map([
    ['O', 'unpaid'],
    ['P', 'paid'],
    ['C', 'shipped'],
    ['I', 'cancelled'],
  ]),
  shipped: freshStatus('C'),
  partiallyShipped: undefined,
  carriers: ['fedex', 'fedexrest', 'ups', 'usps'],
  timeZone: 'America/Los_Angeles',
  now: createEpochSeconds(1_772_500_000),
};

/** The same with such a status. */
export const PARTLY: PlanRules = { ...RULES, partiallyShipped: freshStatus('A') };

/** The plan of a notice that becomes a shipment. */
export function shipped(
  notice: Partial<ShipNotice>,
  order: Partial<OrderToShip> = {},
  rules = RULES,
): ShipmentPlan {
  const decided = planShipment(aNotice(notice), anOrderToShip(order), rules);
  if (decided.kind !== 'ship') throw new Error(`no shipment: ${JSON.stringify(decided)}`);
  return decided.plan;
}

/** The items of a plan as pairs of item id and amount. */
export const amounts = (plan: ShipmentPlan) => plan.items.map(({ itemId, amount }) => [itemId, amount]);
