import { describe, expect, test } from 'vitest';
import { findStatus, type OrderStatus } from '../../../src/cscart/store/order-statuses.ts';

const STATUSES: readonly OrderStatus[] = [
  { letter: 'P', names: ['Paid', 'Bezahlt'], stockEffect: 'decrease' },
  { letter: 'C', names: ['Complete', 'Выполнен'], stockEffect: 'decrease' },
  { letter: 'c', names: ['Custom'], stockEffect: 'decrease' },
  { letter: 'X', names: ['P'], stockEffect: 'increase' },
  { letter: '1', names: [' Ready to ship '], stockEffect: 'decrease' },
  { letter: 'Z', names: [], stockEffect: 'decrease' },
];

describe('the status that the admin means', () => {
  test.each<[string, string | undefined]>([
    ['C', 'C'],
    ['c', 'c'],
    [' C ', 'C'],
    ['1', '1'],
    ['Z', 'Z'],
    ['complete', 'C'],
    ['COMPLETE', 'C'],
    ['ВЫПОЛНЕН', 'C'],
    ['bezahlt', 'P'],
    ['Ready to ship', '1'],
    // A letter counts before a name.
    ['P', 'P'],
    // Lower-case p is no letter here, but the name of another status.
    ['p', 'X'],
    ['Compl', undefined],
    ['Complete!', undefined],
    ['', undefined],
    ['z', undefined],
  ])('%j is %s', (word, letter) => {
    expect(findStatus(STATUSES, word)?.letter).toBe(letter);
  });
});
