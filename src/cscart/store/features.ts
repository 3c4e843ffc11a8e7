import type { Queryable } from '../../database/database.ts';
import type { TableNames } from '../../database/table-names.ts';
import { storedName } from '../stored-text.ts';
import type { StoreShape } from './store-shape.ts';

/** A product feature that the configuration names. */
export interface Feature {
  readonly id: number;
  /** In every language of the store. */
  readonly names: readonly string[];
}

/** Reads the features of these ids or names; a store can have thousands, so the others are not read. */
export async function readFeatures(
  database: Queryable,
  tables: TableNames,
  shape: StoreShape,
  idsOrNames: readonly string[],
): Promise<readonly Feature[]> {
  if (idsOrNames.length === 0 || !shape.has('product_features_descriptions')) return [];
  if (!shape.has('product_features_values') || !shape.has('product_feature_variant_descriptions')) return [];
  const ids = idsOrNames.filter((word) => /^\d{1,9}$/.test(word)).map(Number);
  const rows = await database.query<{ id: number; name: string }>(
    `select feature_id as id, description as name from ${tables('product_features_descriptions')}
      where description in (?) or feature_id in (?) order by feature_id`,
    [idsOrNames.flatMap((name) => [name, asStored(name)]), ids.length > 0 ? ids : [0]],
  );
  const names = new Map<number, string[]>();
  for (const row of rows) names.set(row.id, [...(names.get(row.id) ?? []), storedName(row.name)]);
  return [...names].map(([id, ofFeature]) => ({ id, names: ofFeature }));
}

const ENTITIES: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '"': '&quot;',
  "'": '&#039;',
  '<': '&lt;',
  '>': '&gt;',
};

/** A name as the shop keeps what was typed into most of its forms. */
function asStored(name: string): string {
  return name.replace(/[&"'<>]/g, (character) => ENTITIES[character] ?? character);
}

/**
 * Whether products of this store are variations of one another (4.12 and later). The first group that a merchant ever
 * makes is noticed when the store is looked at the next time.
 */
export async function hasVariationGroups(
  database: Queryable,
  tables: TableNames,
  shape: StoreShape,
): Promise<boolean> {
  if (!shape.has('product_variation_group_products') || !shape.has('product_variation_group_features'))
    return false;
  const groups = await database.query(
    `select group_id from ${tables('product_variation_group_products')} limit 1`,
  );
  return groups.length > 0;
}

/** The features that the admin means: by id, else all of this name; several features can bear the same one. */
export function findFeatures(features: readonly Feature[], idOrName: string): readonly Feature[] {
  const byId = features.filter(({ id }) => String(id) === idOrName.trim());
  if (byId.length > 0) return byId;
  const wanted = storedName(idOrName).toLowerCase();
  return features.filter(({ names }) => names.some((name) => name.toLowerCase() === wanted));
}
