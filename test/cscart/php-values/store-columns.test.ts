import { describe, expect, it } from 'vitest';
import type { PhpValue } from '../../../src/cscart/php-values/php-value.ts';
import { asArray } from '../../../src/cscart/php-values/readers.ts';
import { unserialize } from '../../../src/cscart/php-values/unserialize.ts';
import { read, readProblem, readValue } from './read.ts';

const map = (...entries: [string | number, PhpValue][]) => new Map(entries);

/** `order_details.extra` of a line with a select option and an engraving. */
const EXTRA =
  'a:9:{s:15:"product_options";a:2:{i:26;s:3:"183";i:31;s:12:"For Zoë ♥";}s:7:"product";s:10:"Cotton Tee";' +
  's:10:"company_id";s:1:"1";s:6:"is_edp";s:1:"N";s:12:"edp_shipping";s:1:"N";s:8:"discount";i:0;' +
  's:10:"base_price";d:20.5;s:12:"stored_price";s:1:"N";s:21:"product_options_value";a:2:{' +
  'i:0;a:7:{s:9:"option_id";s:2:"26";s:11:"option_type";s:1:"S";s:5:"value";s:3:"183";s:11:"option_name";s:4:"Size";' +
  's:8:"modifier";s:6:"10.000";s:13:"modifier_type";s:1:"P";s:12:"variant_name";s:5:"Large";}' +
  'i:1;a:4:{s:9:"option_id";s:2:"31";s:11:"option_type";s:1:"I";s:5:"value";s:12:"For Zoë ♥";' +
  's:11:"option_name";s:9:"Engraving";}}}';

const EXTRA_VALUE = map(
  ['product_options', map([26, '183'], [31, 'For Zoë ♥'])],
  ['product', 'Cotton Tee'],
  ['company_id', '1'],
  ['is_edp', 'N'],
  ['edp_shipping', 'N'],
  ['discount', 0],
  ['base_price', 20.5],
  ['stored_price', 'N'],
  [
    'product_options_value',
    map(
      [
        0,
        map(
          ['option_id', '26'],
          ['option_type', 'S'],
          ['value', '183'],
          ['option_name', 'Size'],
          ['modifier', '10.000'],
          ['modifier_type', 'P'],
          ['variant_name', 'Large'],
        ),
      ],
      [
        1,
        map(['option_id', '31'], ['option_type', 'I'], ['value', 'For Zoë ♥'], ['option_name', 'Engraving']),
      ],
    ),
  ],
);

describe('order_details.extra', () => {
  it('is read whole', () => {
    expect(readValue(EXTRA)).toEqual(EXTRA_VALUE);
  });

  it('is refused whole when one length is wrong, as a text cut by its column makes it', () => {
    const damaged = EXTRA.replace('31;s:12:"For Zoë ♥"', '31;s:11:"For Zoë ♥"');
    expect(damaged).not.toBe(EXTRA);
    expect(readProblem(damaged)).toMatch(/^'"' is missing at byte \d+ of \d+$/);
  });

  it('is refused when it was re-encoded from UTF-8 to Latin-1, which shifts every length', () => {
    expect(unserialize(Buffer.from(EXTRA.replaceAll('♥', '?'), 'latin1'))).toMatchObject({ ok: false });
  });

  it('is refused when its quotes were escaped', () => {
    expect(read(EXTRA.replaceAll('"', '\\"'))).toMatchObject({ ok: false });
  });

  it('is refused when line ends were converted', () => {
    expect(readValue('a:1:{s:4:"note";s:4:"a\r\nb";}')).toEqual(map(['note', 'a\r\nb']));
    expect(read('a:1:{s:4:"note";s:4:"a\nb";}')).toMatchObject({ ok: false });
  });
});

describe('a column that was cut', () => {
  const bytes = Buffer.from(EXTRA);

  it('is refused at every byte', () => {
    expect(bytes.length).toBeGreaterThan(600);
    for (let length = 0; length < bytes.length; length += 1) {
      const reading = unserialize(bytes.subarray(0, length));
      if (reading.ok) expect.fail(`readable when cut after ${length} bytes`);
      expect(reading.problem).toMatch(/ (at byte \d+ of \d+|at the end, after \d+ bytes)$/);
    }
  });

  it('is refused or read without its first bytes, and never throws', () => {
    // A tail may well begin with a whole value of its own, such as `s:3:"183";`.
    const readable = Array.from(bytes, (_byte, start) => unserialize(bytes.subarray(start))).filter(
      (reading) => reading.ok,
    );
    expect(readable.length).toBeGreaterThan(30);
    expect(readable.length).toBeLessThan(bytes.length / 2);
  });
});

