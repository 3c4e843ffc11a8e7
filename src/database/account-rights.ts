import type { Queryable } from './database.ts';
import { isSyntaxError, isWithoutDefault } from './database-errors.ts';

/** What an account may do with a table. */
export interface TableRight {
  /** As MySQL spells it, in lower case. */
  readonly privilege: 'select' | 'insert' | 'update' | 'delete' | 'create';
  /** Where it is about some columns alone. */
  readonly columns?: readonly string[] | undefined;
  /** Of a right to change the whole table: a column that it has, to ask about. */
  readonly anyColumn?: string | undefined;
}

/**
 * Asks the server whether this account has a right to `table` (quoted, with its prefix), and changes nothing: statements
 * that write are explained, which asks for the same rights, and not run. Throws what the server answers when it has not;
 * `missingRight` reads that. Old servers that explain reading statements only are taken at their word.
 */
export async function proveRight(database: Queryable, table: string, right: TableRight): Promise<void> {
  try {
    await database.query(statementThatNeeds(table, right));
  } catch (error) {
    // Either comes after the server has looked at the rights.
    if (!isSyntaxError(error) && !isWithoutDefault(error)) throw error;
  }
}

function statementThatNeeds(table: string, { privilege, columns, anyColumn = '' }: TableRight): string {
  switch (privilege) {
    case 'select':
      return `select ${columns?.join(', ') ?? '*'} from ${table} limit 0`;
    case 'insert':
      return `explain insert into ${table} () values ()`;
    case 'update':
      return `explain update ${table} set ${(columns ?? [anyColumn]).map((column) => `${column} = 0`).join(', ')} where 1 = 0`;
    case 'create':
      // To prepare a statement is to be asked for its rights; it is never run.
      return `prepare asked_for_rights from 'create table ${table} (asked int)'`;
    case 'delete':
      return `explain delete from ${table} where 1 = 0`;
  }
}
