import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { toUnitWeight } from '../../../../src/bridge/export-orders/order-document/unit-weight.ts';
import type { WeightUnits } from '../../../../src/shipstation/order-document.ts';

const POUND = 453.6; // of a fresh install
const OUNCE = 28.35;
const KILOGRAM = 1000;

describe('the weight of one unit', () => {
  test.each<[string, number, number, number, WeightUnits]>([
    ['pounds', 2, POUND, 200, 'Pounds'],
    ['pounds as exact as they get', 2, 453.592_37, 200, 'Pounds'],
    ['pounds of a merchant who types 454', 2, 454, 200, 'Pounds'],
    ['one pound', 1, POUND, 100, 'Pounds'],
    ['half a pound, in ounces', 0.5, POUND, 800, 'Ounces'],
    ['a hundredth of a pound, in ounces', 0.01, POUND, 16, 'Ounces'],
    ['ounces', 14.5, OUNCE, 1450, 'Ounces'],
    ['ounces of a merchant who types 28', 14.5, 28.1, 1450, 'Ounces'],
    ['many ounces', 40, OUNCE, 4000, 'Ounces'],
    ['kilograms, in grams', 1.25, KILOGRAM, 125_000, 'Grams'],
    ['a gram in kilograms', 0.001, KILOGRAM, 100, 'Grams'],
    ['grams', 340, 1, 34_000, 'Grams'],
    ['a unit that nobody has heard of', 2, 500, 100_000, 'Grams'],
    ['a stone', 1, 6350.29, 635_029, 'Grams'],
    ['a rounding of halves upwards', 1.005, POUND, 101, 'Pounds'],
    ['what weighs next to nothing', 0.000_01, POUND, 1, 'Ounces'],
    ['what weighs next to nothing in kilograms', 0.000_000_1, KILOGRAM, 1, 'Grams'],
  ])('%s', (_, weight, gramsPerUnit, hundredths, units) => {
    expect(toUnitWeight(weight, gramsPerUnit)).toEqual({ hundredths, units });
  });

  test.each<[string, number | undefined, number]>([
    ['of a product that is gone', undefined, POUND],
    ['that is nought', 0, POUND],
    ['below nought', -1, POUND],
    ['that is no number', Number.NaN, POUND],
    ['without end', Number.POSITIVE_INFINITY, POUND],
    ['that the format cannot hold', 10_000_000, 1],
  ])('is unknown: %s', (_, weight, gramsPerUnit) => {
    expect(toUnitWeight(weight, gramsPerUnit)).toBeUndefined();
  });

  test('is what the store says, within a percent and a hundredth, whatever the store’s unit is', () => {
    const grams = { Pounds: 453.592_37, Ounces: 28.349_523_125, Grams: 1 };
    fc.assert(
      fc.property(
        fc.double({ min: 0.001, max: 5000, noNaN: true }),
        fc.constantFrom(1, 28, 28.35, 100, 450, 453.6, 454, 500, 1000),
        (weight, gramsPerUnit) => {
          const sent = toUnitWeight(weight, gramsPerUnit);
          if (!sent) throw new Error('a weight was lost');
          const sentGrams = (sent.hundredths / 100) * grams[sent.units];
          const meant = weight * gramsPerUnit;
          expect(Math.abs(sentGrams - meant)).toBeLessThanOrEqual(meant * 0.01 + grams[sent.units] / 100);
          expect(Number.isInteger(sent.hundredths) && sent.hundredths > 0).toBe(true);
        },
      ),
    );
  });
});
