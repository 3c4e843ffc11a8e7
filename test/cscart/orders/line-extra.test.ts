import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { type LineExtra, readLineExtra } from '../../../src/cscart/orders/line-extra.ts';
import { type PhpValue, phpSerialize } from '../../support/php-serialize.ts';

const NOTHING: LineExtra = {
  name: undefined,
  options: [],
  openOptions: [],
  variantIds: [],
  isDownload: undefined,
  isDownloadShipped: false,
  isUncharged: false,
  partOf: undefined,
  isDamaged: false,
};

const read = (extra: PhpValue) => readLineExtra(phpSerialize(extra));
const option = (changes: Record<string, PhpValue>) => ({
  product_options_value: [
    {
      option_id: '26',
      option_type: 'S',
      value: '183',
      option_name: 'Size',
      variant_name: 'Large',
      ...changes,
    },
  ],
});

test('a whole line is understood', () => {
  expect(
    read({
      product_options: new Map([
        [26, '183'],
        [31, 'For Zoë ♥'],
      ]),
      product: ' Cotton Tee ',
      company_id: '1',
      is_edp: 'N',
      edp_shipping: 'N',
      discount: 0,
      base_price: 20.5,
      stored_price: 'N',
      product_options_value: [
        {
          option_id: '26',
          option_type: 'S',
          value: '183',
          option_name: 'Size',
          modifier: '10.000',
          modifier_type: 'P',
          variant_name: 'Large',
        },
        { option_id: '31', option_type: 'I', value: 'For Zoë ♥', option_name: 'Engraving' },
      ],
    }),
  ).toEqual({
    ...NOTHING,
    name: 'Cotton Tee',
    options: [
      { name: 'Size', value: 'Large' },
      { name: 'Engraving', value: 'For Zoë ♥' },
    ],
    variantIds: [183],
    isDownload: false,
  });
});

describe('an option', () => {
  test.each<[string, Record<string, PhpValue>, LineExtra['options'], number[]]>([
    ['of a list says its variant', {}, [{ name: 'Size', value: 'Large' }], [183]],
    ['of a list with a number for the variant', { value: 183 }, [{ name: 'Size', value: 'Large' }], [183]],
    ['of buttons says its variant', { option_type: 'R' }, [{ name: 'Size', value: 'Large' }], [183]],
    [
      'of a check box says yes or no',
      { option_type: 'C', variant_name: 'Yes' },
      [{ name: 'Size', value: 'Yes' }],
      [183],
    ],
    [
      'without a variant’s name says its number',
      { variant_name: ' ' },
      [{ name: 'Size', value: '183' }],
      [183],
    ],
    [
      'that is typed says what was typed',
      { option_type: 'I', value: ' Zoë ' },
      [{ name: 'Size', value: 'Zoë' }],
      [],
    ],
    [
      'that is typed is no variant, even as a number',
      { option_type: 'I', value: '184' },
      [{ name: 'Size', value: '184' }],
      [],
    ],
    ['of a text keeps its lines', { option_type: 'T', value: 'a\nb' }, [{ name: 'Size', value: 'a\nb' }], []],
    ['that was not chosen says nothing', { value: '', variant_name: '' }, [], []],
    ['that is typed and empty says nothing', { option_type: 'I', value: '' }, [], []],
    ['of no variant has no weight', { value: '0' }, [{ name: 'Size', value: 'Large' }], []],
    [
      'of a variant that is no number has no weight',
      { value: '18x' },
      [{ name: 'Size', value: 'Large' }],
      [],
    ],
    ['without a name keeps its value', { option_name: '' }, [{ name: '', value: 'Large' }], [183]],
  ])('%s', (_, changes, options, variantIds) => {
    expect(read(option(changes))).toEqual({ ...NOTHING, options, variantIds });
  });

  test('that is no array is passed over', () => {
    expect(
      read({ product_options_value: ['x', null, ...option({}).product_options_value] }).variantIds,
    ).toEqual([183]);
    expect(read({ product_options_value: 'x' })).toEqual(NOTHING);
  });
});

