import type { OrderFilters } from '../../config/config.ts';
import type { ChangedOrder } from '../../cscart/orders/changed-orders.ts';
import { findMethods } from '../../cscart/store/methods.ts';
import { PARENT } from '../../cscart/store/order-statuses.ts';
import type { Store } from '../../cscart/store/store.ts';
import type { ShipStationStatus } from '../../shipstation/order-document.ts';
import { instantOf } from '../../values/calendar-day.ts';
import type { LeftOut } from './left-out.ts';
import { meaningOfStatus } from './status-meaning.ts';

type FilterStore = Pick<Store, 'timeZone' | 'storefronts' | 'shippingMethods'>;

/** Why an order is not wanted, or `undefined`. */
type Filter = (order: ChangedOrder) => LeftOut['reason'] | undefined;

/**
 * Parts the changed orders into those that are exported and those that the mapping or the filters leave out. Done
 * before pages are cut, so that pages are full and their number is right; the country is looked at when the whole order
 * has been read, since a pickup point and the recipient of a gift certificate may be elsewhere than the buyer.
 */
export function chooseOrders(
  changed: readonly ChangedOrder[],
  meanings: ReadonlyMap<string, ShipStationStatus>,
  filters: OrderFilters,
  store: FilterStore,
): { readonly chosen: readonly ChangedOrder[]; readonly leftOut: readonly LeftOut[] } {
  const chosen: ChangedOrder[] = [];
  const leftOut: LeftOut[] = [];
  const filter = createFilter(filters, store);
  for (const order of changed) {
    const { orderId } = order;
    const meaning = meaningOfStatus(order.isParent ? PARENT : order.status, meanings, filters.statuses);
    if (typeof meaning !== 'string') {
      leftOut.push({ orderId, ...meaning });
      continue;
    }
    const reason = filter(order);
    if (reason === undefined) chosen.push(order);
    else leftOut.push({ orderId, reason });
  }
  return { chosen, leftOut };
}

function createFilter({ startDay, vendors, storefronts, methods }: OrderFilters, store: FilterStore): Filter {
  const startsAt = startDay && instantOf(startDay, 0, store.timeZone);
  const wantedMethods = methods && methods.wanted.length > 0 ? idsOf(methods.wanted, store) : undefined;
  const unwantedMethods = idsOf(methods?.unwanted ?? [], store);
  return (order) => {
    if (startsAt !== undefined && order.placedAt < startsAt) return 'placed-before-start';
    if (vendors && !vendors.includes(order.companyId)) return 'vendor-not-wanted';
    // A storefront that has been deleted is none of those that are there.
    if (storefronts && !storefronts.includes(order.storefrontId || (store.storefronts.find(order)?.id ?? 0)))
      return 'storefront-not-wanted';
    if (methods && !isMethodWanted(order.shippingIds, wantedMethods, unwantedMethods))
      return 'method-not-wanted';
    return undefined;
  };
}

/**
 * Whether one of an order's methods is wanted: of an order with goods of several vendors, some may be left out and some
 * not. An order without any method is wanted unless only certain ones are.
 */
function isMethodWanted(
  ids: readonly number[],
  wanted: ReadonlySet<number> | undefined,
  unwanted: ReadonlySet<number>,
): boolean {
  if (ids.length === 0) return wanted === undefined;
  return ids.some((id) => !unwanted.has(id) && (wanted === undefined || wanted.has(id)));
}

function idsOf(words: readonly string[], { shippingMethods }: FilterStore): ReadonlySet<number> {
  return new Set(words.flatMap((word) => findMethods(shippingMethods, word).map(({ id }) => id)));
}
