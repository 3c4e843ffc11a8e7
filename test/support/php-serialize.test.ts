import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type PhpValue, phpDouble, phpSerialize } from './php-serialize.ts';

const text = (value: PhpValue) => phpSerialize(value).toString('utf8');

describe('phpSerialize', () => {
  // What PHP itself prints for these values (serialize_precision 17).
  it.each<[string, PhpValue, string]>([
    ['null', null, 'N;'],
    ['true', true, 'b:1;'],
    ['false', false, 'b:0;'],
    ['zero', 0, 'i:0;'],
    ['a negative integer', -42, 'i:-42;'],
    ['a 64-bit integer', 9_223_372_036_854_775_807n, 'i:9223372036854775807;'],
    ['a short fraction', 20.5, 'd:20.5;'],
    ['the noise of a float', 14.36, 'd:14.359999999999999;'],
    ['a tenth', 0.1, 'd:0.10000000000000001;'],
    ['a small fraction', 0.0001, 'd:0.0001;'],
    ['a fraction below the plain form', 0.00001, 'd:1.0000000000000001E-5;'],
    ['more than a safe integer', 1e20, 'd:1.0E+20;'],
    ['minus zero', -0, 'd:-0;'],
    ['infinity', Number.NEGATIVE_INFINITY, 'd:-INF;'],
    ['no number', Number.NaN, 'd:NAN;'],
    ['a whole double', phpDouble(28), 'd:28;'],
    ['a text', 'Size', 's:4:"Size";'],
    ['a text of three-byte characters', 'For Zoë ♥', 's:12:"For Zoë ♥";'],
    ['quotes, which are not escaped', 'a"b;', 's:4:"a"b;";'],
    ['a list', ['x', 2], 'a:2:{i:0;s:1:"x";i:1;i:2;}'],
    ['an empty list', [], 'a:0:{}'],
    ['integer-like keys', { '26': '183', '08': 1, '-3': 2 }, 'a:3:{i:26;s:3:"183";s:2:"08";i:1;i:-3;i:2;}'],
    ['a key beyond 64 bits', { '9223372036854775808': 1 }, 'a:1:{s:19:"9223372036854775808";i:1;}'],
    [
      'a map in its own order',
      new Map<number | string, PhpValue>([
        [31, 'b'],
        [26, 'a'],
      ]),
      'a:2:{i:31;s:1:"b";i:26;s:1:"a";}',
    ],
    ['a member that is undefined', { a: undefined, b: 1 }, 'a:1:{s:1:"b";i:1;}'],
    ['nested arrays', { spring10: [4] }, 'a:1:{s:8:"spring10";a:1:{i:0;i:4;}}'],
  ])('writes %s', (_name, value, expected) => {
    expect(text(value)).toBe(expected);
  });

  it('keeps bytes that are not UTF-8', () => {
    expect(phpSerialize([Buffer.from([0xff, 0x00])])).toEqual(
      Buffer.concat([Buffer.from('a:1:{i:0;s:2:"'), Buffer.from([0xff, 0x00]), Buffer.from('";}')]),
    );
  });

  it('prints every double so that it reads back as the same number', () => {
    fc.assert(
      fc.property(fc.double({ noNaN: true, noDefaultInfinity: true }), (value) => {
        const printed = /^d:(.+);$/.exec(text(phpDouble(value)))?.[1];
        expect(Object.is(Number(printed), value)).toBe(true);
      }),
    );
  });

  it('declares the length of every text in bytes', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), (value) => {
        const written = phpSerialize(value);
        const head = `s:${Buffer.from(value, 'utf8').byteLength}:"`;
        expect(written.toString('latin1').startsWith(head)).toBe(true);
        expect(written.byteLength).toBe(head.length + Buffer.byteLength(value) + '";'.length);
      }),
    );
  });
});
