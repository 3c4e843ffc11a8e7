import { isAscii } from 'node:buffer';
import { isIntegerKey } from './integer-key.ts';
import type { PhpArray, PhpReading, PhpValue } from './php-value.ts';
import type { Wanted } from './wanted.ts';

/** `extra` of a line takes 1–2 kB and product groups 5–15 kB; what is far larger is no order and would only cost time. */
const MAX_BYTES = 4 * 1024 * 1024;
/** Keys with their values, over all arrays of a column together. Real orders stay in the hundreds. */
const MAX_ELEMENTS = 100_000;
/** Arrays within arrays. Real orders nest six deep; the reader recurses, so the stack needs a bound. */
const MAX_DEPTH = 64;
/** `i:0;N;`: no element is shorter, so a count that cannot fit into the rest is refused before anything is built. */
const SHORTEST_ELEMENT_BYTES = 6;
/** PHP's integers have 64 bits: 19 digits. */
const MAX_INTEGER_DIGITS = 19;
/** So many decimal digits always fit below 2^53. */
const EXACT_DIGITS = 15;
/** Above this length one native call is cheaper than looking at each byte. */
const LONG_TEXT_BYTES = 48;

const QUOTE = 0x22;
const MINUS = 0x2d;
const ZERO = 0x30;
const COLON = 0x3a;
const SEMICOLON = 0x3b;
const OPENING_BRACE = 0x7b;
const CLOSING_BRACE = 0x7d;

const DECIMAL = /^[+-]?(?:\d+\.?\d*|\.\d+)(?:[eE][+-]?\d+)?$/;

/**
 * Reads the output of PHP's `serialize()`, as CS-Cart keeps it in `order_details.extra` and `order_data.data`.
 *
 * Lengths in this format are bytes, so it takes the raw bytes of the column; texts are decoded as UTF-8, with U+FFFD
 * for what is not UTF-8. Objects are skipped and become `null`: nothing is ever instantiated. References become the
 * value that they name, or `null` where that value is unfinished (a cycle) or unknown. Bytes after the value are
 * passed over, as PHP does. Never throws: damaged or oversized input comes back as `ok: false`, with what was read of an
 * array before the damage.
 *
 * With `wanted`, keys that it does not name are absent from the result; a reference to such a value is `null`.
 *
 * Format: php-src `ext/standard/var_unserializer.re`.
 */
export function unserialize(bytes: Buffer, wanted: Wanted = 'all'): PhpReading {
  if (bytes.length > MAX_BYTES)
    return { ok: false, problem: `${bytes.length} bytes are more than ${MAX_BYTES}` };
  const reader = new ValueReader(bytes);
  try {
    return { ok: true, value: reader.readValue(0, wanted) };
  } catch (error) {
    if (error instanceof DamagedValue)
      return { ok: false, problem: error.message, partial: reader.outermost };
    throw error;
  }
}

class DamagedValue extends Error {}

// A reference stands behind a key, and every key ends with a semicolon.
const REFERENCE = /;[Rr]:/;

/** Reads one value from the front of the bytes. `text` holds one character per byte: scanning it needs no native calls. */
class ValueReader {
  readonly #bytes: Buffer;
  readonly #text: string;
  readonly #end: number;
  readonly #ascii: boolean;
  /** The outermost array, as far as it has been read. */
  outermost: PhpArray | undefined;
  #at = 0;
  #elements = 0;
  /**
   * Every value in the order in which PHP numbers them, from 1, for `R:` and `r:` to name. An array stands as
   * `undefined` here until it is complete. Kept only where something may be a reference: most columns have none.
   */
  readonly #numbered: (PhpValue | undefined)[] | undefined;
  #numberingKnown = true;

  constructor(bytes: Buffer) {
    this.#bytes = bytes;
    this.#text = bytes.toString('latin1');
    this.#end = bytes.length;
    this.#ascii = isAscii(bytes);
    this.#numbered = REFERENCE.test(this.#text) ? [] : undefined;
  }

