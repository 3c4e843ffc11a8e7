import type { ShipNotice } from '../../shipstation/ship-notice.ts';
import type { ChosenCarrier } from './carrier.ts';
import { trackingUrl } from './tracking-url.ts';

/**
 * The text that the buyer sees with a shipment: the merchant's note, the service, and, for a carrier that the shop
 * cannot link, its name and tracking page. One fact a line; empty when there is nothing to say.
 */
export function shipmentComments(notice: ShipNotice, carrier: ChosenCarrier): string {
  const url = carrier.isLinked ? undefined : trackingUrl(notice.carrier, notice.trackingNumber);
  return [
    notice.notesToCustomer,
    notice.service && `Service: ${notice.service}`,
    carrier.code === '' && notice.carrier && `Carrier: ${notice.carrier}`,
    url && `Tracking: ${url}`,
  ]
    .filter((text) => text)
    .join('\n');
}
