import { describe, expect, test } from 'vitest';
import { type Feature, findFeatures } from '../../../src/cscart/store/features.ts';

const FEATURES: readonly Feature[] = [
  { id: 3, names: ['Shelf', 'Regal'] },
  { id: 4, names: ['shelf'] },
  { id: 5, names: ['3'] },
  { id: 6, names: ['Size & colour'] },
];

describe('the features that the admin means', () => {
  test.each<[string, string, readonly number[]]>([
    ['have the id', '4', [4]],
    ['have the id with blanks', ' 4 ', [4]],
    ['have the id, before another bears it as its name', '3', [3]],
    ['have the name in any language', 'Regal', [3]],
    ['have the name with other blanks', ' Size  &  colour ', [6]],
    ['have the name with its entities', 'Size &amp; colour', [6]],
    ['all bear the same name, case ignored', 'SHELF', [3, 4]],
    ['are none by a part of a name', 'Size', []],
    ['are none by an id that is not there', '99', []],
    ['are none by nothing', '', []],
  ])('%s', (_, words, ids) => {
    expect(findFeatures(FEATURES, words).map(({ id }) => id)).toEqual(ids);
  });
});
