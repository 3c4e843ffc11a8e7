import { decodeHTMLStrict } from 'entities';

// The longest text of an export has 1,000 characters. Far more than an entity or a tag could shrink to that is never
// shown, and would only cost time.
const MOST_LOOKED_AT = 16_384;

// Mark-up that merchants put into names. Only real elements: `<1 l>` and `a < b` are part of a name.
const TAG =
  /<!--[^<>]*-->|<\/?(a|abbr|b|big|blockquote|br|center|code|div|dd|dl|dt|del|em|font|h[1-6]|hr|i|img|ins|label|li|mark|nobr|ol|p|pre|q|s|small|span|strike|strong|style|script|sub|sup|table|tbody|td|th|thead|tr|tt|u|ul|wbr)(?:\s[^<>]*)?\/?>/gi;

// Elements that stand between words like a blank; the others can stand within a word.
const APART =
  /^(?:blockquote|br|center|div|dd|dl|dt|h[1-6]|hr|img|li|ol|p|pre|table|tbody|td|th|thead|tr|ul)$/i;

/**
 * What somebody typed into a text column. CS-Cart stores many texts as HTML has them (`&amp;`, `&quot;`, `&#039;`): they
 * are decoded once, and only once, since `&amp;amp;` was typed as `&amp;`. NULL, in a column that a host has altered,
 * reads as empty. Trimmed.
 */
export function storedText(text: string | null | undefined): string {
  if (!text) return '';
  const shown = text.length > MOST_LOOKED_AT ? text.slice(0, MOST_LOOKED_AT) : text;
  return (shown.includes('&') ? decodeHTMLStrict(shown) : shown).trim();
}

/** The name of a product, an option or a method as a reader sees it: without mark-up, on one line. */
export function storedName(text: string | null | undefined): string {
  if (!text) return '';
  // The shop shows names as HTML: so first the mark-up, then the entities, and `&lt;b&gt;` stays what it says.
  const shown = text.length > MOST_LOOKED_AT ? text.slice(0, MOST_LOOKED_AT) : text;
  const plain = shown.includes('<')
    ? shown.replace(TAG, (_tag, element?: string) =>
        element !== undefined && !APART.test(element) ? '' : ' ',
      )
    : shown;
  const decoded = plain.includes('&') ? decodeHTMLStrict(plain) : plain;
  return SPACES.test(decoded) ? decoded.replace(/[\s\u00a0]+/g, ' ').trim() : decoded;
}

// A blank that is not a single one between two words.
const SPACES = /^\s|\s$|\s\s|[\t\n\v\f\r\u00a0\u2028\u2029]/;
