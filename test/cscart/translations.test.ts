import { describe, expect, test } from 'vitest';
import { translate } from '../../src/cscart/translations.ts';

const MUG = new Map([
  ['en', 'Mug'],
  ['de', 'Becher'],
  ['fr', ''],
]);

describe('a name', () => {
  test.each<[string, ReadonlyMap<string, string> | undefined, readonly string[], string | undefined]>([
    ['comes in the first language', MUG, ['de', 'en'], 'Becher'],
    ['comes in the next one that has it', MUG, ['ru', 'de', 'en'], 'Becher'],
    ['comes in the next one where it is empty', MUG, ['fr', 'de'], 'Becher'],
    ['comes in any language where none of them has it', MUG, ['ru'], 'Mug'],
    ['comes in any language where none is asked for', MUG, [], 'Mug'],
    ['that is empty in the first of all comes in another', new Map([...MUG].reverse()), ['ru'], 'Becher'],
    ['is not there where it is empty in every language', new Map([['en', '']]), ['en'], undefined],
    ['is not there in no language', new Map(), ['en'], undefined],
    ['is not there where nothing is known', undefined, ['en'], undefined],
  ])('%s', (_, names, languages, expected) => {
    expect(translate(names, languages)).toBe(expected);
  });
});
