import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { type WeightModifier, weightWithOptions } from '../../../src/cscart/orders/option-facts.ts';

const add = (amount: number): WeightModifier => ({ amount, kind: 'absolute' });
const percent = (amount: number): WeightModifier => ({ amount, kind: 'percent' });

describe('the weight of a unit with its options', () => {
  test.each<[string, number, WeightModifier[], number]>([
    ['is the product’s without any', 2, [], 2],
    ['is more', 2, [add(0.5)], 2.5],
    ['is less', 2, [add(-0.5)], 1.5],
    ['is more by a part of the base', 2, [percent(10)], 2.2],
    ['is less by a part of the base', 2, [percent(-50)], 1],
    // Each is computed on the base, not on what the one before has left.
    ['does not heap percent upon percent', 10, [percent(50), percent(50)], 20],
    ['does not take percent of what was added', 10, [add(10), percent(50)], 25],
    ['is never below nought', 2, [add(-3)], 0],
    ['may be the option’s alone', 0, [add(0.3), percent(50)], 0.3],
  ])('%s', (_, base, modifiers, weight) => {
    expect(weightWithOptions(base, modifiers)).toBeCloseTo(weight, 10);
  });

  test('does not depend on the sequence of the options', () => {
    const modifier = fc.record({
      amount: fc.integer({ min: -100, max: 100 }),
      kind: fc.constantFrom('absolute' as const, 'percent' as const),
    });
    const shuffled = fc
      .array(modifier, { maxLength: 5 })
      .chain((all) => fc.tuple(fc.constant(all), fc.shuffledSubarray(all, { minLength: all.length })));
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 1000 }), shuffled, (base, [one, other]) => {
        expect(weightWithOptions(base, one)).toBeCloseTo(weightWithOptions(base, other), 6);
        expect(weightWithOptions(base, one)).toBeGreaterThanOrEqual(0);
      }),
    );
  });
});
