import type { Random } from '../support/random.ts';

/** What a text may not exceed. Characters are UTF-16 units: the store's own charset knows no others. */
export interface TextLimit {
  readonly characters: number;
  readonly bytes: number;
}

const CONTROLS = String.fromCharCode(...Array.from({ length: 32 }, (_, code) => code));

/** Texts that have broken programs before. None has a character of four bytes, which the store's charset refuses. */
const NASTY: readonly string[] = [
  '',
  ' ',
  ' \t\r\n\u00a0\u2003\u3000 ',
  '\u0000',
  // Blank once the control character is gone and the rest is cut.
  `\u0001${' '.repeat(110)}x`,
  '\u0085',
  'before\u0000after',
  CONTROLS,
  '\u007f\u0080\u0085\u009f',
  '\ufffe\uffff\ufffd\ufdd0',
  '\u0001\u0002',
  '\r',
  'line\r\nline\rline\nline\u2028line\u2029',
  ']]>',
  '<![CDATA[x]]>]]>',
  '</Name></Item></Items></Order></Orders>',
  '<?xml version="1.0"?><!DOCTYPE a [<!ENTITY b SYSTEM "file:///etc/passwd">]><a>&b;</a>',
  '<!-- -- -->',
  '&',
  '&amp;amp;lt;b&amp;gt;',
  '&#0;&#x1F;&#xFFFF;&#xD800;&#1114112;&#99999999999999999999;',
  '&nbsp;&bogus;&amp',
  '<b>bold</b><br/><script>alert("x")</script><!--',
  '<p style="a:b">Unclosed <img src=x onerror=alert(1) <<',
  '"\'`\\',
  "'; drop table orders; -- \\",
  '{"a":[1,null,{"b":"\\u0000"}]}',
  '[object Object]',
  'a:1:{s:1:"x";i:1;}',
  'O:8:"stdClass":0:{}',
  '<?php echo 1; ?>',
  '__proto__',
  'constructor',
  'null',
  'undefined',
  'NaN',
  '-Infinity',
  'true',
  '-1',
  '0',
  '1e999',
  '0x1F',
  '00012',
  '1.234,56',
  '12,34,56',
  '99999999999999999999999999',
  'zwölf',
  '٣٤\u066b٥',
  'N',
  'T',
  'us',
  'U',
  '\u202eesrever\u202c\u200f\u200e\u2066',
  'e\u0301\u0323\u0308'.repeat(5),
  `a${'\u0300\u0316'.repeat(60)}`,
  '\u200d\u200b\ufeff\u00ad',
  '漢字かな交じり文',
  'ﷺﷺﷺ',
  '\u1112\u1161\u11ab',
  'İıßŉǰΐ',
  'Ã©â‚¬â€œÃ¼',
  'a\u0000b\u0000c\u0000',
  '%s%n%x %00 %c0%ae',
  '../../../../etc/passwd',
  'https://example.test/a b?c=<d>&e=[f]#g',
  'javascript:alert(1)',
  '//example.test:99999/',
  'a,b;c\td|e',
];

/** Patterns that fill a column to its end: of one, two and three bytes, and those that grow when they are escaped. */
const FILLINGS = ['x', 'é', '字', '&', '<', ']]>', '\u0301', '\u0000', ' ', 'ab ', '&amp;', '\u202e', '"'];

/** A text of the longest kinds is this long: what fits into `mediumtext` would be a test of the network alone. */
const LONGEST_FILLING = 70_000;

/** A text that fits and that nobody expects. A `marker` stands in most of those that have room for it. */
export function badText(random: Random, limit: TextLimit, marker?: string): string {
  const text = random.chance(0.12) ? filled(random, limit) : several(random);
  const marked = marker !== undefined && random.chance(0.7) ? `${marker} ${text}` : text;
  return fitText(marked, limit);
}

function several(random: Random): string {
  let text = random.pick(NASTY);
  while (random.chance(0.3)) text += random.pick(NASTY);
  return text;
}

function filled(random: Random, limit: TextLimit): string {
  const filling = random.pick(FILLINGS);
  // Long ones are rare, because each costs as much as a hundred others.
  const most = random.chance(0.2) ? LONGEST_FILLING : 2_000;
  const length = Math.min(limit.characters, limit.bytes, most);
  return filling.repeat(Math.ceil(length / filling.length)).slice(0, length);
}

/** The beginning of a text that fits, with U+FFFD for characters that the store's charset lacks. */
export function fitText(text: string, { characters, bytes }: TextLimit): string {
  let fitted = text.replace(/[\u{10000}-\u{10ffff}]|[\ud800-\udfff]/gu, '\ufffd').slice(0, characters);
  if (fitted.length * 3 <= bytes) return fitted;
  while (Buffer.byteLength(fitted) > bytes) {
    const surplus = Buffer.byteLength(fitted) - bytes;
    fitted = fitted.slice(0, fitted.length - Math.max(1, Math.floor(surplus / 3)));
  }
  return fitted;
}

/** Bytes that are no text of the store: other encodings, cut characters, and nothing that anybody wrote. */
export function badBytes(random: Random, most: number): Buffer {
  const text = `${several(random)}äöüß€ 🎁`;
  const bytes = random.pick<() => Buffer>([
    () => Buffer.alloc(0),
    () => Buffer.from(text, 'utf8'),
    () => Buffer.from(text, 'latin1'),
    () => Buffer.concat([Buffer.from([0xff, 0xfe]), Buffer.from(text, 'utf16le')]),
    () => Buffer.concat([Buffer.from([0xef, 0xbb, 0xbf]), Buffer.from(text, 'utf8')]),
    () => Buffer.alloc(random.int(1, 5_000)),
    () => Buffer.from([0xc0, 0x80, 0xed, 0xa0, 0x80, 0xf5, 0x80, 0xfe, 0xff, 0xe2, 0x82]),
    () => Buffer.from([0x1f, 0x8b, 0x08, 0, 0, 0, 0, 0, 0, 3]),
    () => Buffer.from(Array.from({ length: random.int(1, 300) }, () => random.int(0, 255))),
  ])();
  return bytes.subarray(0, most);
}
