import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { chooseOrders } from '../../../src/bridge/export-orders/choose-orders.ts';
import type { OrderFilters } from '../../../src/config/config.ts';
import type { ChangedOrder } from '../../../src/cscart/orders/changed-orders.ts';
import { createEpochSeconds } from '../../../src/values/epoch-seconds.ts';
import { createOrderId } from '../../../src/values/order-id.ts';
import { aStore } from '../a-store.ts';

const MEANINGS = new Map([
  ['P', 'paid'],
  ['O', 'unpaid'],
] as const);
const START = createEpochSeconds(1_767_225_600);
const START_DAY = { year: 2026, month: 1, day: 1 };
const NO_FILTERS: OrderFilters = {
  startDay: undefined,
  countries: undefined,
  vendors: undefined,
  storefronts: undefined,
  methods: undefined,
  statuses: undefined,
};
const STORE = aStore({
  shippingMethods: [
    {
      id: 1,
      names: new Map([
        ['en', 'UPS Ground'],
        ['de', 'UPS Boden'],
      ]),
    },
    { id: 2, names: new Map([['en', 'Pickup']]) },
    { id: 3, names: new Map([['en', 'Express']]) },
  ],
  storefronts: {
    all: [],
    // An order older than the column is of its company's storefront.
    find: ({ storefrontId, companyId }) => ({ id: storefrontId || companyId, name: '', url: undefined }),
    companyName: () => undefined,
  },
});
const methods = (wanted: readonly string[], unwanted: readonly string[] = []) => ({
  ...NO_FILTERS,
  methods: { wanted, unwanted },
});

function changed(changes: Partial<ChangedOrder> = {}): ChangedOrder {
  return {
    orderId: createOrderId(7001),
    changedAt: createEpochSeconds(START + 100),
    placedAt: createEpochSeconds(START + 50),
    status: 'P',
    isParent: false,
    storefrontId: 0,
    companyId: 1,
    shippingIds: [1],
    ...changes,
  };
}

describe('an order that changed', () => {
  test.each<[string, Partial<ChangedOrder>, OrderFilters]>([
    ['without filters', {}, NO_FILTERS],
    ['placed at the very start', { placedAt: START }, { ...NO_FILTERS, startDay: START_DAY }],
    ['of a wanted vendor', { companyId: 7 }, { ...NO_FILTERS, vendors: [2, 7] }],
    ['of a wanted storefront', { storefrontId: 3 }, { ...NO_FILTERS, storefronts: [3] }],
    ['of the company of a wanted storefront', { companyId: 3 }, { ...NO_FILTERS, storefronts: [3] }],
    ['of a wanted method', { shippingIds: [1] }, methods(['1'])],
    ['of a method that is wanted by a name in another language', {}, methods([' ups  boden'])],
    ['of several methods, one of them wanted', { shippingIds: [3, 1] }, methods(['UPS Ground'])],
    ['of several methods, one of them unwanted', { shippingIds: [2, 1] }, methods([], ['Pickup'])],
    ['without any method where only some are unwanted', { shippingIds: [] }, methods([], ['Pickup'])],
    ['of a wanted status', { status: 'O' }, { ...NO_FILTERS, statuses: new Set(['unpaid'] as const) }],
  ])('is exported: %s', (_, changes, config) => {
    const order = changed(changes);
    expect(chooseOrders([order], MEANINGS, config, STORE)).toEqual({ chosen: [order], leftOut: [] });
  });

  test.each<[string, Partial<ChangedOrder>, OrderFilters, object]>([
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
      { ...NO_FILTERS, startDay: START_DAY },
      { reason: 'placed-before-start' },
    ],
    [
      'its vendor is not wanted',
      { companyId: 1 },
      { ...NO_FILTERS, vendors: [2] },
      { reason: 'vendor-not-wanted' },
    ],
    [
      'its storefront is not wanted',
      { storefrontId: 2 },
      { ...NO_FILTERS, storefronts: [3] },
      { reason: 'storefront-not-wanted' },
    ],
    [
      'its storefront is gone, and is not wanted',
      { storefrontId: 9, companyId: 3 },
      { ...NO_FILTERS, storefronts: [3] },
      { reason: 'storefront-not-wanted' },
    ],
    ['its method is not wanted', { shippingIds: [3] }, methods(['1']), { reason: 'method-not-wanted' }],
    [
      'its method is unwanted',
      { shippingIds: [2] },
      methods([], ['pickup']),
      { reason: 'method-not-wanted' },
    ],
    [
      'all of its methods are unwanted',
      { shippingIds: [2, 3] },
      methods([], ['pickup', 'express']),
      { reason: 'method-not-wanted' },
    ],
    [
      'it has no method where some are wanted',
      { shippingIds: [] },
      methods(['1']),
      { reason: 'method-not-wanted' },
    ],
    ['no method of the wanted name is there', {}, methods(['Gone']), { reason: 'method-not-wanted' }],
    [
      'its status is not wanted',
      { status: 'O' },
      { ...NO_FILTERS, statuses: new Set(['paid'] as const) },
      { reason: 'status-not-wanted', detail: 'unpaid' },
    ],
  ])('is left out, with the reason: %s', (_, changes, config, left) => {
    expect(chooseOrders([changed(changes)], MEANINGS, config, STORE)).toEqual({
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
    startDay: fc.option(fc.constant(START_DAY), { nil: undefined }),
    countries: fc.option(fc.constant(['US']), { nil: undefined }),
  });
  fc.assert(
    fc.property(fc.array(order), config, (orders, given) => {
      const numbered = orders.map((one, index) => ({ ...one, orderId: createOrderId(index + 1) }));
      const { chosen, leftOut } = chooseOrders(numbered, MEANINGS, { ...NO_FILTERS, ...given }, STORE);
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
  expect(chooseOrders([changed(changes)], meanings, NO_FILTERS, STORE)).toEqual({
    chosen: [],
    leftOut: [{ orderId: 7001, reason }],
  });
});

test.each([
  ['UTC', -1, 0],
  // Midnight of the first of January in Los Angeles is eight o'clock in the morning UTC.
  ['America/Los_Angeles', 8 * 3600 - 1, 8 * 3600],
  ['Europe/Moscow', -3 * 3600 - 1, -3 * 3600],
])('the first day begins at midnight of the store: %s', (timeZone, before, first) => {
  const at = (seconds: number) => changed({ placedAt: createEpochSeconds(START + seconds) });
  const filters = { ...NO_FILTERS, startDay: START_DAY };
  const store = aStore({ timeZone });
  expect(chooseOrders([at(first)], MEANINGS, filters, store).chosen).toHaveLength(1);
  expect(chooseOrders([at(before)], MEANINGS, filters, store).chosen).toEqual([]);
});
