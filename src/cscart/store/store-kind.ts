import type { Queryable } from '../../database/database.ts';
import type { TableNames } from '../../database/table-names.ts';
import type { StoreShape } from './store-shape.ts';

/**
 * What store this is, for the admin to read. Nothing is decided by it: CS-Cart keeps its version in a file, an upgraded
 * store has leftovers, and everything that differs is asked of the {@link StoreShape}.
 */
export interface StoreKind {
  readonly edition: 'CS-Cart' | 'Multi-Vendor' | 'unknown';
  /** A range of versions, e.g. `4.12.2 – 4.12.x`, `4.19 or later`. */
  readonly versions: string;
  /** Of the tables that are written: `MyISAM`, unless a host has converted them. */
  readonly engines: readonly string[];
}

/** What each release brought that can be seen in the tables which the bridge may read, oldest first. */
const MARKERS: readonly (readonly [release: string, isThere: (shape: StoreShape) => boolean])[] = [
  ['4.0', () => true],
  ['4.1', (shape) => shape.has('orders', 'profile_id')],
  ['4.2', (shape) => shape.typeOf('order_data', 'data')?.startsWith('longblob') ?? false],
  ['4.2.4', (shape) => shape.typeOf('orders', 'ip_address')?.startsWith('varbinary') ?? false],
  ['4.3.1', (shape) => shape.typeOf('orders', 'notes')?.endsWith(' null') ?? false],
  ['4.3.4', (shape) => shape.has('status_data', 'status_id')],
  ['4.3.7', (shape) => shape.has('shipments', 'status')],
  ['4.4', (shape) => shape.typeOf('orders', 'phone')?.startsWith('varchar(128)') ?? false],
  ['4.7', (shape) => shape.has('statuses', 'position')],
  ['4.9', (shape) => shape.has('order_data', 'order_data_id')],
  ['4.11', (shape) => shape.has('orders', 'storefront_id')],
  ['4.12.1', (shape) => shape.typeOf('products', 'tracking')?.endsWith(' null') ?? false],
  ['4.12.2', (shape) => shape.has('orders', 'updated_at')],
  ['4.13', (shape) => shape.typeOf('images_links', 'detailed_id')?.startsWith('int') ?? false],
  ['4.17', (shape) => shape.has('companies', 'registered_from_storefront_id')],
  ['4.19', (shape) => shape.has('products', 'show_videos_before_images')],
];

/** Reads what can be told of the store's kind, in one query. */
export async function readStoreKind(
  database: Queryable,
  tables: TableNames,
  shape: StoreShape,
): Promise<StoreKind> {
  const rows = await database.query<{ engine: string | null }>(
    `select distinct engine as engine from information_schema.tables
      where table_schema = database() and table_name in (?) order by 1`,
    [['orders', 'order_details', 'shipments', 'shipment_items'].map((table) => tables.prefix + table)],
  );
  return {
    edition: editionOf(shape),
    versions: versionsOf(shape),
    engines: rows.flatMap(({ engine }) => engine ?? []),
  };
}

/** Tables that only one edition has; `unknown` where the account may see neither. */
function editionOf(shape: StoreShape): StoreKind['edition'] {
  if (shape.has('ult_objects_sharing')) return 'CS-Cart';
  return shape.has('vendor_payouts') ? 'Multi-Vendor' : 'unknown';
}

/** From the newest release of which something is there to the first of which nothing is. */
function versionsOf(shape: StoreShape): string {
  const newest = MARKERS.findLastIndex(([, isThere]) => isThere(shape));
  const from = MARKERS[newest]?.[0] ?? '4.0';
  const next = MARKERS.slice(newest + 1).find(([release]) => !isOfOneEdition(release, shape))?.[0];
  return next === undefined ? `${from} or later` : `${from} to before ${next}`;
}

/** 4.17 shows itself in Multi-Vendor alone: that its mark is absent says nothing of another store. */
function isOfOneEdition(release: string, shape: StoreShape): boolean {
  return release === '4.17' && editionOf(shape) !== 'Multi-Vendor';
}
