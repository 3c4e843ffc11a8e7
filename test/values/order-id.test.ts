import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { createOrderId, parseOrderId } from '../../src/values/order-id.ts';

describe('parseOrderId', () => {
  test.each<[string, number]>([
    ['1', 1],
    ['7001', 7001],
    ['16777215', 16_777_215],
    ['4294967295', 4_294_967_295],
  ])('reads %s', (text, orderId) => {
    expect(parseOrderId(text)).toBe(orderId);
  });

  // MySQL would find order 12 for most of these, and a parcel would be written to a stranger's order.
  test.each([
    [''],
    ['0'],
    ['-12'],
    ['+12'],
    ['012'],
    ['12abc'],
    ['12 '],
    [' 12'],
    ['12\n'],
    ['12.0'],
    ['1e3'],
    ['0x10'],
    ['１２'],
    ['4294967296'],
    ['99999999999'],
    ["12' or '1'='1"],
  ])('takes %j for no order id', (text) => {
    expect(parseOrderId(text)).toBeUndefined();
  });

  test('reads every id that the store gives, and nothing but its own digits', () => {
    fc.assert(fc.property(fc.integer({ min: 1, max: 0xffff_ffff }), (id) => parseOrderId(String(id)) === id));
    fc.assert(
      fc.property(fc.string(), (text) => {
        const orderId = parseOrderId(text);
        expect(orderId === undefined || String(orderId) === text).toBe(true);
      }),
    );
  });
});

describe('createOrderId', () => {
  test('takes an id that the store gave', () => {
    expect(createOrderId(7001)).toBe(7001);
  });

  test.each([[0], [-1], [1.5], [Number.NaN], [4_294_967_296]])('refuses %s', (storedId) => {
    expect(() => createOrderId(storedId)).toThrow(RangeError);
  });
});
