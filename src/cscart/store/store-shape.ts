import type { Queryable } from '../../database/database.ts';
import type { TableNames } from '../../database/table-names.ts';

/**
 * Which tables and columns this store has. Everything that differs between CS-Cart versions asks here for what it
 * needs; nothing tests a version number, because upgraded stores keep old columns and may lack new ones.
 */
export interface StoreShape {
  has(table: string, column?: string): boolean;
  /** A text without the characters that a column cannot hold: on a strict server they would be an error. */
  storable(table: string, column: string, text: string): string;
}

/** The tables that differ between versions in a way that matters here, or that may be absent. */
const LOOKED_AT = [
  'orders',
  'order_details',
  'order_data',
  'shipments',
  'shipment_items',
  'shipping_services',
  'statuses',
  'status_descriptions',
  'status_data',
  'storefronts',
  'companies',
  'vendor_payouts',
  'ult_objects_sharing',
] as const;

/** Without these there is no store to read. */
const REQUIRED = [
  'orders',
  'order_details',
  'order_data',
  'shipments',
  'shipment_items',
  'statuses',
] as const;

/** The database holds no CS-Cart store under the configured table prefix. The message is fit for the admin. */
export class StoreNotFound extends Error {
  override readonly name = 'StoreNotFound';
}

/** Reads the shape once. Throws {@link StoreNotFound}, naming the prefixes that do exist. */
export async function readStoreShape(database: Queryable, tables: TableNames): Promise<StoreShape> {
  const { prefix } = tables;
  const rows = await database.query<{
    tableName: string;
    columnName: string;
    charset: string | null;
    foldsNames: number;
  }>(
    `select table_name as tableName, column_name as columnName, character_set_name as charset,
            @@lower_case_table_names as foldsNames
       from information_schema.columns
      where table_schema = database() and table_name in (?)`,
    [LOOKED_AT.map((table) => prefix + table)],
  );
  const charsets = new Map<string, string | null>();
  const found = new Set<string>();
  for (const row of rows) {
    // The catalogue compares names without regard to case; the tables themselves do, unless the server folds names.
    if (row.foldsNames === 0 && !row.tableName.startsWith(prefix)) continue;
    const table = row.tableName.slice(prefix.length).toLowerCase();
    found.add(table);
    charsets.set(`${table}.${row.columnName.toLowerCase()}`, row.charset);
  }
  const missing = REQUIRED.filter((table) => !found.has(table));
  if (missing.length > 0) throw new StoreNotFound(await explainMissing(database, prefix, missing));

  return {
    has: (table, column) => (column === undefined ? found.has(table) : charsets.has(`${table}.${column}`)),
    storable: (table, column, text) => storableIn(charsets.get(`${table}.${column}`) ?? null, text),
  };
}

async function explainMissing(
  database: Queryable,
  prefix: string,
  missing: readonly string[],
): Promise<string> {
  const rows = await database.query<{ tableName: string }>(
    `select table_name as tableName from information_schema.tables
      where table_schema = database() and table_name like '%order\\_details'`,
  );
  const prefixes = rows
    .map((row) => row.tableName.replace(/order_details$/i, ''))
    .filter((other) => other !== prefix);
  const missingTables = missing.map((table) => prefix + table).join(', ');
  return prefixes.length > 0
    ? `the database has no table ${missingTables}; CSCART_TABLE_PREFIX is "${prefix}", but stores were found under: ${prefixes.map((found) => `"${found}"`).join(', ')}`
    : `the database has no table ${missingTables} that this account may read: is it the database of the store, and is CSCART_TABLE_PREFIX ("${prefix}") right?`;
}

/** The shop's own charset is three-byte UTF-8, without emoji; a host may have converted a table to anything. */
function storableIn(charset: string | null, text: string): string {
  if (charset === 'utf8mb4') return text;
  if (charset?.startsWith('utf8')) return text.replace(/[\u{10000}-\u{10ffff}]/gu, '\ufffd');
  return text.replace(/[^\0-\x7f]/gu, '?');
}
