import { describe, expect, it } from 'vitest';
import type { PhpValue } from '../../../src/cscart/php-values/php-value.ts';
import { unserialize } from '../../../src/cscart/php-values/unserialize.ts';
import { read, readProblem, readValue } from './read.ts';

const map = (...entries: [string | number, PhpValue][]) => new Map(entries);

describe('texts', () => {
  it.each<[string, string, string]>([
    ['an empty text', 's:0:"";', ''],
    ['ASCII', 's:3:"183";', '183'],
    ['two-byte characters', 's:4:"Zoë";', 'Zoë'],
    ['three-byte characters', 's:3:"♥";', '♥'],
    ['four-byte characters', 's:4:"😀";', '😀'],
    ['mixed characters', 's:12:"For Zoë ♥";', 'For Zoë ♥'],
    ['quotes inside', 's:5:"a"b"c";', 'a"b"c'],
    ['the closing sequence inside', 's:9:"x";i:1;}y";', 'x";i:1;}y'],
    ['a whole serialized value inside', 's:14:"s:7:"nested!";";', 's:7:"nested!";'],
    ['line breaks and tabs', 's:5:"a\r\n\tb";', 'a\r\n\tb'],
    ['a NUL byte', 's:3:"a\u0000b";', 'a\u0000b'],
    ['backslashes, which are not escapes', 's:4:"\\n\\\\";', '\\n\\\\'],
    ['leading and trailing spaces', 's:5:"  a  ";', '  a  '],
    ['a byte order mark', 's:4:"\ufeffa";', '\ufeffa'],
    ['a number as text', 's:6:"10.000";', '10.000'],
    ['a leading zero', 's:4:"0012";', '0012'],
    ['a length with leading zeros', 's:002:"ab";', 'ab'],
  ])('reads %s', (_name, serialized, text) => {
    expect(readValue(serialized)).toBe(text);
  });

  it('reads long texts with and without non-ASCII characters', () => {
    const plain = 'plain text '.repeat(500);
    const mixed = `${'x'.repeat(300)}é${'y'.repeat(300)}`;
    expect(readValue(`s:${plain.length}:"${plain}";`)).toBe(plain);
    expect(readValue(`s:602:"${mixed}";`)).toBe(mixed);
  });

  it('reads an ASCII text beside a text that is not', () => {
    const long = 'z'.repeat(200);
    expect(readValue(`a:3:{i:0;s:2:"ab";i:1;s:2:"é";i:2;s:200:"${long}";}`)).toEqual(
      map([0, 'ab'], [1, 'é'], [2, long]),
    );
  });

  it.each<[string, number[], string]>([
    ['a lone continuation byte', [0x61, 0x80, 0x62], 'a\ufffdb'],
    ['Latin-1', [0x5a, 0x6f, 0xeb], 'Zo\ufffd'],
    ['a character cut by its column', [0x61, 0xe2, 0x99], 'a\ufffd'],
    ['0xFF', [0xff, 0xfe], '\ufffd\ufffd'],
    ['an overlong slash', [0xc0, 0xaf], '\ufffd\ufffd'],
    ['a lone surrogate', [0xed, 0xa0, 0x80], '\ufffd\ufffd\ufffd'],
  ])('decodes %s as U+FFFD and keeps the rest', (_name, content, text) => {
    const bytes = Buffer.concat([
      Buffer.from(`a:2:{i:0;s:${content.length}:"`),
      Buffer.from(content),
      Buffer.from('";i:1;s:4:"next";}'),
    ]);
    expect(unserialize(bytes)).toEqual({ ok: true, value: map([0, text], [1, 'next']) });
  });

  it.each<[string, string]>([
    ['too short a length', 's:11:"For Zoë ♥";'],
    ['a length in characters', 's:9:"For Zoë ♥";'],
    ['too long a length', 's:13:"For Zoë ♥";'],
    ['no length', 's::"a";'],
    ['a negative length', 's:-1:"a";'],
    ['a signed length', 's:+1:"a";'],
    ['a fractional length', 's:1.0:"a";'],
    ['a hexadecimal length', 's:0x1:"a";'],
    ['a space before the length', 's: 1:"a";'],
    ['no colon', 's1:"a";'],
    ['no second colon', 's:1"a";'],
    ['single quotes', "s:1:'a';"],
    ['no closing quote', 's:1:"ab;'],
    ['no semicolon', 's:1:"a"'],
    ['a colon for the semicolon', 's:1:"a":'],
    ['the escaped form, which no PHP of a store writes', 'S:1:"a";'],
  ])('refuses %s', (_name, serialized) => {
    expect(read(serialized)).toMatchObject({ ok: false });
  });
});

