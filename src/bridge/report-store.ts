import type { Config } from '../config/config.ts';
import { STATUS_VARIABLES } from '../config/read-config.ts';
import { findMethods } from '../cscart/store/methods.ts';
import { findStatus } from '../cscart/store/order-statuses.ts';
import { labelOfField } from '../cscart/store/profile-fields.ts';
import type { Store } from '../cscart/store/store.ts';
import { createFieldReaders } from './export-orders/order-document/configured-fields.ts';
import { isMeant } from './export-orders/order-document/shipping-words.ts';
import { usesFingerprints } from './export-orders/window-changes.ts';
import type { Log, LogLine } from './log.ts';
import { mapStatuses } from './status-map.ts';

/** A line of the log: something that the admin should know. */
export interface Warning {
  readonly line: LogLine;
  readonly message: string;
}

/**
 * Says in the log what the configuration means in this store: a status that nobody mapped hides orders, and a filter by
 * a name that the store no longer has hides all of them. Called with each reading of the store, it says what is new.
 */
export function createStoreReport(config: Config, log: Log): (store: Store) => void {
  let said: ReadonlySet<string> = new Set();
  return (store) => {
    const known = { event: 'store.known', ...describeStore(config, store) };
    const news: Warning[] = [{ line: known, message: 'the store is known' }, ...warningsOf(config, store)];
    const keys = news.map((one) => JSON.stringify(one));
    for (const [index, { line, message }] of news.entries()) {
      if (said.has(keys[index] ?? '')) continue;
      if (index === 0) log.info(line, message);
      else log.warn(line, message);
    }
    said = new Set(keys);
  };
}

function describeStore(config: Config, store: Store) {
  const { meanings } = mapStatuses(config.statuses, store.statuses);
  return {
    edition: store.kind.edition,
    versions: store.kind.versions,
    engines: store.kind.engines,
    languages: store.languages,
    timeZone: store.timeZone,
    storefronts: store.storefronts.all.map(({ id, name }) => `${id} ${name}`),
    currency: store.primaryCurrency,
    gramsPerWeightUnit: store.gramsPerWeightUnit,
    carriers: store.carriers,
    statuses: Object.fromEntries(
      store.statuses.map(({ letter, names }) => [
        `${letter} ${names[0] ?? ''}`,
        meanings.get(letter) ?? 'not exported',
      ]),
    ),
    changesSeenBy: usesFingerprints(config.export, store) ? 'fingerprints' : 'columns',
  };
}

/** What the configuration names and the store does not have, and the other way round. */
export function* warningsOf(config: Config, store: Store): Generator<Warning> {
  yield* statusWarnings(config, store);
  yield* fieldWarnings(config, store);
  yield* filterWarnings(config.export, store);
  yield* methodNameWarnings(config.export, store);
}

function* statusWarnings({ statuses, shipping }: Config, store: Store): Generator<Warning> {
  const { unmapped, unknownWords } = mapStatuses(statuses, store.statuses);
  for (const { letter, names } of unmapped) {
    yield {
      line: { event: 'status.not_mapped', letter, names },
      message: `orders with status ${letter} (${names[0] ?? 'no name'}) are not exported: no STATUS_… variable names it`,
    };
  }
  for (const { meaning, word } of unknownWords) {
    const variable = STATUS_VARIABLES[meaning];
    yield {
      line: { event: 'status.not_found', variable, word },
      message: `${variable} has "${word}", which is no letter and no name of a status of this store`,
    };
  }
  for (const [variable, word] of [
    ['SHIPPED_STATUS', shipping.shippedStatus],
    ['PARTIALLY_SHIPPED_STATUS', shipping.partiallyShippedStatus],
  ] as const) {
    if (word === undefined || findStatus(store.statuses, word)) continue;
    yield {
      line: { event: 'status.not_found', variable, word },
      message: `${variable} is "${word}", which is no status of this store: orders keep their status when they are shipped`,
    };
  }
}

/** Tables that an account may lack the right to: then what they hold cannot be told from what is not there. */
const TABLES_OF_SOURCES = [
  ['field:', 'profile_fields_data'],
  ['feature:', 'product_features_values'],
] as const;

function* fieldWarnings({ export: config }: Config, store: Store): Generator<Warning> {
  const fields = store.profileFields.map((field) => labelOfField(field, store.languages)).filter(Boolean);
  for (const { variable, source } of createFieldReaders(config, store).unknown) {
    const unseen = TABLES_OF_SOURCES.find(
      ([kind, table]) => source.startsWith(kind) && !store.shape.has(table),
    );
    const others = source.startsWith('field:') && fields.length > 0 ? `; it has: ${fields.join(', ')}` : '';
    yield {
      line: { event: 'field.not_found', variable, source },
      message: unseen
        ? `${variable}: the account may not read the table ${unseen[1]}, so ${source} says nothing; see install --print`
        : `${variable}: this store has no ${source}${others}`,
    };
  }
}

function* filterWarnings({ filters }: Config['export'], store: Store): Generator<Warning> {
  const { methods, storefronts, vendors } = filters;
  for (const method of [...(methods?.wanted ?? []), ...(methods?.unwanted ?? [])]) {
    if (findMethods(store.shippingMethods, method).length > 0) continue;
    yield {
      line: { event: 'method.not_found', method },
      message: `ORDER_SHIPPING_METHODS has "${method}", which is no shipping method of this store (of a method whose name has a comma, write the id)`,
    };
  }
  for (const id of storefronts ?? []) {
    if (store.storefronts.all.some((storefront) => storefront.id === id)) continue;
    yield {
      line: { event: 'storefront.not_found', id },
      message: `ORDER_STOREFRONTS has ${id}, which is no storefront of this store`,
    };
  }
  for (const id of vendors ?? []) {
    if (store.storefronts.companyName(id) !== undefined) continue;
    yield {
      line: { event: 'vendor.not_found', id },
      message: `ORDER_VENDORS has ${id}, which is no vendor of this store`,
    };
  }
}

function* methodNameWarnings(
  { methodRules, methodLanguage }: Config['export'],
  store: Store,
): Generator<Warning> {
  for (const { method } of methodRules) {
    const isKnown = store.shippingMethods.some(({ id, names }) =>
      [...names.values()].some((name) => isMeant(method, id, name)),
    );
    if (isKnown) continue;
    yield {
      line: { event: 'method.not_found', method },
      message: `SHIPPING_METHOD_MAP has "${method}", which is no shipping method of this store`,
    };
  }
  if (methodLanguage !== undefined && !store.languages.includes(methodLanguage)) {
    yield {
      line: { event: 'language.not_found', language: methodLanguage },
      message: `SHIPPING_METHOD_LANGUAGE is "${methodLanguage}", which is no language of this store`,
    };
  }
}
