import { LARGEST_DECIMAL } from '../../../shipstation/field-limits.ts';
import type { OrderItem, WeightUnits } from '../../../shipstation/order-document.ts';

const GRAMS: Readonly<Record<WeightUnits, number>> = { Pounds: 453.592_37, Ounces: 28.349_523_125, Grams: 1 };

// Merchants type 453.6, 454, 28.35, …: within a percent of a unit, that unit is meant.
const TOLERANCE = 0.01;

/**
 * The weight of one unit as ShipStation takes it, in hundredths of a unit that it knows. A store that weighs in pounds
 * or ounces keeps its own numbers; every other store is sent in grams. Below one pound, ounces say more than
 * hundredths of a pound. What weighs anything never becomes 0, which ShipStation takes for unknown.
 *
 * @param weight in the store's unit
 * @param gramsPerUnit of the store's setting `weight_symbol_grams`
 * @param unit what the merchant wants instead, whatever the store weighs in
 */
export function toUnitWeight(
  weight: number | undefined,
  gramsPerUnit: number,
  unit: 'auto' | WeightUnits = 'auto',
): OrderItem['weight'] {
  if (weight === undefined || !Number.isFinite(weight) || weight <= 0) return undefined;
  const isIn = (units: WeightUnits) => Math.abs(gramsPerUnit / GRAMS[units] - 1) <= TOLERANCE;
  if (unit !== 'auto') {
    // A store that means this unit keeps its own numbers: 453.6 grams, which CS-Cart starts with, are a pound.
    return inHundredths(isIn(unit) ? weight : (weight * gramsPerUnit) / GRAMS[unit], unit);
  }
  if (isIn('Pounds')) {
    return weight < 1 ? inHundredths(weight * 16, 'Ounces') : inHundredths(weight, 'Pounds');
  }
  if (isIn('Ounces')) return inHundredths(weight, 'Ounces');
  return inHundredths(weight * gramsPerUnit, 'Grams');
}

function inHundredths(amount: number, units: WeightUnits): OrderItem['weight'] {
  // The factor carries float noise far below a hundredth: 1.005 × 100 must still round to 101.
  const hundredths = Math.max(Math.round(amount * 100 * (1 + Number.EPSILON)), 1);
  return hundredths > LARGEST_DECIMAL ? undefined : { hundredths, units };
}
