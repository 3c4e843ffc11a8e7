import type { Random } from '../support/random.ts';
import type { Store } from '../support/store/store.ts';
import type { Cell, Row } from '../support/store/tables.ts';
import { type TableShape, tableShapes } from '../support/store-shapes.ts';
import { badCell, type CellMaking } from './bad-cells.ts';
import { columnKind } from './column-kinds.ts';

/** A row of a store, with the names of the columns in it that hold something bad. */
export interface FuzzedRow {
  readonly table: string;
  readonly row: Row;
  readonly bad: readonly string[];
}

/** Which columns of a store have been bad in it, so that none is only believed to have been. */
export class ColumnsSeen {
  readonly #seen = new Set<string>();

  add(table: string, columns: readonly string[]): void {
    for (const column of columns) this.#seen.add(`${table}.${column}`);
  }

  /** Of the tables named, the columns that never were bad, as `table.column`. */
  missing(shapes: readonly TableShape[]): readonly string[] {
    return shapes
      .flatMap(({ name, columns }) => columns.map((column) => `${name}.${column.name}`))
      .filter((column) => !this.#seen.has(column));
  }
}

/** The tables of a store's version by name. */
export function shapesOf(store: Pick<Store, 'version'>): ReadonlyMap<string, TableShape> {
  return new Map(tableShapes(store.version).map((shape) => [shape.name, shape]));
}

/** Goes round among columns in an order of its own, so that each has its turn before any has two. */
export function createTurns<Item>(random: Random, items: readonly Item[]): () => Item {
  let left: Item[] = [];
  return () => {
    if (left.length === 0) left = [...items];
    const [taken] = left.splice(random.int(0, left.length - 1), 1);
    if (taken === undefined) throw new RangeError('there is nothing to take turns');
    return taken;
  };
}

/** The row with something bad in one column, and a short text that says what. */
export function withBadCell(
  making: CellMaking,
  shape: TableShape,
  { row, bad, table }: FuzzedRow,
  columnName: string,
  makeCell?: () => Cell,
): { readonly fuzzed: FuzzedRow; readonly mutation: string } {
  const column = shape.columns.find(({ name }) => name === columnName);
  if (column === undefined) throw new RangeError(`no column ${table}.${columnName}`);
  const cell = makeCell === undefined ? badCell(making, shape, column, row[columnName]) : makeCell();
  return {
    fuzzed: { table, row: { ...row, [columnName]: cell }, bad: [...bad, columnName] },
    mutation: `${table}.${columnName} = ${shortly(cell, row[columnName])}`,
  };
}

const LONGEST_SHOWN = 160;
const SHOWN_BEFORE = 40;

/** A value in so few characters that a list of them can be read: of a long one the part that differs from what it was. */
function shortly(cell: Cell, plain: Cell): string {
  if (cell === null || cell === undefined) return 'null';
  const text = asText(cell);
  if (text.length <= LONGEST_SHOWN) return JSON.stringify(text);
  const before = asText(plain ?? '');
  let difference = 0;
  while (difference < text.length && text[difference] === before[difference]) difference += 1;
  const start = Math.max(0, difference - SHOWN_BEFORE);
  const part = text.slice(start, start + LONGEST_SHOWN);
  return `…${JSON.stringify(part)}… (from ${start} of ${text.length})`;
}

function asText(cell: NonNullable<Cell>): string {
  return Buffer.isBuffer(cell) ? cell.toString('latin1') : String(cell);
}

/** What rows are placed in. */
interface Place {
  readonly store: Store;
  readonly shapes: ReadonlyMap<string, TableShape>;
  readonly seen: ColumnsSeen;
}

/**
 * Puts rows into the store and notes their bad columns. Where a bad value makes a row one that is there already, as it
 * may where a key has no number in it, the row is left out: the store could not hold it.
 */
export async function placeRows({ store, shapes, seen }: Place, rows: readonly FuzzedRow[]): Promise<void> {
  const byTable = new Map<string, FuzzedRow[]>();
  for (const fuzzed of rows) {
    const ofTable = byTable.get(fuzzed.table);
    if (ofTable) ofTable.push(fuzzed);
    else byTable.set(fuzzed.table, [fuzzed]);
  }
  for (const [table, ofTable] of byTable) {
    const shape = shapes.get(table);
    // One by one only where it must be: it takes as many statements as there are rows.
    const portions =
      shape !== undefined && hasKeyOfTexts(shape) ? ofTable.map((fuzzed) => [fuzzed]) : [ofTable];
    for (const portion of portions) {
      const isPlaced = await isNoDuplicate(() =>
        store.insert(
          table,
          portion.map(({ row }) => row),
        ),
      );
      if (!isPlaced && portion.length > 1) throw new Error(`two rows of ${table} have the same key`);
      if (isPlaced) for (const { bad } of portion) seen.add(table, bad);
    }
  }
}

function hasKeyOfTexts({ keys, columns }: TableShape): boolean {
  const isNumber = (name: string) =>
    columns.some((column) => column.name === name && columnKind(column).kind === 'whole');
  return keys.some((key) => (key.unique === true || key.name === 'PRIMARY') && !key.columns.some(isNumber));
}

const DUPLICATE_KEY = 1062;

/** Writes; false when the store refused it because a key would have been there twice. */
export async function isNoDuplicate(write: () => Promise<unknown>): Promise<boolean> {
  try {
    await write();
    return true;
  } catch (error) {
    if (error instanceof Error && 'errno' in error && error.errno === DUPLICATE_KEY) return false;
    throw error;
  }
}
