import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { PhpValue } from '../../../src/cscart/php-values/php-value.ts';
import { unserialize } from '../../../src/cscart/php-values/unserialize.ts';
import { phpSerialize } from '../../support/php-serialize.ts';
import { read } from './read.ts';

/** Texts of every plane; lone surrogates have no UTF-8 and so cannot stand in a column. */
const text = fc.string({ unit: 'binary', maxLength: 80 });
/** A text that reads as a whole number becomes an integer key, so those are made as integers only. */
const textKey = text.filter((key) => !/^-?\d+$/.test(key));
const key = fc.oneof(textKey, fc.maxSafeInteger(), fc.constantFrom('__proto__', 'constructor', ''));
const double = fc
  .double({ noDefaultInfinity: false })
  .filter((value) => !Number.isInteger(value) || value === 0);

const { value: phpValue } = fc.letrec<{ value: PhpValue; array: ReadonlyMap<string | number, PhpValue> }>(
  (tie) => ({
    value: fc.oneof(
      { depthSize: 'small', withCrossShrink: true },
      text,
      fc.maxSafeInteger(),
      double,
      fc.boolean(),
      fc.constant(null),
      tie('array'),
    ),
    array: fc.array(fc.tuple(key, tie('value')), { maxLength: 6 }).map((entries) => new Map(entries)),
  }),
);

/** Serialized values as bytes, with any of their bytes overwritten. */
const damagedBytes = fc
  .tuple(phpValue, fc.array(fc.tuple(fc.nat(), fc.nat(255)), { minLength: 1, maxLength: 8 }))
  .map(([value, changes]) => {
    const bytes = phpSerialize(value);
    for (const [place, byte] of changes) bytes[place % bytes.length] = byte;
    return bytes;
  });

/** Tokens of the format in any order, which get further into the reader than bytes at random. */
const tokens = fc
  .array(
    fc.constantFrom(
      ...[
        'a:',
        's:',
        'i:',
        'd:',
        'b:',
        'N;',
        'O:',
        'C:',
        'E:',
        'R:',
        'r:',
        '0',
        '1',
        '2',
        '9',
        '-',
        '.',
        'E',
      ],
      ...[':', ';', '{', '}', '"', '":', '";', ':{', ':"', 'a:1:{', 'i:0;', 's:1:"a";', 'R:1;', '\u00e9'],
    ),
    { maxLength: 40 },
  )
  .map((parts) => parts.join(''));

describe('unserialize', () => {
  it('reads back what was serialized', () => {
    fc.assert(
      fc.property(phpValue, (value) => {
        expect(unserialize(phpSerialize(value))).toEqual({ ok: true, value });
      }),
      { numRuns: 1000 },
    );
  });

  it('keeps the order of keys', () => {
    fc.assert(
      fc.property(fc.uniqueArray(key, { maxLength: 20 }), (keys) => {
        const reading = unserialize(phpSerialize(new Map(keys.map((name) => [name, null]))));
        expect(reading.ok && reading.value instanceof Map && [...reading.value.keys()]).toEqual(keys);
      }),
    );
  });

  it('is not misled by what a text holds', () => {
    fc.assert(
      fc.property(phpValue, phpValue, (inner, after) => {
        const value = new Map<number, PhpValue>([
          [0, phpSerialize(inner).toString()],
          [1, after],
        ]);
        expect(unserialize(phpSerialize(value))).toEqual({ ok: true, value });
      }),
    );
  });

  it('refuses every part of a value that ends before the value does', () => {
    fc.assert(
      fc.property(phpValue, fc.nat(), (value, cut) => {
        const bytes = phpSerialize(value);
        expect(unserialize(bytes.subarray(0, cut % bytes.length))).toMatchObject({ ok: false });
      }),
      { numRuns: 1000 },
    );
  });

  it('passes over anything that follows a value', () => {
    fc.assert(
      fc.property(phpValue, fc.uint8Array({ maxLength: 20 }), (value, rest) => {
        const reading = unserialize(Buffer.concat([phpSerialize(value), rest]));
        expect(reading).toEqual({ ok: true, value });
      }),
    );
  });

  it('refuses a text whose length is off', () => {
    fc.assert(
      fc.property(text, fc.integer({ min: 1, max: 40 }), (content, excess) => {
        expect(read(`s:${Buffer.byteLength(content) + excess}:"${content}";`)).toMatchObject({ ok: false });
      }),
    );
  });

  it.each([
    ['overwritten bytes', damagedBytes],
    ['tokens in any order', tokens.map((serialized) => Buffer.from(serialized))],
    ['any bytes', fc.uint8Array({ maxLength: 200 }).map((bytes) => Buffer.from(bytes))],
  ])('gives a reading and never throws for %s', (_name, bytes) => {
    fc.assert(
      fc.property(bytes, (damaged) => {
        const reading = unserialize(damaged);
        expect(typeof (reading.ok ? reading.value : reading.problem)).toMatch(/string|number|boolean|object/);
        if (!reading.ok)
          expect(reading.problem).toMatch(/(?:at byte \d+ of|at the end, after) \d+( bytes)?$/);
      }),
      { numRuns: 3000 },
    );
  });

  it('gives the same reading again', () => {
    fc.assert(
      fc.property(damagedBytes, (bytes) => {
        expect(unserialize(bytes)).toEqual(unserialize(Buffer.from(bytes)));
      }),
    );
  });
});
