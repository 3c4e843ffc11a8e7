import type { Queryable } from '../database/database.ts';
import type { TableNames } from '../database/table-names.ts';
import { LedgerMissing } from './schema.ts';
import {
  keyDefinition,
  WANTED_ENGINE,
  WANTED_TABLES,
  type WantedKey,
  type WantedTable,
} from './wanted-tables.ts';

/** What is wrong with one of the bridge's own tables. */
export interface LedgerTableProblem {
  /** With its prefix. */
  readonly table: string;
  /** To be read behind the table's name, e.g. `has no column plan`. */
  readonly problem: string;
  /** What to do about it, e.g. `run "cscart-shipstation install"`. */
  readonly cure: string;
  /** Whether the bridge works with the table as it is all the same: only an index for speed is missing. */
  readonly isUsable: boolean;
  /** Whether there is no such table at all, as before the first start. */
  readonly isMissing: boolean;
}

/** A table as the server's catalogue has it. Names in lower case. */
export interface FoundTable {
  /** `null`: the server cannot open it. */
  readonly engine: string | null;
  /** Type by column, as MySQL or MariaDB spells it. */
  readonly columns: ReadonlyMap<string, string>;
  readonly keys: readonly {
    readonly name: string;
    readonly isUnique: boolean;
    readonly columns: readonly string[];
  }[];
}

/**
 * Compares the bridge's own tables with what they have to be, in three queries of the catalogue. Empty when all is well.
 *
 * @param database where the bridge's own tables are, which need not be the store's
 */
export async function ledgerTableProblems(
  database: Queryable,
  tables: TableNames,
): Promise<readonly LedgerTableProblem[]> {
  const found = await readFoundTables(database, tables);
  return WANTED_TABLES.flatMap((wanted) => {
    const problem = compareTable(wanted, found.get(wanted.name), tables);
    return problem ? [problem] : [];
  });
}

/**
 * Throws {@link LedgerMissing} where one of the tables is there but cannot serve: made by hand and not to its end, moved to
 * another engine by a host, or left by an older version.
 */
export async function requireUsableTables(database: Queryable, tables: TableNames): Promise<void> {
  const problem = (await ledgerTableProblems(database, tables)).find(({ isUsable }) => !isUsable);
  if (problem) throw new LedgerMissing(`the table ${problem.table} ${problem.problem}; ${problem.cure}`);
}

/** How a table differs from what it has to be; `undefined` where it does not. What is there beyond that is no matter. */
export function compareTable(
  wanted: WantedTable,
  found: FoundTable | undefined,
  tables: TableNames,
): LedgerTableProblem | undefined {
  const table = tables.prefix + wanted.name;
  if (!found) {
    return {
      table,
      problem: 'is missing, or this account may not see it',
      cure: 'run "cscart-shipstation install"',
      isUsable: false,
      isMissing: true,
    };
  }
  if (found.engine === null) {
    return {
      table,
      problem: 'cannot be opened by the database server',
      cure: 'look into the log of the database server',
      isUsable: false,
      isMissing: false,
    };
  }
  const columns = Object.entries(wanted.columns);
  const lacking = columns.filter(([column]) => !found.columns.has(column));
  const narrow = columns.filter(([column, definition]) => {
    const type = found.columns.get(column);
    return type !== undefined && !holds(type, definition);
  });
  const keys = wanted.keys.filter((key) => !hasKey(found, key));
  const isOtherEngine = found.engine.toLowerCase() !== WANTED_ENGINE.toLowerCase();

  const problems = [
    lacking.length > 0 &&
      `has no ${listOf(
        'column',
        lacking.map(([column]) => column),
      )}`,
    ...narrow.map(
      ([column, definition]) =>
        `has the column ${column} as ${found.columns.get(column)} instead of ${typeIn(definition)}`,
    ),
    keys.length > 0 &&
      `has no ${listOf(
        'index',
        keys.map(({ columns: on }) => `(${on.join(', ')})`),
      )}`,
    isOtherEngine &&
      `is kept by ${found.engine} instead of ${WANTED_ENGINE}, which can lose a notice in a crash`,
  ].filter((problem) => typeof problem === 'string');
  if (problems.length === 0) return undefined;

  const changes = [
    ...lacking.map(([column, definition]) => `add column ${column} ${definition}`),
    ...narrow.map(([column, definition]) => `modify column ${column} ${definition}`),
    ...keys.flatMap((key) => [...dropped(key, found), `add ${keyDefinition(key)}`]),
    ...(isOtherEngine ? [`engine=${WANTED_ENGINE}`] : []),
  ];
  return {
    table,
    problem: problems.join(', and '),
    cure: `let an administrator of the database run: alter table ${tables(wanted.name)} ${changes.join(', ')};`,
    isUsable:
      lacking.length + narrow.length === 0 && !isOtherEngine && keys.every(({ kind }) => kind === 'plain'),
    isMissing: false,
  };
}

