import type { PhpReading, PhpValue } from '../../../src/cscart/php-values/php-value.ts';
import { unserialize } from '../../../src/cscart/php-values/unserialize.ts';

/** Reads a text as a column that holds its UTF-8 bytes. */
export function read(text: string): PhpReading {
  return unserialize(Buffer.from(text, 'utf8'));
}

/** The value of a text that must be readable. */
export function readValue(text: string): PhpValue {
  const reading = read(text);
  if (!reading.ok) throw new Error(`unreadable: ${reading.problem}`);
  return reading.value;
}

/** The problem of a text that must not be readable. */
export function readProblem(text: string): string {
  const reading = read(text);
  if (reading.ok) throw new Error('readable');
  return reading.problem;
}
