/**
 * PHP's `serialize()` of an array with text keys, of texts and whole numbers. Lengths are bytes of UTF-8, as in php-src
 * `ext/standard/var.c`.
 */
export function serializeRecord(record: Readonly<Record<string, string | number>>): string {
  const entries = Object.entries(record);
  const members = entries.map(([key, value]) => serializeText(key) + serializeScalar(value));
  return `a:${entries.length}:{${members.join('')}}`;
}

function serializeScalar(value: string | number): string {
  return typeof value === 'number' ? `i:${Math.trunc(value)};` : serializeText(value);
}

function serializeText(text: string): string {
  return `s:${Buffer.byteLength(text)}:"${text}";`;
}
