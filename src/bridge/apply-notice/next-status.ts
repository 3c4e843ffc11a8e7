import type { OrderStatus } from '../../cscart/store/order-statuses.ts';
import type { ShipStationStatus } from '../../shipstation/order-document.ts';

export interface StatusRules {
  readonly statuses: readonly OrderStatus[];
  readonly meanings: ReadonlyMap<string, ShipStationStatus>;
  /** For an order of which all is shipped; `undefined` when the configured one does not exist in this store. */
  readonly shipped: OrderStatus | undefined;
  /** For one of which some is; `undefined` when none is configured. */
  readonly partiallyShipped: OrderStatus | undefined;
}

/** What becomes of the order's status, and what the admin should know of it. */
export interface StatusDecision {
  /** Letter of the new status; `undefined` leaves the order as it is. */
  readonly to?: string | undefined;
  readonly remark?: string | undefined;
}

/**
 * Decides the status after a shipment. A status is only moved when the move means nothing for the stock: a direct
 * update does none of what the shop's own change does, and C → I would put goods back that have left. An order that is
 * cancelled or completed keeps its status: the parcel is a fact, but that decision was a person's.
 */
export function nextStatus(current: string, covered: 'all' | 'some', rules: StatusRules): StatusDecision {
  const target = covered === 'all' ? rules.shipped : rules.partiallyShipped;
  const meaning = rules.meanings.get(current);
  const isPartial = rules.partiallyShipped?.letter === current;
  if (meaning === 'cancelled')
    return { remark: 'the order is cancelled and stays so, but a parcel has left' };
  if (target?.letter === current) return {};
  if (meaning === 'shipped' && !isPartial) {
    return {
      remark: 'the order was completed already and keeps its status, but not all of it had been shipped',
    };
  }
  if (!target) {
    return covered === 'all'
      ? { remark: 'the configured SHIPPED_STATUS is no status of this store; the order keeps its status' }
      : {};
  }
  const known = rules.statuses.find((status) => status.letter === current);
  if (known?.stockEffect !== target.stockEffect) {
    return {
      remark: `the order keeps its status ${current}: moving it to ${target.letter} changes the stock, which only the shop can do`,
    };
  }
  return { to: target.letter };
}
