import { readFileSync } from 'node:fs';
import { expect, it } from 'vitest';
import { readConfig, VARIABLE_NAMES } from '../../src/config/read-config.ts';

const example = readFileSync('.env.example', 'utf8');
const settings = [...example.matchAll(/^#?([A-Z][A-Z_]+)=(.*)$/gm)].map(
  ([, name = '', value = '']) => [name, value] as const,
);

it('.env.example has every variable once, in the order in which they are read, and no other', () => {
  expect(settings.map(([name]) => name)).toEqual(VARIABLE_NAMES);
});

it('.env.example shows values that are accepted, and the defaults where it shows a default', () => {
  const required = {
    SHIPSTATION_USERNAME: 'shipstation',
    SHIPSTATION_PASSWORD: 'x',
    CSCART_DATABASE_URL: 'mysql://shipstation:password@127.0.0.1:3306/cscart',
  };
  const examples = ['ORDER_START_DATE', 'ORDER_COUNTRIES', 'CSCART_STORE_URL', 'BRIDGE_DATABASE_URL'];
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
