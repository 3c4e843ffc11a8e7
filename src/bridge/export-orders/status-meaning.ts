import { INCOMPLETE, PARENT } from '../../cscart/store/order-statuses.ts';
import type { ShipStationStatus } from '../../shipstation/order-document.ts';
import type { LeftOut } from './left-out.ts';

/** Why an order is left out, without its number. */
type Refusal = Pick<LeftOut, 'reason' | 'detail'>;

/**
 * What the status of an order means to ShipStation, or why an order in this status is left out. Asked when a window's list
 * is made, and again when the order is read: an admin's save makes an order incomplete meanwhile.
 *
 * @param letter as in `orders.status`
 * @param wanted the statuses that the filter lets through; `undefined` means all
 */
export function meaningOfStatus(
  letter: string,
  meanings: ReadonlyMap<string, ShipStationStatus>,
  wanted: ReadonlySet<ShipStationStatus> | undefined,
): ShipStationStatus | Refusal {
  if (letter === PARENT) return { reason: 'parent' };
  if (letter === INCOMPLETE) return { reason: 'incomplete' };
  const meaning = meanings.get(letter);
  if (meaning === undefined) return { reason: 'status-not-mapped', detail: `status ${letter}` };
  if (wanted && !wanted.has(meaning)) return { reason: 'status-not-wanted', detail: meaning };
  return meaning;
}
