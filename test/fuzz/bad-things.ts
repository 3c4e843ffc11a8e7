import type { Cell, Row } from '../support/store/tables.ts';
import type { TableShape } from '../support/store-shapes.ts';
import type { CellMaking } from './bad-cells.ts';
import { columnKind } from './column-kinds.ts';
import { createTurns, type FuzzedRow, withBadCell } from './fuzzed-rows.ts';

/** Something that orders name (a product, a shipping method, a country, …), with bad values in its rows. */
export interface BadThing {
  /** Its ids by the name of their column, such as `product_id`; and the two-letter `code` of a country. */
  readonly ids: Readonly<Record<string, number>>;
  readonly code: string;
  readonly rows: readonly FuzzedRow[];
  readonly mutations: readonly string[];
}

interface ThingKind {
  /** The columns that its own ids stand in, each a number that no other thing has. */
  readonly ids: readonly string[];
  readonly isOf: (table: string) => boolean;
  /** Columns whose plain values are not to be guessed from their names, by table. */
  readonly plain: (
    ids: Readonly<Record<string, number>>,
    code: string,
  ) => Readonly<Record<string, readonly Row[]>>;
}

const among =
  (...tables: readonly string[]) =>
  (table: string) =>
    tables.includes(table);

/** The second feature that the good products have, which bridges are told to send. */
const EAN_FEATURE_ID = 2;

/** The key of its rows is a hash of options, and nobody reads it for an order. */
const INVENTORY = 'product_options_inventory';

const KINDS = {
  product: {
    ids: ['product_id', 'option_id', 'variant_id', 'feature_id', 'group_id', 'image_id', 'pair_id'],
    isOf: (table) =>
      (table.startsWith('product_') && table !== INVENTORY) ||
      among('products', 'images', 'images_links')(table),
    plain: ({ product_id, group_id, image_id }) => ({
      products: [{ weight: 1.5, is_edp: 'N', edp_shipping: 'N', product_code: 'BAD-1' }],
      product_options: [{ option_type: 'S' }],
      product_option_variants: [{ weight_modifier: 0.25, weight_modifier_type: 'A' }],
      product_features: [{ feature_type: 'S' }],
      product_features_values: [{ value: 'Red' }, { feature_id: EAN_FEATURE_ID, value: '4006381333931' }],
      product_variation_groups: [{ id: group_id, code: `BAD-${group_id}` }],
      product_variation_group_features: [{ purpose: 'group_variation_catalog_item' }],
      images: [{ image_path: 'bad mug.jpg' }],
      images_links: [
        { object_id: product_id, object_type: 'product', image_id, detailed_id: image_id, type: 'M' },
      ],
    }),
  },
  shipping: {
    ids: ['shipping_id'],
    isOf: among('shippings', 'shipping_descriptions'),
    plain: () => ({ shipping_descriptions: [{ shipping: 'Bad courier' }] }),
  },
  payment: {
    ids: ['payment_id'],
    isOf: among('payments', 'payment_descriptions'),
    plain: () => ({ payment_descriptions: [{ payment: 'Bad card' }] }),
  },
  profileField: {
    ids: ['field_id', 'value_id'],
    isOf: among('profile_fields', 'profile_field_descriptions', 'profile_field_values'),
    plain: ({ field_id, value_id }) => ({
      profile_fields: [{ field_name: 'bad_code', field_type: 'S', section: 'S', profile_show: 'Y' }],
      profile_field_descriptions: [
        { object_id: field_id, object_type: 'F', description: 'Bad code' },
        { object_id: value_id, object_type: 'V', description: 'Main gate' },
      ],
    }),
  },
  place: {
    ids: ['state_id'],
    isOf: among('states', 'state_descriptions', 'countries', 'country_descriptions'),
    plain: (_, code) => ({
      states: [{ country_code: code, code: 'MA' }],
      countries: [{ code, code_A3: `${code}A`, code_N3: '999' }],
      country_descriptions: [{ code, country: 'Nowhere' }],
    }),
  },
  company: {
    ids: ['company_id'],
    isOf: among('companies'),
    plain: () => ({
      companies: [{ storefront: 'bad.example.test', secure_storefront: 'bad.example.test/s' }],
    }),
  },
  storefront: {
    ids: ['storefront_id'],
    isOf: among('storefronts', 'storefronts_companies'),
    plain: ({ storefront_id }) => ({
      storefronts_companies: [{ storefront_id, company_id: 1 }],
      storefronts: [{ url: 'bad.example.test/shop', is_default: 'N' }],
    }),
  },
} as const satisfies Readonly<Record<string, ThingKind>>;

export type ThingName = keyof typeof KINDS;
export type ManyThings = Readonly<Partial<Record<ThingName, readonly BadThing[]>>>;

