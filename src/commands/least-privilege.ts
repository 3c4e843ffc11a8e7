import { randomBytes } from 'node:crypto';
import type { Config } from '../config/config.ts';
import type { StoreShape } from '../cscart/store/store-shape.ts';
import { createTableNames } from '../database/table-names.ts';
import { ledgerTables } from '../ledger/schema.ts';

/** Tables of the store that are read, in every version. */
const READ = [
  ...['orders', 'order_details', 'order_data', 'shipments', 'shipment_items'],
  ...['statuses', 'status_descriptions', 'status_data', 'currencies', 'languages'],
  ...['settings_objects', 'settings_sections', 'companies', 'shipping_services', 'shipping_descriptions'],
  ...[
    'payment_descriptions',
    'products',
    'product_descriptions',
    'product_option_variants',
    'images',
    'images_links',
  ],
] as const;

/** Tables that some versions lack; the bridge does without, but says less then. */
const READ_WHERE_THERE = [
  ...['states', 'state_descriptions', 'storefronts', 'storefronts_companies'],
  ...['profile_fields', 'profile_field_descriptions', 'profile_field_values', 'profile_fields_data'],
  ...['product_options', 'product_options_descriptions', 'product_option_variants_descriptions'],
  ...['product_features_descriptions', 'product_features_values', 'product_feature_variant_descriptions'],
  ...['product_variation_group_features', 'product_variation_group_products'],
] as const;

/** Tables that only tell the edition: of these one column is enough. */
const TELL_THE_EDITION = [
  ['ult_objects_sharing', 'share_object_id'],
  ['vendor_payouts', 'payout_id'],
] as const;

/**
 * SQL that an administrator of the database runs once: the bridge's tables, and an account that may do no more than it
 * must. What depends on the version is commented out where `shape` does not have it: the account that looked sees only
 * tables that it has a right to. Where the store could not be looked at, `shape` is the reason.
 */
export function leastPrivilegeSql(config: Config, shape: StoreShape | string): string {
  const tables = createTableNames(config.store.tablePrefix);
  const { database } = config.store.databaseUrl;
  const ledgerDatabase = (config.bridgeDatabaseUrl ?? config.store.databaseUrl).database;
  const on = (table: string) => `\`${database}\`.${tables(table)}`;
  const account = "'shipstation'@'%'";
  const ofVersions = (table: string, column: string | undefined, versions: string, grant: string) => {
    if (typeof shape !== 'string') return shape.has(table, column) ? [grant] : [];
    return [`-- ${versions} (take away the dashes if that is your store):`, `-- ${grant}`];
  };
  const isSeen = (table: string) => typeof shape !== 'string' && shape.has(table);
  const whereThere = [
    ...READ_WHERE_THERE.map((table) => ({
      isSeen: isSeen(table),
      grant: `grant select on ${on(table)} to ${account};`,
    })),
    ...TELL_THE_EDITION.map(([table, column]) => ({
      isSeen: isSeen(table),
      grant: `grant select (${column}) on ${on(table)} to ${account};`,
    })),
  ];
  return [
    ...(typeof shape === 'string'
      ? [
          `-- The store could not be looked at: ${shape.replaceAll('\n', ' ')}`,
          '-- Check the settings before you run this.',
        ]
      : []),
    '-- Run this as an administrator of the database. The account and its password go into CSCART_DATABASE_URL.',
    "-- Where the bridge has an address of its own, write that instead of '%'.",
    `use \`${ledgerDatabase}\`;`,
    '',
    ...ledgerTables(tables).map(({ sql }) => `${sql};\n`),
    '-- An account that is there already keeps its password.',
    `create user if not exists ${account} identified by '${randomBytes(18).toString('base64url')}';`,
    '',
    '-- What the bridge reads:',
    ...READ.map((table) => `grant select on ${on(table)} to ${account};`),
    ...whereThere.filter(({ isSeen }) => isSeen).map(({ grant }) => grant),
    ...(whereThere.every(({ isSeen }) => isSeen)
      ? []
      : [
          '-- Not seen in the store: its version lacks them, or the account that looked has no right to them.',
          '-- Take away the dashes before those that your database has:',
        ]),
    ...whereThere.filter(({ isSeen }) => !isSeen).map(({ grant }) => `-- ${grant}`),
    '',
    '-- What it writes:',
    `grant insert on ${on('shipments')} to ${account};`,
    `grant insert on ${on('shipment_items')} to ${account};`,
    `grant update (status) on ${on('orders')} to ${account};`,
    ...ofVersions(
      'orders',
      'updated_at',
      'CS-Cart 4.12.2 and later',
      `grant update (updated_at) on ${on('orders')} to ${account};`,
    ),
    ...ofVersions(
      'orders',
      'last_modify',
      "A store on which ShipStation's own add-on was installed",
      `grant update (last_modify) on ${on('orders')} to ${account};`,
    ),
    ...(config.shipping.relabel === 'replace'
      ? [
          `grant update (tracking_number, carrier, comments) on ${on('shipments')} to ${account}; -- RELABEL=replace`,
        ]
      : []),
    ...(config.shipping.writeStoreLog
      ? [`grant insert on ${on('logs')} to ${account}; -- WRITE_STORE_LOG=true`]
      : []),
    '',
    '-- Its own tables:',
    ...ledgerTables(tables).map(
      ({ name }) =>
        `grant select, insert, update, delete, drop on \`${ledgerDatabase}\`.${tables(name)} to ${account};`,
    ),
    '',
  ].join('\n');
}
