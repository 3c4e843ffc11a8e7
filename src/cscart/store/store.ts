import type { Queryable } from '../../database/database.ts';
import { createTableNames, type TableNames } from '../../database/table-names.ts';
import type { Translations } from '../translations.ts';
import { readCarriers } from './carriers.ts';
import { type Feature, hasVariationGroups, readFeatures } from './features.ts';
import { type Method, readMethods } from './methods.ts';
import { type OrderStatus, readOrderStatuses } from './order-statuses.ts';
import { type ProfileField, readProfileFields } from './profile-fields.ts';
import { readStates, type States } from './states.ts';
import { readStoreKind, type StoreKind } from './store-kind.ts';
import { readStoreSettings } from './store-settings.ts';
import { readStoreShape, type StoreShape } from './store-shape.ts';
import { readStorefronts, type Storefronts } from './storefronts.ts';

/** What the bridge knows of a store besides its orders: small, slow to change, read now and then. */
export interface Store {
  readonly tables: TableNames;
  readonly shape: StoreShape;
  readonly statuses: readonly OrderStatus[];
  /** The codes that `shipments.carrier` may hold so that the shop knows the carrier, e.g. `ups`, `fedexrest`. */
  readonly carriers: readonly string[];
  /** ISO 4217; every amount in the store's tables is in it. */
  readonly primaryCurrency: string;
  /** Grams in one unit of `products.weight`. */
  readonly gramsPerWeightUnit: number;
  /** IANA name; only for calendar days, since all instants are UTC. */
  readonly timeZone: string;
  /** Languages by preference, for names that an order's own language lacks. */
  readonly languages: readonly string[];
  readonly kind: StoreKind;
  readonly storefronts: Storefronts;
  /** Below this address images lie, whatever the storefront; without a slash at its end. */
  readonly imageBase: string | undefined;
  readonly states: States;
  readonly shippingMethods: readonly Method[];
  /** Names of methods by their ids. */
  readonly shippingNames: ReadonlyMap<number, Translations>;
  readonly paymentNames: ReadonlyMap<number, Translations>;
  readonly profileFields: readonly ProfileField[];
  /** Those product features that the configuration names. */
  readonly features: readonly Feature[];
  /** Whether products can be variations of one another. */
  readonly hasVariations: boolean;
}

export interface StoreOptions {
  readonly prefix: string;
  /** Overrides the base of image URLs. */
  readonly storeUrl?: string | undefined;
  /** Ids or names of the product features that the configuration names. */
  readonly features?: readonly string[] | undefined;
}

/**
 * Reads what the store is, in a fixed number of small queries.
 * Throws `StoreNotFound` when there is no store under this prefix, `DatabaseUnavailable` when it cannot be asked.
 */
export async function readStore(database: Queryable, options: StoreOptions): Promise<Store> {
  const tables = createTableNames(options.prefix);
  const shape = await readStoreShape(database, tables);
  const settings = await readStoreSettings(database, tables);
  const [
    statuses,
    carriers,
    kind,
    storefronts,
    states,
    shippingMethods,
    paymentMethods,
    profileFields,
    features,
    hasVariations,
  ] = await Promise.all([
    readOrderStatuses(database, tables, shape, settings.languages),
    readCarriers(database, tables, shape),
    readStoreKind(database, tables, shape),
    readStorefronts(database, tables, shape),
    readStates(database, tables, shape, settings.languages),
    readMethods(database, tables, 'shipping'),
    readMethods(database, tables, 'payment'),
    readProfileFields(database, tables, shape),
    readFeatures(database, tables, shape, options.features ?? []),
    hasVariationGroups(database, tables, shape),
  ]);
  return {
    tables,
    shape,
    imageBase: options.storeUrl?.replace(/\/+$/, ''),
    ...settings,
    statuses,
    carriers,
    kind,
    storefronts,
    states,
    shippingMethods,
    shippingNames: namesById(shippingMethods),
    paymentNames: namesById(paymentMethods),
    profileFields,
    features,
    hasVariations,
  };
}

function namesById(methods: readonly Method[]): ReadonlyMap<number, Translations> {
  return new Map(methods.map(({ id, names }) => [id, names]));
}
