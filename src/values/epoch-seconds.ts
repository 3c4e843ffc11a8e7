/**
 * A UTC instant as whole seconds since 1970-01-01T00:00:00Z: the form in which CS-Cart keeps every date
 * (`int(11) unsigned`), so 0 … 4294967295.
 */
export type EpochSeconds = number & { readonly __brand: 'EpochSeconds' };

const LARGEST = 0xffff_ffff;

/** Whole seconds as an instant, moved into the range that the store's columns can hold. */
export function createEpochSeconds(seconds: number): EpochSeconds {
  return Math.min(Math.max(Math.trunc(seconds), 0), LARGEST) as EpochSeconds;
}

/** The current instant. */
export function nowInSeconds(): EpochSeconds {
  return createEpochSeconds(Date.now() / 1000);
}
