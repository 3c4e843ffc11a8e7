import type { Queryable } from '../database/database.ts';
import type { TableNames } from '../database/table-names.ts';

/**
 * The bridge's own tables, as statements. InnoDB, because the store's MyISAM gives no transaction to lean on; instants
 * are epoch seconds like everywhere in CS-Cart; keys stay below the 767 bytes of old servers.
 */
export function ledgerTables(tables: TableNames): readonly { readonly name: string; readonly sql: string }[] {
  return [
    {
      name: 'shipstation_notices',
      sql: `create table if not exists ${tables('shipstation_notices')} (
  notice_id bigint unsigned not null auto_increment,
  fingerprint char(64) character set ascii not null,
  order_id int unsigned null,
  state varchar(16) character set ascii not null,
  decision text not null,
  needs_attention tinyint unsigned not null default 0,
  raw_query text not null,
  raw_body longblob not null,
  plan mediumtext null,
  shipment_id int unsigned null,
  attempts int unsigned not null default 0,
  received_at int unsigned not null,
  changed_at int unsigned not null,
  primary key (notice_id),
  unique key fingerprint (fingerprint),
  key order_state (order_id, state),
  key state_changed (state, changed_at),
  key shipment (shipment_id)
) engine=InnoDB default charset=utf8mb4`,
    },
    {
      name: 'shipstation_exports',
      sql: `create table if not exists ${tables('shipstation_exports')} (
  export_id bigint unsigned not null auto_increment,
  window_start int unsigned not null,
  window_end int unsigned not null,
  page_size int unsigned not null,
  order_ids longtext not null,
  left_out mediumtext not null,
  created_at int unsigned not null,
  primary key (export_id),
  unique key window_asked (window_start, window_end),
  key created (created_at)
) engine=InnoDB default charset=utf8mb4`,
    },
    {
      name: 'shipstation_order_fingerprints',
      sql: `create table if not exists ${tables('shipstation_order_fingerprints')} (
  order_id int unsigned not null,
  placed_at int unsigned not null,
  fingerprint varchar(64) character set ascii not null,
  changed_at int unsigned not null,
  primary key (order_id),
  key placed (placed_at)
) engine=InnoDB default charset=utf8mb4`,
    },
  ];
}

/** The bridge's tables are missing and this account may not create them. The message says what to do. */
export class LedgerMissing extends Error {
  override readonly name = 'LedgerMissing';
}

/** Creates what is missing. Throws {@link LedgerMissing} when the account may not. */
export async function createLedgerTables(database: Queryable, tables: TableNames): Promise<void> {
  const wanted = ledgerTables(tables);
  const rows = await database.query<{ tableName: string }>(
    `select table_name as tableName from information_schema.tables
      where table_schema = database() and table_name in (?)`,
    [wanted.map(({ name }) => tables.prefix + name)],
  );
  const existing = new Set(rows.map((row) => row.tableName.toLowerCase()));
  for (const { name, sql } of wanted) {
    if (existing.has((tables.prefix + name).toLowerCase())) continue;
    try {
      await database.write(sql);
    } catch (error) {
      throw new LedgerMissing(
        `the table ${tables.prefix}${name} is missing and this account may not create it; run the SQL that "cscart-shipstation install --print" prints`,
        { cause: error },
      );
    }
  }
}

/** Throws what the server answers when one of the tables cannot be read. */
export async function checkLedgerTables(database: Queryable, tables: TableNames): Promise<void> {
  const readings = ledgerTables(tables).map(({ name }) => `(select 1 from ${tables(name)} limit 1)`);
  await database.query(readings.join(' union all '));
}

/** Drops the bridge's tables, with all that they remember. */
export async function dropLedgerTables(database: Queryable, tables: TableNames): Promise<void> {
  for (const { name } of ledgerTables(tables)) await database.write(`drop table if exists ${tables(name)}`);
}
