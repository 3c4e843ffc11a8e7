import Big from 'big.js';

/**
 * An amount of money in minor units (hundredths), always a safe integer.
 *
 * CS-Cart keeps money as `decimal(12,2)` in the primary currency, so two decimals are exact; only values out of
 * PHP-serialized columns (taxes, gift certificates) carry float noise, which {@link parseCents} rounds away.
 */
export type Cents = number & { readonly __brand: 'Cents' };

export const ZERO_CENTS = 0 as Cents;

/** An amount that is no number, or too large to calculate with. The message is fit for the admin. */
export class AmountOutOfRange extends RangeError {
  override readonly name = 'AmountOutOfRange';

  constructor() {
    super('an amount of money cannot be read, or is too large to calculate with');
  }
}

/** A whole number of minor units as {@link Cents}. Throws {@link AmountOutOfRange} for fractions and unsafe integers. */
export function createCents(minorUnits: number): Cents {
  if (!Number.isSafeInteger(minorUnits)) throw new AmountOutOfRange();
  return (minorUnits === 0 ? 0 : minorUnits) as Cents;
}

const PLAIN_DECIMAL = /^-?\d{1,12}(?:\.\d{1,2})?$/;

/**
 * Reads a decimal amount in major units (`"12.30"`, `14.359999999999999`), rounding half away from zero to two
 * decimals. Returns `undefined` for what is not a finite number or does not fit.
 */
export function parseCents(amount: string | number): Cents | undefined {
  const text = typeof amount === 'string' ? amount : String(amount);
  // At most two decimals, as MySQL prints decimal(12,2): no library needed for what is nearly every value. So few digits
  // are exact to far below half a cent.
  if (PLAIN_DECIMAL.test(text)) return createCents(Math.round(Number(text) * 100));
  try {
    const minorUnits = new Big(text).times(100).round(0, Big.roundHalfUp).toNumber();
    return Number.isSafeInteger(minorUnits) ? createCents(minorUnits) : undefined;
  } catch {
    return undefined;
  }
}

/** The sum of any number of amounts; 0 of none. */
export function sumCents(amounts: Iterable<Cents>): Cents {
  let sum = 0;
  for (const amount of amounts) sum += amount;
  return createCents(sum);
}

/** An amount multiplied by a whole quantity. */
export function timesQuantity(amount: Cents, quantity: number): Cents {
  return createCents(amount * quantity);
}

/** The amount with the other sign; 0 stays 0 and never becomes -0. Throws nothing: the range is symmetric. */
export function negateCents(amount: Cents): Cents {
  return createCents(0 - amount);
}

/** `1230` → `"12.30"`; `-5` → `"-0.05"`. Never an exponent, never a thousands separator. */
export function formatCents(amount: Cents): string {
  const digits = Math.abs(amount).toString().padStart(3, '0');
  return `${amount < 0 ? '-' : ''}${digits.slice(0, -2)}.${digits.slice(-2)}`;
}
