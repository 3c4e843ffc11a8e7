import { describe, expect, it } from 'vitest';
import type { PhpValue } from '../../../src/cscart/php-values/php-value.ts';
import {
  arrayAt,
  asArray,
  asText,
  decimalTextAt,
  flagAt,
  textAt,
} from '../../../src/cscart/php-values/readers.ts';
import { parseCents } from '../../../src/values/cents.ts';
import { readValue } from './read.ts';

const emptyArray: PhpValue = new Map();

describe('asText', () => {
  it.each<[PhpValue | undefined, string | undefined]>([
    ['Cotton Tee', 'Cotton Tee'],
    ['  kept  ', '  kept  '],
    ['', ''],
    ['0', '0'],
    [183, '183'],
    [0, '0'],
    [-5, '-5'],
    [20.5, '20.5'],
    [4163016541, '4163016541'],
    [NaN, undefined],
    [Infinity, undefined],
    [-Infinity, undefined],
    [true, undefined],
    [false, undefined],
    [null, undefined],
    [undefined, undefined],
    [emptyArray, undefined],
  ])('of %j is %j', (value, text) => {
    expect(asText(value)).toBe(text);
  });
});

describe('asArray', () => {
  it('gives an array itself', () => {
    const array = readValue('a:1:{i:0;N;}');
    expect(asArray(array)).toBe(array);
    expect(asArray(emptyArray)).toBe(emptyArray);
  });

  it.each<[PhpValue | undefined]>([['a:0:{}'], [0], [true], [null], [undefined]])(
    'gives nothing for %j',
    (value) => {
      expect(asArray(value)).toBeUndefined();
    },
  );
});

describe('textAt and arrayAt', () => {
  const array = asArray(
    readValue(
      'a:5:{s:4:"name";s:3:"Zoe";s:2:"26";i:183;i:31;s:1:"x";s:4:"list";a:1:{i:0;i:1;}s:4:"none";N;}',
    ),
  );

  it.each<[string | number, string | undefined]>([
    ['name', 'Zoe'],
    [26, '183'],
    [31, 'x'],
    ['list', undefined],
    ['none', undefined],
    ['absent', undefined],
    ['__proto__', undefined],
    ['size', undefined],
  ])('textAt %j gives %j', (key, text) => {
    expect(array && textAt(array, key)).toBe(text);
  });

  it.each<[string | number, number | undefined]>([
    ['list', 1],
    ['name', undefined],
    ['none', undefined],
    ['absent', undefined],
  ])('arrayAt %j gives an array of size %j', (key, size) => {
    expect(array && arrayAt(array, key)?.size).toBe(size);
  });
});

describe('flagAt', () => {
  it.each<[string, boolean]>([
    ['s:1:"Y";', true],
    ['b:1;', true],
    ['i:1;', true],
    ['s:1:"1";', true],
    ['s:1:"N";', false],
    ['s:1:"y";', false],
    ['s:3:"Yes";', false],
    ['s:0:"";', false],
    ['s:1:"0";', false],
    ['b:0;', false],
    ['i:0;', false],
    ['i:2;', false],
    ['d:0.5;', false],
    ['N;', false],
    ['a:1:{i:0;s:1:"Y";}', false],
  ])('of %s is %j', (serialized, flag) => {
    const array = asArray(readValue(`a:1:{s:6:"is_edp";${serialized}}`));
    expect(array && flagAt(array, 'is_edp')).toBe(flag);
    expect(array && flagAt(array, 'edp_shipping')).toBe(false);
  });
});

describe('decimalTextAt', () => {
  it.each<[string, string | number | undefined]>([
    ['d:20.5;', 20.5],
    ['d:14.359999999999999;', 14.359999999999999],
    ['i:28;', 28],
    ['i:0;', 0],
    ['s:5:"12.30";', '12.30'],
    ['s:7:"-10.000";', '-10.000'],
    ['s:1:"0";', '0'],
    ['s:3:".50";', '.50'],
    ['s:3:"50.";', '50.'],
    ['s:7:"1.0E+25";', '1.0E+25'],
    ['s:7:" 12.30 ";', '12.30'],
    ['i:9007199254740993;', '9007199254740993'],
    ['s:0:"";', undefined],
    ['s:1:"-";', undefined],
    ['s:1:".";', undefined],
    ['s:2:"1e";', undefined],
    ['s:8:"1,234.50";', undefined],
    ['s:4:"0x1f";', undefined],
    ['s:6:"$12.30";', undefined],
    ['s:3:"NAN";', undefined],
    ['s:8:"Infinity";', undefined],
    ['d:NAN;', undefined],
    ['d:INF;', undefined],
    ['d:-INF;', undefined],
    ['b:1;', undefined],
    ['N;', undefined],
    ['a:0:{}', undefined],
  ])('of %s is %j', (serialized, decimal) => {
    const array = asArray(readValue(`a:1:{s:4:"cost";${serialized}}`));
    expect(array && decimalTextAt(array, 'cost')).toBe(decimal);
    expect(array && decimalTextAt(array, 'amount')).toBeUndefined();
  });

  it.each<[string, number]>([
    ['d:14.359999999999999;', 1436],
    ['s:6:"14.360";', 1436],
    ['i:14;', 1400],
    ['s:2:"14";', 1400],
    ['d:-0.1000000000000000055511151231257827021181583404541015625;', -10],
    ['d:32295.41999999999825377017259597778320312500000000000;', 3229542],
  ])('reads money alike, however %s was written', (serialized, cents) => {
    const array = asArray(readValue(`a:1:{s:4:"cost";${serialized}}`));
    expect(parseCents((array && decimalTextAt(array, 'cost')) ?? 'absent')).toBe(cents);
  });
});
