import { expect, it } from 'vitest';
import { typedOrderId } from '../../src/bridge/order-number.ts';

it.each([
  ['101', '', 101],
  [' #101 ', '', 101],
  ['# 101', '', 101],
  ['№101', '', 101],
  ['Order #101', '', 101],
  ['order 101', '', 101],
  ['shop1-101', 'SHOP1-', 101],
  ['#SHOP1-101', 'SHOP1-', 101],
  ['101', 'SHOP1-', 101],
  ['Order-101', 'Order-', 101],
  ['4294967295', '', 4_294_967_295],
])('%j means an order (prefix %j)', (typed, prefix, orderId) => {
  expect(typedOrderId(typed, prefix)).toBe(orderId);
});

it.each([
  '',
  '#',
  'abc',
  '0',
  '-1',
  '12.5',
  '1e3',
  '1 2',
  '101a',
  'SHOP1-101',
  'orders 101',
  '4294967296',
  '１０１',
])('%j means none', (typed) => {
  expect(typedOrderId(typed, '')).toBeUndefined();
});
