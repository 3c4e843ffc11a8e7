import type { Queryable } from '../../database/database.ts';
import type { Store } from '../store/store.ts';
import { storedName, storedText } from '../stored-text.ts';
import type { Translations } from '../translations.ts';

/** What today's product rows say; an ordered product may be gone. */
export interface Product {
  /** Empty where it was not asked for. */
  readonly names: Translations;
  /** In the store's weight unit, without options. */
  readonly weight: number;
  readonly isDownload: boolean;
  readonly isDownloadShipped: boolean;
  /** The asked-for columns of its row, as text. */
  readonly columns: ReadonlyMap<string, string>;
}

interface ProductRow {
  readonly id: number;
  readonly weight: string;
  readonly edp: string;
  readonly edpShipping: string;
  readonly language: string | null;
  readonly name: string | null;
  readonly [column: `column:${string}`]: string | null;
}

/**
 * Reads products by primary key: with the columns that an add-on or the merchant has put there (checked names), and with
 * their names in all languages where somebody needs them. A line usually has its own.
 */
export async function readProducts(
  database: Queryable,
  store: Store,
  productIds: readonly number[],
  { columns, withNames }: { readonly columns: readonly string[]; readonly withNames: boolean },
): Promise<Map<number, Product>> {
  if (productIds.length === 0) return new Map();
  const names = `left join ${store.tables('product_descriptions')} d on d.product_id = p.product_id`;
  const rows = await database.query<ProductRow>(
    `select p.product_id as id, p.weight, p.is_edp as edp, p.edp_shipping as edpShipping,
            ${withNames ? 'd.lang_code as language, d.product as name' : 'null as language, null as name'}
            ${columns.map((column) => `, cast(p.\`${column}\` as char) as \`column:${column}\``).join('')}
       from ${store.tables('products')} p ${withNames ? names : ''}
      where p.product_id in (?)`,
    [productIds],
  );
  const products = new Map<number, Product & { readonly names: Map<string, string> }>();
  for (const row of rows) {
    const product = products.get(row.id) ?? {
      names: new Map<string, string>(),
      weight: Number(row.weight),
      isDownload: row.edp === 'Y',
      isDownloadShipped: row.edpShipping === 'Y',
      columns: columnTexts(row, columns),
    };
    products.set(row.id, product);
    if (row.name) product.names.set(row.language ?? '', storedName(row.name));
  }
  return products;
}

const NO_COLUMNS: ReadonlyMap<string, string> = new Map();

/** The asked-for columns of a row that was read with them under `column:name`. */
export function columnTexts(
  row: { readonly [column: `column:${string}`]: string | null },
  columns: readonly string[],
): ReadonlyMap<string, string> {
  if (columns.length === 0) return NO_COLUMNS;
  return new Map(columns.map((column) => [column, storedText(row[`column:${column}`])]));
}
