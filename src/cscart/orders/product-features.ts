import { commonText } from '../../database/common-text.ts';
import type { Queryable } from '../../database/database.ts';
import type { Store } from '../store/store.ts';
import { storedName, storedText } from '../stored-text.ts';
import type { Translations } from '../translations.ts';

/** What a product has in a feature, by language. */
export interface FeatureValue {
  readonly featureId: number;
  /** Whether it tells the product from the other variations of its group: its colour, its size. */
  readonly isVariation: boolean;
  /** Empty where it is no variation's. */
  readonly names: Translations;
  readonly values: Translations;
}

interface FeatureRow {
  readonly productId: number;
  readonly featureId: number;
  readonly isVariation: number;
  readonly language: string;
  readonly name: string | null;
  readonly value: string | null;
}

/**
 * Reads, in one query, the features that make products variations (4.12 and later), by the primary keys of the group
 * tables, and those of `featureIds`, by index (product_id) of their values. A variation is a product row of its own: an
 * order's line does not say which colour or size it is.
 */
export async function readProductFeatures(
  database: Queryable,
  store: Store,
  productIds: readonly number[],
  featureIds: readonly number[],
): Promise<Map<number, readonly FeatureValue[]>> {
  const { shape, tables } = store;
  const hasFeatures =
    shape.has('product_features_values') &&
    shape.has('product_features_descriptions') &&
    shape.has('product_feature_variant_descriptions');
  const hasVariations = hasFeatures && store.hasVariations;
  if (productIds.length === 0 || (!hasVariations && featureIds.length === 0)) return new Map();

  // A value is a variant of the feature, or a text, or a number, whose column always has two decimals.
  const number = `trim(trailing '.' from trim(trailing '0' from cast(fv.value_int as decimal(20, 2))))`;
  const value = `coalesce(nullif(${commonText('vd.variant')}, ''), nullif(${commonText('fv.value')}, ''), ${commonText(number)})`;
  const variantName = `left join ${tables('product_feature_variant_descriptions')} vd
           on vd.variant_id = fv.variant_id and vd.lang_code = ${commonText('fv.lang_code')}`;
  const parts: { readonly sql: string; readonly values: readonly (readonly number[])[] }[] = [];
  if (hasVariations) {
    parts.push({
      sql: `select gp.product_id as productId, gf.feature_id as featureId, 1 as isVariation,
              fv.lang_code as language, fd.description as name, ${value} as value
         from ${tables('product_variation_group_products')} gp
         join ${tables('product_variation_group_features')} gf on gf.group_id = gp.group_id
         join ${tables('product_features_values')} fv
           on fv.product_id = gp.product_id and fv.feature_id = gf.feature_id
         left join ${tables('product_features_descriptions')} fd
           on fd.feature_id = gf.feature_id and fd.lang_code = ${commonText('fv.lang_code')}
         ${variantName}
        where gp.product_id in (?)`,
      values: [productIds],
    });
  }
  if (featureIds.length > 0) {
    parts.push({
      sql: `select fv.product_id as productId, fv.feature_id as featureId, 0 as isVariation,
              fv.lang_code as language, '' as name, ${value} as value
         from ${tables('product_features_values')} fv
         ${variantName}
        where fv.product_id in (?) and fv.feature_id in (?)`,
      values: [productIds, featureIds],
    });
  }
  const rows = await database.query<FeatureRow>(
    parts.map(({ sql }) => sql).join(' union all '),
    parts.flatMap(({ values }) => values),
  );
  return group(rows);
}

function group(rows: readonly FeatureRow[]): Map<number, readonly FeatureValue[]> {
  const products = new Map<
    number,
    Map<string, FeatureValue & { names: Map<string, string>; values: Map<string, string> }>
  >();
  for (const { productId, featureId, isVariation, language, name, value } of rows) {
    const ofProduct = products.get(productId) ?? new Map();
    products.set(productId, ofProduct);
    const key = `${featureId} ${isVariation}`;
    const feature = ofProduct.get(key) ?? {
      featureId,
      isVariation: isVariation === 1,
      names: new Map<string, string>(),
      values: new Map<string, string>(),
    };
    ofProduct.set(key, feature);
    feature.names.set(language, storedName(name));
    // A feature with several values has a row for each.
    const before = feature.values.get(language);
    const shown = storedText(value);
    feature.values.set(language, before ? `${before}, ${shown}` : shown);
  }
  return new Map(
    [...products].map(([productId, features]) => [
      productId,
      [...features.values()].sort((a, b) => a.featureId - b.featureId),
    ]),
  );
}