/** Whether things have rows in a table: then its columns get bad values by {@link createThingMaker}. */
export function isTableOfThings(table: string): boolean {
  return Object.values(KINDS).some(({ isOf }) => isOf(table));
}

/** Beyond what stores of a test count up to, below the ids that lead nowhere. */
const FIRST_ID = 100_000;
/** The greatest id that the narrowest of the columns holds (`mediumint(8)` of the oldest `images`). */
const GREATEST_ID = 8_388_607;

/** Makes bad things of a store, unless its version lacks their tables. Their bad columns go round: after enough things, each was bad. */
export function createThingMaker(
  making: CellMaking,
  shapes: ReadonlyMap<string, TableShape>,
): (name: ThingName) => BadThing | undefined {
  const { random } = making;
  let places = 0;
  let low = FIRST_ID;
  let high = GREATEST_ID;
  const begun = new Set<ThingName>();
  const turns = new Map<ThingName, () => readonly [string, string]>();

  function turnsOf(name: ThingName, isOf: (table: string) => boolean) {
    const known = turns.get(name);
    if (known) return known;
    const columns = [...shapes.values()]
      .filter(({ name: table }) => isOf(table))
      .flatMap((shape) =>
        shape.columns
          .filter((column) => !isOwnId(shape, column.name))
          .map((column) => [shape.name, column.name] as const),
      );
    const made = createTurns(random, columns);
    turns.set(name, made);
    return made;
  }

  return (name) => {
    const kind: ThingKind = KINDS[name];
    if (![...shapes.keys()].some(kind.isOf)) return undefined;
    const next = turnsOf(name, kind.isOf);
    // The first of a kind, and some more, have the greatest ids that there are.
    const hasHighIds = !begun.has(name) || random.chance(0.05);
    begun.add(name);
    const ids = Object.fromEntries(kind.ids.map((column) => [column, hasHighIds ? high-- : low++]));
    const code = name === 'place' ? placeCode(places++) : '';
    const given = kind.plain(ids, code);
    let rows = [...shapes.values()]
      .filter(({ name: table }) => kind.isOf(table))
      .flatMap((shape) =>
        (given[shape.name] ?? [{}]).map((row): FuzzedRow => {
          const own = shape.columns
            .filter((column) => isOwnId(shape, column.name))
            .map((column) => column.name);
          return { table: shape.name, row: plainRow(shape, { ...ids, ...row }), bad: hasHighIds ? own : [] };
        }),
      );
    const mutations: string[] = hasHighIds ? [`${name} with the id ${high + 1}`] : [];
    for (let left = random.int(1, 3); left > 0; left -= 1) {
      const [table, column] = next();
      const index = random.pick([...rows.keys()].filter((at) => rows[at]?.table === table));
      const [plain, shape] = [rows[index], shapes.get(table)];
      if (plain === undefined || shape === undefined) continue;
      const { fuzzed, mutation } = withBadCell(making, shape, plain, column);
      rows = rows.with(index, fuzzed);
      mutations.push(mutation);
    }
    return { ids, code, rows, mutations };
  };
}

/** The column that names the thing itself: changing it alone would only take the thing away. */
function isOwnId(shape: TableShape, column: string): boolean {
  const primary = shape.keys.find(({ name, unique }) => name === 'PRIMARY' || unique)?.columns;
  return (
    primary?.length === 1 && primary[0] === column && columnKind(columnOf(shape, column)).kind === 'whole'
  );
}

function columnOf(shape: TableShape, name: string) {
  const column = shape.columns.find((candidate) => candidate.name === name);
  if (column === undefined) throw new RangeError(`no column ${shape.name}.${name}`);
  return column;
}

/** What is known of a row, and a plain text where a name tells that there is one. */
function plainRow(shape: TableShape, known: Readonly<Record<string, Cell>>): Row {
  return Object.fromEntries(
    shape.columns.flatMap(({ name, type, autoIncrement }): [string, Cell][] => {
      if (name in known) return [[name, known[name]]];
      if (name === 'lang_code') return [[name, 'en']];
      if (autoIncrement === true || !type.startsWith('varchar(255)')) return [];
      return [[name, `Plain ${name}`]];
    }),
  );
}

const LETTERS = 'ABCDEFGHIJKLMNOPQRSTUVWXYZ'.split('');
/** First letters with which no country of a store begins. */
const FIRST_LETTERS = 'QXOWHKLMRSTVYZ'.split('');

/** Two letters that no country of a store has, each time others (for the first few hundred). */
function placeCode(count: number): string {
  const first = FIRST_LETTERS[Math.floor(count / LETTERS.length) % FIRST_LETTERS.length];
  return `${first}${LETTERS[count % LETTERS.length]}`;
}
