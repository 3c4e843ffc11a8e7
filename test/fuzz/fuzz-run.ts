import { randomInt } from 'node:crypto';
import type { StoreOptions } from '../support/store/store.ts';

/** A bridge that is to read of a store and its orders all that there is. */
const READS_EVERYTHING = {
  EXPORT_PICKUP_ORDERS: 'true',
  SHIPPING_METHOD_MAP: 'UPS* = Ground (rush); Bad* = Other',
  SHIPPING_METHOD_LANGUAGE: 'en',
  EXPORT_CUSTOM_FIELD_1: 'coupons,payment-method,gift-certificates,column:promotions',
  EXPORT_CUSTOM_FIELD_2: 'rush,address-type,vendor,storefront,shipping-method,language',
  EXPORT_CUSTOM_FIELD_3: 'field:Gate code,field:Entrance,field:Bad code',
  EXPORT_CUSTOMER_NOTES: 'notes,field:gate_code,pickup-point,column:url',
  EXPORT_INTERNAL_NOTES: 'staff-notes,field:Entrance,field:bad_code',
  EXPORT_GIFT: 'field:Entrance',
  EXPORT_GIFT_MESSAGE: 'field:gate_code',
  EXPORT_UPC: 'feature:EAN',
  EXPORT_LOCATION: 'column:shipping_params',
};

/**
 * The stores that are fuzzed: the oldest and the newest shapes, both editions, both engines, both ways of seeing
 * changes; two of them with the settings that make the bridge read the most.
 */
export const FUZZED_STORES: readonly {
  readonly name: string;
  readonly options: StoreOptions;
  readonly environment: Readonly<Record<string, string>>;
}[] = [
  { name: '4.0.1 M', options: { version: '4.0.1 M' }, environment: {} },
  { name: '4.6.1 M', options: { version: '4.6.1 M', lastModify: true }, environment: READS_EVERYTHING },
  { name: '4.12.2 U', options: { version: '4.12.2 U' }, environment: {} },
  {
    name: '4.20.1 U on InnoDB',
    options: { version: '4.20.1 U', engine: 'InnoDB' },
    environment: READS_EVERYTHING,
  },
];

const USUAL_ORDERS = 10_000;
// The usual run is the same every time, so that a red one points at what was changed. `random` looks for new trouble.
const USUAL_SEED = 20_260_301;

/** How much this run does, and the seed that repeats it. */
export interface FuzzRun {
  readonly seed: number;
  /** Bad orders over all stores, at least. */
  readonly orders: number;
  /** How many times as much as usual that is, at least 1. */
  readonly times: number;
}

/** Reads `FUZZ_SEED` (a number, or `random`) and `FUZZ_ORDERS`, and prints the seed: without it, what a run finds cannot be found again. */
export function startFuzzRun(what: string): FuzzRun {
  const isRandom = process.env['FUZZ_SEED'] === 'random';
  const seed = isRandom ? randomInt(2 ** 31) : (numberFrom('FUZZ_SEED') ?? USUAL_SEED);
  const orders = numberFrom('FUZZ_ORDERS') ?? USUAL_ORDERS;
  console.log(`fuzz of ${what}: FUZZ_SEED=${seed} FUZZ_ORDERS=${orders}`);
  return { seed, orders, times: Math.max(1, Math.floor(orders / USUAL_ORDERS)) };
}

function numberFrom(variable: string): number | undefined {
  const text = process.env[variable];
  if (text === undefined || text === '') return undefined;
  const number = Number(text);
  if (!Number.isSafeInteger(number) || number < 0)
    throw new RangeError(`${variable} is no whole number: ${text}`);
  return number;
}
