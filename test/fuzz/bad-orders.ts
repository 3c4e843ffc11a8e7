import { type PhpValue, phpSerialize } from '../support/php-serialize.ts';
import type { Random } from '../support/random.ts';
import type { Store } from '../support/store/store.ts';
import type { Row } from '../support/store/tables.ts';
import type { TableShape } from '../support/store-shapes.ts';
import type { CellMaking } from './bad-cells.ts';
import type { BadThing, ManyThings, ThingName } from './bad-things.ts';
import { columnKind } from './column-kinds.ts';
import { createTurns, type FuzzedRow, withBadCell } from './fuzzed-rows.ts';

/** An order with something wrong in it, as rows. */
export interface BadOrder {
  readonly orderId: number;
  readonly rows: readonly FuzzedRow[];
  /** What is wrong, in the order in which it came about. */
  readonly mutations: readonly string[];
}

/** The tables that hold rows of an order, and the column in each that says of which. */
export const TABLES_OF_ORDERS: Readonly<Record<string, string>> = {
  orders: 'order_id',
  order_details: 'order_id',
  order_data: 'order_id',
  profile_fields_data: 'object_id',
};

/** The rows of one good order, to make bad ones of. */
export type OrderTemplate = readonly { readonly table: string; readonly row: Row }[];

/** Reads good orders back, so that what is damaged is what a store holds. The cart snapshot (G) stays out: it is long, and nobody reads it. */
export async function readTemplates(
  store: Store,
  shapes: ReadonlyMap<string, TableShape>,
  orderIds: readonly number[],
): Promise<readonly OrderTemplate[]> {
  const templates = new Map(orderIds.map((orderId) => [orderId, [] as { table: string; row: Row }[]]));
  for (const [table, idColumn] of Object.entries(TABLES_OF_ORDERS)) {
    const generated = shapes
      .get(table)
      ?.columns.find(({ autoIncrement, name }) => autoIncrement && name !== idColumn);
    const rows = await store.query<Row>(`select * from ${store.table(table)} where ${idColumn} in (?)`, [
      orderIds,
    ]);
    for (const { [generated?.name ?? '']: _, ...row } of rows) {
      if (table === 'order_data' && row['type'] === 'G') continue;
      templates.get(Number(row[idColumn]))?.push({ table, row });
    }
  }
  return [...templates.values()];
}

/** The numbers that an order's sums are made of. */
const MONEY_COLUMNS = [
  ['order_details', 'price'],
  ['order_details', 'amount'],
  ['orders', 'total'],
  ['orders', 'shipping_cost'],
  ['orders', 'subtotal_discount'],
  ['orders', 'payment_surcharge'],
] as const;

export interface BadOrderMaking {
  readonly making: CellMaking;
  readonly shapes: ReadonlyMap<string, TableShape>;
  readonly templates: readonly OrderTemplate[];
}

