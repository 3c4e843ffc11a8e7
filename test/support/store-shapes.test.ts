import { describe, expect, it } from 'vitest';
import {
  createTableSql,
  everyColumnOf,
  STORE_VERSIONS,
  type StoreVersion,
  tableShapes,
  versionsWithShapes,
} from './store-shapes.ts';

function tableOf(version: StoreVersion, name: string) {
  return tableShapes(version).find((shape) => shape.name === name);
}

function typeOf(version: StoreVersion, table: string, column: string) {
  return tableOf(version, table)?.columns.find(({ name }) => name === column)?.type;
}

describe('tableShapes', () => {
  it('knows exactly the versions that the shape file knows', () => {
    expect(versionsWithShapes()).toEqual(STORE_VERSIONS);
  });

  it.each(STORE_VERSIONS)('gives %s tables whose keys name their columns', (version) => {
    const shapes = tableShapes(version);
    expect(shapes.length).toBeGreaterThanOrEqual(36);
    for (const { name, columns, keys } of shapes) {
      const names = columns.map((column) => column.name);
      expect(names, name).toEqual([...new Set(names)]);
      expect(names, name).toEqual(expect.arrayContaining(keys.flatMap((key) => key.columns)));
    }
  });

  // One row on either side of each change that the bridge has to notice.
  it.each<[StoreVersion, string, string, string | undefined]>([
    ['4.1.5 U', 'order_details', 'extra', 'text'],
    ['4.2.3 M', 'order_details', 'extra', 'longblob'],
    ['4.3.6 U', 'order_details', 'amount', 'smallint(5) unsigned'],
    ['4.4.2 M', 'order_details', 'amount', 'mediumint(8) unsigned'],
    ['4.6.1 M', 'order_details', 'product_code', 'varchar(32)'],
    ['4.8.1 U', 'order_details', 'product_code', 'varchar(64)'],
    ['4.8.1 U', 'order_data', 'order_data_id', undefined],
    ['4.9.3 M', 'order_data', 'order_data_id', 'int(11) unsigned'],
    ['4.2.3 U', 'orders', 'ip_address', 'varchar(15)'],
    ['4.2.4 U', 'orders', 'ip_address', 'varbinary(40)'],
    ['4.12.1 U', 'orders', 'updated_at', undefined],
    ['4.12.2 M', 'orders', 'updated_at', 'int(11) unsigned'],
    ['4.9.3 M', 'orders', 'storefront_id', undefined],
    ['4.11.2 M', 'orders', 'storefront_id', 'int(11) unsigned'],
    ['4.3.3 M', 'status_data', 'status', 'char(1)'],
    ['4.3.6 M', 'status_data', 'status', undefined],
    ['4.3.6 M', 'status_data', 'status_id', 'mediumint(8) unsigned'],
    ['4.3.6 U', 'shipments', 'status', undefined],
    ['4.4.2 M', 'shipments', 'status', 'char(1)'],
    ['4.0.1 M', 'shipping_services', 'carrier', 'varchar(10)'],
    ['4.1.3 U', 'shipping_services', 'carrier', undefined],
    // The editions part: what one has from a version on, the other never gets.
    ['4.14.2 M', 'shippings', 'available_for_new_vendors', 'char(1)'],
    ['4.15.2 U', 'shippings', 'available_for_new_vendors', undefined],
    ['4.15.2 U', 'shippings', 'is_address_required', 'char(1)'],
    ['4.18.2 M', 'companies', 'tax_number', 'varchar(255)'],
    ['4.18.2 U', 'companies', 'tax_number', undefined],
    ['4.17.1 M', 'vendor_payouts', 'exclude_from_balance', 'char(1)'],
    ['4.18.2 U', 'vendor_payouts', 'payout_id', undefined],
    ['4.18.2 U', 'ult_objects_sharing', 'share_company_id', 'int(11) unsigned'],
    ['4.18.2 M', 'ult_objects_sharing', 'share_company_id', undefined],
    ['4.8.1 U', 'lock_keys', 'token', undefined],
    ['4.20.1 U', 'products', 'autoplay_videos', 'char(1)'],
    ['4.0.1 M', 'product_features_values', 'value_int', 'double(12,2)'],
    ['4.11.5 M', 'product_variation_group_products', 'product_id', undefined],
    ['4.12.1 U', 'product_variation_group_products', 'product_id', 'int(11) unsigned'],
    ['4.11.5 M', 'product_options_inventory', 'product_code', 'varchar(64)'],
    ['4.12.1 U', 'product_options_inventory', 'product_code', undefined],
  ])('%s: %s.%s is %s', (version, table, column, type) => {
    expect(typeOf(version, table, column)).toBe(type);
  });

  it('moves a key where a version moved it', () => {
    const keys = (version: StoreVersion) => tableOf(version, 'order_data')?.keys;
    expect(keys('4.8.1 U')).toEqual([{ name: 'PRIMARY', columns: ['order_id', 'type'] }]);
    expect(keys('4.20.1 U')).toEqual([
      { name: 'PRIMARY', columns: ['order_data_id'] },
      { name: 'idx_order_id_type', columns: ['order_id', 'type'], unique: true },
    ]);
  });

  it('tells a column of another version from one that never was', () => {
    expect(everyColumnOf('orders')).toContain('updated_at');
    expect(everyColumnOf('orders')).not.toContain('tracking');
    expect(() => everyColumnOf('orderz')).toThrow(RangeError);
  });
});

describe('createTableSql', () => {
  it('writes columns, keys, engine and character set', () => {
    const shape = tableOf('4.18.2 M', 'shipments');
    if (shape === undefined) throw new Error('no such table');
    expect(createTableSql(shape, { prefix: 'shop_', engine: 'MyISAM' })).toBe(
      `create table \`shop_shipments\` (
  \`shipment_id\` mediumint(8) unsigned not null auto_increment,
  \`shipping_id\` mediumint(8) unsigned not null default '0',
  \`tracking_number\` varchar(255) not null default '',
  \`carrier\` varchar(255) not null default '',
  \`timestamp\` int(11) unsigned not null default '0',
  \`comments\` mediumtext null,
  \`status\` char(1) not null default 'P',
  primary key (\`shipment_id\`),
  key \`status\` (\`status\`)
) engine=MyISAM default charset=utf8mb3 collate=utf8mb3_general_ci`,
    );
  });

  it('keeps the engine on which the core insists', () => {
    const shape = tableOf('4.18.2 M', 'lock_keys');
    if (shape === undefined) throw new Error('no such table');
    expect(createTableSql(shape, { prefix: '', engine: 'MyISAM' })).toContain('engine=InnoDB');
  });
});
