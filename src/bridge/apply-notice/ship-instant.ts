import type { CalendarDay, ShipNotice } from '../../shipstation/ship-notice.ts';
import { createEpochSeconds, type EpochSeconds } from '../../values/epoch-seconds.ts';
import type { OrderId } from '../../values/order-id.ts';

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
  return createEpochSeconds(noonIn(timeZone, notice.shipDate) + (orderId % HOUR_SECONDS));
}

function noonIn(timeZone: string, { year, month, day }: CalendarDay): EpochSeconds {
  const noonUtc = Date.UTC(year, month - 1, day, 12);
  return createEpochSeconds((noonUtc - offsetAt(timeZone, noonUtc)) / 1000);
}

/** How far a zone is ahead of UTC at an instant, in milliseconds. */
function offsetAt(timeZone: string, instant: number): number {
  const format = new Intl.DateTimeFormat('en-US', {
    timeZone,
    hourCycle: 'h23',
    year: 'numeric',
    month: 'numeric',
    day: 'numeric',
    hour: 'numeric',
    minute: 'numeric',
    second: 'numeric',
  });
  const parts = Object.fromEntries(
    format.formatToParts(instant).map(({ type, value }) => [type, Number(value)]),
  );
  const { year = 0, month = 1, day = 1, hour = 0, minute = 0, second = 0 } = parts;
  return Date.UTC(year, month - 1, day, hour, minute, second) - instant;
}
