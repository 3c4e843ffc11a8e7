import type { Store } from '../support/store/store.ts';
import { createTableSql, tableShapes } from '../support/store-shapes.ts';

/** The last version with a stock by combination of options. */
const BEFORE_VARIATIONS = '4.11.3 U';

/**
 * Leaves in a store what upgrades have left in real ones: columns and a table that its version has no use for, filled as
 * they once were, and no index on the instant of change.
 */
export async function leaveWhatUpgradesLeft(store: Store): Promise<void> {
  await store.addColumn('shipping_services', "carrier varchar(10) not null default ''");
  await store.run(
    `update ${store.table('shipping_services')} set carrier = 'FDX' where module in ('fedex', 'ups')`,
  );
  await store.addColumn('status_descriptions', "status char(1) not null default ''");
  await store.addColumn('status_descriptions', "type char(1) not null default 'O'");
  await store.run(`alter table ${store.table('orders')} drop key idx_updated_at`);
  const inventory = tableShapes(BEFORE_VARIATIONS).find(({ name }) => name === 'product_options_inventory');
  if (inventory === undefined) throw new Error(`${BEFORE_VARIATIONS} has no stock by combination`);
  await store.run(createTableSql(inventory, { prefix: store.prefix, engine: 'MyISAM' }));
  await store.run(
    `insert into ${store.table('product_options_inventory')} (product_id, product_code, combination_hash)
     values (1, 'OLD', 1)`,
  );
}

/** Does as a host that wants every character: MyISAM's keys would be too long for it, so the engine changes as well. */
export async function convertToUtf8mb4(store: Store): Promise<void> {
  const tables = await store.query<{ name: string }>(
    'select table_name as name from information_schema.tables where table_schema = database()',
  );
  const statements = tables.map(
    ({ name }) =>
      `alter table \`${name}\` engine = InnoDB, convert to character set utf8mb4 collate utf8mb4_unicode_ci`,
  );
  await store.run(statements.join(';'));
}
