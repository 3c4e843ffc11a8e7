import type { Config } from '../config/config.ts';
import { findMethods } from '../cscart/store/methods.ts';
import { findStatus } from '../cscart/store/order-statuses.ts';
import type { Store } from '../cscart/store/store.ts';
import { createFieldReaders } from './export-orders/order-document/configured-fields.ts';
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
  for (const word of unknownWords) {
    log.warn(
      { event: 'status.not_found', word },
      `a STATUS_… variable has "${word}", which is no letter and no name of a status of this store`,
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
  for (const source of createFieldReaders(config.export, store).unknown) {
    log.warn(
      { event: 'field.not_found', source },
      `this store has no ${source}, which an EXPORT_… variable names`,
    );
  }
  const { methods, storefronts } = config.export.filters;
  for (const method of [...(methods?.wanted ?? []), ...(methods?.unwanted ?? [])]) {
    if (findMethods(store.shippingMethods, method).length > 0) continue;
    log.warn(
      { event: 'method.not_found', method },
      `ORDER_SHIPPING_METHODS has "${method}", which is no shipping method of this store`,
    );
  }
  for (const id of storefronts ?? []) {
    if (store.storefronts.all.some((storefront) => storefront.id === id)) continue;
    log.warn(
      { event: 'storefront.not_found', id },
      `ORDER_STOREFRONTS has ${id}, which is no storefront of this store`,
    );
  }
}
