import { readFileSync } from 'node:fs';
import { expect, it } from 'vitest';
import { readConfig, VARIABLE_NAMES } from '../../src/config/read-config.ts';

const example = readFileSync('.env.example', 'utf8');
const settings = [...example.matchAll(/^#?([A-Z][A-Z0-9_]+)=(.*)$/gm)].map(
  ([, name = '', value = '']) => [name, value] as const,
);

/** What they show is an example, since they have no default. */
const FILTERS = [
  'ORDER_START_DATE',
  'ORDER_COUNTRIES',
  'ORDER_VENDORS',
  'ORDER_STOREFRONTS',
  'ORDER_SHIPPING_METHODS',
  'ORDER_EXPORT_STATUSES',
];

it('.env.example has every variable once, in the order in which they are read, and no other', () => {
  expect(settings.map(([name]) => name)).toEqual(VARIABLE_NAMES);
});

it('.env.example shows values that are accepted, and the defaults where it shows a default', () => {
  const required = {
    SHIPSTATION_USERNAME: 'shipstation',
    SHIPSTATION_PASSWORD: 'x',
    CSCART_DATABASE_URL: 'mysql://shipstation:password@127.0.0.1:3306/cscart',
  };
  const examples = [
    'CSCART_STORE_URL',
    'CSCART_READ_DATABASE_URL',
    'BRIDGE_DATABASE_URL',
    'PUBLIC_URL',
    ...FILTERS,
  ];
  const shown = Object.fromEntries(settings.filter(([name]) => !(name in required)));
  expect(() => readConfig({ ...shown, ...required })).not.toThrow();
  const defaults = Object.fromEntries(
    settings.filter(([name]) => !examples.includes(name) && !(name in required)),
  );
  const { defaults: _given, ...statuses } = readConfig({ ...defaults, ...required }).statuses;
  const { defaults: _none, ...ownStatuses } = readConfig(required).statuses;
  expect({ ...readConfig({ ...defaults, ...required }), statuses }).toEqual({
    ...readConfig(required),
    statuses: ownStatuses,
  });
});
