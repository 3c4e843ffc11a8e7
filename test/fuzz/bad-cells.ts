import type { Random } from '../support/random.ts';
import type { Cell } from '../support/store/tables.ts';
import type { ColumnShape, TableShape } from '../support/store-shapes.ts';
import { badBytes, badText, fitText } from './bad-texts.ts';
import { type ColumnKind, columnKind } from './column-kinds.ts';
import { damagePhp } from './php-damage.ts';

/** Columns that hold the output of PHP's `serialize`. */
const PHP_COLUMNS: ReadonlySet<string> = new Set([
  'order_details.extra',
  'order_data.data',
  'orders.promotions',
  'products.shipping_params',
  'shippings.service_params',
  'payments.processor_params',
]);

/** What stands for something in a column of one letter, somewhere; and what looks like it. */
const LETTERS = 'NTYPCOBIDARSMFKLAZny1 é\u0000'.split('');

/** In the range of the narrowest signed id (`mediumint`), and beyond every id that a store of a test gives out. */
const FIRST_ID_OF_NOTHING = 8_000_000;

/** What a bad cell may depend on besides its column. */
export interface CellMaking {
  readonly random: Random;
  /** Stands in most bad texts, if there is one: what a person wrote. */
  readonly marker?: string | undefined;
  /** The next id that leads nowhere. Each is given once, so that no key collides. */
  readonly idOfNothing: () => number;
}

/** Ids that lead nowhere, each another one. */
export function idsOfNothing(): () => number {
  let given = 0;
  return () => FIRST_ID_OF_NOTHING + (given++ % 300_000);
}

/**
 * A value that a column can hold and that nobody expects there.
 *
 * @param plain - the value that it had; PHP-serialized ones are damaged, not replaced
 */
export function badCell(making: CellMaking, table: TableShape, column: ColumnShape, plain: Cell): Cell {
  const { random } = making;
  if (column.nullable === true && plain !== null && random.chance(0.3)) return null;
  const kind = columnKind(column);
  if (PHP_COLUMNS.has(`${table.name}.${column.name}`) && random.chance(0.85)) {
    const bytes = Buffer.isBuffer(plain) ? plain : Buffer.from(String(plain ?? ''));
    return fitBytes(damagePhp(random, bytes), kind);
  }
  return badValue(making, table, column, kind);
}

function badValue(making: CellMaking, table: TableShape, column: ColumnShape, kind: ColumnKind): Cell {
  const { random, marker } = making;
  switch (kind.kind) {
    case 'text':
      if (kind.characters === 1 && random.chance(0.6)) return random.pick(LETTERS);
      return badText(random, { characters: kind.characters, bytes: kind.characters * 3 }, marker);
    case 'long-text':
      return badText(random, { characters: kind.bytes, bytes: kind.bytes }, marker);
    case 'bytes': {
      const bytes = badBytes(random, kind.bytes);
      // The stores of the tests put bytes into blobs alone.
      return column.type.includes('blob')
        ? bytes
        : fitText(bytes.toString('latin1'), { characters: kind.bytes, bytes: kind.bytes });
    }
    case 'whole':
      return isReference(column) ? badReference(making, table, column, kind) : badWhole(random, kind);
    case 'decimal':
      return badDecimal(random, kind);
    case 'float':
      return random.pick([0, -1, '1e-30', '3.4e38', '-3.4e38', 0.1]);
    case 'one-of':
      return random.pick(kind.members);
  }
}

/** Whether a number names another row. */
function isReference({ name }: ColumnShape): boolean {
  return name.endsWith('_id') && name !== 'item_id';
}

type Whole = Extract<ColumnKind, { kind: 'whole' }>;

function badReference(making: CellMaking, table: TableShape, column: ColumnShape, kind: Whole): Cell {
  const { random } = making;
  const nothing = Math.min(making.idOfNothing(), Number(kind.greatest));
  const isKey = table.keys.some(
    (key) => (key.unique || key.name === 'PRIMARY') && key.columns.includes(column.name),
  );
  // In a key, two rows with the same extreme would be one too many.
  return isKey ? nothing : random.pick([nothing, nothing, 0, String(kind.greatest), String(kind.least)]);
}

function badWhole(random: Random, { least, greatest }: Whole): Cell {
  const wanted = random.pick([
    least,
    greatest,
    least + 1n,
    greatest - 1n,
    0n,
    1n,
    -1n,
    99_999n,
    100_000n,
    2n ** 31n - 1n,
    2n ** 31n,
    BigInt(random.int(0, 2_000_000_000)),
  ]);
  return String(wanted < least ? least : wanted > greatest ? greatest : wanted);
}

function badDecimal(random: Random, { digits, scale }: Extract<ColumnKind, { kind: 'decimal' }>): Cell {
  const greatest = `${'9'.repeat(digits - scale)}.${'9'.repeat(scale)}`;
  const step = scale === 0 ? '1' : `0.${'1'.padStart(scale, '0')}`;
  const amount = `${random.int(0, 99_999_999) / 100}`;
  const value = random.pick([
    greatest,
    step,
    '0',
    '1',
    ...(digits - scale > 7 ? ['9999999.99', '10000000.00'] : []),
    amount,
    amount,
  ]);
  return random.chance(0.4) ? `-${value}` : value;
}

/** Bytes as a column takes them: as they are, or as the text that the shop's connection would make of them. */
function fitBytes(bytes: Buffer, kind: ColumnKind): Cell {
  if (kind.kind === 'bytes') return bytes.subarray(0, kind.bytes);
  const text = bytes.toString('utf8');
  if (kind.kind === 'text') return fitText(text, { characters: kind.characters, bytes: kind.characters * 3 });
  return kind.kind === 'long-text' ? fitText(text, { characters: kind.bytes, bytes: kind.bytes }) : text;
}
