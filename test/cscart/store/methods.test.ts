import { describe, expect, test } from 'vitest';
import { findMethods, type Method } from '../../../src/cscart/store/methods.ts';

const method = (id: number, en?: string, de?: string): Method => ({
  id,
  names: new Map(Object.entries({ ...(en && { en }), ...(de && { de }) })),
});

const METHODS: readonly Method[] = [
  method(1, 'UPS Ground', 'UPS Boden'),
  method(2, 'Courier'),
  method(7, 'courier', 'Kurier'),
  method(8, '2'),
  method(9),
  method(10, 'Pick up & go'),
];

describe('the methods that the admin means', () => {
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
    expect(findMethods(METHODS, words).map(({ id }) => id)).toEqual(ids);
  });
});
