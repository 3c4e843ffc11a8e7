import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { PhpValue } from '../../../src/cscart/php-values/php-value.ts';
import { unserialize } from '../../../src/cscart/php-values/unserialize.ts';
import { type Wanted, wantedKeys } from '../../../src/cscart/php-values/wanted.ts';
import { phpSerialize } from '../../support/php-serialize.ts';

const map = (...entries: [string | number, PhpValue][]) => new Map(entries);

function readWanted(serialized: string, wanted: Wanted): PhpValue {
  const reading = unserialize(Buffer.from(serialized), wanted);
  if (!reading.ok) throw new Error(`unreadable: ${reading.problem}`);
  return reading.value;
}

/** What is left of a whole value when only the wanted keys are taken. */
function pick(value: PhpValue, wanted: Wanted): PhpValue {
  if (wanted === 'all' || !(value instanceof Map)) return value;
  const picked = new Map<string | number, PhpValue>();
  for (const [key, element] of value as ReadonlyMap<string | number, PhpValue>) {
    const below = wanted.get(key) ?? wanted.get('*');
    if (below !== undefined) picked.set(key, pick(element, below));
  }
  return picked;
}

describe('wanted keys', () => {
  const extra =
    'a:4:{s:7:"product";s:4:"Zoë";s:5:"chain";a:2:{i:0;a:1:{s:1:"x";d:1.5;}s:3:"♥";O:1:"A":1:{s:1:"b";N;}}' +
    's:8:"discount";i:5;i:26;s:3:"183";}';

  it.each<[string, Wanted, PhpValue]>([
    ['one', wantedKeys('product'), map(['product', 'Zoë'])],
    [
      'several, in the order of the column',
      wantedKeys('discount', 'product'),
      map(['product', 'Zoë'], ['discount', 5]),
    ],
    ['a number', new Map([[26, 'all']]), map([26, '183'])],
    [
      'an array with all that is in it',
      wantedKeys('chain'),
      map(['chain', map([0, map(['x', 1.5])], ['♥', null])]),
    ],
    [
      'a part of an array',
      new Map([['chain', new Map([[0, 'all']])]]),
      map(['chain', map([0, map(['x', 1.5])])]),
    ],
    ['none that is there', wantedKeys('absent', '__proto__'), map()],
    ['none', new Map(), map()],
    ['every one by *', new Map([['*', 'all']]), readWanted(extra, 'all')],
  ])('give %s', (_name, wanted, value) => {
    expect(readWanted(extra, wanted)).toEqual(value);
  });

  it('below * are taken from each element of a list', () => {
    const list = 'a:2:{i:0;a:2:{s:1:"a";i:1;s:1:"b";i:2;}i:1;a:1:{s:1:"a";i:3;}}';
    expect(readWanted(list, new Map([['*', wantedKeys('a')]]))).toEqual(
      map([0, map(['a', 1])], [1, map(['a', 3])]),
    );
  });

  it.each(['s:3:"USD";', 'i:5;', 'd:1.5;', 'b:1;', 'N;'])(
    'do not matter to %s, which is no array',
    (serialized) => {
      expect(readWanted(serialized, wantedKeys('a'))).toEqual(readWanted(serialized, 'all'));
    },
  );

  it('leave the numbers of references as they are', () => {
    // 1 the array, 2 the unwanted text, 3 the unwanted array, 4 its member, 5 "x"
    const serialized = 'a:4:{s:1:"a";s:1:"-";s:1:"b";a:1:{i:0;i:9;}s:1:"c";s:1:"x";s:1:"d";R:5;}';
    expect(readWanted(serialized, wantedKeys('c', 'd'))).toEqual(map(['c', 'x'], ['d', 'x']));
  });

  it('make a reference to what was not wanted null', () => {
    expect(readWanted('a:2:{s:1:"a";s:1:"x";s:1:"b";R:2;}', wantedKeys('b'))).toEqual(map(['b', null]));
  });

  it.each<[string, string]>([
    ['a text', 'a:2:{s:4:"junk";s:9:"short";s:1:"b";i:1;}'],
    ['a number', 'a:2:{s:4:"junk";i:x;s:1:"b";i:1;}'],
    ['an array', 'a:2:{s:4:"junk";a:2:{i:0;i:1;}s:1:"b";i:1;}'],
    ['a key', 'a:2:{s:9:"junk";i:1;s:1:"b";i:1;}'],
    ['an object', 'a:2:{s:4:"junk";O:1:"A":1:{}s:1:"b";i:1;}'],
    ['what is nested too deep', `a:1:{s:4:"junk";${'a:1:{i:0;'.repeat(64)}N;${'}'.repeat(65)}`],
  ])('do not hide that %s is damaged', (_name, serialized) => {
    expect(unserialize(Buffer.from(serialized), wantedKeys('b'))).toMatchObject({ ok: false });
  });

  const key = fc.constantFrom('a', 'b', 'product', '♥', 0, 1, 26);
  const { value: phpValue } = fc.letrec<{ value: PhpValue }>((tie) => ({
    value: fc.oneof(
      { depthSize: 'small', withCrossShrink: true },
      fc.string({ unit: 'grapheme', maxLength: 12 }),
      fc.integer(),
      fc.boolean(),
      fc.constant(null),
      fc.array(fc.tuple(key, tie('value')), { maxLength: 5 }).map((entries) => new Map(entries)),
    ),
  }));
  const { wanted: anyWanted } = fc.letrec<{ wanted: Wanted }>((tie) => ({
    wanted: fc.oneof(
      { depthSize: 'small' },
      fc.constant<Wanted>('all'),
      fc
        .array(fc.tuple(fc.oneof(key, fc.constant('*')), tie('wanted')), { maxLength: 4 })
        .map((entries) => new Map(entries)),
    ),
  }));

  it('give exactly that part of the whole value', () => {
    fc.assert(
      fc.property(phpValue, anyWanted, (value, wanted) => {
        expect(unserialize(phpSerialize(value), wanted)).toEqual({ ok: true, value: pick(value, wanted) });
      }),
      { numRuns: 1000 },
    );
  });

  it('do not change what is readable and what is not', () => {
    fc.assert(
      fc.property(phpValue, anyWanted, fc.nat(), fc.nat(255), (value, wanted, place, byte) => {
        const bytes = phpSerialize(value);
        bytes[place % bytes.length] = byte;
        expect(unserialize(bytes, wanted).ok).toBe(unserialize(bytes).ok);
      }),
      { numRuns: 2000 },
    );
  });
});