function listOf(word: 'column' | 'index', names: readonly string[]): string {
  const many = word === 'column' ? 'columns' : 'indexes';
  return `${names.length === 1 ? word : many}${word === 'index' ? ' on' : ''} ${names.join(', ')}`;
}

// From narrow to wide. A host that converts a database to another character set widens texts by itself.
const WIDTHS = [
  ['tinyint', 'smallint', 'mediumint', 'int', 'bigint'],
  ['tinytext', 'text', 'mediumtext', 'longtext'],
  ['tinyblob', 'blob', 'mediumblob', 'longblob'],
];

/** Whether a column of type `found` takes all that one of the wanted definition takes. */
function holds(found: string, definition: string): boolean {
  const [have, want] = [partsOf(found), partsOf(typeIn(definition))];
  if (have.sign !== want.sign) return false;
  if (have.word === want.word) return have.length >= want.length;
  return WIDTHS.some(
    (words) => words.includes(want.word) && words.indexOf(have.word) > words.indexOf(want.word),
  );
}

/** The type at the beginning of a definition. */
function typeIn(definition: string): string {
  return /^\w+(?:\(\d+\))?(?: unsigned)?/.exec(definition)?.[0] ?? definition;
}

function partsOf(type: string): { readonly word: string; readonly length: number; readonly sign: string } {
  const [, word = '', length = '0', sign = ''] =
    /^(\w+)(?:\((\d+)\))?( unsigned)?/.exec(type.toLowerCase()) ?? [];
  // Behind an integer's name stands how wide it is shown: MariaDB writes it, MySQL 8 does not.
  return { word, length: word.endsWith('int') ? 0 : Number(length), sign };
}

/** Whether there is such an index, whatever its name; a longer one does where nothing has to be unique. */
function hasKey(found: FoundTable, { kind, columns }: WantedKey): boolean {
  return found.keys.some(({ name, isUnique, columns: on }) => {
    if (kind === 'primary' && name !== 'primary') return false;
    if (kind !== 'plain' && !(isUnique && on.length === columns.length)) return false;
    return columns.every((column, place) => on[place] === column);
  });
}

/** Makes way for an index whose name another one has. */
function dropped({ kind, name }: WantedKey, found: FoundTable): readonly string[] {
  const taken = kind === 'primary' ? 'primary' : name;
  if (!found.keys.some((key) => key.name === taken)) return [];
  return [kind === 'primary' ? 'drop primary key' : `drop key ${name}`];
}

async function readFoundTables(
  database: Queryable,
  tables: TableNames,
): Promise<ReadonlyMap<string, FoundTable>> {
  const names = WANTED_TABLES.map(({ name }) => tables.prefix + name);
  const [engines, columns, keys] = [
    await readEngines(database, names),
    await readColumns(database, names),
    await readKeys(database, names),
  ];
  const found = new Map<string, FoundTable>();
  for (const { tableName, engine, foldsNames } of engines) {
    // The catalogue compares names without regard to case; the tables themselves do, unless the server folds names.
    if (foldsNames === 0 && !names.includes(tableName)) continue;
    const ofTable = keys.filter((key) => key.tableName === tableName);
    found.set(tableName.slice(tables.prefix.length).toLowerCase(), {
      engine,
      columns: new Map(
        columns
          .filter((column) => column.tableName === tableName)
          .map(({ columnName, columnType }) => [columnName.toLowerCase(), columnType]),
      ),
      keys: [...new Set(ofTable.map(({ keyName }) => keyName))].map((keyName) => {
        const parts = ofTable.filter((key) => key.keyName === keyName);
        return {
          name: keyName.toLowerCase(),
          isUnique: parts.every(({ nonUnique }) => Number(nonUnique) === 0),
          columns: parts.map(({ columnName }) => columnName?.toLowerCase() ?? ''),
        };
      }),
    });
  }
  return found;
}

function readEngines(database: Queryable, names: readonly string[]) {
  return database.query<{ tableName: string; engine: string | null; foldsNames: number }>(
    `select table_name as tableName, engine as engine, @@lower_case_table_names as foldsNames
       from information_schema.tables where table_schema = database() and table_name in (?)`,
    [names],
  );
}

function readColumns(database: Queryable, names: readonly string[]) {
  return database.query<{ tableName: string; columnName: string; columnType: string }>(
    `select table_name as tableName, column_name as columnName, column_type as columnType
       from information_schema.columns where table_schema = database() and table_name in (?)`,
    [names],
  );
}

/** The parts of all indexes; those on an expression have no column. */
function readKeys(database: Queryable, names: readonly string[]) {
  return database.query<{
    tableName: string;
    keyName: string;
    nonUnique: string | number;
    columnName: string | null;
  }>(
    `select table_name as tableName, index_name as keyName, non_unique as nonUnique, column_name as columnName
       from information_schema.statistics where table_schema = database() and table_name in (?)
      order by table_name, index_name, seq_in_index`,
    [names],
  );
}
