import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { foldPlaceName } from '../../../src/cscart/store/states.ts';

describe('the name of a place is the same', () => {
  test.each<[string, string, string]>([
    ['in capitals', 'OREGON', 'Oregon'],
    ['without accents', 'Quebec', 'Québec'],
    ['with accents of their own', 'Que\u0301bec', 'Québec'],
    ['with more blanks', ' New   York ', 'New York'],
    ['without blanks', 'NewYork', 'New York'],
    ['with a hyphen', 'New-York', 'New York'],
    ['with a point', 'N. Carolina', 'N Carolina'],
    ['with a comma', 'Washington, D.C.', 'Washington DC'],
    ['with another apostrophe', 'Côte d’Azur', "Cote d'Azur"],
    ['in other scripts', 'МОСКВА', 'Москва'],
    ['with a dot that small letters lose', 'İzmir', 'Izmir'],
  ])('%s', (_, one, other) => {
    expect(foldPlaceName(one)).toBe(foldPlaceName(other));
    expect(foldPlaceName(one)).not.toBe('');
  });

  test('and others are not', () => {
    const names = ['Virginia', 'West Virginia', 'Kansas', 'Arkansas', 'OR', 'ON', '01', '1', '東京', '京都'];
    expect(new Set(names.map(foldPlaceName)).size).toBe(names.length);
  });

  test.each(['', ' ', '---', '.', '\u0301'])('of %j nothing is left', (text) => {
    expect(foldPlaceName(text)).toBe('');
  });

  test('however often it is folded', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'grapheme' }), fc.string({ unit: 'binary' }), (name, other) => {
        for (const text of [name, other]) {
          const folded = foldPlaceName(text);
          expect(foldPlaceName(folded)).toBe(folded);
          expect(folded).not.toMatch(/[\s\p{P}\p{M}]/u);
        }
      }),
      { numRuns: 1000 },
    );
  });
});
