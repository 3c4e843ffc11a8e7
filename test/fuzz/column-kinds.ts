import type { ColumnShape } from '../support/store-shapes.ts';

/** What a column can hold at most. */
export type ColumnKind =
  /** `char` and `varchar`, limited by characters. */
  | { readonly kind: 'text'; readonly characters: number }
  /** `text` of every size, limited by bytes. */
  | { readonly kind: 'long-text'; readonly bytes: number }
  | { readonly kind: 'bytes'; readonly bytes: number }
  | { readonly kind: 'whole'; readonly least: bigint; readonly greatest: bigint }
  | { readonly kind: 'decimal'; readonly digits: number; readonly scale: number }
  | { readonly kind: 'float' }
  | { readonly kind: 'one-of'; readonly members: readonly string[] };

const BITS: Readonly<Record<string, bigint>> = {
  tinyint: 8n,
  smallint: 16n,
  mediumint: 24n,
  int: 32n,
  bigint: 64n,
};

/** Bytes of `text` and `blob`, by the word before them. */
const SIZES: Readonly<Record<string, number>> = {
  tiny: 2 ** 8 - 1,
  '': 2 ** 16 - 1,
  medium: 2 ** 24 - 1,
  long: 2 ** 32 - 1,
};

/** Reads a type as the shapes spell it. Throws `RangeError` for one that no store has. */
export function columnKind({ type }: Pick<ColumnShape, 'type'>): ColumnKind {
  const [, word = '', parameters = ''] = /^(\w+)(?:\((.*)\))?/.exec(type) ?? [];
  const sized = /^(tiny|medium|long|)(text|blob)$/.exec(word);
  const bits = BITS[word];
  if (sized) {
    const bytes = SIZES[sized[1] ?? ''] ?? 0;
    return sized[2] === 'text' ? { kind: 'long-text', bytes } : { kind: 'bytes', bytes };
  }
  if (bits !== undefined) {
    return type.endsWith('unsigned')
      ? { kind: 'whole', least: 0n, greatest: 2n ** bits - 1n }
      : { kind: 'whole', least: -(2n ** (bits - 1n)), greatest: 2n ** (bits - 1n) - 1n };
  }
  switch (word) {
    case 'char':
    case 'varchar':
      return { kind: 'text', characters: Number(parameters) };
    case 'varbinary':
      return { kind: 'bytes', bytes: Number(parameters) };
    case 'decimal':
    case 'double': {
      const [digits = 0, places = 0] = parameters.split(',').map(Number);
      // A `double` of all nines is rounded up to one digit more.
      const scale = word === 'double' ? 0 : places;
      return { kind: 'decimal', digits: digits - places + scale, scale };
    }
    case 'float':
      return { kind: 'float' };
    case 'enum':
    case 'set':
      return { kind: 'one-of', members: parameters.split(',').map((member) => member.slice(1, -1)) };
    default:
      throw new RangeError(`no column of a store has the type ${type}`);
  }
}
