import type { ShipNotice } from '../../shipstation/ship-notice.ts';
import { instantOf } from '../../values/calendar-day.ts';
import { createEpochSeconds, type EpochSeconds } from '../../values/epoch-seconds.ts';
import type { OrderId } from '../../values/order-id.ts';

const NOON = 12;
const HOUR_SECONDS = 3600;
const MINUTE_SECONDS = 60;

/**
 * When a parcel left, as an instant. ShipStation names a calendar day, without hour or zone; the shop shows instants in
 * its own zone. So the hour after noon of that day in the shop's zone: it shows the same day, whatever daylight saving
 * does. Without a ship date the label's own instant, else now.
 *
 * The second within that hour comes from the order's id. Two orders in one box have shipments that are equal otherwise,
 * and one that a crash left behind has to be told from the other order's.
 */
export function shipInstant(
  notice: ShipNotice,
  orderId: OrderId,
  timeZone: string,
  now: EpochSeconds,
): EpochSeconds {
  if (!notice.shipDate) {
    // Labels are dated to the minute: within it there is room to tell orders apart as well.
    return notice.labelCreateDate === undefined
      ? now
      : createEpochSeconds(notice.labelCreateDate + (orderId % MINUTE_SECONDS));
  }
  return createEpochSeconds(instantOf(notice.shipDate, NOON, timeZone) + (orderId % HOUR_SECONDS));
}
