import { escapeId, escape as escapeValue } from 'mysql2';
import {
  type ColumnShape,
  columnSql,
  createTableSql,
  everyColumnOf,
  type StorageEngine,
  type StoreVersion,
  type TableShape,
  tableShapes,
} from '../store-shapes.ts';

export type Cell = string | number | Buffer | null | undefined;
export type Row = Readonly<Record<string, Cell>>;

export interface StoreTablesOptions {
  readonly prefix: string;
  readonly engine: StorageEngine;
  /** Adds `orders.last_modify`, as the public ShipStation add-on does on installation. */
  readonly lastModify: boolean;
}

const LAST_MODIFY: ColumnShape = { name: 'last_modify', type: 'int(11)', default: '0' };

/** Long statements are cut here: far below any server's max_allowed_packet, long enough to be quick. */
const LONGEST_STATEMENT = 1_000_000;

/** The tables of one store: what exists in its version, and the SQL that makes and fills them. */
export class StoreTables {
  readonly prefix: string;
  readonly engine: StorageEngine;
  readonly #shapes: Map<string, TableShape>;

  constructor(version: StoreVersion, { prefix, engine, lastModify }: StoreTablesOptions) {
    this.prefix = prefix;
    this.engine = engine;
    this.#shapes = new Map(
      tableShapes(version).map((shape) =>
        shape.name === 'orders' && lastModify
          ? [shape.name, { ...shape, columns: [...shape.columns, LAST_MODIFY] }]
          : [shape.name, shape],
      ),
    );
  }

  /** The names without prefix. */
  get names(): readonly string[] {
    return [...this.#shapes.keys()];
  }

  /** The name with prefix, quoted for SQL. */
  quoted(table: string): string {
    return escapeId(this.prefix + table, true);
  }

  hasColumn(table: string, column: string): boolean {
    return this.column(table, column) !== undefined;
  }

  column(table: string, column: string): ColumnShape | undefined {
    return this.#shapes.get(table)?.columns.find(({ name }) => name === column);
  }

  /**
   * Takes a column that no version has, and gives the statement that adds it.
   *
   * @param definition - name and type as in SQL, with or without a default: `upc varchar(64)`, which may be null, or
   *   `upc varchar(64) not null default ''`
   */
  addColumn(table: string, definition: string): string {
    const shape = this.#shapes.get(table);
    if (shape === undefined) throw new RangeError(`the store has no table ${table}`);
    const column = parseColumn(definition);
    this.#shapes.set(table, { ...shape, columns: [...shape.columns, column] });
    return `alter table ${this.quoted(table)} add column ${columnSql(column)}`;
  }

  /** The statements that make every table. */
  createSql(): readonly string[] {
    return [...this.#shapes.values()].map((shape) => createTableSql(shape, this));
  }

  /**
   * Statements that insert rows. A table or column that this version lacks is left out, and a required column that a
   * row does not give becomes empty, as on the shop's own connection, which has no strict mode. Throws on a name that
   * no version has.
   */
  insertSql(table: string, rows: readonly Row[]): readonly string[] {
    const given = new Set(rows.flatMap((row) => Object.keys(row)));
    this.#refuseUnknown(table, given);
    const shape = this.#shapes.get(table);
    if (shape === undefined || rows.length === 0) return [];
    const columns = shape.columns.filter((column) => given.has(column.name) || isRequired(column));
    // MyISAM would cut an unfitting value in a later row of a statement unless all tables are strict.
    const head = `set statement sql_mode='STRICT_ALL_TABLES' for insert into ${this.quoted(table)} (${columns
      .map(({ name }) => escapeId(name, true))
      .join(', ')}) values `;
    return joinWithin(
      head,
      rows.map((row) => `(${columns.map((column) => cellSql(row[column.name], column)).join(', ')})`),
    );
  }

  #refuseUnknown(table: string, columns: Iterable<string>): void {
    const known = everyColumnOf(table);
    for (const column of columns) {
      if (!known.has(column) && !this.hasColumn(table, column) && column !== LAST_MODIFY.name) {
        throw new RangeError(`no version has a column ${table}.${column}`);
      }
    }
  }
}

const COLUMN =
  /^(?<name>\w+) (?<type>\w+(?:\([^)]*\))?(?: unsigned)?)(?: not null default '?(?<preset>[^']*)'?)?$/i;

function parseColumn(definition: string): ColumnShape {
  const { name, type, preset } = COLUMN.exec(definition)?.groups ?? {};
  if (name === undefined || type === undefined) throw new RangeError(`not a column: ${definition}`);
  return { name, type, ...(preset === undefined ? { nullable: true } : { default: preset }) };
}

function isRequired(column: ColumnShape): boolean {
  return column.nullable !== true && column.default === undefined && column.autoIncrement !== true;
}

const NUMERIC = /^(?:tiny|small|medium|big)?int|^(?:decimal|double|float)/;

function cellSql(value: Cell, column: ColumnShape): string {
  if (value === undefined) {
    if (!isRequired(column)) return 'default';
    return NUMERIC.test(column.type) ? '0' : "''";
  }
  // A column of text takes text; only blobs take bytes as they are.
  if (Buffer.isBuffer(value) && !column.type.includes('blob')) return escapeValue(value.toString('utf8'));
  return escapeValue(value);
}

function joinWithin(head: string, tuples: readonly string[]): readonly string[] {
  const statements: string[] = [];
  let open: string[] = [];
  let length = 0;
  for (const tuple of tuples) {
    if (length + tuple.length > LONGEST_STATEMENT && open.length > 0) {
      statements.push(head + open.join(','));
      open = [];
      length = 0;
    }
    open.push(tuple);
    length += tuple.length;
  }
  if (open.length > 0) statements.push(head + open.join(','));
  return statements;
}
