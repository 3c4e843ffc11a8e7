import type { PlacedProduct } from './plain-product.ts';
import type { Row } from './tables.ts';

/** Products that are variations of one another. */
export interface PlainVariationGroup {
  readonly products: readonly PlacedProduct[];
  /** The names of the features whose values tell the variations apart. */
  readonly features: readonly string[];
  /** The main product, under which the shop lists the others. Default: the first. */
  readonly parent?: PlacedProduct | undefined;
}

// Always the same: equal stores have equal rows.
const GROUPED_AT = 1_700_000_000;

/** The rows of a group. Every feature is one that makes variations of one catalogue entry. */
export function variationGroupRows(
  group: PlainVariationGroup,
  groupId: number,
  featureIdOf: (name: string) => number,
): Readonly<Record<string, readonly Row[]>> {
  const parent = group.parent ?? group.products[0];
  if (parent === undefined) throw new RangeError('a group of variations has at least one product');
  const members = new Set([parent, ...group.products].map(({ productId }) => productId));
  return {
    product_variation_groups: [
      { id: groupId, code: `PV-${groupId}`, created_at: GROUPED_AT, updated_at: GROUPED_AT },
    ],
    product_variation_group_features: group.features.map((name) => ({
      feature_id: featureIdOf(name),
      purpose: 'group_variation_catalog_item',
      group_id: groupId,
    })),
    product_variation_group_products: [...members].map((productId) => ({
      product_id: productId,
      parent_product_id: productId === parent.productId ? 0 : parent.productId,
      group_id: groupId,
    })),
  };
}
