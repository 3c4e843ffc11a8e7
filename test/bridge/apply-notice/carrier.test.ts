import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { chooseCarrier, lettersAndDigits } from '../../../src/bridge/apply-notice/carrier.ts';

const STORE_4_0 = ['USP', 'UPS', 'FDX', 'AUP', 'DHL', 'CHP'];
const STORE_4_14 = ['aup', 'can', 'dhl', 'fedex', 'swisspost', 'temando', 'ups', 'usps'];
const STORE_4_20 = [
  'aup',
  'can',
  'dhl',
  'fedex',
  'fedexrest',
  'store_locator',
  'swisspost',
  'ups',
  'usps',
  'uspsv2',
];

describe('the code of a carrier', () => {
  test.each<[string, string, string, string]>([
    // As ShipStation sends it, and the codes in CS-Cart 4.0, 4.14 and 4.20.
    ['USPS', 'USP', 'usps', 'uspsv2'],
    ['usps', 'USP', 'usps', 'uspsv2'],
    ['stamps_com', 'USP', 'usps', 'uspsv2'],
    ['Stamps.com', 'USP', 'usps', 'uspsv2'],
    ['Endicia', 'USP', 'usps', 'uspsv2'],
    ['United States Postal Service', 'USP', 'usps', 'uspsv2'],
    ['UPS', 'UPS', 'ups', 'ups'],
    ['UPS®', 'UPS', 'ups', 'ups'],
    ['UPS® Ground', 'UPS', 'ups', 'ups'],
    ['UPSMI', 'UPS', 'ups', 'ups'],
    ['United Parcel Service', 'UPS', 'ups', 'ups'],
    ['FedEx', 'FDX', 'fedex', 'fedexrest'],
    ['fedex', 'FDX', 'fedex', 'fedexrest'],
    ['Federal Express', 'FDX', 'fedex', 'fedexrest'],
    ['FedExInternationalMailService', 'FDX', 'fedex', 'fedexrest'],
    ['FedExCanada', 'FDX', 'fedex', 'fedexrest'],
    ['DHL', 'DHL', 'dhl', 'dhl'],
    ['DHL Express', 'DHL', 'dhl', 'dhl'],
    ['DHLCanada', 'DHL', 'dhl', 'dhl'],
    ['CanadaPost', '', 'can', 'can'],
    ['canada_post', '', 'can', 'can'],
    ['AustraliaPost', 'AUP', 'aup', 'aup'],
    ['Swiss Post', 'CHP', 'swisspost', 'swisspost'],
    ['Temando', '', 'temando', ''],
    // Sister companies of DHL whose numbers its own page does not know.
    ['DHLGlobalMail', '', '', ''],
    ['dhl_ecommerce', '', '', ''],
    ['DHL Parcel UK', '', '', ''],
    // None of a store's carriers.
    ['Other', '', '', ''],
    ['OnTrac', '', '', ''],
    ['RoyalMail', '', '', ''],
    ['BrokersWorldWide', '', '', ''],
    ['Newgistics', '', '', ''],
    ['FirstMile', '', '', ''],
    ['Globegistics', '', '', ''],
    ['LoneStar', '', '', ''],
    ['Asendia', '', '', ''],
    ['APC', '', '', ''],
    ['AccessWorldwide', '', '', ''],
    ['IMEX', '', '', ''],
    ['', '', '', ''],
    ['®', '', '', ''],
  ])('%s', (carrier, of40, of414, of420) => {
    for (const [known, code] of [
      [STORE_4_0, of40],
      [STORE_4_14, of414],
      [STORE_4_20, of420],
    ] as const) {
      expect(chooseCarrier(carrier, known)).toEqual({ code, isLinked: code !== '' });
    }
  });

  test.each<[string, string[], string]>([
    ['the newest module, wherever it stands', ['usps', 'uspsv2', 'fedex'], 'uspsv2'],
    ['the old module where there is no newer one', ['fedex', 'usps'], 'usps'],
    ['no code of another carrier', ['fedex', 'ups'], ''],
    ['no code of a store without carriers', [], ''],
  ])('is %s', (_, known, code) => {
    expect(chooseCarrier('USPS', known).code).toBe(code);
  });

  test('is that of an add-on module that bears the name, and the bridge links it itself', () => {
    expect(chooseCarrier('Russian Post', ['russian_post', 'ups'])).toEqual({
      code: 'russian_post',
      isLinked: false,
    });
    expect(chooseCarrier('SDEK', ['sdek'])).toEqual({ code: 'sdek', isLinked: false });
    expect(chooseCarrier('SDEK Express', ['sdek'])).toEqual({ code: '', isLinked: false });
    expect(chooseCarrier('DHL eCommerce', ['dhl', 'dhl_ecommerce']).code).toBe('dhl_ecommerce');
  });

  test('is a code of the store or none, whatever the carrier is called', () => {
    const anyCarrier = fc.oneof(
      fc.string(),
      fc.constantFrom('UPS', 'dhl', 'FedEx').chain((name) => fc.string().map((text) => name + text)),
    );
    fc.assert(
      fc.property(anyCarrier, fc.subarray([...STORE_4_0, ...STORE_4_20]), (carrier, known) => {
        const { code, isLinked } = chooseCarrier(carrier, known);
        expect(code === '' || known.includes(code)).toBe(true);
        expect(isLinked && code === '').toBe(false);
      }),
    );
  });
});

describe('lettersAndDigits', () => {
  test.each([
    ['UPS® Mail', 'upsmail'],
    ['1Z 999-AA1', '1z999aa1'],
    ['Österreichische Post', 'österreichischepost'],
    [' ®-_. ', ''],
    ['', ''],
  ])('of %j are %j', (text, kept) => {
    expect(lettersAndDigits(text)).toBe(kept);
  });
});
