import { phpSerialize } from '../support/php-serialize.ts';
import type { Random } from '../support/random.ts';
import { badBytes, badText } from './bad-texts.ts';
import { type PhpPart, phpParts } from './php-parts.ts';

/** Keys whose values are money: damage there has to leave the sums right, or the order out. */
const MONEY_KEYS = new Set(['tax_subtotal', 'cost', 'amount', 'rate', 'base_price', 'discount', 'subtotal']);
/** Keys whose values are flags or names of what an export says. */
const TELLING_KEYS = new Set([
  'product',
  'is_edp',
  'edp_shipping',
  'exclude_from_calculate',
  'price_includes_tax',
  'product_options_value',
  'option_name',
  'option_type',
  'value',
  'variant_name',
  'shipping',
  'gift_cert_code',
]);

const NESTED_DEEP = 10_000;

/** Values as PHP could have written them, or as nothing could, in the place of a good one. */
function hostileValue(random: Random): Buffer {
  const wholeText = () => badText(random, { characters: 2_000, bytes: 6_000 });
  const value = random.pick<() => string | Buffer>([
    () => `r:${random.pick([0, 1, 2, 3, 999_999])};`,
    () => `R:${random.pick([0, 1, 2, 3, 999_999])};`,
    () => 'a:3:{i:0;a:1:{i:0;R:1;}i:1;R:2;i:2;r:1;}',
    () => 'a:2:{s:1:"a";a:1:{s:1:"b";R:1;}s:1:"c";R:3;}',
    () => 'O:8:"stdClass":1:{s:4:"cost";i:5;}',
    () => 'O:8:"stdClass":99:{}',
    () => 'O:10:"Tygh\\Mailer":1:{s:3:"cmd";s:2:"id";}',
    () => 'C:11:"ArrayObject":21:{x:i:0;a:0:{};m:a:0:{}}',
    () => 'C:11:"ArrayObject":99999:{x:i:0;}',
    () => 'E:11:"Suit:Hearts";',
    () =>
      random.pick([
        'd:NAN;',
        'd:INF;',
        'd:-INF;',
        'd:1.0E+25;',
        'd:-1.0E+308;',
        'd:1e999;',
        'd:.5;',
        'd:-0;',
      ]),
    () =>
      `d:${random.pick(['', '-'])}${random.int(0, 99_999)}.${'4199999999999982537'.repeat(3).slice(0, 50)};`,
    () =>
      `i:${random.pick(['0', '-1', '9223372036854775807', '-9223372036854775808', '99999999999999999999', '1.5', ''])};`,
    () => `i:${random.int(-2_000_000_000, 2_000_000_000)};`,
    () => `d:${random.int(-2_000_000_000, 2_000_000_000) / 1000};`,
    () => phpSerialize(`${random.int(-99_999, 99_999) / 100}`),
    () =>
      phpSerialize(
        random.pick(['1.234,56', '12,34', '1 234.56', '$5.00', '5.', '.5', ' 7.25 ', '1e3', '-0.005', '٣']),
      ),
    () => phpSerialize(random.pick(['Y', 'N', '1', '0', 'y', 'yes', ''])),
    () => random.pick(['b:1;', 'b:0;', 'b:2;', 'N;', 'a:0:{}', 'b:true;']),
    () => `a:${random.pick(['2147483647', '99999999999999999999', '-1', ''])}:{}`,
    () => phpSerialize([1, [2, [3, { shipping: 'nested', cost: 5 }]]]),
    () => phpSerialize(wholeText()),
    () => phpSerialize(badBytes(random, 2_000)),
    () => nested(random.chance(0.1) ? NESTED_DEEP : 70),
  ])();
  return asBytes(value);
}

function nested(depth: number): string {
  return `${'a:1:{i:0;'.repeat(depth)}i:0;${'}'.repeat(depth)}`;
}

/** Money that the sums of an order cannot have been made with. */
function hostileMoney(random: Random): Buffer {
  const value = random.pick<() => string | Buffer>([
    () => `d:${random.int(-1_000_000, 1_000_000) / 1000};`,
    () => `i:${random.int(-100, 100_000_000)};`,
    () => `d:${random.pick(['NAN', 'INF', '-INF', '1.0E+25', '0.005', '-0.015'])};`,
    // The greatest amount whose cents a double holds exactly: the next sum is one too many.
    () => `d:${random.pick(['', '-'])}90071992547409.91;`,
    () =>
      phpSerialize(
        random.pick(['7.25', '-7.25', '1.234,56', '99999999.99', '0.004', ' 5 ', '5,00', '1e2', '', 'free']),
      ),
    () => phpSerialize([1]),
    () => 'b:1;',
    () => hostileValue(random),
  ])();
  return asBytes(value);
}

function asBytes(value: string | Buffer): Buffer {
  return typeof value === 'string' ? Buffer.from(value) : value;
}

