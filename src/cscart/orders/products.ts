import type { Queryable } from '../../database/database.ts';
import type { Store } from '../store/store.ts';

/** What today's product rows say; an ordered product may be gone. */
export interface Product {
  readonly name: string | undefined;
  /** In the store's weight unit, without options. */
  readonly weight: number;
  readonly isDownload: boolean;
  readonly isDownloadShipped: boolean;
}

/** Reads products by primary key, with their name in the store's first language. */
export async function readProducts(
  database: Queryable,
  store: Store,
  productIds: readonly number[],
): Promise<Map<number, Product>> {
  if (productIds.length === 0) return new Map();
  const rows = await database.query<{
    id: number;
    weight: string;
    edp: string;
    edpShipping: string;
    name: string | null;
  }>(
    `select p.product_id as id, p.weight, p.is_edp as edp, p.edp_shipping as edpShipping, d.product as name
       from ${store.tables('products')} p
       left join ${store.tables('product_descriptions')} d on d.product_id = p.product_id and d.lang_code = ?
      where p.product_id in (?)`,
    [store.languages[0] ?? 'en', productIds],
  );
  return new Map(
    rows.map((row) => [
      row.id,
      {
        name: row.name?.trim() || undefined,
        weight: Number(row.weight),
        isDownload: row.edp === 'Y',
        isDownloadShipped: row.edpShipping === 'Y',
      },
    ]),
  );
}

/** How a chosen variant changes a unit's weight. */
export interface WeightModifier {
  readonly amount: number;
  /** `percent` is of the product's base weight. */
  readonly kind: 'absolute' | 'percent';
}

/** Reads the weight modifiers of variants by primary key; a line's own snapshot of its options does not hold them. */
export async function readWeightModifiers(
  database: Queryable,
  store: Store,
  variantIds: readonly number[],
): Promise<Map<number, WeightModifier>> {
  if (variantIds.length === 0) return new Map();
  const rows = await database.query<{ id: number; amount: string; type: string }>(
    `select variant_id as id, weight_modifier as amount, weight_modifier_type as type
       from ${store.tables('product_option_variants')} where variant_id in (?)`,
    [variantIds],
  );
  return new Map(
    rows.map((row) => [
      row.id,
      { amount: Number(row.amount), kind: row.type === 'P' ? 'percent' : 'absolute' },
    ]),
  );
}

/** Base weight plus modifiers, each computed on the base weight; never below 0. */
export function weightWithOptions(base: number, modifiers: readonly WeightModifier[]): number {
  const weight = modifiers.reduce(
    (sum, { amount, kind }) => sum + (kind === 'percent' ? (base * amount) / 100 : amount),
    base,
  );
  return Math.max(weight, 0);
}
