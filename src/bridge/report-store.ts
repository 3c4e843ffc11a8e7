import type { Config } from '../config/config.ts';
import { STATUS_VARIABLES } from '../config/read-config.ts';
import { findMethods } from '../cscart/store/methods.ts';
import { findStatus } from '../cscart/store/order-statuses.ts';
import { labelOfField } from '../cscart/store/profile-fields.ts';
import type { Store } from '../cscart/store/store.ts';
import { createFieldReaders } from './export-orders/order-document/configured-fields.ts';
import { isMeant } from './export-orders/order-document/shipping-words.ts';
import { usesFingerprints } from './export-orders/window-changes.ts';
import type { Log } from './log.ts';
import { mapStatuses } from './status-map.ts';

/** Says once what the configuration means in this store: a status that nobody mapped hides orders. */
export function reportStore(config: Config, store: Store, log: Log): void {
  const { meanings, unmapped, unknownWords } = mapStatuses(config.statuses, store.statuses);
  log.info(
    {
      event: 'store.known',
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
    },
    'the store is known',
  );
  for (const { letter, names } of unmapped) {
    log.warn(
      { event: 'status.not_mapped', letter, names },
      `orders with status ${letter} (${names[0] ?? 'no name'}) are not exported: no STATUS_… variable names it`,
    );
  }
  for (const { meaning, word } of unknownWords) {
    const variable = STATUS_VARIABLES[meaning];
    log.warn(
      { event: 'status.not_found', variable, word },
      `${variable} has "${word}", which is no letter and no name of a status of this store`,
    );
  }
  const { shippedStatus, partiallyShippedStatus } = config.shipping;
  for (const [variable, word] of [
    ['SHIPPED_STATUS', shippedStatus],
    ['PARTIALLY_SHIPPED_STATUS', partiallyShippedStatus],
  ] as const) {
    if (word !== undefined && !findStatus(store.statuses, word)) {
      log.warn(
        { event: 'status.not_found', variable, word },
        `${variable} is "${word}", which is no status of this store: orders keep their status when they are shipped`,
      );
    }
  }
  reportFields(config, store, log);
  reportFilters(config.export, store, log);
  reportMethodNames(config.export, store, log);
}

/** Tables that an account may lack the right to: then what they hold cannot be told from what is not there. */
const TABLES_OF_SOURCES = [
  ['field:', 'profile_fields_data'],
  ['feature:', 'product_features_values'],
] as const;

function reportFields({ export: config }: Config, store: Store, log: Log): void {
  const fields = store.profileFields.map((field) => labelOfField(field, store.languages)).filter(Boolean);
  for (const { variable, source } of createFieldReaders(config, store).unknown) {
    const unseen = TABLES_OF_SOURCES.find(
      ([kind, table]) => source.startsWith(kind) && !store.shape.has(table),
    );
    const others = source.startsWith('field:') && fields.length > 0 ? `; it has: ${fields.join(', ')}` : '';
    log.warn(
      { event: 'field.not_found', variable, source },
      unseen
        ? `${variable}: the account may not read the table ${unseen[1]}, so ${source} says nothing; see install --print`
        : `${variable}: this store has no ${source}${others}`,
    );
  }
}

function reportFilters({ filters }: Config['export'], store: Store, log: Log): void {
  const { methods, storefronts, vendors } = filters;
  for (const method of [...(methods?.wanted ?? []), ...(methods?.unwanted ?? [])]) {
    if (findMethods(store.shippingMethods, method).length > 0) continue;
    log.warn(
      { event: 'method.not_found', method },
      `ORDER_SHIPPING_METHODS has "${method}", which is no shipping method of this store (of a method whose name has a comma, write the id)`,
    );
  }
  for (const id of storefronts ?? []) {
    if (store.storefronts.all.some((storefront) => storefront.id === id)) continue;
    log.warn(
      { event: 'storefront.not_found', id },
      `ORDER_STOREFRONTS has ${id}, which is no storefront of this store`,
    );
  }
  for (const id of vendors ?? []) {
    if (store.storefronts.companyName(id) !== undefined) continue;
    log.warn({ event: 'vendor.not_found', id }, `ORDER_VENDORS has ${id}, which is no vendor of this store`);
  }
}

function reportMethodNames({ methodRules, methodLanguage }: Config['export'], store: Store, log: Log): void {
  for (const { method } of methodRules) {
    const isKnown = store.shippingMethods.some(({ id, names }) =>
      [...names.values()].some((name) => isMeant(method, id, name)),
    );
    if (isKnown) continue;
    log.warn(
      { event: 'method.not_found', method },
      `SHIPPING_METHOD_MAP has "${method}", which is no shipping method of this store`,
    );
  }
  if (methodLanguage !== undefined && !store.languages.includes(methodLanguage)) {
    log.warn(
      { event: 'language.not_found', language: methodLanguage },
      `SHIPPING_METHOD_LANGUAGE is "${methodLanguage}", which is no language of this store`,
    );
  }
}
