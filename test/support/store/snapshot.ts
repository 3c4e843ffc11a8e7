import type { Database } from '../database.ts';
import type { StoreTables } from './tables.ts';

interface TableState {
  readonly rows: number;
  /** MySQL's `checksum table`: differs if any value in any row does. */
  readonly checksum: number;
  /** The columns with their types, the keys, and the engine, as text. */
  readonly definition: string;
}

/** The state of every table of a store, by name without prefix. Two that are equal prove that nothing changed. */
export type StoreSnapshot = Readonly<Record<string, TableState>>;

/** Reads content and definition of the store's tables. Tables beside them, such as the bridge's own, are not looked at. */
export async function takeSnapshot(
  database: Pick<Database, 'query'>,
  tables: StoreTables,
): Promise<StoreSnapshot> {
  const counts = await database.query<{ name: string; rows: number }>(
    tables.names
      .map((name) => `select '${name}' as name, count(*) as \`rows\` from ${tables.quoted(name)}`)
      .join(' union all '),
  );
  const checksums = await database.query<{ Table: string; Checksum: number }>(
    `checksum table ${tables.names.map((name) => tables.quoted(name)).join(', ')}`,
  );
  const definitions = await readDefinitions(database);
  return Object.fromEntries(
    counts.map(({ name, rows }, index) => [
      name,
      {
        rows,
        checksum: checksums[index]?.Checksum ?? 0,
        definition: definitions.get(tables.prefix + name) ?? '',
      },
    ]),
  );
}

async function readDefinitions(database: Pick<Database, 'query'>): Promise<ReadonlyMap<string, string>> {
  const rows = await database.query<{ name: string; part: string }>(
    `select table_name as name, concat('engine ', engine) as part
       from information_schema.tables where table_schema = database()
     union all
     select * from (
       select table_name as name, concat_ws(' ', column_name, column_type, is_nullable, column_default, extra) as part
         from information_schema.columns where table_schema = database()
         order by table_name, ordinal_position limit 100000) as columns_in_order
     union all
     select * from (
       select table_name as name, concat_ws(' ', 'key', index_name, non_unique, seq_in_index, column_name) as part
         from information_schema.statistics where table_schema = database()
         order by table_name, index_name, seq_in_index limit 100000) as keys_in_order
     union all
     select event_object_table as name, concat('trigger ', trigger_name) as part
       from information_schema.triggers where trigger_schema = database()`,
  );
  const definitions = new Map<string, string>();
  for (const { name, part } of rows) definitions.set(name, `${definitions.get(name) ?? ''}${part}\n`);
  return definitions;
}
