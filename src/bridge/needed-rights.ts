import type { Config } from '../config/config.ts';
import { modifiedStamps, type StoreShape } from '../cscart/store/store-shape.ts';
import type { TableRight } from '../database/account-rights.ts';
import { quotedName, type TableNames } from '../database/table-names.ts';

/** A right that the bridge's database account needs. */
export interface NeededRight extends TableRight {
  /** Without the prefix. */
  readonly table: string;
  /** The setting that asks for it, e.g. `RELABEL=replace`. */
  readonly setting?: string | undefined;
}

/** A right to read what not every store has, or what the bridge can do without. */
export interface FurtherRight extends NeededRight {
  /** What is missing in the orders without it, for the admin. */
  readonly withoutIt: string;
  /** Whether a store of this shape has the table for certain. */
  readonly isCertain: (shape: StoreShape) => boolean;
}

/** Tables of the store that are read, in every version. */
const READ = [
  ...['orders', 'order_details', 'order_data', 'shipments', 'shipment_items'],
  ...['statuses', 'status_descriptions', 'status_data', 'currencies', 'languages'],
  ...['settings_objects', 'settings_sections', 'companies', 'shipping_services', 'shipping_descriptions'],
  ...['payment_descriptions', 'products', 'product_descriptions', 'product_option_variants'],
  ...['images', 'images_links'],
] as const;

const always = () => true;

/** The bridge does without these, but says less then. Some versions lack some. */
const READ_FURTHER: readonly (Omit<FurtherRight, 'privilege' | 'table'> & {
  readonly tables: readonly string[];
})[] = [
  {
    tables: ['states', 'state_descriptions'],
    withoutIt: 'states come as the shop keeps them, not as their names or two-letter codes',
    isCertain: always,
  },
  {
    tables: ['storefronts', 'storefronts_companies'],
    withoutIt: 'storefronts are not known: pictures may be missing, and ORDER_STOREFRONTS does not work',
    // 4.11 brought the tables and the column together.
    isCertain: (shape) => shape.has('orders', 'storefront_id'),
  },
  {
    tables: ['profile_fields', 'profile_field_descriptions', 'profile_field_values', 'profile_fields_data'],
    withoutIt: 'fields that you added to the checkout (field:…) say nothing',
    isCertain: always,
  },
  {
    tables: ['product_options', 'product_options_descriptions', 'product_option_variants_descriptions'],
    withoutIt: 'options of older orders come without names',
    isCertain: always,
  },
  {
    tables: [
      'product_features_descriptions',
      'product_features_values',
      'product_feature_variant_descriptions',
    ],
    withoutIt: 'product features (feature:…, and what tells variations apart) say nothing',
    isCertain: always,
  },
  {
    tables: ['product_variation_group_features', 'product_variation_group_products'],
    withoutIt: 'what tells variations of a product apart is not sent',
    isCertain: (shape) => shape.has('orders', 'updated_at'),
  },
  // Of these one column is enough: they only tell the edition.
  {
    tables: ['ult_objects_sharing'],
    columns: ['share_object_id'],
    withoutIt: 'the edition is not known',
    isCertain: () => false,
  },
  {
    tables: ['vendor_payouts'],
    columns: ['payout_id'],
    withoutIt: 'the edition is not known',
    isCertain: () => false,
  },
];

/** What must be readable in every store. */
export function readRights(): readonly NeededRight[] {
  return READ.map((table) => ({ privilege: 'select', table }));
}

/** What should be readable, where the store has it. */
export function furtherReadRights(): readonly FurtherRight[] {
  return READ_FURTHER.flatMap(({ tables, ...rest }) =>
    tables.map((table): FurtherRight => ({ privilege: 'select', table, ...rest })),
  );
}

/** What must be writable in the store for shipments, under this configuration. */
export function writeRights(
  { shipping }: Pick<Config, 'shipping'>,
  shape: StoreShape,
): readonly NeededRight[] {
  const rights: NeededRight[] = [
    { privilege: 'insert', table: 'shipments' },
    { privilege: 'insert', table: 'shipment_items' },
    ...['status', ...modifiedStamps(shape)].map(
      (column): NeededRight => ({ privilege: 'update', table: 'orders', columns: [column] }),
    ),
  ];
  if (shipping.relabel === 'replace') {
    const columns = ['tracking_number', 'carrier', 'comments'];
    rights.push({ privilege: 'update', table: 'shipments', columns, setting: 'RELABEL=replace' });
  }
  if (shipping.writeStoreLog)
    rights.push({ privilege: 'insert', table: 'logs', setting: 'WRITE_STORE_LOG=true' });
  return rights;
}

/** What the bridge needs on each of its own tables: to work with it, and to drop it when it is taken away again. */
const OWN_TABLE_PRIVILEGES = 'select, insert, update, delete, drop';

/** Where a right is to be given, and to whom. */
export interface GrantTarget {
  readonly database: string;
  readonly tables: TableNames;
  /** Spelled as SQL has it (`'shipstation'@'%'`). */
  readonly account: string;
}

/**
 * The statement that gives all rights to one of the bridge's own tables.
 *
 * @param toMake also the right to create it, which can be given before there is such a table
 */
export function ownTableGrant(
  name: string,
  { database, tables, account }: GrantTarget,
  toMake: 'to-make' | 'to-use',
): string {
  const create = toMake === 'to-make' ? 'create, ' : '';
  return `grant ${create}${OWN_TABLE_PRIVILEGES} on ${quotedName(database)}.${tables(name)} to ${account};`;
}

/** The statement that gives a right: `grant update (status) on …`. */
export function grantStatement(
  { privilege, table, columns, setting }: NeededRight,
  { database, tables, account }: GrantTarget,
): string {
  const ofColumns = columns ? ` (${columns.join(', ')})` : '';
  const why = setting ? ` -- ${setting}` : '';
  return `grant ${privilege}${ofColumns} on ${quotedName(database)}.${tables(table)} to ${account};${why}`;
}