describe('integers', () => {
  it.each<[string, number | string]>([
    ['i:0;', 0],
    ['i:7;', 7],
    ['i:-7;', -7],
    ['i:-0;', 0],
    ['i:007;', 7],
    ['i:4163016541;', 4163016541],
    ['i:999999999999999;', 999999999999999],
    ['i:9007199254740991;', 9007199254740991],
    ['i:-9007199254740991;', -9007199254740991],
    ['i:9007199254740992;', '9007199254740992'],
    ['i:9007199254740993;', '9007199254740993'],
    ['i:-9007199254740993;', '-9007199254740993'],
    ['i:9223372036854775807;', '9223372036854775807'],
    ['i:-9223372036854775808;', '-9223372036854775808'],
  ])('reads %s', (serialized, value) => {
    expect(readValue(serialized)).toBe(value);
  });

  it.each([
    'i:;',
    'i:-;',
    'i:--1;',
    'i:1.5;',
    'i:1e3;',
    'i:0x1f;',
    'i: 1;',
    'i:1 ;',
    'i:1',
    'i1;',
    'i:NAN;',
    'i:"1";',
    'i:12345678901234567890;',
    `i:${'9'.repeat(5000)};`,
  ])('refuses %s', (serialized) => {
    expect(read(serialized)).toMatchObject({ ok: false });
  });
});

describe('doubles', () => {
  it.each<[string, number]>([
    ['d:0;', 0],
    ['d:-0;', -0],
    ['d:28;', 28],
    ['d:20.5;', 20.5],
    ['d:-20.5;', -20.5],
    ['d:+20.5;', 20.5],
    ['d:.5;', 0.5],
    ['d:5.;', 5],
    ['d:14.359999999999999;', 14.359999999999999],
    ['d:32295.41999999999825377017259597778320312500000000000;', 32295.42],
    ['d:0.1000000000000000055511151231257827021181583404541015625;', 0.1],
    ['d:1.0E+25;', 1e25],
    ['d:1.0E-7;', 1e-7],
    ['d:1e3;', 1000],
    ['d:1.7976931348623157E+308;', Number.MAX_VALUE],
    ['d:4.9406564584124654E-324;', Number.MIN_VALUE],
    ['d:1.0E+999;', Infinity],
    ['d:INF;', Infinity],
    ['d:-INF;', -Infinity],
    ['d:NAN;', NaN],
  ])('reads %s', (serialized, value) => {
    expect(readValue(serialized)).toBe(value);
  });

  it.each([
    'd:;',
    'd:-;',
    'd:.;',
    'd:1.2.3;',
    'd:1,5;',
    'd:1e;',
    'd:e5;',
    'd:0x10;',
    'd:0b1;',
    'd:Infinity;',
    'd:NaN;',
    'd:inf;',
    'd:+INF;',
    'd: 1;',
    'd:1 ;',
    'd:1_000;',
    'd:1',
    'd1;',
  ])('refuses %s', (serialized) => {
    expect(read(serialized)).toMatchObject({ ok: false });
  });
});

describe('booleans and null', () => {
  it.each<[string, PhpValue]>([
    ['b:0;', false],
    ['b:1;', true],
    ['N;', null],
  ])('reads %s', (serialized, value) => {
    expect(readValue(serialized)).toBe(value);
  });

  it.each(['b:2;', 'b:;', 'b:10;', 'b:-1;', 'b:true;', 'b:/;', 'b1;', 'b:1', 'N', 'N:;', 'n;', 'NULL;'])(
    'refuses %s',
    (serialized) => {
      expect(read(serialized)).toMatchObject({ ok: false });
    },
  );
});