type Damage = (random: Random, bytes: Buffer, parts: readonly PhpPart[]) => Buffer;

const wrongLength: Damage = (random, bytes, parts) => {
  const part = partOf(random, parts, ({ type }) => type === 's' || type === 'a');
  if (part === undefined) return cut(random, bytes, parts);
  const length = Number(/\d+/.exec(bytes.toString('latin1', part.start, part.start + 24))?.[0]);
  const wrong = random.pick([
    length + 1,
    length - 1,
    0,
    -1,
    length + 7,
    2 ** 31,
    '99999999999999999999',
    '',
    `0${length}`,
  ]);
  const head = `${part.type}:${length}:`;
  return spliced(bytes, part.start, part.start + head.length, `${part.type}:${wrong}:`);
};

const cut: Damage = (random, bytes) => bytes.subarray(0, random.int(0, bytes.length));

const otherValue: Damage = (random, bytes, parts) => {
  const part = partOf(random, parts, ({ role }) => role === 'value');
  return part === undefined
    ? hostileValue(random)
    : spliced(bytes, part.start, part.end, hostileValue(random));
};

const otherTellingValue: Damage = (random, bytes, parts) => {
  const part = partOf(random, parts, ({ under }) => TELLING_KEYS.has(under));
  return part === undefined
    ? otherValue(random, bytes, parts)
    : spliced(bytes, part.start, part.end, hostileValue(random));
};

const otherMoney: Damage = (random, bytes, parts) => {
  const part = partOf(random, parts, ({ under }) => MONEY_KEYS.has(under));
  return part === undefined
    ? otherValue(random, bytes, parts)
    : spliced(bytes, part.start, part.end, hostileMoney(random));
};

const otherKey: Damage = (random, bytes, parts) => {
  const part = partOf(random, parts, ({ role }) => role === 'key');
  const keys = [
    '__proto__',
    'constructor',
    'toString',
    'length',
    '',
    '0',
    '-0',
    '007',
    '*',
    'cost',
    'product',
  ];
  const key = random.chance(0.7)
    ? phpSerialize(random.pick(keys))
    : Buffer.from(
        random.pick(['i:-1;', 'i:9223372036854775807;', 'd:1.5;', 'b:1;', 'N;', 'a:0:{}', 's:3:"001";']),
      );
  return part === undefined ? hostileValue(random) : spliced(bytes, part.start, part.end, key);
};

/** A key twice in one array; the second has another value. */
const doubledKey: Damage = (random, bytes, parts) => {
  const index = parts.findIndex(({ role }) => role === 'key');
  const array = partOf(random, parts, ({ type }) => type === 'a');
  const key = parts[index];
  if (key === undefined || array === undefined) return cut(random, bytes, parts);
  const head = /^a:(\d+):\{/.exec(bytes.toString('latin1', array.start, array.start + 24));
  if (head === null) return cut(random, bytes, parts);
  const more = Buffer.concat([
    Buffer.from(`a:${Number(head[1]) + 1}:{`),
    bytes.subarray(key.start, key.end),
    hostileValue(random),
  ]);
  return spliced(bytes, array.start, array.start + head[0].length, more);
};

const otherBytes: Damage = (random, bytes) => {
  const changed = Buffer.from(bytes);
  for (let left = random.int(1, 4); left > 0 && changed.length > 0; left -= 1) {
    changed[random.int(0, changed.length - 1)] = random.int(0, 255);
  }
  return changed;
};

const moreBytes: Damage = (random, bytes) => {
  const at = random.chance(0.5) ? bytes.length : random.int(0, bytes.length);
  return spliced(bytes, at, at, badBytes(random, 300));
};

const otherWhole: Damage = (random) => (random.chance(0.5) ? hostileValue(random) : badBytes(random, 10_000));

const DAMAGES: readonly Damage[] = [
  wrongLength,
  cut,
  otherValue,
  otherTellingValue,
  otherTellingValue,
  otherMoney,
  otherMoney,
  otherMoney,
  otherKey,
  doubledKey,
  otherBytes,
  moreBytes,
  otherWhole,
];

/** A value that PHP wrote, with something wrong in it; sometimes so that PHP itself would still read it. */
export function damagePhp(random: Random, bytes: Buffer): Buffer {
  let damaged = bytes;
  do {
    damaged = random.pick(DAMAGES)(random, damaged, phpParts(damaged));
  } while (random.chance(0.2));
  return damaged;
}

function partOf(
  random: Random,
  parts: readonly PhpPart[],
  isWanted: (part: PhpPart) => boolean,
): PhpPart | undefined {
  const wanted = parts.filter(isWanted);
  return wanted.length === 0 ? undefined : random.pick(wanted);
}

function spliced(bytes: Buffer, start: number, end: number, middle: Buffer | string): Buffer {
  return Buffer.concat([bytes.subarray(0, start), asBytes(middle), bytes.subarray(end)]);
}
