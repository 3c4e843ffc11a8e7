import type { Store } from '../support/store/store.ts';
import type { Row } from '../support/store/tables.ts';
import type { TableShape } from '../support/store-shapes.ts';
import type { CellMaking } from './bad-cells.ts';
import { type ColumnsSeen, createTurns, isNoDuplicate, withBadCell } from './fuzzed-rows.ts';

/** The small tables that say what a store is: read as a whole, and not by the orders that name something. */
export const TABLES_OF_THE_STORE = [
  'settings_objects',
  'settings_sections',
  'currencies',
  'languages',
  'statuses',
  'status_descriptions',
  'status_data',
  'shipping_services',
] as const;

/** The settings that change what orders mean. */
const TELLING_SETTINGS = [
  'weight_symbol_grams',
  'timezone',
  'frontend_default_language',
  'backend_default_language',
];

/** Values at which a reader of such a setting could stumble. */
const TELLING_VALUES = [
  null,
  '',
  '0',
  '-453.6',
  '453,6',
  '1e999',
  '1e-300',
  '0x10',
  'NaN',
  'Infinity',
  '99999999999999999999',
  'Moon/Crater',
  'UTC',
  '../../etc',
  'xx',
  'deutsch',
  '\u0000',
  ']]>&<',
];

interface FuzzedTables {
  readonly store: Store;
  readonly shapes: ReadonlyMap<string, TableShape>;
  readonly making: CellMaking;
  readonly seen: ColumnsSeen;
}

/** Changes a store's own tables and puts them back. */
export interface StoreRowsFuzzer {
  /** How many calls of {@link StoreRowsFuzzer.spoil} it takes until each column was bad. */
  readonly rounds: number;
  /** Makes some columns bad, in one row each. Says what it did. */
  spoil(): Promise<readonly string[]>;
  restore(): Promise<void>;
}

const COLUMNS_OF_A_ROUND = 3;
/** A key may refuse a value, because another row has it. */
const MOST_ATTEMPTS = 10;

export async function createStoreRowsFuzzer({
  store,
  shapes,
  making,
  seen,
}: FuzzedTables): Promise<StoreRowsFuzzer> {
  const { random } = making;
  const before = new Map<string, readonly Row[]>();
  for (const table of TABLES_OF_THE_STORE)
    before.set(table, await store.query<Row>(`select * from ${store.table(table)}`));
  const columns = [...before.keys()].flatMap((table) =>
    (shapes.get(table)?.columns ?? []).map(({ name }) => [table, name] as const),
  );
  const nextColumn = createTurns(random, columns);
  const nextSetting = createTurns(random, TELLING_SETTINGS);
  const nextValue = createTurns(random, TELLING_VALUES);
  const rows = new Map(before);

  async function write(table: string, changed: readonly Row[]): Promise<boolean> {
    await store.run(`truncate ${store.table(table)}`);
    const isWritten = await isNoDuplicate(() => store.insert(table, changed));
    if (isWritten) {
      rows.set(table, changed);
      return true;
    }
    await store.run(`truncate ${store.table(table)}`);
    await store.insert(table, rows.get(table) ?? []);
    return false;
  }

  async function spoilColumn(table: string, column: string): Promise<string[]> {
    const shape = shapes.get(table);
    const ofTable = rows.get(table) ?? [];
    for (let attempt = 0; attempt < MOST_ATTEMPTS; attempt += 1) {
      const index = random.int(0, ofTable.length - 1);
      const row = ofTable[index];
      if (shape === undefined || row === undefined) return [];
      // A store's own words are no personal data, and the log may have them.
      const { fuzzed, mutation } = withBadCell(
        { ...making, marker: undefined },
        shape,
        { table, row, bad: [] },
        column,
      );
      if (!(await write(table, ofTable.with(index, fuzzed.row)))) continue;
      seen.add(table, [column]);
      return [mutation];
    }
    return [];
  }

  async function spoilSetting(): Promise<string[]> {
    const name = nextSetting();
    const value = nextValue();
    const isNullable = shapes
      .get('settings_objects')
      ?.columns.some((column) => column.name === 'value' && column.nullable);
    const stored = value === null && !isNullable ? '' : value;
    const settings = (rows.get('settings_objects') ?? []).map((row) =>
      row['name'] === name ? { ...row, value: stored } : row,
    );
    return (await write('settings_objects', settings))
      ? [`the setting ${name} = ${JSON.stringify(stored)}`]
      : [];
  }

  return {
    rounds: Math.ceil(columns.length / COLUMNS_OF_A_ROUND),
    async spoil() {
      const mutations = await spoilSetting();
      for (let left = COLUMNS_OF_A_ROUND; left > 0; left -= 1)
        mutations.push(...(await spoilColumn(...nextColumn())));
      return mutations;
    },
    async restore() {
      for (const [table, original] of before) await write(table, original);
    },
  };
}
