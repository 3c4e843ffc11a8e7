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

/** What became of the tables that were missing. Names with their prefix. */
export interface LedgerCreation {
  readonly made: readonly string[];
  /** Those that the account may not create, with what the server said. */
  readonly forbidden: readonly { readonly table: string; readonly error: unknown }[];
}

/** Creates what is missing, as far as the account may. What is there is left as it is. */
export async function makeLedgerTables(database: Queryable, tables: TableNames): Promise<LedgerCreation> {
  const wanted = ledgerTables(tables);
  const rows = await database.query<{ tableName: string; foldsNames: number }>(
    `select table_name as tableName, @@lower_case_table_names as foldsNames from information_schema.tables
      where table_schema = database() and table_name in (?)`,
    [wanted.map(({ name }) => tables.prefix + name)],
  );
  const isThere = (table: string) =>
    // The catalogue compares names without regard to case; the tables themselves do, unless the server folds names.
    rows.some(
      ({ tableName, foldsNames }) =>
        tableName === table || (foldsNames !== 0 && tableName.toLowerCase() === table.toLowerCase()),
    );
  const made: string[] = [];
  const forbidden: { table: string; error: unknown }[] = [];
  for (const { name, sql } of wanted) {
    const table = tables.prefix + name;
    if (isThere(table)) continue;
    try {
      await database.write(sql);
      made.push(table);
    } catch (error) {
      if (missingRight(error) === undefined) throw error;
      forbidden.push({ table, error });
    }
  }
  return { made, forbidden };
}

/** Creates what is missing, and gives the names of those tables. Throws {@link LedgerMissing} when the account may not. */
export async function createLedgerTables(
  database: Queryable,
  tables: TableNames,
): Promise<readonly string[]> {
  const { made, forbidden } = await makeLedgerTables(database, tables);
  const [first] = forbidden;
  if (first) {
    throw new LedgerMissing(
      `the table ${first.table} is missing and this account may not create it; run the SQL that "cscart-shipstation install --print" prints`,
      { cause: first.error },
    );
  }
  return made;
}

/** Throws what the server answers when one of the tables cannot be read. */
export async function checkLedgerTables(database: Queryable, tables: TableNames): Promise<void> {
  const readings = ledgerTables(tables).map(({ name }) => `(select 1 from ${tables(name)} limit 1)`);
  await database.query(readings.join(' union all '));
}

/**
 * Drops those of the bridge's tables, with all that they remember: all of them or, where the account lacks the right to one,
 * none.
 *
 * @param names without their prefix, at least one; default: all
 */
export async function dropLedgerTables(
  database: Queryable,
  tables: TableNames,
  names: readonly string[] = WANTED_TABLES.map(({ name }) => name),
): Promise<void> {
  await database.write(`drop table if exists ${names.map(tables).join(', ')}`);
}
