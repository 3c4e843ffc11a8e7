import type { PhpArray, PhpValue } from './php-value.ts';

// CS-Cart writes one and the same key now as `i:`/`d:`, now as `s:`, depending on version and add-on, so each accessor
// takes either. All answer `undefined` (or `false`) for what is absent or of another kind, and none throws.

const DECIMAL = /^-?(?:\d+\.?\d*|\.\d+)(?:[eE][+-]?\d+)?$/;

/** A text as it is, untrimmed, or a finite number as text. */
export function asText(value: PhpValue | undefined): string | undefined {
  if (typeof value === 'string') return value;
  return typeof value === 'number' && Number.isFinite(value) ? String(value) : undefined;
}

/** A PHP array, list or hash; `undefined` for every other value. */
export function asArray(value: PhpValue | undefined): PhpArray | undefined {
  return value instanceof Map ? value : undefined;
}

/** {@link asText} of the value under a key; keys that read as whole numbers are numbers. */
export function textAt(array: PhpArray, key: string | number): string | undefined {
  return asText(array.get(key));
}

/** {@link asArray} of the value under a key; keys that read as whole numbers are numbers. */
export function arrayAt(array: PhpArray, key: string | number): PhpArray | undefined {
  return asArray(array.get(key));
}

/** Whether a flag is set: `Y` (CS-Cart's usual form), true, or 1 as number or text. */
export function flagAt(array: PhpArray, key: string | number): boolean {
  const value = array.get(key);
  return value === 'Y' || value === true || value === 1 || value === '1';
}

/** PHP's own idea of a flag: whatever is not empty sets it, since add-ons put a word there that says why. `N` does not. */
export function isSetAt(array: PhpArray, key: string | number): boolean {
  const value = array.get(key);
  if (value instanceof Map) return value.size > 0;
  return Boolean(value) && value !== '0' && value !== 'N';
}

/**
 * A decimal number under a key, in the form in which it was written (text stays text, so that `"12.30"` loses
 * nothing on its way into money). `undefined` for anything that is not a finite decimal.
 */
export function decimalTextAt(array: PhpArray, key: string | number): string | number | undefined {
  const value = array.get(key);
  if (typeof value === 'number') return Number.isFinite(value) ? value : undefined;
  if (typeof value !== 'string') return undefined;
  const text = value.trim();
  return DECIMAL.test(text) ? text : undefined;
}
