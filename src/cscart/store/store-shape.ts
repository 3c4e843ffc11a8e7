import type { Queryable } from '../../database/database.ts';
import type { TableNames } from '../../database/table-names.ts';

/**
 * Which tables and columns this store has. Everything that differs between CS-Cart versions asks here for what it
 * needs; nothing tests a version number, because upgraded stores keep old columns and may lack new ones.
 */
export interface StoreShape {
  has(table: string, column?: string): boolean;
  /** The type of a column as MySQL spells it, e.g. `varchar(64)`, with ` null` behind it where it may be NULL. */
  typeOf(table: string, column: string): string | undefined;
  /** A text without the characters that a column cannot hold: on a strict server they would be an error. */
  storable(table: string, column: string, text: string): string;
}

/**
 * The columns of `orders`, of those that this store has, that say when an order was last changed: `updated_at` from
 * 4.12.2 on, `last_modify` where ShipStation's own add-on was installed.
 */
export function modifiedStamps(shape: StoreShape): readonly string[] {
  return ['updated_at', 'last_modify'].filter((column) => shape.has('orders', column));
}

/**
 * The tables that differ between versions in a way that matters here, or that may be absent: because the version lacks
 * them, or because an account was made before the bridge read them.
 */
const LOOKED_AT = [
  ...['orders', 'order_details', 'order_data', 'shipments', 'shipment_items', 'shipping_services'],
  ...['shipping_descriptions', 'statuses', 'status_descriptions', 'status_data'],
  ...['storefronts', 'storefronts_companies', 'companies', 'vendor_payouts', 'ult_objects_sharing'],
  ...['states', 'state_descriptions', 'products', 'images_links'],
  ...['profile_fields', 'profile_field_descriptions', 'profile_field_values', 'profile_fields_data'],
  ...['product_options', 'product_options_descriptions', 'product_option_variants_descriptions'],
  ...['product_features_descriptions', 'product_features_values', 'product_feature_variant_descriptions'],
  ...['product_variation_group_features', 'product_variation_group_products'],
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
  /** Under which other prefixes there are stores: then it is the prefix that is wrong, and no right that is missing. */
  readonly otherPrefixes: readonly string[];

  constructor(message: string, otherPrefixes: readonly string[] = []) {
    super(message);
    this.otherPrefixes = otherPrefixes;
  }
}

/** Reads the shape once. Throws {@link StoreNotFound}, naming the prefixes that do exist. */
export async function readStoreShape(database: Queryable, tables: TableNames): Promise<StoreShape> {
  const { prefix } = tables;
  const rows = await database.query<{
    tableName: string;
    columnName: string;
    charset: string | null;
    columnType: string;
    nullable: string;
    foldsNames: number;
  }>(
    `select table_name as tableName, column_name as columnName, character_set_name as charset,
            column_type as columnType, is_nullable as nullable, @@lower_case_table_names as foldsNames
       from information_schema.columns
      where table_schema = database() and table_name in (?)`,
    [LOOKED_AT.map((table) => prefix + table)],
  );
  const columns = new Map<string, { readonly charset: string | null; readonly type: string }>();
  const found = new Set<string>();
  for (const row of rows) {
    // The catalogue compares names without regard to case; the tables themselves do, unless the server folds names.
    if (row.foldsNames === 0 && !row.tableName.startsWith(prefix)) continue;
    const table = row.tableName.slice(prefix.length).toLowerCase();
    found.add(table);
    columns.set(`${table}.${row.columnName.toLowerCase()}`, {
      charset: row.charset,
      type: `${row.columnType}${row.nullable === 'YES' ? ' null' : ''}`,
    });
  }
  const missing = REQUIRED.filter((table) => !found.has(table));
  if (missing.length > 0) throw await storeNotFound(database, prefix, missing);

  return {
    has: (table, column) => (column === undefined ? found.has(table) : columns.has(`${table}.${column}`)),
    typeOf: (table, column) => columns.get(`${table}.${column}`)?.type,
    storable: (table, column, text) => storableIn(columns.get(`${table}.${column}`)?.charset ?? null, text),
  };
}

async function storeNotFound(
  database: Queryable,
  prefix: string,
  missing: readonly string[],
): Promise<StoreNotFound> {
  const rows = await database.query<{ tableName: string }>(
    `select table_name as tableName from information_schema.tables
      where table_schema = database() and table_name like '%order\\_details'`,
  );
  const prefixes = rows
    .map((row) => row.tableName.replace(/order_details$/i, ''))
    .filter((other) => other !== prefix);
  const missingTables = missing.map((table) => prefix + table).join(', ');
  return new StoreNotFound(
    prefixes.length > 0
      ? `the database has no table ${missingTables}; CSCART_TABLE_PREFIX is "${prefix}", but stores were found under: ${prefixes.map((found) => (found === '' ? 'none' : `"${found}"`)).join(', ')}`
      : `the database has no table ${missingTables} that this account may read: is it the database of the store, and is CSCART_TABLE_PREFIX ("${prefix}") right?`,
    prefixes,
  );
}

/** The shop's own charset is three-byte UTF-8, without emoji; a host may have converted a table to anything. */
function storableIn(charset: string | null, text: string): string {
  if (charset === 'utf8mb4') return text;
  if (charset?.startsWith('utf8')) return text.replace(/[\u{10000}-\u{10ffff}]/gu, '\ufffd');
  return text.replace(/[^\0-\x7f]/gu, '?');
}
