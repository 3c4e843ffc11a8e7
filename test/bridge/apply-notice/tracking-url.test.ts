import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { trackingUrl } from '../../../src/bridge/apply-notice/tracking-url.ts';

describe('the tracking page of a number', () => {
  test.each<[string, string, string | undefined]>([
    ['OnTrac', 'C1', 'https://www.ontrac.com/tracking/?number=C1'],
    ['ontrac', 'C1', 'https://www.ontrac.com/tracking/?number=C1'],
    ['RoyalMail', 'AB1GB', 'https://www.royalmail.com/track-your-item#/tracking-results/AB1GB'],
    ['Asendia', 'A1', 'https://tracking.asendia.com/tracking/A1'],
    // A sister of DHL before DHL itself.
    ['DHLGlobalMail', 'G1', 'https://webtrack.dhlecs.com/?trackingnumber=G1'],
    ['dhl_ecommerce', 'G1', 'https://webtrack.dhlecs.com/?trackingnumber=G1'],
    ['DHL Express', 'D1', 'https://www.dhl.com/global-en/home/tracking.html?tracking-id=D1'],
    ['UPS®', '1Z1', 'https://www.ups.com/track?tracknum=1Z1'],
    ['USPS', '9400', 'https://tools.usps.com/go/TrackConfirmAction?tLabels=9400'],
    ['Stamps.com', '9400', 'https://tools.usps.com/go/TrackConfirmAction?tLabels=9400'],
    ['FedEx', '77', 'https://www.fedex.com/fedextrack/?trknbr=77'],
    ['LoneStar', 'L1', 'https://www.lso.com/track/L1'],
    ['a number with blanks', '1', undefined],
    ['UPS', '1Z 99 8', 'https://www.ups.com/track?tracknum=1Z998'],
    ['UPS', 'a&b=c#d%e', 'https://www.ups.com/track?tracknum=a%26b%3Dc%23d%25e'],
    ['UPS', '$&$1', 'https://www.ups.com/track?tracknum=%24%26%241'],
    ['UPS', '%', 'https://www.ups.com/track?tracknum=%25'],
    ['UPS', '', undefined],
    ['UPS', '  ', undefined],
    ['', '1', undefined],
    ['Other', '1', undefined],
    ['My own van', '1', undefined],
  ])('%s %j', (carrier, number, url) => {
    expect(trackingUrl(carrier, number)).toBe(url);
  });

  test('is a whole web address for whatever stands in a notice', () => {
    // Texts of a notice come out of UTF-8, so without lone surrogates.
    fc.assert(
      fc.property(
        fc.constantFrom('ups', 'DHL', 'OnTrac', 'gls'),
        fc.string({ unit: 'grapheme' }),
        (carrier, number) => {
          const url = trackingUrl(carrier, number);
          if (url === undefined) expect(number.replace(/\s/g, '')).toBe('');
          else {
            expect(url).toMatch(/^https:\/\/[^\s<>"]+$/);
            expect(URL.canParse(url)).toBe(true);
          }
        },
      ),
    );
  });
});
