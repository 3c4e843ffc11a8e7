/** An index of one of the bridge's own tables. The primary key has no name. */
export interface WantedKey {
  readonly kind: 'primary' | 'unique' | 'plain';
  readonly name: string;
  readonly columns: readonly string[];
}

/** A table of the bridge's own, as it has to be. */
export interface WantedTable {
  /** Without the prefix. */
  readonly name: string;
  /** What stands behind each column's name in a `create table`. */
  readonly columns: Readonly<Record<string, string>>;
  readonly keys: readonly WantedKey[];
}

/** What keeps a notice when the server is killed. */
export const WANTED_ENGINE = 'InnoDB';

const primary = (...columns: readonly string[]): WantedKey => ({ kind: 'primary', name: '', columns });
const unique = (name: string, ...columns: readonly string[]): WantedKey => ({
  kind: 'unique',
  name,
  columns,
});
const plain = (name: string, ...columns: readonly string[]): WantedKey => ({ kind: 'plain', name, columns });

/**
 * The bridge's own tables. InnoDB, because the store's MyISAM gives no transaction to lean on; instants are epoch seconds
 * like everywhere in CS-Cart; keys stay below the 767 bytes of old servers.
 */
export const WANTED_TABLES: readonly WantedTable[] = [
  {
    name: 'shipstation_notices',
    columns: {
      notice_id: 'bigint unsigned not null auto_increment',
      fingerprint: 'char(64) character set ascii not null',
      order_id: 'int unsigned null',
      state: 'varchar(16) character set ascii not null',
      decision: 'text not null',
      needs_attention: 'tinyint unsigned not null default 0',
      raw_query: 'text not null',
      raw_body: 'longblob not null',
      plan: 'mediumtext null',
      shipment_id: 'int unsigned null',
      attempts: 'int unsigned not null default 0',
      received_at: 'int unsigned not null',
      changed_at: 'int unsigned not null',
    },
    keys: [
      primary('notice_id'),
      unique('fingerprint', 'fingerprint'),
      plain('order_state', 'order_id', 'state'),
      plain('state_changed', 'state', 'changed_at'),
      plain('attention_changed', 'needs_attention', 'changed_at'),
      plain('shipment', 'shipment_id'),
    ],
  },
  {
    name: 'shipstation_exports',
    columns: {
      export_id: 'bigint unsigned not null auto_increment',
      window_start: 'int unsigned not null',
      window_end: 'int unsigned not null',
      page_size: 'int unsigned not null',
      order_ids: 'longtext not null',
      left_out: 'mediumtext not null',
      created_at: 'int unsigned not null',
    },
    keys: [
      primary('export_id'),
      unique('window_asked', 'window_start', 'window_end'),
      plain('created', 'created_at'),
    ],
  },
  {
    name: 'shipstation_order_fingerprints',
    columns: {
      order_id: 'int unsigned not null',
      placed_at: 'int unsigned not null',
      fingerprint: 'varchar(64) character set ascii not null',
      changed_at: 'int unsigned not null',
    },
    keys: [primary('order_id'), plain('placed', 'placed_at')],
  },
];

/** An index as a `create table` or, behind `add`, an `alter table` has it. */
export function keyDefinition({ kind, name, columns }: WantedKey): string {
  const words = { primary: 'primary key', unique: `unique key ${name}`, plain: `key ${name}` }[kind];
  return `${words} (${columns.join(', ')})`;
}

/** @param quotedName the table's name as `TableNames` quotes it */
export function createStatement({ columns, keys }: WantedTable, quotedName: string): string {
  const lines = [
    ...Object.entries(columns).map(([column, definition]) => `  ${column} ${definition}`),
    ...keys.map((key) => `  ${keyDefinition(key)}`),
  ];
  return `create table if not exists ${quotedName} (\n${lines.join(',\n')}\n) engine=${WANTED_ENGINE} default charset=utf8mb4`;
}
