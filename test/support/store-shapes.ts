import { readFileSync } from 'node:fs';
import { escapeId, escape as escapeValue } from 'mysql2';
import type { StoreVersion } from './store/version.ts';

export { STORE_VERSIONS, type StoreVersion } from './store/version.ts';

export type StorageEngine = 'MyISAM' | 'InnoDB';

export interface ColumnShape {
  readonly name: string;
  /** As MySQL spells it, length and sign included: `mediumint(8) unsigned`. */
  readonly type: string;
  readonly nullable?: boolean;
  /** Without quotes. A column that is neither nullable nor has a default must be named by every insert. */
  readonly default?: string;
  readonly autoIncrement?: boolean;
}

interface KeyShape {
  /** `PRIMARY`, or the index's name. */
  readonly name: string;
  readonly columns: readonly string[];
  readonly unique?: boolean;
}

/** A table of one version. The name is without prefix. */
export interface TableShape {
  readonly name: string;
  readonly columns: readonly ColumnShape[];
  readonly keys: readonly KeyShape[];
  /** Set where the core itself insists on an engine; everything else is MyISAM unless a host converted it. */
  readonly engine?: StorageEngine;
}

/** What changed in a table at the versions named; a column or key of a known name replaces the one before. */
interface ShapeStep {
  readonly versions: readonly string[];
  readonly absent?: boolean;
  readonly engine?: StorageEngine;
  readonly dropColumns?: readonly string[];
  readonly dropKeys?: readonly string[];
  readonly columns?: readonly ColumnShape[];
  readonly keys?: readonly KeyShape[];
}

interface ShapeHistory {
  readonly versions: readonly string[];
  readonly tables: readonly { readonly name: string; readonly steps: readonly ShapeStep[] }[];
}

// The file is ours and the tests hold it against known facts, so its form is taken as given.
const history = JSON.parse(
  readFileSync(new URL('../../fixtures/store-shapes.json', import.meta.url), 'utf8'),
) as ShapeHistory;

/**
 * The tables of a fresh install of a version, as far as the bridge can meet them. A table that the version lacks is not
 * in the list.
 */
export function tableShapes(version: StoreVersion): readonly TableShape[] {
  return history.tables.flatMap(({ name, steps }) => {
    const last = steps.findIndex((step) => step.versions.includes(version));
    if (last < 0) throw new RangeError(`no shape of ${name} is known for ${version}`);
    if (steps[last]?.absent === true) return [];
    return [steps.slice(0, last + 1).reduce(applyStep, { name, columns: [], keys: [] })];
  });
}

function applyStep(shape: TableShape, step: ShapeStep): TableShape {
  if (step.absent === true) return shape;
  const engine = step.engine ?? shape.engine;
  return {
    name: shape.name,
    columns: replaceByName(shape.columns, step.columns ?? [], step.dropColumns ?? []),
    keys: replaceByName(shape.keys, step.keys ?? [], step.dropKeys ?? []),
    ...(engine === undefined ? {} : { engine }),
  };
}

function replaceByName<T extends { readonly name: string }>(
  before: readonly T[],
  changed: readonly T[],
  dropped: readonly string[],
): readonly T[] {
  const byName = new Map(before.map((entry) => [entry.name, entry]));
  for (const name of dropped) byName.delete(name);
  for (const entry of changed) byName.set(entry.name, entry);
  return [...byName.values()];
}

/** Every column that a table has had in any version, so that a misspelt name can be told from an absent column. */
export function everyColumnOf(table: string): ReadonlySet<string> {
  const known = history.tables.find(({ name }) => name === table);
  if (known === undefined) throw new RangeError(`no table of a store: ${table}`);
  return new Set(known.steps.flatMap(({ columns }) => (columns ?? []).map(({ name }) => name)));
}

/** The versions in the shape file, for comparison with {@link STORE_VERSIONS}. */
export function versionsWithShapes(): readonly string[] {
  return history.versions;
}

export interface CreateTableOptions {
  readonly prefix: string;
  /** For tables on whose engine the core does not insist. */
  readonly engine: StorageEngine;
}

/**
 * The `create table` statement of a shape. The character set is always three-byte UTF-8, as in every install schema up
 * to 4.20.1; the server's own default must not decide.
 */
export function createTableSql(shape: TableShape, { prefix, engine }: CreateTableOptions): string {
  const parts = [...shape.columns.map(columnSql), ...shape.keys.map(keySql)];
  return `create table ${escapeId(prefix + shape.name, true)} (\n  ${parts.join(',\n  ')}\n) engine=${
    shape.engine ?? engine
  } default charset=utf8mb3 collate=utf8mb3_general_ci`;
}

/** A column as `create table` and `alter table` take it. */
export function columnSql(column: ColumnShape): string {
  const words = [escapeId(column.name, true), column.type, column.nullable === true ? 'null' : 'not null'];
  if (column.default !== undefined) words.push(`default ${escapeValue(column.default)}`);
  if (column.autoIncrement === true) words.push('auto_increment');
  return words.join(' ');
}

function keySql(key: KeyShape): string {
  const columns = `(${key.columns.map((column) => escapeId(column, true)).join(', ')})`;
  if (key.name === 'PRIMARY') return `primary key ${columns}`;
  return `${key.unique === true ? 'unique key' : 'key'} ${escapeId(key.name, true)} ${columns}`;
}
