import type { Answer } from './call.ts';

/** Who has written a page that is not the bridge's, as far as it can be told. */
export type PageKind = 'challenge' | 'firewall' | 'login' | 'shop' | 'other';

// What these firewalls are known to put into their answers. Cloudflare and AWS WAF document theirs for programs.
const CHALLENGE_HEADERS: readonly (readonly [name: string, value: RegExp])[] = [
  ['cf-mitigated', /./],
  ['x-amzn-waf-action', /./],
];
const CHALLENGE_TEXT =
  /challenge-platform|<title>just a moment|checking your browser|enable javascript and cookies|captcha/i;
const FIREWALL_HEADERS: readonly (readonly [name: string, value: RegExp])[] = [
  ['x-sucuri-id', /./],
  ['x-iinfo', /./],
  ['server', /sucuri|imperva|incapsula|barracuda|fortiweb|bigip|ddos-guard/i],
];
const FIREWALL_TEXT =
  /mod_security|modsecurity|web application firewall|incapsula|request (?:was )?(?:blocked|rejected)|you have been blocked|access denied|wordfence/i;
const PASSWORD_FIELD = /<input[^>]*\btype\s*=\s*["']?password/i;
const SHOP_TEXT = /dispatch=|cs-cart|tygh/i;
const SHOP_COOKIE = /(?:^|, )sid_(?:customer|admin|vendor)/i;

/** What a page is, by its headers and its text. */
export function pageKind({ headers, body }: Answer): PageKind {
  const text = body.subarray(0, 65_536).toString('utf8');
  const has = (list: typeof FIREWALL_HEADERS) =>
    list.some(([name, value]) => headers[name] !== undefined && value.test(headers[name]));
  const isHtml = looksLikeHtml(text);
  if (has(CHALLENGE_HEADERS) || (isHtml && CHALLENGE_TEXT.test(text))) return 'challenge';
  if (has(FIREWALL_HEADERS) || FIREWALL_TEXT.test(text)) return 'firewall';
  // A shop's page has a field for a password, too.
  if (SHOP_COOKIE.test(headers['set-cookie'] ?? '') || (isHtml && SHOP_TEXT.test(text))) return 'shop';
  return isHtml && PASSWORD_FIELD.test(text) ? 'login' : 'other';
}

const MOST_SHOWN = 80;

/** What came, for a sentence: `an HTML page "Not Found"`, `plain text "no access"`, `nothing`. */
export function describePage({ body }: Answer): string {
  if (body.length === 0) return 'nothing';
  const text = body
    .subarray(0, 65_536)
    .toString('utf8')
    .replace(/^\ufeff/, '')
    .trim();
  if (text === '') return 'nothing but blanks';
  if (looksLikeHtml(text)) {
    const title = shortened(/<title[^>]*>([^<]*)/i.exec(text)?.[1] ?? '');
    return title === '' ? 'an HTML page' : `an HTML page "${title}"`;
  }
  if (/^[{[]/.test(text)) return `JSON ${shortened(text)}`;
  if (/^<(?:\?xml|[a-z_])/i.test(text)) {
    const root = /<([a-z_][\w:.-]*)/i.exec(text)?.[1] ?? '?';
    return `XML, but a document of another kind (<${root}>)`;
  }
  // Compressed, or a picture.
  if (/[\ufffd]|(?![\t\n\r])\p{Cc}/u.test(text.slice(0, MOST_SHOWN))) return 'something that is no text';
  return `the text "${shortened(text)}"`;
}

function looksLikeHtml(text: string): boolean {
  return /^\ufeff?\s*(?:<!--[\s\S]*?-->\s*)*<(?:!doctype html|html|head|body|script|br|div|title|h1|center)\b/i.test(
    text,
  );
}

/** One line, without what a terminal would take for a command. */
export function shortened(text: string, most = MOST_SHOWN): string {
  const line = text.replaceAll(/[\s\p{Cc}\p{Cf}]+/gu, ' ').trim();
  return line.length > most ? `${line.slice(0, most).trimEnd()}…` : line;
}
