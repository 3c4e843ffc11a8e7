import type { PhpValue } from '../../../src/cscart/php-values/php-value.ts';

/** The shape of PHP's output, as `serialize()` writes it: byte lengths, integers as `i:`, everything else as `d:`. */
export function serialize(value: PhpValue): string {
  if (value === null) return 'N;';
  if (typeof value === 'string') return `s:${Buffer.byteLength(value)}:"${value}";`;
  if (typeof value === 'boolean') return `b:${value ? 1 : 0};`;
  if (typeof value === 'number') return serializeNumber(value);
  const elements = [...value].map(([key, element]) => serialize(key) + serialize(element));
  return `a:${value.size}:{${elements.join('')}}`;
}

function serializeNumber(value: number): string {
  if (Number.isSafeInteger(value) && !Object.is(value, -0)) return `i:${value};`;
  if (Number.isNaN(value)) return 'd:NAN;';
  if (!Number.isFinite(value)) return value > 0 ? 'd:INF;' : 'd:-INF;';
  if (Object.is(value, -0)) return 'd:-0;';
  // PHP writes 1.0E+25 where JavaScript writes 1e+25.
  const [mantissa = '', exponent] = String(value).split('e');
  if (exponent === undefined) return `d:${mantissa};`;
  return `d:${mantissa.includes('.') ? mantissa : `${mantissa}.0`}E${exponent};`;
}
