import type { Queryable } from '../database/database.ts';
import { missingRight } from '../database/database-errors.ts';
import type { TableNames } from '../database/table-names.ts';
import { createStatement, WANTED_TABLES } from './wanted-tables.ts';

/** The bridge's own tables, as statements that make them. */
export function ledgerTables(tables: TableNames): readonly { readonly name: string; readonly sql: string }[] {
  return WANTED_TABLES.map((wanted) => ({
    name: wanted.name,
    sql: createStatement(wanted, tables(wanted.name)),
  }));
}

/** The bridge's tables are missing or cannot serve as they are, and the admin has to mend that. The message says how. */
export class LedgerMissing extends Error {
  override readonly name = 'LedgerMissing';
}

/** Creates what is missing, and gives the names of those tables. Throws {@link LedgerMissing} when the account may not. */
export async function createLedgerTables(
  database: Queryable,
  tables: TableNames,
): Promise<readonly string[]> {
  const wanted = ledgerTables(tables);
  const rows = await database.query<{ tableName: string }>(
    `select table_name as tableName from information_schema.tables
      where table_schema = database() and table_name in (?)`,
    [wanted.map(({ name }) => tables.prefix + name)],
  );
  const existing = new Set(rows.map((row) => row.tableName.toLowerCase()));
  const made: string[] = [];
  for (const { name, sql } of wanted) {
    if (existing.has((tables.prefix + name).toLowerCase())) continue;
    try {
      await database.write(sql);
      made.push(tables.prefix + name);
    } catch (error) {
      if (missingRight(error) === undefined) throw error;
      throw new LedgerMissing(
        `the table ${tables.prefix}${name} is missing and this account may not create it; run the SQL that "cscart-shipstation install --print" prints`,
        { cause: error },
      );
    }
  }
  return made;
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