/** Makes bad orders that name bad things. Their bad columns go round: after enough orders, each was bad. */
export function createOrderMaker({ making, shapes, templates }: BadOrderMaking) {
  const { random } = making;
  const columns = Object.keys(TABLES_OF_ORDERS).flatMap((table) =>
    (shapes.get(table)?.columns ?? [])
      .filter(({ name, autoIncrement }) => !autoIncrement && `${table}.${name}` !== 'orders.order_id')
      .map(({ name }) => [table, name] as const),
  );
  const next = createTurns(random, columns);
  const nextBlob = createTurns(
    random,
    columns.filter(([table, name]) => `${table}.${name}` === 'order_details.extra' || name === 'data'),
  );

  return (orderId: number, placedAt: number, things: ManyThings): BadOrder => {
    const mutations: string[] = [];
    let rows: FuzzedRow[] = random.pick(templates).map(({ table, row }) => ({
      table,
      row: {
        ...row,
        [TABLES_OF_ORDERS[table] ?? 'order_id']: orderId,
        ...(table === 'orders' ? atInstant(row, placedAt) : {}),
      },
      bad: [],
    }));
    if (random.chance(0.6)) rows = namingThings(random, rows, things, mutations);

    const spoil = ([table, column]: readonly [string, string]) => {
      const shape = shapes.get(table);
      const at = placesOf(rows, table, column);
      if (shape === undefined || at.length === 0) return;
      const index = random.pick(at);
      const plain = rows[index];
      if (plain === undefined) return;
      const makeCell =
        table === 'order_data' && column === 'type' ? () => otherLetter(random, rows) : undefined;
      const { fuzzed, mutation } = withBadCell(making, shape, plain, column, makeCell);
      rows = rows.with(index, fuzzed);
      mutations.push(mutation);
    };
    if (random.chance(0.75)) spoil(next());
    if (random.chance(0.5)) spoil(nextBlob());
    while (random.chance(0.3)) spoil(next());
    // What is harmless alone may be too much together: factors of a product, terms of a sum, and everything.
    if (random.chance(0.04)) for (const column of MONEY_COLUMNS) spoil(column);
    if (random.chance(0.05)) for (let left = random.int(8, 30); left > 0; left -= 1) spoil(next());
    if (random.chance(0.03)) rows = otherLines(random, rows, mutations);
    while (mutations.length === 0) spoil(next());
    return { orderId, rows, mutations };
  };
}

/** Where a column can be bad: the first line alone has a bad item id, since two could be the same. */
function placesOf(rows: readonly FuzzedRow[], table: string, column: string): readonly number[] {
  const places = [...rows.keys()].filter((index) => rows[index]?.table === table);
  return column === 'item_id' ? places.slice(0, 1) : places;
}

/** The instants of change that the store keeps, moved to where the order is looked for. */
function atInstant(row: Row, instant: number): Row {
  const columns = ['timestamp', 'updated_at', 'last_modify'].filter((column) => column in row);
  return Object.fromEntries(columns.map((column) => [column, instant]));
}

function otherLetter(random: Random, rows: readonly FuzzedRow[]): string {
  const taken = rows.flatMap(({ table, row }) => (table === 'order_data' ? [String(row['type'])] : []));
  const letters = [...'LTCUBRSPGWIHV'.split(''), '', '\u0000', 'é', '字', '1'];
  return random.pick(letters.filter((letter) => !taken.includes(letter)));
}

/** Puts bad things in the place of what the order names. */
function namingThings(
  random: Random,
  rows: readonly FuzzedRow[],
  things: ManyThings,
  mutations: string[],
): FuzzedRow[] {
  const take = (name: ThingName): BadThing => {
    const thing = random.pick(things[name] ?? []);
    mutations.push(...thing.mutations.map((mutation) => `of its ${name}: ${mutation}`));
    return thing;
  };
  const withColumns = (table: string, columns: Row) =>
    rows.map((fuzzed) =>
      fuzzed.table === table ? { ...fuzzed, row: { ...fuzzed.row, ...columns } } : fuzzed,
    );
  switch (random.pick(['line', 'line', 'line', 'shipping', 'payment', 'place', 'field', 'seller'] as const)) {
    case 'line': {
      const product = take('product');
      const index = random.pick([...rows.keys()].filter((at) => rows[at]?.table === 'order_details'));
      return rows.map((fuzzed, at) =>
        at === index
          ? {
              ...fuzzed,
              row: { ...fuzzed.row, product_id: product.ids['product_id'], extra: extraOf(random, product) },
            }
          : fuzzed,
      );
    }
    case 'shipping': {
      const { ids } = take('shipping');
      // Only an order that does not say its methods' names has them looked up.
      return withColumns('orders', { shipping_ids: `${ids['shipping_id']},1` }).filter(
        ({ table, row }) => table !== 'order_data' || row['type'] !== 'L',
      );
    }
    case 'payment':
      return withColumns('orders', { payment_id: take('payment').ids['payment_id'] });
    case 'place': {
      const { code } = take('place');
      return withColumns('orders', { s_country: code, s_state: 'MA', b_country: code, b_state: 'MA' });
    }
    case 'field': {
      const { ids } = take('profileField');
      const index = rows.findIndex(({ table }) => table === 'profile_fields_data');
      return rows.map((fuzzed, at) =>
        at === index
          ? { ...fuzzed, row: { ...fuzzed.row, field_id: ids['field_id'], value: String(ids['value_id']) } }
          : fuzzed,
      );
    }
    case 'seller':
      return withColumns('orders', {
        company_id: take('company').ids['company_id'],
        ...((things.storefront ?? []).length === 0
          ? {}
          : { storefront_id: take('storefront').ids['storefront_id'] }),
      });
  }
}

