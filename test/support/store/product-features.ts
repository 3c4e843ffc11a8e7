import { IdSequence } from './id-sequence.ts';
import type { PlainFeature } from './plain-product.ts';
import type { Row } from './tables.ts';

interface KnownFeature {
  readonly featureId: number;
  readonly variantIds: Map<string, number>;
}

/** The features of one store: a name is one feature, and a value of it one variant, whatever product has it. */
export class ProductFeatures {
  readonly #languages: readonly string[];
  readonly #known = new Map<string, KnownFeature>();
  readonly #featureIds = new IdSequence();
  readonly #variantIds = new IdSequence();

  constructor(languages: readonly string[]) {
    this.#languages = languages;
  }

  /** Throws `RangeError` if no product of the store has such a feature. */
  idOf(name: string): number {
    const known = this.#known.get(name);
    if (known === undefined) throw new RangeError(`the store has no feature ${name}`);
    return known.featureId;
  }

  /** The rows that give a product its features; a feature or a variant that the store has already is not made again. */
  rowsFor(productId: number, features: readonly PlainFeature[]): Readonly<Record<string, readonly Row[]>> {
    const rows = {
      product_features: [] as Row[],
      product_features_descriptions: [] as Row[],
      product_feature_variants: [] as Row[],
      product_feature_variant_descriptions: [] as Row[],
      product_features_values: [] as Row[],
    };
    for (const feature of features) {
      const { featureId, variantIds } = this.#known.get(feature.name) ?? this.#makeFeature(feature, rows);
      const variantId =
        variantIds.get(feature.value) ?? this.#makeVariant(feature, featureId, variantIds, rows);
      rows.product_features_values.push(
        // The text of a variant is with the variant; the value itself stays empty.
        ...this.#perLanguage(() => ({ feature_id: featureId, product_id: productId, variant_id: variantId })),
      );
    }
    return rows;
  }

  #makeFeature(
    { name, names }: PlainFeature,
    rows: { product_features: Row[]; product_features_descriptions: Row[] },
  ): KnownFeature {
    const feature = { featureId: this.#featureIds.take(), variantIds: new Map<string, number>() };
    this.#known.set(name, feature);
    // S: chosen from a list of variants, the type of every feature that tells variations apart.
    rows.product_features.push({ feature_id: feature.featureId, company_id: 1, feature_type: 'S' });
    rows.product_features_descriptions.push(
      ...this.#perLanguage((language) => ({
        feature_id: feature.featureId,
        description: names?.[language] ?? name,
      })),
    );
    return feature;
  }

  #makeVariant(
    { value, values }: PlainFeature,
    featureId: number,
    variantIds: Map<string, number>,
    rows: { product_feature_variants: Row[]; product_feature_variant_descriptions: Row[] },
  ): number {
    const variantId = this.#variantIds.take();
    variantIds.set(value, variantId);
    rows.product_feature_variants.push({ variant_id: variantId, feature_id: featureId });
    rows.product_feature_variant_descriptions.push(
      ...this.#perLanguage((language) => ({ variant_id: variantId, variant: values?.[language] ?? value })),
    );
    return variantId;
  }

  #perLanguage(row: (language: string) => Row): Row[] {
    return this.#languages.map((language) => ({ ...row(language), lang_code: language }));
  }
}
