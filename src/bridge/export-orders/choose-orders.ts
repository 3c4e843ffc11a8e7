import type { ExportConfig } from '../../config/config.ts';
import type { ChangedOrder } from '../../cscart/orders/changed-orders.ts';
import { INCOMPLETE, PARENT } from '../../cscart/store/order-statuses.ts';
import type { ShipStationStatus } from '../../shipstation/order-document.ts';
import type { LeftOut } from './left-out.ts';

/**
 * Parts the changed orders into those that are exported and those that the mapping or the filters leave out. Done
 * before pages are cut, so that pages are full and their number is right.
 */
export function chooseOrders(
  changed: readonly ChangedOrder[],
  meanings: ReadonlyMap<string, ShipStationStatus>,
  config: Pick<ExportConfig, 'startDate' | 'countries'>,
): { readonly chosen: readonly ChangedOrder[]; readonly leftOut: readonly LeftOut[] } {
  const chosen: ChangedOrder[] = [];
  const leftOut: LeftOut[] = [];
  for (const order of changed) {
    const { orderId } = order;
    if (order.isParent || order.status === PARENT) {
      leftOut.push({ orderId, reason: 'parent' });
    } else if (order.status === INCOMPLETE) {
      leftOut.push({ orderId, reason: 'incomplete' });
    } else if (!meanings.has(order.status)) {
      leftOut.push({ orderId, reason: 'status-not-mapped', detail: `status ${order.status}` });
    } else if (config.startDate !== undefined && order.placedAt < config.startDate) {
      leftOut.push({ orderId, reason: 'placed-before-start' });
    } else if (config.countries && !config.countries.includes(order.country.toUpperCase())) {
      leftOut.push({ orderId, reason: 'country-not-wanted' });
    } else {
      chosen.push(order);
    }
  }
  return { chosen, leftOut };
}
