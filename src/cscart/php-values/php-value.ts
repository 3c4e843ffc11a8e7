/**
 * What a PHP-serialized column holds. `null` also stands for what is never rebuilt here (objects, enum cases) and for
 * references that cannot be resolved. An integer beyond 2^53 is kept as its decimal text.
 */
export type PhpValue = string | number | boolean | null | PhpArray;

/**
 * A PHP array in its own order. As in PHP, a key that reads as a whole number is a number (`"26"` and `26` are one
 * key, `"026"` is a text). A `Map` and not an object, so that a key such as `__proto__` is a key like any other.
 */
export type PhpArray = ReadonlyMap<string | number, PhpValue>;

/** What came of reading a column. `problem` names offsets and lengths only, never content, so it may be logged. */
export type PhpReading =
  | { readonly ok: true; readonly value: PhpValue }
  | {
      readonly ok: false;
      readonly problem: string;
      /** Of an array, the elements before the damage. */
      readonly partial?: PhpArray | undefined;
    };
