import { describe, expect, it } from 'vitest';
import type { PlainProduct } from '../support/store/plain-product.ts';
import type { Store } from '../support/store/store.ts';
import { type Environment, type ExportingStore, exportingStore } from './exporting-store.ts';

const POUND = { weightSymbol: 'lbs', weightSymbolGrams: '453.6' };
const KILOGRAM = { weightSymbol: 'кг', weightSymbolGrams: '1000' };
const OUNCE = { weightSymbol: 'oz', weightSymbolGrams: '28.35' };
const STONE = { weightSymbol: 'st', weightSymbolGrams: '6350.29' };

/** The weight of one unit of a product, with the variants of its option Size that are chosen. */
async function weightOf(
  shop: ExportingStore,
  product: Partial<PlainProduct>,
  { size, environment = {} }: { size?: string; environment?: Environment } = {},
): Promise<readonly (string | undefined)[]> {
  const placed = await shop.store.addProduct({ name: 'Thing', sku: 'THING', ...product });
  const options = size === undefined ? [] : [{ name: 'Size', value: size }];
  const { Items } = await shop.exportOne({ lines: [{ product: placed, options, quantity: 3 }] }, environment);
  return [Items[0]?.Weight, Items[0]?.WeightUnits];
}

const setGrams = (store: Store, grams: string) =>
  store.run(`update ${store.table('settings_objects')} set value = ? where name = 'weight_symbol_grams'`, [
    grams,
  ]);

describe('a store that weighs in pounds', () => {
  const shop = exportingStore({ version: '4.18.2 M', ...POUND });

  it.each([
    [2.5, '2.50', 'Pounds'],
    [1, '1.00', 'Pounds'],
    ['0.999', '15.98', 'Ounces'],
    ['0.001', '0.02', 'Ounces'],
    ['12345.678', '12345.68', 'Pounds'],
  ])('sends %s as %s %s', async (weight, amount, units) => {
    expect(await weightOf(shop, { weight })).toEqual([amount, units]);
  });

  it('sends no weight of what weighs nothing: ShipStation would take 0 for known', async () => {
    expect(await weightOf(shop, { weight: 0 })).toEqual([undefined, undefined]);
  });

  it.each([
    ['Pounds', 0.5, '0.50', 'Pounds'],
    ['ounces', 0.5, '8.00', 'Ounces'],
    ['Grams', 0.5, '226.80', 'Grams'],
    // A weight that would vanish in the wanted unit is sent as the least that can be said.
    ['Pounds', '0.001', '0.01', 'Pounds'],
  ])('sends %s if that is wanted', async (unit, weight, amount, units) => {
    const environment = { WEIGHT_UNIT: unit };
    expect(await weightOf(shop, { weight }, { environment })).toEqual([amount, units]);
  });
});

describe('a store that weighs in kilograms, by a name in its own script', () => {
  const shop = exportingStore({ version: '4.12.2 U', ...KILOGRAM });

  it.each([
    [2.5, '2500.00'],
    [0.25, '250.00'],
    ['0.001', '1.00'],
  ])('sends %s as %s grams', async (weight, amount) => {
    expect(await weightOf(shop, { weight })).toEqual([amount, 'Grams']);
  });

  it.each([
    ['Pounds', '2.20'],
    ['Ounces', '35.27'],
    ['Grams', '1000.00'],
  ])('sends one kilogram in %s as %s', async (unit, amount) => {
    const environment = { WEIGHT_UNIT: unit };
    expect(await weightOf(shop, { weight: 1 }, { environment })).toEqual([amount, unit]);
  });

  it('understands a decimal comma, and takes pounds where the setting is damaged', async () => {
    await setGrams(shop.store, '1000,0');
    expect(await weightOf(shop, { weight: 1 })).toEqual(['1000.00', 'Grams']);
    await setGrams(shop.store, 'many');
    expect(await weightOf(shop, { weight: 1 })).toEqual(['1.00', 'Pounds']);
    await setGrams(shop.store, KILOGRAM.weightSymbolGrams);
  });
});

describe('a store that weighs in ounces', () => {
  const shop = exportingStore({ version: '4.20.1 U', ...OUNCE });

  it.each([
    [5, '5.00'],
    ['0.001', '0.01'],
    [40, '40.00'],
  ])('sends %s as %s ounces', async (weight, amount) => {
    expect(await weightOf(shop, { weight })).toEqual([amount, 'Ounces']);
  });

  it.each([
    ['Pounds', '2.50'],
    ['Grams', '1134.00'],
  ])('sends 40 ounces in %s as %s', async (unit, amount) => {
    expect(await weightOf(shop, { weight: 40 }, { environment: { WEIGHT_UNIT: unit } })).toEqual([
      amount,
      unit,
    ]);
  });
});

describe('a store that weighs in a unit that ShipStation does not know', () => {
  // Weights have two decimals in 4.0.1.
  const shop = exportingStore({ version: '4.0.1 M', ...STONE });

  it('is sent in grams', async () => {
    expect(await weightOf(shop, { weight: 2 })).toEqual(['12700.58', 'Grams']);
  });

  it('is sent in pounds if that is wanted', async () => {
    expect(await weightOf(shop, { weight: 1 }, { environment: { WEIGHT_UNIT: 'Pounds' } })).toEqual([
      '14.00',
      'Pounds',
    ]);
  });
});

describe('the variants of a line', () => {
  const SIZES = [
    { name: 'Heavier', weightModifier: '0.25', weightModifierType: 'A' },
    { name: 'Lighter', weightModifier: '-0.5', weightModifierType: 'A' },
    { name: 'Half more', weightModifier: 50, weightModifierType: 'P' },
    { name: 'A tenth', weightModifier: -90, weightModifierType: 'P' },
    { name: 'Weightless', weightModifier: '-9', weightModifierType: 'A' },
    { name: 'Less than nothing', weightModifier: -150, weightModifierType: 'P' },
    { name: 'Plain' },
  ] as const;

  describe.each(['4.0.1 M', '4.6.1 M', '4.12.2 U', '4.20.1 U'] as const)('of %s', (version) => {
    const shop = exportingStore({ version, ...POUND });

    it.each([
      ['Heavier', '2.25', 'Pounds'],
      ['Lighter', '1.50', 'Pounds'],
      ['Half more', '3.00', 'Pounds'],
      ['A tenth', '3.20', 'Ounces'],
      ['Plain', '2.00', 'Pounds'],
      ['Weightless', undefined, undefined],
      ['Less than nothing', undefined, undefined],
    ])('change its weight: %s', async (size, amount, units) => {
      const product = { weight: 2, options: [{ name: 'Size', variants: SIZES }] };
      expect(await weightOf(shop, product, { size })).toEqual([amount, units]);
    });

    it('add up, each on the weight of the product alone', async () => {
      const product = await shop.store.addProduct({
        name: 'Kit',
        weight: 2,
        options: [
          { name: 'Case', type: 'R', variants: [{ name: 'Steel', weightModifier: '1.00' }] },
          {
            name: 'Filled',
            type: 'C',
            variants: [{ name: 'Yes', weightModifier: 50, weightModifierType: 'P' }],
          },
        ],
      });
      const options = [
        { name: 'Case', value: 'Steel' },
        { name: 'Filled', value: 'Yes' },
      ];
      const { Items } = await shop.exportOne({ lines: [{ product, options }] });
      expect(Items[0]).toMatchObject({ Weight: '4.00', WeightUnits: 'Pounds' });
    });
  });
});
