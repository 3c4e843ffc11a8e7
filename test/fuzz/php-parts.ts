/** A key or a value inside a PHP-serialized value. */
export interface PhpPart {
  readonly role: 'key' | 'value';
  /** As PHP spells it: `a`, `s`, `i`, `d`, `b` or `N`. */
  readonly type: string;
  /** Where it begins, and where what follows it begins. */
  readonly start: number;
  readonly end: number;
  /** The key that a value stands under; empty for a key, and for the whole. */
  readonly under: string;
}

const TEXT = /s:(\d+):"/y;
const ARRAY = /a:(\d+):\{/y;
/** Deeper than any order nests, and no danger to the stack. */
const MOST_DEPTH = 200;
const SCALAR = /(?:[idb]:[^;]*|N);/y;

/**
 * The parts of a value that PHP could read, each before the one that holds it. Of anything else, the parts up to where
 * it stops making sense.
 */
export function phpParts(bytes: Buffer): readonly PhpPart[] {
  const text = bytes.toString('latin1');
  const parts: PhpPart[] = [];
  let at = 0;
  const match = (pattern: RegExp) => {
    pattern.lastIndex = at;
    return pattern.exec(text);
  };

  /** Passes one part. Gives its text where it is a key, or `undefined` where nothing can be read. */
  function pass(role: PhpPart['role'], under: string, depth = 0): string | undefined {
    if (depth > MOST_DEPTH) return undefined;
    const start = at;
    const type = text.charAt(start);
    let content = '';
    const quoted = match(TEXT);
    const array = match(ARRAY);
    const scalar = match(SCALAR);
    if (quoted) {
      const from = start + quoted[0].length;
      content = text.slice(from, from + Number(quoted[1]));
      at = from + content.length + 2;
    } else if (array) {
      at = start + array[0].length;
      for (let left = Number(array[1]); left > 0; left -= 1) {
        const key = pass('key', '', depth + 1);
        if (key === undefined || pass('value', key, depth + 1) === undefined) return undefined;
      }
      at += 1;
    } else if (scalar) {
      content = scalar[0].slice(2, -1);
      at = start + scalar[0].length;
    } else {
      return undefined;
    }
    parts.push({ role, type, start, end: at, under });
    return content;
  }

  pass('value', '');
  return parts;
}
