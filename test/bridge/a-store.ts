import { createFieldReaders } from '../../src/bridge/export-orders/order-document/configured-fields.ts';
import type { MappingRules } from '../../src/bridge/export-orders/order-document/mapping-rules.ts';
import { readConfig } from '../../src/config/read-config.ts';
import type { Store } from '../../src/cscart/store/store.ts';
import { createTableNames } from '../../src/database/table-names.ts';

/** A store of which nothing is known but what is given: a store in pounds and US dollars. */
export function aStore(changes: Partial<Store> = {}): Store {
  return {
    tables: createTableNames('cscart_'),
    shape: { has: () => false, typeOf: () => undefined, storable: (_table, _column, text) => text },
    statuses: [],
    carriers: [],
    primaryCurrency: 'USD',
    gramsPerWeightUnit: 453.6,
    timeZone: 'UTC',
    languages: ['en'],
    kind: { edition: 'unknown', versions: '4.0 or later', engines: ['MyISAM'] },
    storefronts: { all: [], find: () => undefined, companyName: () => undefined },
    imageBase: undefined,
    states: { nameOf: () => undefined, codeOf: () => undefined },
    shippingMethods: [],
    shippingNames: new Map(),
    paymentNames: new Map(),
    profileFields: [],
    features: [],
    hasVariations: false,
    ...changes,
  };
}

/** What orders are mapped by, under a configuration of which only these variables are given. */
export function mappingRules(
  environment: Readonly<Record<string, string>> = {},
  changes: Partial<Store> = {},
): MappingRules {
  const store = aStore(changes);
  const { export: config } = readConfig({
    SHIPSTATION_USERNAME: 'x',
    SHIPSTATION_PASSWORD: 'x',
    CSCART_DATABASE_URL: 'mysql://x:x@127.0.0.1/x',
    ...environment,
  });
  return {
    meanings: new Map([
      ['P', 'paid'],
      ['C', 'shipped'],
    ]),
    store,
    config,
    fields: createFieldReaders(config, store),
  };
}