describe('a flag', () => {
  test.each<[Record<string, PhpValue>, Partial<LineExtra>]>([
    [{}, {}],
    [{ is_edp: 'Y' }, { isDownload: true }],
    [{ is_edp: 'N' }, { isDownload: false }],
    // There, but empty: it is no download.
    [{ is_edp: null }, { isDownload: false }],
    [
      { is_edp: 'Y', edp_shipping: 'Y' },
      { isDownload: true, isDownloadShipped: true },
    ],
    [{ edp_shipping: 'N' }, {}],
    [{ exclude_from_calculate: true }, { isUncharged: true }],
    [{ exclude_from_calculate: 'Y' }, { isUncharged: true }],
    [{ exclude_from_calculate: 1 }, { isUncharged: true }],
    [{ exclude_from_calculate: '' }, {}],
    [{ exclude_from_calculate: false }, {}],
    [{ product: '  ' }, {}],
    [{ product: 12 }, { name: '12' }],
  ])('%j', (extra, expected) => {
    expect(read(extra)).toEqual({ ...NOTHING, ...expected });
  });
});

describe('a damaged value', () => {
  test.each<[string, Buffer]>([
    ['a text', Buffer.from('s:1:"x";')],
    ['false', Buffer.from('b:0;')],
    ['no PHP at all', Buffer.from('{"product":"Cotton Tee"}')],
  ])('says nothing, and that it is damaged: %s', (_, bytes) => {
    expect(readLineExtra(bytes)).toEqual({ ...NOTHING, isDamaged: true });
  });

  test('that is empty says nothing and is no damage: some imports write nothing', () => {
    expect(readLineExtra(Buffer.alloc(0))).toEqual(NOTHING);
  });

  test('says what stands before the damage', () => {
    const whole = phpSerialize({ product: 'Cotton Tee', is_edp: 'N', ...option({}), edp_shipping: 'Y' });
    const cut = whole.subarray(0, whole.indexOf('edp_shipping') + 4);
    expect(readLineExtra(cut)).toEqual({
      ...NOTHING,
      name: 'Cotton Tee',
      isDownload: false,
      options: [{ name: 'Size', value: 'Large' }],
      variantIds: [183],
      isDamaged: true,
    });
  });

  test('whose resolved options are the damage keeps the raw ones, to be named by the rows of today', () => {
    const whole = phpSerialize({
      product_options: new Map([
        [26, '183'],
        [31, 'For Zoë ♥'],
      ]),
      product: 'Cotton Tee',
      ...option({}),
    });
    const cut = whole.subarray(0, whole.indexOf('variant_name'));
    expect(readLineExtra(cut)).toMatchObject({
      name: 'Cotton Tee',
      openOptions: [
        { optionId: 26, chosen: '183', files: '' },
        { optionId: 31, chosen: 'For Zoë ♥', files: '' },
      ],
      variantIds: [183],
      isDamaged: true,
    });
  });

  test('and never throws, whatever the bytes are', () => {
    const whole = phpSerialize({ ...option({}), product: 'Cotton Tee', is_edp: 'N' });
    const damaged = fc
      .tuple(fc.nat({ max: whole.length - 1 }), fc.nat({ max: 255 }))
      .map(([at, byte]) => Buffer.from(whole.map((before, index) => (index === at ? byte : before))));
    fc.assert(
      fc.property(
        fc.oneof(
          damaged,
          fc.uint8Array().map((bytes) => Buffer.from(bytes)),
        ),
        (bytes) => {
          const { options, variantIds } = readLineExtra(bytes);
          expect(options.every(({ value }) => value !== '')).toBe(true);
          expect(variantIds.every((id) => Number.isSafeInteger(id) && id > 0)).toBe(true);
        },
      ),
    );
  });
});
