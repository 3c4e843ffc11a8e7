import type { PhpValue } from '../../../src/cscart/php-values/php-value.ts';
import { unserialize } from '../../../src/cscart/php-values/unserialize.ts';

/** A serialized column as plain objects, whose keys are all texts. Throws for what PHP could not read either. */
export function readStoredValue(column: Buffer | string): unknown {
  const reading = unserialize(Buffer.from(column));
  if (!reading.ok) throw new Error(`unreadable: ${reading.problem}`);
  return plain(reading.value);
}

function plain(value: PhpValue): unknown {
  if (!(value instanceof Map)) return value;
  return Object.fromEntries([...value].map(([key, member]) => [String(key), plain(member)]));
}
