import type { Queryable } from '../../database/database.ts';
import { createTableNames, type TableNames } from '../../database/table-names.ts';
import { readCarriers } from './carriers.ts';
import { type ImageBases, readImageBases } from './image-bases.ts';
import { type OrderStatus, readOrderStatuses } from './order-statuses.ts';
import { readStoreSettings } from './store-settings.ts';
import { readStoreShape, type StoreShape } from './store-shape.ts';

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
  readonly imageBases: ImageBases;
}

/**
 * Reads what the store is, in a fixed number of small queries. `storeUrl` overrides the base of image URLs.
 * Throws `StoreNotFound` when there is no store under this prefix, `DatabaseUnavailable` when it cannot be asked.
 */
export async function readStore(
  database: Queryable,
  options: { readonly prefix: string; readonly storeUrl?: string | undefined },
): Promise<Store> {
  const tables = createTableNames(options.prefix);
  const shape = await readStoreShape(database, tables);
  const [statuses, carriers, settings, imageBases] = await Promise.all([
    readOrderStatuses(database, tables, shape),
    readCarriers(database, tables, shape),
    readStoreSettings(database, tables),
    readImageBases(database, tables, shape, options.storeUrl),
  ]);
  return { tables, shape, statuses, carriers, imageBases, ...settings };
}
