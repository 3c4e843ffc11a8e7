// Anything but plain characters that stand for themselves in element text. Surrogates count as special here, so that
// emoji take the slow path; the fast path stays one scan over a class without look-ahead.
const SPECIAL = /[^\t\n -%'-;=?-\uD7FF\uE000-\uFEFE\uFF00-\uFFFD]/;

// XML 1.0 (Fifth Edition) § 2.2, production Char, negated. The `u` flag makes a surrogate pair one character, so only
// lone surrogates fall into it. And U+FEFF: XML may hold it, but it is invisible, mostly the mark that a spreadsheet has
// put before an SKU, and readers drop it or not as they like.
const FORBIDDEN = /[^\t\n\r\u{20}-\u{D7FF}\u{E000}-\u{FEFE}\u{FF00}-\u{FFFD}\u{10000}-\u{10FFFF}]/gu;

// XML 1.0 § 2.11 has a parser turn these into one LF. Writing LF ourselves makes the text that was sent equal to the
// text that is read; `&#13;` would survive the parser and come out as a stray box on a packing slip.
const CARRIAGE_RETURNS = /\r\n?/g;

/**
 * Any JavaScript string as text that an XML 1.0 document can hold: without the forbidden characters (most control
 * characters, U+FFFE, U+FFFF, lone surrogates, and U+FEFF), with LF as the only line end. Not yet escaped. Returns the same string
 * when there is nothing to do.
 */
export function cleanText(text: string): string {
  return SPECIAL.test(text) ? text.replace(FORBIDDEN, '').replace(CARRIAGE_RETURNS, '\n') : text;
}

/**
 * Any JavaScript string as the text of an element: cleaned as by {@link cleanText}, with `&`, `<` and `>` escaped (`>`
 * because of `]]>`, XML 1.0 § 2.4). Quotes stay as they are, so the result is not for attribute values.
 *
 * Escaping is used rather than CDATA, which ShipStation's guide suggests: to a parser both are the same, and CDATA would
 * neither legalise a forbidden character nor hold `]]>`.
 */
export function escapeText(text: string): string {
  if (!SPECIAL.test(text)) return text;
  return cleanText(text).replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;');
}
