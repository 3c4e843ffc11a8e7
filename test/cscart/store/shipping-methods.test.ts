import { describe, expect, test } from 'vitest';
import { findShippingMethods, type ShippingMethod } from '../../../src/cscart/store/shipping-methods.ts';

const METHODS: readonly ShippingMethod[] = [
  { id: 1, names: ['UPS Ground', 'UPS Boden'] },
  { id: 2, names: ['Courier'] },
  { id: 7, names: ['courier', 'Kurier'] },
  { id: 8, names: ['2'] },
  { id: 9, names: [] },
  { id: 10, names: ['Pick up & go'] },
];

describe('the shipping methods that the admin means', () => {
  test.each<[string, string, readonly number[]]>([
    ['have the id', '7', [7]],
    ['have the id with blanks', ' 7 ', [7]],
    ['have the id, before another bears it as its name', '2', [2]],
    ['have no name', '9', [9]],
    ['have the name', 'UPS Ground', [1]],
    ['have the name in any language', 'UPS Boden', [1]],
    ['have the name in small letters', 'ups ground', [1]],
    ['have the name with other blanks', ' UPS   Ground ', [1]],
    ['have the name with its entities', 'Pick up &amp; go', [10]],
    ['all bear the same name', 'Courier', [2, 7]],
    ['are none by a part of a name', 'UPS', []],
    ['are none by an id with a zero before it', '07', []],
    ['are none by an id that is not there', '99', []],
    ['are none by nothing', '', []],
  ])('%s', (_, words, ids) => {
    expect(findShippingMethods(METHODS, words).map(({ id }) => id)).toEqual(ids);
  });
});
