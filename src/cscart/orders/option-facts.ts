import { commonText } from '../../database/common-text.ts';
import type { Queryable } from '../../database/database.ts';
import type { Store } from '../store/store.ts';
import { storedName } from '../stored-text.ts';
import type { Translations } from '../translations.ts';

/** How a chosen variant changes a unit's weight. */
export interface WeightModifier {
  readonly amount: number;
  /** `percent` is of the product's base weight. */
  readonly kind: 'absolute' | 'percent';
}

/** What today's rows say of options and their variants; an ordered one may be gone. */
export interface OptionFacts {
  readonly variants: ReadonlyMap<number, WeightModifier & { readonly optionId: number }>;
  readonly variantNames: ReadonlyMap<number, Translations>;
  /** Type as in `product_options.option_type`. */
  readonly options: ReadonlyMap<number, { readonly type: string; readonly names: Translations }>;
}

interface FactRow {
  readonly fact: 'variant' | 'variant name' | 'option name';
  readonly id: number;
  /** A union of a column and a plain 0 may be a DECIMAL, which comes as text. */
  readonly optionId: number | string;
  readonly amount: string | null;
  readonly type: string | null;
  readonly language: string | null;
  readonly name: string | null;
}

/**
 * Reads the weight modifiers of variants, which a line's own snapshot of its options does not hold; and, for the lines
 * that have no such snapshot, the names of `openOptions` and of the variants. One query, by primary keys.
 */
export async function readOptionFacts(
  database: Queryable,
  store: Store,
  variantIds: readonly number[],
  openOptions: readonly number[],
): Promise<OptionFacts> {
  const { shape, tables } = store;
  const parts: { readonly sql: string; readonly values: readonly number[] }[] = [];
  if (variantIds.length > 0) {
    parts.push({
      sql: `select 'variant' as fact, variant_id as id, option_id as optionId, weight_modifier as amount,
              ${commonText('weight_modifier_type')} as type, null as language, null as name
         from ${tables('product_option_variants')} where variant_id in (?)`,
      values: variantIds,
    });
  }
  const namesCanBeRead =
    shape.has('product_options') &&
    shape.has('product_options_descriptions') &&
    shape.has('product_option_variants_descriptions');
  if (openOptions.length > 0 && namesCanBeRead) {
    parts.push({
      sql: `select 'option name' as fact, o.option_id as id, 0 as optionId, null as amount,
              ${commonText('o.option_type')} as type, ${commonText('d.lang_code')} as language,
              ${commonText('d.option_name')} as name
         from ${tables('product_options')} o
         join ${tables('product_options_descriptions')} d on d.option_id = o.option_id
        where o.option_id in (?)`,
      values: openOptions,
    });
    if (variantIds.length > 0) {
      parts.push({
        sql: `select 'variant name' as fact, variant_id as id, 0 as optionId, null as amount, null as type,
              ${commonText('lang_code')} as language, ${commonText('variant_name')} as name
         from ${tables('product_option_variants_descriptions')} where variant_id in (?)`,
        values: variantIds,
      });
    }
  }
  if (parts.length === 0) return NO_OPTION_FACTS;
  const rows = await database.query<FactRow>(
    parts.map(({ sql }) => sql).join(' union all '),
    parts.map(({ values }) => values),
  );
  return collect(rows);
}

const NO_OPTION_FACTS: OptionFacts = { variants: new Map(), variantNames: new Map(), options: new Map() };

function collect(rows: readonly FactRow[]): OptionFacts {
  const variants = new Map<number, WeightModifier & { readonly optionId: number }>();
  const variantNames = new Map<number, Map<string, string>>();
  const options = new Map<number, { type: string; names: Map<string, string> }>();
  for (const row of rows) {
    const { id, language } = row;
    if (row.fact === 'variant') {
      const kind = row.type === 'P' ? 'percent' : 'absolute';
      variants.set(id, { optionId: Number(row.optionId), amount: Number(row.amount), kind });
    } else if (row.fact === 'variant name') {
      const names = variantNames.get(id) ?? new Map<string, string>();
      variantNames.set(id, names.set(language ?? '', storedName(row.name)));
    } else {
      const option = options.get(id) ?? { type: row.type ?? '', names: new Map<string, string>() };
      options.set(id, option);
      option.names.set(language ?? '', storedName(row.name));
    }
  }
  return { variants, variantNames, options };
}

/** Base weight plus modifiers, each computed on the base weight; never below 0. */
export function weightWithOptions(base: number, modifiers: readonly WeightModifier[]): number {
  const weight = modifiers.reduce(
    (sum, { amount, kind }) => sum + (kind === 'percent' ? (base * amount) / 100 : amount),
    base,
  );
  return Math.max(weight, 0);
}
