import { lettersAndDigits } from './carrier.ts';

/** Public tracking pages by the beginning of the carrier's name; `%` stands for the number. Longer beginnings first. */
const PAGES: readonly (readonly [beginning: string, page: string])[] = [
  ['dhlglobalmail', 'https://webtrack.dhlecs.com/?trackingnumber=%'],
  ['dhlecommerce', 'https://webtrack.dhlecs.com/?trackingnumber=%'],
  ['dhl', 'https://www.dhl.com/global-en/home/tracking.html?tracking-id=%'],
  ['fedex', 'https://www.fedex.com/fedextrack/?trknbr=%'],
  ['usps', 'https://tools.usps.com/go/TrackConfirmAction?tLabels=%'],
  ['stamps', 'https://tools.usps.com/go/TrackConfirmAction?tLabels=%'],
  ['endicia', 'https://tools.usps.com/go/TrackConfirmAction?tLabels=%'],
  ['ups', 'https://www.ups.com/track?tracknum=%'],
  ['canadapost', 'https://www.canadapost-postescanada.ca/track-reperage/en#/search?searchFor=%'],
  ['australiapost', 'https://auspost.com.au/mypost/track/details/%'],
  ['ontrac', 'https://www.ontrac.com/tracking/?number=%'],
  ['lasership', 'https://www.ontrac.com/tracking/?number=%'],
  ['royalmail', 'https://www.royalmail.com/track-your-item#/tracking-results/%'],
  ['parcelforce', 'https://www.parcelforce.com/track-trace?trackNumber=%'],
  ['asendia', 'https://tracking.asendia.com/tracking/%'],
  ['purolator', 'https://www.purolator.com/en/shipping/tracker?pin=%'],
  ['lonestar', 'https://www.lso.com/track/%'],
  ['lso', 'https://www.lso.com/track/%'],
  ['evri', 'https://www.evri.com/track/parcel/%'],
  ['hermes', 'https://www.evri.com/track/parcel/%'],
  ['dpd', 'https://tracking.dpd.de/status/en_US/parcel/%'],
  ['gls', 'https://gls-group.eu/track/%'],
  ['postnl', 'https://postnl.nl/tracktrace/?B=%'],
  ['swisspost', 'https://service.post.ch/ekp-web/ui/entry/search/%'],
];

/** The carrier's public tracking page for a number; `undefined` when none is known. */
export function trackingUrl(carrier: string, trackingNumber: string): string | undefined {
  const number = trackingNumber.replace(/\s+/g, '');
  const name = lettersAndDigits(carrier);
  if (number === '' || name === '') return undefined;
  const page = PAGES.find(([beginning]) => name.startsWith(beginning))?.[1];
  return page?.replace('%', () => encodeURIComponent(number));
}