/** The `extra` of a line of a product; what it leaves out, the product's rows have to say. */
function extraOf(random: Random, { ids }: BadThing): Buffer {
  const chosen = String(ids['variant_id']);
  const option = { option_id: String(ids['option_id']), option_type: 'S', value: chosen };
  const extra: Record<string, PhpValue> = {
    product_options: new Map([[ids['option_id'] ?? 0, chosen]]),
  };
  if (random.chance(0.5)) {
    extra['product_options_value'] = [{ ...option, option_name: 'Size', variant_name: 'Large' }];
  }
  if (random.chance(0.5)) extra['product'] = 'As it was ordered';
  if (random.chance(0.5)) extra['is_edp'] = 'N';
  return phpSerialize(extra);
}

/** No lines, or very many. */
function otherLines(random: Random, rows: readonly FuzzedRow[], mutations: string[]): FuzzedRow[] {
  const others = rows.filter(({ table }) => table !== 'order_details');
  const [line] = rows.filter(({ table }) => table === 'order_details');
  if (random.chance(0.6) || line === undefined) {
    mutations.push('no lines');
    return others;
  }
  mutations.push('150 lines');
  const lines = Array.from({ length: 150 }, (_, index) => ({
    ...line,
    row: { ...line.row, item_id: index + 1 },
  }));
  return [...others, ...lines];
}

/** Rows that belong to no order, as interrupted deletions leave them. */
export function rowsWithoutOrder(
  making: CellMaking,
  templates: readonly OrderTemplate[],
): readonly FuzzedRow[] {
  return making.random.pick(templates).flatMap(({ table, row }) => {
    const column = TABLES_OF_ORDERS[table];
    if (table === 'orders' || column === undefined) return [];
    return [{ table, row: { ...row, [column]: making.idOfNothing() }, bad: [column] }];
  });
}

/** A good order with the greatest ids that the store has room for: no row can be added after it. */
export function lastOrder(
  { shapes, templates }: Pick<BadOrderMaking, 'shapes' | 'templates'>,
  placedAt: number,
): readonly FuzzedRow[] {
  const greatest = (table: string, name: string): string | undefined => {
    const column = shapes.get(table)?.columns.find((candidate) => candidate.name === name);
    const kind = column && columnKind(column);
    return kind?.kind === 'whole' ? String(kind.greatest) : undefined;
  };
  const orderId = greatest('orders', 'order_id');
  const dataId = greatest('order_data', 'order_data_id');
  const rows = (templates[0] ?? []).map(({ table, row }): FuzzedRow => {
    const column = TABLES_OF_ORDERS[table] ?? 'order_id';
    const atPlace = table === 'orders' ? atInstant(row, placedAt) : {};
    return { table, row: { ...row, ...atPlace, [column]: orderId }, bad: table === 'orders' ? [column] : [] };
  });
  if (dataId === undefined) return rows;
  const last = rows.findLastIndex(({ table }) => table === 'order_data');
  const others = rows.filter(({ table }, index) => table !== 'order_data' || index === last);
  return others.map((fuzzed) =>
    fuzzed.table === 'order_data'
      ? { ...fuzzed, row: { ...fuzzed.row, order_data_id: dataId }, bad: ['order_data_id'] }
      : fuzzed,
  );
}
