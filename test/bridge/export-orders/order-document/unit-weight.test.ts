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

describe('the weight of one unit in the unit that the merchant wants', () => {
  test.each<[string, number, number, WeightUnits, number]>([
    // 453.6 and 28.35 are a pound and an ounce, not a little more.
    ['pounds stay pounds', 2, POUND, 'Pounds', 200],
    ['many pounds stay as many', 500, POUND, 'Pounds', 50_000],
    ['pounds of a merchant who types 454', 100, 454, 'Pounds', 10_000],
    ['ounces of a merchant who types 28.1', 100, 28.1, 'Ounces', 10_000],
    ['half a pound stays a part of a pound', 0.5, POUND, 'Pounds', 50],
    ['ounces stay ounces', 14.5, OUNCE, 'Ounces', 1450],
    ['grams stay grams', 340, 1, 'Grams', 34_000],
    ['pounds in ounces', 2, POUND, 'Ounces', 3200],
    ['pounds in grams', 2, POUND, 'Grams', 90_720],
    ['ounces in pounds', 8, OUNCE, 'Pounds', 50],
    ['ounces in grams', 2, OUNCE, 'Grams', 5670],
    ['grams in pounds', 1000, 1, 'Pounds', 220],
    ['grams in ounces', 1000, 1, 'Ounces', 3527],
    ['kilograms in pounds', 1, KILOGRAM, 'Pounds', 220],
    ['kilograms in grams', 1.25, KILOGRAM, 'Grams', 125_000],
    ['a unit that nobody has heard of', 2, 500, 'Grams', 100_000],
    ['what weighs next to nothing', 0.1, 1, 'Pounds', 1],
    ['as much as the format can hold', 9_999_999.99, 1, 'Grams', 999_999_999],
  ])('%s', (_, weight, gramsPerUnit, units, hundredths) => {
    expect(toUnitWeight(weight, gramsPerUnit, units)).toEqual({ hundredths, units });
  });

  test.each<[string, number | undefined, WeightUnits]>([
    ['of a product that is gone', undefined, 'Grams'],
    ['that is nought', 0, 'Pounds'],
    ['below nought', -1, 'Ounces'],
    ['that the format cannot hold', 22_047, 'Grams'],
  ])('is unknown: %s', (_, weight, units) => {
    expect(toUnitWeight(weight, POUND, units)).toBeUndefined();
  });

  test('is what the store says, within a percent and a hundredth, and always in that unit', () => {
    const grams = { Pounds: 453.592_37, Ounces: 28.349_523_125, Grams: 1 };
    fc.assert(
      fc.property(
        fc.double({ min: 0.001, max: 5000, noNaN: true }),
        fc.constantFrom(1, 28, 28.35, 100, 450, 453.6, 454, 500, 1000),
        fc.constantFrom('Pounds' as const, 'Ounces' as const, 'Grams' as const),
        (weight, gramsPerUnit, unit) => {
          const sent = toUnitWeight(weight, gramsPerUnit, unit);
          if (!sent) throw new Error('a weight was lost');
          expect(sent.units).toBe(unit);
          const meant = weight * gramsPerUnit;
          const difference = Math.abs((sent.hundredths / 100) * grams[unit] - meant);
          expect(difference).toBeLessThanOrEqual(meant * 0.01 + grams[unit] / 100);
        },
      ),
    );
  });
});
