import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import {
  type Cents,
  createCents,
  formatCents,
  negateCents,
  parseCents,
  sumCents,
  timesQuantity,
  ZERO_CENTS,
} from '../../src/values/cents.ts';

const anyCents = fc.maxSafeInteger().map(createCents);

describe('parseCents', () => {
  test.each<[string | number, number]>([
    ['0.00', 0],
    ['12.30', 1230],
    ['-5.00', -500],
    ['-0.05', -5],
    ['999999999999.99', 99_999_999_999_999],
    ['12', 1200],
    ['12.3', 1230],
    ['.5', 50],
    ['1e2', 10_000],
    [28, 2800],
    // The noise of PHP's floats.
    [14.359999999999999, 1436],
    ['14.359999999999999', 1436],
    [0.1 + 0.2, 30],
    [-14.359999999999999, -1436],
    // Half a cent goes away from zero, as in the shop.
    ['1.005', 101],
    ['-1.005', -101],
    ['0.004', 0],
    ['-0.004', 0],
    ['1.0049999', 100],
  ])('reads %j as %i', (amount, cents) => {
    expect(parseCents(amount)).toBe(cents);
  });

  test.each<[string | number]>([
    [''],
    [' '],
    ['abc'],
    ['12,30'],
    ['1,234.00'],
    ['12.30 USD'],
    ['0x10'],
    ['--1.00'],
    ['NaN'],
    ['Infinity'],
    [Number.NaN],
    [Number.POSITIVE_INFINITY],
    ['99999999999999.99'.repeat(3)],
    ['90071992547409.92'],
    ['1e300'],
    ['1e999999'],
  ])('refuses %j', (amount) => {
    expect(parseCents(amount)).toBeUndefined();
  });

  test('never gives a negative zero, which would be printed', () => {
    for (const amount of ['-0.00', '-0', -0, '-0.001']) expect(Object.is(parseCents(amount), 0)).toBe(true);
  });

  test('reads back whatever formatCents writes', () => {
    fc.assert(fc.property(anyCents, (cents) => parseCents(formatCents(cents)) === cents));
  });

  test('takes a text and the number that PHP makes of it for the same amount', () => {
    fc.assert(
      fc.property(fc.integer({ min: -1_000_000_000, max: 1_000_000_000 }), (minorUnits) => {
        const text = formatCents(createCents(minorUnits));
        expect(parseCents(Number(text))).toBe(parseCents(text));
      }),
    );
  });
});

describe('createCents', () => {
  test.each([[0.5], [Number.NaN], [Number.POSITIVE_INFINITY], [2 ** 53]])('refuses %s', (minorUnits) => {
    expect(() => createCents(minorUnits)).toThrow(RangeError);
  });

  test('turns a negative zero into zero', () => {
    expect(Object.is(createCents(-0), 0)).toBe(true);
    expect(Object.is(negateCents(ZERO_CENTS), 0)).toBe(true);
  });
});

describe('arithmetic', () => {
  test('adds up nothing to zero', () => {
    expect(sumCents([])).toBe(0);
  });

  test('adds and multiplies without losing a cent', () => {
    fc.assert(
      fc.property(fc.array(fc.integer({ min: -1e9, max: 1e9 }), { maxLength: 20 }), (amounts) => {
        const exact = amounts.reduce((sum, amount) => sum + BigInt(amount), 0n);
        expect(BigInt(sumCents(amounts.map(createCents)))).toBe(exact);
      }),
    );
    expect(timesQuantity(createCents(1999), 3)).toBe(5997);
    expect(timesQuantity(createCents(1999), 0)).toBe(0);
    expect(negateCents(createCents(1999))).toBe(-1999);
  });

  test('refuses what is no longer exact', () => {
    const largest = createCents(Number.MAX_SAFE_INTEGER);
    expect(() => sumCents([largest, createCents(1)])).toThrow(RangeError);
    expect(() => timesQuantity(largest, 2)).toThrow(RangeError);
    expect(() => timesQuantity(createCents(1), 0.5)).toThrow(RangeError);
  });
});

describe('formatCents', () => {
  test.each<[number, string]>([
    [0, '0.00'],
    [5, '0.05'],
    [-5, '-0.05'],
    [99, '0.99'],
    [100, '1.00'],
    [1230, '12.30'],
    [-123_456, '-1234.56'],
    [Number.MAX_SAFE_INTEGER, '90071992547409.91'],
  ])('prints %i as %s', (minorUnits, text) => {
    expect(formatCents(createCents(minorUnits))).toBe(text);
  });

  test('always prints a plain decimal with two digits', () => {
    fc.assert(fc.property(anyCents, (cents: Cents) => /^-?\d+\.\d{2}$/.test(formatCents(cents))));
  });
});
