import type { Queryable } from '../../database/database.ts';
import type { Store } from '../store/store.ts';
import { storedName, storedText } from '../stored-text.ts';

/** What today's product rows say; an ordered product may be gone. */
export interface Product {
  readonly name: string | undefined;
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
  readonly name: string | null;
  readonly [column: `column:${string}`]: string | null;
}

/**
 * Reads products by primary key, with their name in the store's first language and the columns that an add-on or the
 * merchant has put there (checked names).
 */
export async function readProducts(
  database: Queryable,
  store: Store,
  productIds: readonly number[],
  columns: readonly string[] = [],
): Promise<Map<number, Product>> {
  if (productIds.length === 0) return new Map();
  const rows = await database.query<ProductRow>(
    `select p.product_id as id, p.weight, p.is_edp as edp, p.edp_shipping as edpShipping, d.product as name
            ${columns.map((column) => `, cast(p.\`${column}\` as char) as \`column:${column}\``).join('')}
       from ${store.tables('products')} p
       left join ${store.tables('product_descriptions')} d on d.product_id = p.product_id and d.lang_code = ?
      where p.product_id in (?)`,
    [store.languages[0] ?? 'en', productIds],
  );
  return new Map(
    rows.map((row) => [
      row.id,
      {
        name: storedName(row.name) || undefined,
        weight: Number(row.weight),
        isDownload: row.edp === 'Y',
        isDownloadShipped: row.edpShipping === 'Y',
        columns: columnTexts(row, columns),
      },
    ]),
  );
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
