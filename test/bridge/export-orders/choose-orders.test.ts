import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { chooseOrders } from '../../../src/bridge/export-orders/choose-orders.ts';
import type { ChangedOrder } from '../../../src/cscart/orders/changed-orders.ts';
import { createEpochSeconds } from '../../../src/values/epoch-seconds.ts';
import { createOrderId } from '../../../src/values/order-id.ts';

const MEANINGS = new Map([
  ['P', 'paid'],
  ['O', 'unpaid'],
] as const);
const START = createEpochSeconds(1_767_225_600);
const NO_FILTERS = { startDate: undefined, countries: undefined };

function changed(changes: Partial<ChangedOrder> = {}): ChangedOrder {
  return {
    orderId: createOrderId(7001),
    changedAt: createEpochSeconds(START + 100),
    placedAt: createEpochSeconds(START + 50),
    status: 'P',
    isParent: false,
    country: 'US',
    ...changes,
  };
}

describe('an order that changed', () => {
  test.each<[string, Partial<ChangedOrder>, Parameters<typeof chooseOrders>[2]]>([
    ['without filters', {}, NO_FILTERS],
    ['without filters, and without a country', { country: '' }, NO_FILTERS],
    ['placed at the very start', { placedAt: START }, { ...NO_FILTERS, startDate: START }],
    ['of a wanted country', { country: 'CA' }, { ...NO_FILTERS, countries: ['US', 'CA'] }],
    ['of a wanted country in small letters', { country: 'us' }, { ...NO_FILTERS, countries: ['US'] }],
  ])('is exported: %s', (_, changes, config) => {
    const order = changed(changes);
    expect(chooseOrders([order], MEANINGS, config)).toEqual({ chosen: [order], leftOut: [] });
  });

  test.each<[string, Partial<ChangedOrder>, Parameters<typeof chooseOrders>[2], object]>([
    [
      'its status has no meaning',
      { status: 'B' },
      NO_FILTERS,
      { reason: 'status-not-mapped', detail: 'status B' },
    ],
    // Letters differ by case as well.
    [
      'its status is another letter',
      { status: 'p' },
      NO_FILTERS,
      { reason: 'status-not-mapped', detail: 'status p' },
    ],
    [
      'it was placed a second before the start',
      { placedAt: createEpochSeconds(START - 1) },
      { ...NO_FILTERS, startDate: START },
      { reason: 'placed-before-start' },
    ],
    [
      'its country is not wanted',
      { country: 'DE' },
      { ...NO_FILTERS, countries: ['US'] },
      { reason: 'country-not-wanted' },
    ],
    [
      'it has no country',
      { country: '' },
      { ...NO_FILTERS, countries: ['US'] },
      { reason: 'country-not-wanted' },
    ],
  ])('is left out, with the reason: %s', (_, changes, config, left) => {
    expect(chooseOrders([changed(changes)], MEANINGS, config)).toEqual({
      chosen: [],
      leftOut: [{ orderId: 7001, ...left }],
    });
  });
});

test('every order is either exported, in the given sequence, or left out', () => {
  const order = fc
    .record({
      status: fc.constantFrom('P', 'O', 'B'),
      placedAt: fc.integer({ min: START - 2, max: START + 2 }).map(createEpochSeconds),
      country: fc.constantFrom('US', 'DE', ''),
    })
    .map(changed);
  const config = fc.record({
    startDate: fc.option(fc.constant(START), { nil: undefined }),
    countries: fc.option(fc.constant(['US']), { nil: undefined }),
  });
  fc.assert(
    fc.property(fc.array(order), config, (orders, given) => {
      const numbered = orders.map((one, index) => ({ ...one, orderId: createOrderId(index + 1) }));
      const { chosen, leftOut } = chooseOrders(numbered, MEANINGS, given);
      const ids = [...chosen, ...leftOut].map((one) => one.orderId).sort((a, b) => a - b);
      expect(ids).toEqual(numbered.map((one) => one.orderId));
      const sequence = chosen.map((one) => one.orderId as number);
      expect(sequence).toEqual([...sequence].sort((a, b) => a - b));
    }),
  );
});

test.each([
  ['incomplete', { status: 'N' }],
  ['parent', { status: 'T' }],
  ['parent', { isParent: true }],
] as const)('what the shop itself hides is left out as %s', (reason, changes) => {
  const meanings = new Map([...MEANINGS, ['N', 'paid'], ['T', 'paid']] as const);
  expect(chooseOrders([changed(changes)], meanings, NO_FILTERS)).toEqual({
    chosen: [],
    leftOut: [{ orderId: 7001, reason }],
  });
});
