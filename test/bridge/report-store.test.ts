import { expect, test } from 'vitest';
import type { LogLine } from '../../src/bridge/log.ts';
import { createStoreReport } from '../../src/bridge/report-store.ts';
import { readConfig } from '../../src/config/read-config.ts';
import type { ProfileField } from '../../src/cscart/store/profile-fields.ts';
import type { Store } from '../../src/cscart/store/store.ts';
import { aStore } from './a-store.ts';

const DATE: ProfileField = {
  id: 40,
  name: '',
  section: 'C',
  type: 'D',
  labels: new Map([['en', 'Delivery date']]),
  choices: new Map(),
};
const STORE: Partial<Store> = {
  shape: {
    ...aStore().shape,
    has: (table, column) => column === undefined && table !== 'product_features_values',
  },
  statuses: [
    { letter: 'P', names: ['Paid', 'Bezahlt'], stockEffect: 'decrease' },
    { letter: 'C', names: ['Complete'], stockEffect: 'decrease' },
    { letter: 'B', names: ['Backordered'], stockEffect: 'increase' },
  ],
  shippingMethods: [{ id: 1, names: new Map([['en', 'UPS Ground']]) }],
  profileFields: [DATE],
  storefronts: {
    all: [{ id: 1, name: 'Shop', url: undefined }],
    find: () => undefined,
    companyName: (id) => (id === 1 ? 'Acme' : undefined),
  },
};

/** What is said under these settings, of the readings of a store that differ from {@link STORE} like this. */
function report(environment: Readonly<Record<string, string>>, ...readings: readonly Partial<Store>[]) {
  const lines: (LogLine & { readonly message: string })[] = [];
  const add = (line: LogLine, message: string) => void lines.push({ ...line, message });
  const config = readConfig({
    SHIPSTATION_USERNAME: 'x',
    SHIPSTATION_PASSWORD: 'x',
    CSCART_DATABASE_URL: 'mysql://x:x@127.0.0.1/x',
    STATUS_ON_HOLD: 'Backordered',
    ...environment,
  });
  const say = createStoreReport(config, { info: add, warn: add, error: add });
  for (const reading of readings.length > 0 ? readings : [{}]) say(aStore({ ...STORE, ...reading }));
  return lines;
}

const warnings = (environment: Readonly<Record<string, string>>) =>
  report(environment)
    .slice(1)
    .map(({ message }) => message);

test('what the store is comes first, by the names of its first language', () => {
  expect(report({})[0]).toMatchObject({
    event: 'store.known',
    edition: 'unknown',
    storefronts: ['1 Shop'],
    statuses: { 'P Paid': 'paid', 'C Complete': 'shipped', 'B Backordered': 'on_hold' },
  });
  expect(warnings({})).toEqual([]);
});

test.each<[string, string, string]>([
  ['STATUS_AWAITING_PAYMENT', 'Sold', 'STATUS_AWAITING_PAYMENT has "Sold", which is no letter and no name'],
  ['SHIPPED_STATUS', 'Sent', 'SHIPPED_STATUS is "Sent", which is no status of this store'],
  ['EXPORT_GIFT', 'field:Gift wrap', 'EXPORT_GIFT: this store has no field:Gift wrap; it has: Delivery date'],
  ['EXPORT_UPC', 'column:ean', 'EXPORT_UPC: this store has no column:ean'],
  ['EXPORT_LOCATION', 'feature:Shelf', 'may not read the table product_features_values'],
  ['ORDER_SHIPPING_METHODS', 'Courier', 'ORDER_SHIPPING_METHODS has "Courier"'],
  ['ORDER_SHIPPING_METHODS', '!Courier', 'ORDER_SHIPPING_METHODS has "Courier"'],
  ['ORDER_STOREFRONTS', '9', 'ORDER_STOREFRONTS has 9'],
  ['ORDER_VENDORS', '99', 'ORDER_VENDORS has 99'],
  ['SHIPPING_METHOD_MAP', 'UPS Grund = Ground', 'SHIPPING_METHOD_MAP has "UPS Grund"'],
  ['SHIPPING_METHOD_LANGUAGE', 'fr', 'SHIPPING_METHOD_LANGUAGE is "fr"'],
])('a setting that the store does not know is named: %s=%s', (variable, value, sentence) => {
  expect(warnings({ [variable]: value })).toEqual([expect.stringContaining(sentence)]);
});

test.each([
  ['EXPORT_GIFT', 'field:delivery date'],
  ['ORDER_SHIPPING_METHODS', 'ups ground'],
  ['ORDER_VENDORS', '1'],
  ['ORDER_STOREFRONTS', '1'],
  ['SHIPPING_METHOD_MAP', 'UPS* = Ground; 1 = (rush)'],
  ['SHIPPING_METHOD_LANGUAGE', 'en'],
])('one that it knows is not: %s=%s', (variable, value) => {
  expect(warnings({ [variable]: value })).toEqual([]);
});

test('an order status that no list names is named', () => {
  expect(warnings({ STATUS_ON_HOLD: 'C' })).toContainEqual(
    expect.stringContaining('orders with status B (Backordered) are not exported'),
  );
});

const RENAMED = { shippingMethods: [{ id: 1, names: new Map([['en', 'Ground']]) }] };

test('what is the same at a later reading is not said again', () => {
  expect(report({ ORDER_VENDORS: '99' }, {}, {}).map(({ event }) => event)).toEqual([
    'store.known',
    'vendor.not_found',
  ]);
});

test('a method that a filter names is missed once it is renamed, and again when it comes and goes', () => {
  const events = report({ ORDER_SHIPPING_METHODS: 'UPS Ground' }, {}, RENAMED, RENAMED, {}, RENAMED);
  expect(events.map(({ event }) => event)).toEqual(['store.known', 'method.not_found', 'method.not_found']);
});

test('a store that has become another is described anew', () => {
  expect(report({}, {}, { primaryCurrency: 'SEK' })).toMatchObject([
    { event: 'store.known' },
    { event: 'store.known', currency: 'SEK' },
  ]);
});