  readValue(depth: number, wanted: Wanted = 'all'): PhpValue {
    const type = this.#text.charAt(this.#at);
    switch (type) {
      case 's':
        return this.#numberedValue(this.#readText());
      case 'i':
        return this.#numberedValue(this.#readInteger());
      case 'a':
        return this.#readArray(depth, wanted);
      case 'd':
        return this.#numberedValue(this.#readDouble());
      case 'b':
        return this.#numberedValue(this.#readBoolean());
      case 'N':
        this.#at += 1;
        this.#expect(SEMICOLON);
        return this.#numberedValue(null);
      case 'R':
        // Shares the number of the value that it names, so it gets none of its own; `r` does.
        return this.#readReference(depth);
      case 'r':
        return this.#numberedValue(this.#readReference(depth));
      case 'O':
        return this.#skipObject(depth);
      case 'C':
        return this.#skipCustomObject();
      case 'E':
        this.#readText();
        return this.#numberedValue(null);
      default:
        return this.#fail('no value begins');
    }
  }

  #numberedValue<Value extends PhpValue>(value: Value): Value {
    this.#numbered?.push(value);
    return value;
  }

  #readArray(depth: number, wanted: Wanted): PhpArray {
    const index = this.#numbered?.push(undefined);
    this.#enterField();
    const array = this.#readElements(depth, wanted);
    if (this.#numbered && index !== undefined) this.#numbered[index - 1] = array;
    return array;
  }

  /** `O:8:"stdClass":1:{…}`: its members are numbered like any value, so they are read, and then dropped. */
  #skipObject(depth: number): null {
    this.#numbered?.push(null);
    this.#enterField();
    this.#readQuoted();
    this.#expect(COLON);
    this.#readElements(depth);
    return null;
  }

  /** `C:3:"Map":5:{…}`: the bytes between the braces are the class's own, and may or may not hold numbered values. */
  #skipCustomObject(): null {
    this.#numbered?.push(null);
    this.#numberingKnown = false;
    this.#enterField();
    this.#readQuoted();
    this.#expect(COLON);
    const length = this.#readDigits();
    this.#expect(COLON);
    this.#expect(OPENING_BRACE);
    this.#at += length;
    this.#expect(CLOSING_BRACE);
    return null;
  }

  /** `2:{key value key value}`, after the colon before the count. */
  #readElements(depth: number, wanted: Wanted = 'all'): PhpArray {
    const array = new Map<string | number, PhpValue>();
    if (depth === 0) this.outermost = array;
    for (let left = this.#enterElements(depth); left > 0; left -= 1) {
      const key = this.#readKey();
      const wantedOfKey = wanted === 'all' ? wanted : (wanted.get(key) ?? wanted.get('*'));
      if (wantedOfKey === undefined) this.#skipValue(depth + 1);
      else array.set(key, this.readValue(depth + 1, wantedOfKey));
    }
    this.#expect(CLOSING_BRACE);
    return array;
  }

  /** Passes the count and the opening brace. Gives the count. */
  #enterElements(depth: number): number {
    if (depth >= MAX_DEPTH) this.#fail(`arrays are nested more than ${MAX_DEPTH} deep`);
    const count = this.#readDigits();
    this.#expect(COLON);
    this.#expect(OPENING_BRACE);
    if (count * SHORTEST_ELEMENT_BYTES > this.#end - this.#at)
      this.#fail('an array is longer than the column');
    this.#countElements(count);
    return count;
  }

  /** Passes a value without building it. It is numbered as `null`, so that later references still count right. */
  #skipValue(depth: number): void {
    const type = this.#text.charAt(this.#at);
    if (type === 's') {
      this.#skipText();
      this.#numbered?.push(null);
    } else if (type === 'a') {
      this.#numbered?.push(null);
      this.#enterField();
      for (let left = this.#enterElements(depth); left > 0; left -= 1) {
        if (this.#text.charAt(this.#at) === 's') this.#skipText();
        else this.#readKey();
        this.#skipValue(depth + 1);
      }
      this.#expect(CLOSING_BRACE);
    } else {
      this.readValue(depth);
    }
  }

  #readKey(): string | number {
    const type = this.#text[this.#at];
    if (type === 'i') return this.#readInteger();
    if (type !== 's') this.#fail('no key begins');
    const key = this.#readText();
    return isIntegerKey(key) ? Number(key) : key;
  }

  #readText(): string {
    this.#enterField();
    const text = this.#readQuoted();
    this.#expect(SEMICOLON);
    return text;
  }

  #skipText(): void {
    this.#enterField();
    this.#passQuoted();
    this.#expect(SEMICOLON);
  }

  /** `5:"bytes"`. */
  #readQuoted(): string {
    const start = this.#passQuoted();
    return this.#decode(start, this.#at - 1);
  }

  /** Passes `5:"bytes"`. Gives where the bytes begin. */
  #passQuoted(): number {
    const length = this.#readDigits();
    this.#expect(COLON);
    this.#expect(QUOTE);
    const start = this.#at;
    if (length > this.#end - start) this.#fail('a text is longer than the column');
    this.#at = start + length;
    this.#expect(QUOTE);
    return start;
  }

  #decode(start: number, end: number): string {
    if (this.#ascii) return this.#text.slice(start, end);
    if (end - start > LONG_TEXT_BYTES) return this.#bytes.toString('utf8', start, end);
    for (let at = start; at < end; at += 1) {
      if (this.#text.charCodeAt(at) > 0x7f) return this.#bytes.toString('utf8', start, end);
    }
    return this.#text.slice(start, end);
  }

  #readInteger(): number | string {
    this.#enterField();
    const start = this.#at;
    if (this.#text.charCodeAt(start) === MINUS) this.#at += 1;
    const firstDigit = this.#at;
    const magnitude = this.#readDigits();
    const end = this.#at;
    this.#expect(SEMICOLON);
    const value = firstDigit === start || magnitude === 0 ? magnitude : -magnitude;
    if (end - firstDigit <= EXACT_DIGITS || Number.isSafeInteger(value)) return value;
    return this.#text.slice(start, end);
  }

  #readDouble(): number {
    this.#enterField();
    const start = this.#at;
    const end = this.#text.indexOf(';', start);
    if (end < 0) this.#fail('a number has no end');
    const digits = this.#text.slice(start, end);
    this.#at = end + 1;
    if (digits === 'INF') return Infinity;
    if (digits === '-INF') return -Infinity;
    if (digits === 'NAN') return NaN;
    return DECIMAL.test(digits) ? Number(digits) : this.#fail('a number is unreadable');
  }

  #readBoolean(): boolean {
    this.#enterField();
    const digit = this.#text.charCodeAt(this.#at) - ZERO;
    if (digit !== 0 && digit !== 1) this.#fail('a boolean is neither 0 nor 1');
    this.#at += 1;
    this.#expect(SEMICOLON);
    return digit === 1;
  }

  #readReference(depth: number): PhpValue {
    this.#enterField();
    const number = this.#readDigits();
    this.#expect(SEMICOLON);
    if (!this.#numbered || number < 1 || number > this.#numbered.length)
      this.#fail('a reference names no value');
    const value = this.#numberingKnown ? (this.#numbered[number - 1] ?? null) : null;
    if (value instanceof Map) this.#countShared(value, depth);
    return value;
  }

  /**
   * A value that is named twice is walked twice by whoever reads the result, so it counts twice: else a column of a
   * few hundred bytes, each array naming the one before it twice, would unfold without end.
   */
  #countShared(array: PhpArray, depth: number): void {
    if (depth >= MAX_DEPTH) this.#fail(`arrays are nested more than ${MAX_DEPTH} deep`);
    this.#countElements(array.size);
    for (const value of array.values()) {
      if (value instanceof Map) this.#countShared(value, depth + 1);
    }
  }

  #countElements(count: number): void {
    this.#elements += count;
    if (this.#elements > MAX_ELEMENTS) this.#fail(`there are more than ${MAX_ELEMENTS} elements`);
  }

  /** A length, a count, a number of a reference, or an integer without its sign. */
  #readDigits(): number {
    const start = this.#at;
    let value = 0;
    for (;;) {
      const digit = this.#text.charCodeAt(this.#at) - ZERO;
      if (!(digit >= 0 && digit <= 9)) break;
      value = value * 10 + digit;
      this.#at += 1;
    }
    if (this.#at === start) this.#fail('a digit is missing');
    if (this.#at - start > MAX_INTEGER_DIGITS) this.#fail('a number has too many digits');
    return value;
  }

  /** Passes the type letter and its colon. */
  #enterField(): void {
    this.#at += 1;
    this.#expect(COLON);
  }

  #expect(character: number): void {
    if (this.#text.charCodeAt(this.#at) !== character) {
      this.#fail(`'${String.fromCharCode(character)}' is missing`);
    }
    this.#at += 1;
  }

  #fail(problem: string): never {
    const where =
      this.#at < this.#end ? `at byte ${this.#at} of ${this.#end}` : `at the end, after ${this.#end} bytes`;
    throw new DamagedValue(`${problem} ${where}`);
  }
}
