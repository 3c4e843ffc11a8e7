import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import {
  type ShippingWords,
  toShippingWords,
} from '../../../../src/bridge/export-orders/order-document/shipping-words.ts';
import { parseMethodMap } from '../../../../src/config/method-map.ts';
import type { ChosenMethod } from '../../../../src/cscart/orders/order.ts';
import { aMethod, aStoreOrder } from '../../plain-orders.ts';

/** What is said of methods by the table of methods. */
function words(map: string, ...shippingMethods: readonly ChosenMethod[]): ShippingWords {
  const rules = parseMethodMap(map);
  if ('problem' in rules) throw new Error(rules.problem);
  return toShippingWords(aStoreOrder({ shippingMethods }), rules);
}

const GROUND = aMethod('UPS Ground', { id: 3 });

describe('the method of an order', () => {
  test.each<[string, string, readonly ChosenMethod[], ShippingWords]>([
    ['is none where it has none', 'UPS* = UPS', [], { method: '', isRush: false }],
    ['is the store’s without a table', '', [GROUND], { method: 'UPS Ground', isRush: false }],
    ['is the store’s where no rule means it', 'FedEx = F', [GROUND], { method: 'UPS Ground', isRush: false }],
    ['is the merchant’s', 'UPS Ground = Ground', [GROUND], { method: 'Ground', isRush: false }],
    ['is meant in capitals', 'ups GROUND = Ground', [GROUND], { method: 'Ground', isRush: false }],
    ['is meant with other blanks', 'UPS   Ground = Ground', [GROUND], { method: 'Ground', isRush: false }],
    [
      'is meant whatever blanks its own name has',
      'UPS Ground = Ground',
      [aMethod(' UPS \u00a0Ground ')],
      { method: 'Ground', isRush: false },
    ],
    ['is meant by its id', '3 = Ground', [GROUND], { method: 'Ground', isRush: false }],
    ['is not meant by another id', '33 = Ground', [GROUND], { method: 'UPS Ground', isRush: false }],
    ['is not meant by a part of its name', 'Ground = G', [GROUND], { method: 'UPS Ground', isRush: false }],
    [
      'is meant by its id without a name',
      '3 = Ground',
      [aMethod('', { id: 3 })],
      { method: 'Ground', isRush: false },
    ],
    ['is meant by a name that is a number', '24 = Day', [aMethod('24')], { method: 'Day', isRush: false }],
    ['stays without a name', 'UPS = U', [aMethod('', { id: 3 })], { method: '', isRush: false }],
    ['is meant by the first rule', 'UPS* = A\n3 = B (rush)', [GROUND], { method: 'A', isRush: false }],
    ['is meant by the first rule, an id', '3 = B (rush)\nUPS* = A', [GROUND], { method: 'B', isRush: true }],
    ['is marked', 'UPS* = Fast (rush)', [GROUND], { method: 'Fast', isRush: true }],
    ['is marked under its own name', '3 = (rush)', [GROUND], { method: 'UPS Ground', isRush: true }],
    ['is marked without a name', '3 = (rush)', [aMethod('', { id: 3 })], { method: '', isRush: true }],
    // An order with goods of several vendors has a method for each.
    [
      'is several, beside each other',
      'FedEx = F',
      [GROUND, aMethod('FedEx'), aMethod('Courier')],
      { method: 'UPS Ground, F, Courier', isRush: false },
    ],
    ['is said once', '', [GROUND, GROUND], { method: 'UPS Ground', isRush: false }],
    [
      'is said once by the merchant’s name',
      'UPS* = U\nFedEx = U',
      [GROUND, aMethod('FedEx')],
      { method: 'U', isRush: false },
    ],
    [
      'is several without a gap for one without a name',
      '',
      [aMethod('', { id: 9 }), GROUND],
      { method: 'UPS Ground', isRush: false },
    ],
    [
      'is marked where one of several is',
      'FedEx = (rush)',
      [aMethod('FedEx'), GROUND],
      { method: 'FedEx, UPS Ground', isRush: true },
    ],
  ])('%s', (_, map, methods, expected) => {
    expect(words(map, ...methods)).toEqual(expected);
  });
});

describe('a star', () => {
  test.each<[string, string, boolean]>([
    ['*', 'UPS Ground', true],
    ['*', '', true],
    ['**', 'UPS', true],
    ['UPS*', 'UPS Ground', true],
    ['UPS*', 'UPS', true],
    ['UPS*', 'My UPS', false],
    ['*Ground', 'UPS Ground', true],
    ['*Ground', 'UPS Ground (home)', false],
    ['*ups*', 'My UPS Ground', true],
    ['U*d', 'UPS Ground', true],
    ['U*d', 'UPS Grounds', false],
    ['U*P*d', 'UPS Ground', true],
    ['U*X*d', 'UPS Ground', false],
    // Beginning and end must not share a letter.
    ['UPS*PS', 'UPS', false],
    ['UPS*PS', 'UPSPS', true],
    ['a*a', 'a', false],
    ['a*a*a', 'aa', false],
    ['a*b*c', 'a-b-b-c', true],
    ['UPS *', 'UPS Ground', true],
    // Nothing else of a pattern has a meaning of its own.
    ['U.S*', 'UPS Ground', false],
    ['UPS (2*)', 'UPS (2 days)', true],
    ['[a-z]*', 'ups', false],
    ['U?S*', 'UPS', false],
  ])('as in %j, of %j: %s', (pattern, name, isMeant) => {
    const { method } = words(`${pattern} = Meant`, aMethod(name, { id: 3 }));
    expect(method).toBe(isMeant ? 'Meant' : name);
  });

  test('stands for the same as in a regular expression', () => {
    const pattern = fc
      .array(fc.constantFrom('a', 'b', '*'), { minLength: 1, maxLength: 7 })
      .map((letters) => letters.join(''));
    const name = fc.array(fc.constantFrom('a', 'b'), { maxLength: 9 }).map((letters) => letters.join(''));
    fc.assert(
      fc.property(pattern, name, (stars, text) => {
        const isMeant = new RegExp(`^${stars.replaceAll('*', '.*')}$`).test(text);
        expect(words(`${stars} = Meant`, aMethod(text)).method).toBe(isMeant ? 'Meant' : text);
      }),
      { numRuns: 2000 },
    );
  });

  test('fifty times in a pattern ends at once', () => {
    const stars = '*a'.repeat(50);
    const long = 'a'.repeat(10_000);
    // A regular expression would go back and forth over these until the end of days.
    expect(words(`${stars}b = Meant`, aMethod(long)).method).toBe(long);
    expect(words(`${stars}*b = Meant`, aMethod(long)).method).toBe(long);
    expect(words(`${stars} = Meant`, aMethod(long)).method).toBe('Meant');
    expect(words(`${stars} = Meant`, aMethod('a'.repeat(49))).method).toBe('a'.repeat(49));
    expect(words(`${stars} = Meant`, aMethod('a'.repeat(50))).method).toBe('Meant');
  });
});