describe('arrays', () => {
  it.each<[string, string, PhpValue]>([
    ['an empty one', 'a:0:{}', map()],
    ['a list', 'a:2:{i:0;s:1:"a";i:1;s:1:"b";}', map([0, 'a'], [1, 'b'])],
    ['names', 'a:2:{s:1:"b";i:1;s:1:"a";i:2;}', map(['b', 1], ['a', 2])],
    ['a gap and a negative key', 'a:2:{i:-3;N;i:9;b:1;}', map([-3, null], [9, true])],
    ['an empty key', 'a:1:{s:0:"";i:1;}', map(['', 1])],
    ['a non-ASCII key', 'a:1:{s:6:"Größ";i:1;}', map(['Größ', 1])],
    ['arrays within', 'a:1:{i:0;a:1:{s:1:"k";a:0:{}}}', map([0, map(['k', map()])])],
    [
      'every type',
      'a:6:{i:0;s:1:"a";i:1;i:2;i:2;d:2.5;i:3;b:1;i:4;N;i:5;a:0:{}}',
      map([0, 'a'], [1, 2], [2, 2.5], [3, true], [4, null], [5, map()]),
    ],
    ['a key twice, of which the last counts', 'a:2:{i:1;s:1:"a";i:1;s:1:"b";}', map([1, 'b'])],
  ])('reads %s', (_name, serialized, value) => {
    expect(readValue(serialized)).toEqual(value);
  });

  it('keeps the order of the keys', () => {
    const value = readValue('a:4:{s:1:"z";i:1;i:10;i:2;s:1:"a";i:3;i:2;i:4;}');
    expect(value instanceof Map && [...value.keys()]).toEqual(['z', 10, 'a', 2]);
  });

  it.each<[string, string | number]>([
    ['s:2:"26"', 26],
    ['s:1:"0"', 0],
    ['s:2:"-5"', -5],
    ['s:16:"9007199254740991"', 9007199254740991],
    ['s:16:"9007199254740993"', '9007199254740993'],
    ['s:19:"9223372036854775808"', '9223372036854775808'],
    ['s:3:"026"', '026'],
    ['s:2:"00"', '00'],
    ['s:2:"-0"', '-0'],
    ['s:3:"-05"', '-05'],
    ['s:1:"-"', '-'],
    ['s:2:"+5"', '+5'],
    ['s:3:"1.0"', '1.0'],
    ['s:3:"1e3"', '1e3'],
    ['s:2:" 5"', ' 5'],
    ['s:2:"5 "', '5 '],
    ['s:3:"0x1"', '0x1'],
    ['s:2:"٣"', '٣'],
    ['i:9223372036854775807', '9223372036854775807'],
  ])('takes the key %s as PHP does', (key, expected) => {
    const value = readValue(`a:1:{${key};b:1;}`);
    expect(value instanceof Map && [...value.keys()]).toEqual([expected]);
  });

  it.each(['__proto__', 'constructor', 'prototype', 'toString', 'hasOwnProperty', 'size', 'get'])(
    'takes %s for a key like any other',
    (key) => {
      const value = readValue(`a:1:{s:${key.length}:"${key}";a:1:{s:7:"isAdmin";b:1;}}`);
      expect(value).toEqual(map([key, map(['isAdmin', true])]));
      expect(Object.hasOwn(Object.prototype, 'isAdmin')).toBe(false);
      expect(({} as Record<string, unknown>)['isAdmin']).toBeUndefined();
    },
  );

  it.each<[string, string]>([
    ['more elements than the count', 'a:1:{i:0;i:1;i:1;i:2;}'],
    ['fewer elements than the count', 'a:3:{i:0;i:1;i:1;i:2;}'],
    ['no elements where one is counted', 'a:1:{}'],
    ['a key without a value', 'a:1:{i:0;}'],
    ['a double as key', 'a:1:{d:1.5;i:1;}'],
    ['a boolean as key', 'a:1:{b:1;i:1;}'],
    ['null as key', 'a:1:{N;i:1;}'],
    ['an array as key', 'a:1:{a:0:{}i:1;}'],
    ['a reference as key', 'a:1:{R:1;i:1;}'],
    ['a damaged text as key', 'a:1:{s:5:"key";i:1;}'],
    ['a damaged text as value', 'a:1:{i:0;s:11:"For Zoë ♥";}'],
    ['a negative count', 'a:-1:{}'],
    ['no count', 'a::{}'],
    ['no colon', 'a:0{}'],
    ['no opening brace', 'a:0:}'],
    ['no closing brace', 'a:0:{'],
    ['square brackets', 'a:0:[]'],
    ['a separator between elements', 'a:2:{i:0;i:1;,i:1;i:2;}'],
  ])('refuses %s', (_name, serialized) => {
    expect(read(serialized)).toMatchObject({ ok: false });
  });
});