describe('a column with a flipped bit', () => {
  it('is refused or read, and never throws or hangs', () => {
    const bytes = Buffer.from(EXTRA);
    let refused = 0;
    for (let bit = 0; bit < bytes.length * 8; bit += 1) {
      const flipped = Buffer.from(bytes);
      flipped[bit >> 3] = (flipped[bit >> 3] ?? 0) ^ (1 << (bit & 7));
      const reading = unserialize(flipped);
      if (reading.ok) expect(reading.value).not.toBe(null);
      else refused += 1;
    }
    // What is inside of a text cannot be noticed; nearly half of this column is structure.
    expect(refused).toBeGreaterThan(bytes.length * 3);
  });

  it('is refused where the bit belongs to the structure', () => {
    const structure = Buffer.from('a:1:{i:0;a:0:{}}');
    for (const place of [0, 1, 3, 4, 6, 8, 9, 10, 12, 13, 14, 15]) {
      for (let bit = 0; bit < 8; bit += 1) {
        const flipped = Buffer.from(structure);
        flipped[place] = (flipped[place] ?? 0) ^ (1 << bit);
        expect(unserialize(flipped), `byte ${place}, bit ${bit}`).toMatchObject({ ok: false });
      }
    }
  });
});

describe('order_data', () => {
  it('L gives the chosen shipping methods', () => {
    const value = readValue(
      'a:1:{i:0;a:8:{s:11:"shipping_id";s:1:"1";s:8:"shipping";s:22:"Custom shipping method";' +
        's:13:"delivery_time";s:8:"3-5 days";s:16:"rate_calculation";s:1:"M";s:6:"module";N;s:12:"service_code";N;' +
        's:9:"group_key";i:0;s:4:"rate";d:28;}}',
    );
    expect(value).toEqual(
      map([
        0,
        map(
          ['shipping_id', '1'],
          ['shipping', 'Custom shipping method'],
          ['delivery_time', '3-5 days'],
          ['rate_calculation', 'M'],
          ['module', null],
          ['service_code', null],
          ['group_key', 0],
          ['rate', 28],
        ),
      ]),
    );
  });

  it('T gives taxes by tax id, float noise included', () => {
    const value = readValue(
      'a:1:{i:6;a:8:{s:9:"rate_type";s:1:"P";s:10:"rate_value";s:6:"10.000";s:18:"price_includes_tax";s:1:"Y";' +
        's:9:"regnumber";s:7:"1234242";s:8:"priority";i:0;s:12:"tax_subtotal";d:14.359999999999999;' +
        's:11:"description";s:3:"VAT";s:7:"applies";a:3:{s:1:"P";d:14.359999999999999;s:1:"S";i:0;' +
        's:5:"items";a:1:{s:1:"P";a:1:{i:2430709824;b:1;}}}}}',
    );
    const tax = value instanceof Map ? asArray(value.get(6)) : undefined;
    expect(tax?.get('tax_subtotal')).toBe(14.359999999999999);
    expect(tax?.get('rate_value')).toBe('10.000');
    expect(asArray(asArray(asArray(tax?.get('applies'))?.get('items'))?.get('P'))?.get(2430709824)).toBe(
      true,
    );
  });

  it.each<[string, string, PhpValue]>([
    ['C gives coupons', 'a:1:{s:8:"spring10";a:1:{i:0;i:4;}}', map(['spring10', map([0, 4])])],
    ['C gives a coupon of digits', 'a:1:{s:4:"2024";a:1:{i:0;i:4;}}', map([2024, map([0, 4])])],
    ['R gives the currency', 's:3:"USD";', 'USD'],
    [
      'U gives used gift certificates',
      'a:1:{s:15:"GC-1A2B-3C4D-5E";a:3:{s:12:"gift_cert_id";s:1:"3";s:6:"amount";d:50;s:4:"cost";d:20;}}',
      map(['GC-1A2B-3C4D-5E', map(['gift_cert_id', '3'], ['amount', 50], ['cost', 20])]),
    ],
    [
      'I gives points in use',
      'a:2:{s:6:"points";i:100;s:4:"cost";d:10;}',
      map(['points', 100], ['cost', 10]),
    ],
  ])('%s', (_name, serialized, value) => {
    expect(readValue(serialized)).toEqual(value);
  });

  it.each([
    ['S, a plain instant', '1795404638'],
    ['P, encrypted', 'Y2lwaGVydGV4dCBhbmQgbm90aGluZyBlbHNl'],
    ['a placeholder', 'N'],
  ])('%s, is no serialized value', (_name, text) => {
    expect(read(text)).toMatchObject({ ok: false });
  });
});
