/** A double even where its value is whole: PHP keeps `28.0` apart from `28`. */
export class PhpDouble {
  readonly value: number;

  constructor(value: number) {
    this.value = value;
  }
}

/** A number that PHP writes as `d:`, whatever its value. */
export function phpDouble(value: number): PhpDouble {
  return new PhpDouble(value);
}

/**
 * What {@link phpSerialize} writes. Bytes become a PHP string as they are, valid UTF-8 or not. Members of an object whose value is `undefined`
 * are left out.
 */
export type PhpValue =
  | null
  | boolean
  | number
  | bigint
  | string
  | Uint8Array
  | PhpDouble
  | readonly PhpValue[]
  | ReadonlyMap<string | number, PhpValue>
  | { readonly [key: string]: PhpValue | undefined };

/**
 * A value in the form that PHP's `serialize()` gives it.
 *
 * Whole numbers become `i:`, others `d:` with 17 significant digits (PHP's `serialize_precision` up to 7.0, so its
 * output shows the noise of floats: `14.359999999999999`). Lengths of strings are in bytes. Keys that look like an
 * integer become integers, as in every PHP array.
 */
export function phpSerialize(value: PhpValue): Buffer {
  const parts: (string | Uint8Array)[] = [];
  write(value, parts);
  // Text in one go: nearly no value holds raw bytes, and a store has very many.
  if (parts.every((part) => typeof part === 'string')) return Buffer.from(parts.join(''), 'utf8');
  return Buffer.concat(parts.map((part) => (typeof part === 'string' ? Buffer.from(part, 'utf8') : part)));
}

function write(value: PhpValue, parts: (string | Uint8Array)[]): void {
  if (value === null) parts.push('N;');
  else if (typeof value === 'string') parts.push(`s:${Buffer.byteLength(value)}:"`, value, '";');
  else if (typeof value === 'boolean') parts.push(value ? 'b:1;' : 'b:0;');
  else if (typeof value === 'bigint') parts.push(`i:${value};`);
  else if (typeof value === 'number') parts.push(number(value));
  else if (value instanceof PhpDouble) parts.push(`d:${double(value.value)};`);
  else if (value instanceof Uint8Array) parts.push(`s:${value.byteLength}:"`, value, '";');
  else writeArray(entriesOf(value), parts);
}

function entriesOf(
  value: Exclude<PhpValue, null | boolean | number | bigint | string | Uint8Array | PhpDouble>,
): readonly (readonly [string | number, PhpValue])[] {
  if (Array.isArray(value)) return value.map((member: PhpValue, index) => [index, member] as const);
  if (value instanceof Map) return [...(value as ReadonlyMap<string | number, PhpValue>)];
  return Object.entries(value as { readonly [key: string]: PhpValue | undefined }).filter(
    (entry): entry is [string, PhpValue] => entry[1] !== undefined,
  );
}

function writeArray(
  entries: readonly (readonly [string | number, PhpValue])[],
  parts: (string | Uint8Array)[],
): void {
  parts.push(`a:${entries.length}:{`);
  for (const [key, member] of entries) {
    if (isIntegerKey(key)) parts.push(`i:${key};`);
    else write(String(key), parts);
    write(member, parts);
  }
  parts.push('}');
}

// https://www.php.net/manual/en/language.types.array.php: decimal integers without leading zero or plus sign are cast.
const DECIMAL_INTEGER = /^(?:0|-?[1-9]\d{0,18})$/;

function isIntegerKey(key: string | number): boolean {
  if (typeof key === 'number') return Number.isSafeInteger(key);
  if (!DECIMAL_INTEGER.test(key)) return false;
  return BigInt.asIntN(64, BigInt(key)) === BigInt(key);
}

function number(value: number): string {
  return Number.isSafeInteger(value) && !Object.is(value, -0) ? `i:${value};` : `d:${double(value)};`;
}

const SIGNIFICANT_DIGITS = 17;

/** As PHP prints a double: like C's `%.17G`, with at least one digit after the point of an exponent form. */
function double(value: number): string {
  if (Number.isNaN(value)) return 'NAN';
  if (!Number.isFinite(value)) return value > 0 ? 'INF' : '-INF';
  const sign = value < 0 || Object.is(value, -0) ? '-' : '';
  const [mantissa = '0', power = '0'] = Math.abs(value)
    .toExponential(SIGNIFICANT_DIGITS - 1)
    .split('e');
  const digits = mantissa.replace('.', '').replace(/0+$/, '') || '0';
  const exponent = Number(power);
  if (exponent < -4 || exponent >= SIGNIFICANT_DIGITS) {
    return `${sign}${digits[0]}.${digits.slice(1) || '0'}E${exponent < 0 ? '' : '+'}${exponent}`;
  }
  if (exponent < 0) return `${sign}0.${'0'.repeat(-exponent - 1)}${digits}`;
  const whole = digits.slice(0, exponent + 1).padEnd(exponent + 1, '0');
  const fraction = digits.slice(exponent + 1);
  return `${sign}${whole}${fraction === '' ? '' : `.${fraction}`}`;
}