describe('what is around a value', () => {
  it.each(['i:5;\n', 'i:5; ', 'i:5;i:6;', 'i:5;\u0000\u0000', 'i:5;}'])(
    'passes over what follows in %j',
    (text) => {
      expect(readValue(text)).toBe(5);
    },
  );

  it.each([
    ['an empty column', ''],
    ['a plain number', '1795404638'],
    ['a plain text', 'hello'],
    ['JSON', '{"a":1}'],
    ['base64', 'YToxOntpOjA7aToxO30='],
    ['a leading space', ' i:5;'],
    ['a leading byte order mark', '\ufeffi:5;'],
    ['an upper-case letter', 'I:5;'],
    ['a name of Object.prototype', 'constructor'],
  ])('refuses %s', (_name, text) => {
    expect(read(text)).toMatchObject({ ok: false });
  });

  it('leaves the bytes as they were', () => {
    const bytes = Buffer.from('a:1:{s:1:"k";s:4:"Zoë";}');
    const before = bytes.toString('hex');
    expect(unserialize(bytes).ok).toBe(true);
    expect(bytes.toString('hex')).toBe(before);
  });

  it('reads a slice of a larger buffer by its own bounds', () => {
    expect(unserialize(Buffer.from('xxxxs:4:"Zoë";yyyy').subarray(4, 15))).toEqual({
      ok: true,
      value: 'Zoë',
    });
    expect(unserialize(Buffer.from('xxxxi:12;yyyy').subarray(4, 9))).toEqual({ ok: true, value: 12 });
    expect(unserialize(Buffer.from('xxxxi:12;yyyy').subarray(4, 8))).toMatchObject({ ok: false });
  });
});

describe('the problem', () => {
  it.each<[string, string]>([
    ['', 'no value begins at the end, after 0 bytes'],
    ['x', 'no value begins at byte 0 of 1'],
    ['s:11:"For Zoë ♥";', `'"' is missing at byte 17 of 20`],
    ['s:99:"short";', 'a text is longer than the column at byte 6 of 13'],
    ['a:9:{i:0;N;}', 'an array is longer than the column at byte 5 of 12'],
    ['i:x;', 'a digit is missing at byte 2 of 4'],
    ['i:1', `';' is missing at the end, after 3 bytes`],
    ['b:5;', 'a boolean is neither 0 nor 1 at byte 2 of 4'],
    ['a:1:{N;i:1;}', 'no key begins at byte 5 of 12'],
    ['R:7;', 'a reference names no value at the end, after 4 bytes'],
  ])('of %j names the place', (text, problem) => {
    expect(readProblem(text)).toBe(problem);
  });

  it('quotes nothing of the content', () => {
    const secret = 'Zoe Example, 1 Example Street';
    for (let cut = 0; cut < 60; cut += 1) {
      const text = `a:2:{s:4:"name";s:29:"${secret}";s:3:"pin";s:4:"4242";}`.slice(0, cut);
      expect(readProblem(text)).not.toMatch(/Zoe|Example|4242|name/);
    }
  });
});
