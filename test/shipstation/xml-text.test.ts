import fc from 'fast-check';
import { XMLParser } from 'fast-xml-parser';
import { describe, expect, test } from 'vitest';
import { cleanText, escapeText } from '../../src/shipstation/xml-text.ts';
import { parseXml } from '../support/orders-schema.ts';
import { anyText } from './order-documents.ts';

/** What libxml2 reads where our text was written. */
function readBack(text: string): string {
  const document = parseXml(`<Text>${escapeText(text)}</Text>`);
  try {
    return document.root.content;
  } finally {
    document.dispose();
  }
}

/** The characters of XML 1.0 § 2.2, told by code point: another way than the one under test. */
function isXmlCharacter(codePoint: number): boolean {
  if (codePoint === 0x9 || codePoint === 0xa || codePoint === 0xd) return true;
  if (codePoint < 0x20 || codePoint === 0xfffe || codePoint === 0xffff) return false;
  return codePoint < 0xd800 || codePoint > 0xdfff;
}

function withoutForbidden(text: string): string {
  const kept = Array.from(text).filter((character) => isXmlCharacter(character.codePointAt(0) ?? 0));
  return kept.join('').split('\r\n').join('\n').split('\r').join('\n');
}

describe('escapeText', () => {
  test.each<[string, string, string]>([
    ['leaves nothing as nothing', '', ''],
    ['leaves plain text alone', 'Stone mug, 0.5 l', 'Stone mug, 0.5 l'],
    ['escapes an ampersand', 'Salt & Pepper', 'Salt &amp; Pepper'],
    ['escapes what is escaped already once more', '&amp;', '&amp;amp;'],
    ['escapes a numeric reference', '&#38;', '&amp;#38;'],
    ['escapes angle brackets', '<b>', '&lt;b&gt;'],
    ['escapes the end of a CDATA section', 'a]]>b', 'a]]&gt;b'],
    ['escapes the start of a CDATA section', '<![CDATA[x]]>', '&lt;![CDATA[x]]&gt;'],
    ['escapes a comment', '<!-- x -->', '&lt;!-- x --&gt;'],
    ['keeps quotes', `5" pipe, 6' long`, `5" pipe, 6' long`],
    ['keeps tabs and line feeds', 'a\tb\nc', 'a\tb\nc'],
    ['turns CRLF into LF', 'a\r\nb', 'a\nb'],
    ['turns a lone CR into LF', 'a\rb', 'a\nb'],
    ['keeps two line ends two', 'a\r\n\r\nb', 'a\n\nb'],
    ['keeps CR CR two', 'a\r\rb', 'a\n\nb'],
    ['drops a NUL', 'a\0b', 'ab'],
    ['drops a NUL between CR and LF before it joins them', 'a\r\0\nb', 'a\nb'],
    ['drops a vertical tab and a form feed', 'a\u000b\u000cb', 'ab'],
    ['drops an escape character', '\u001b[31mred', '[31mred'],
    ['drops U+FFFE and U+FFFF', 'a\ufffe\uffffb', 'ab'],
    ['drops a lone high surrogate', 'a\ud83db', 'ab'],
    ['drops a lone low surrogate', 'a\ude00b', 'ab'],
    ['drops surrogates in the wrong order', 'a\ude00\ud83db', 'ab'],
    ['does not join surrogates over a dropped character', 'a\ud83d\0\ude00b', 'ab'],
    ['keeps a surrogate pair', 'a\u{1f600}b', 'a\u{1f600}b'],
    ['keeps a pair beside a lone half', '\ud83d\u{1f600}\ude00', '\u{1f600}'],
    ['keeps the replacement character', '\ufffd', '\ufffd'],
    ['keeps DEL and the C1 controls, which XML 1.0 allows', '\u007f\u0085\u009f', '\u007f\u0085\u009f'],
    ['drops the byte order mark, which a spreadsheet puts before an SKU', '\ufeffA-1', 'A-1'],
    ['keeps other scripts', 'Größe, размер, サイズ, حجم', 'Größe, размер, サイズ, حجم'],
    ['keeps combining marks apart', 'e\u0301', 'e\u0301'],
    ['keeps blanks at both ends', '  a  ', '  a  '],
    ['keeps the last characters of the plane', '\ud7ff\ue000', '\ud7ff\ue000'],
    ['keeps the highest code point', '\u{10ffff}', '\u{10ffff}'],
  ])('%s', (_, text, expected) => {
    expect(escapeText(text)).toBe(expected);
  });

  test('gives the same text for each character below U+0020 that XML forbids: none', () => {
    for (let code = 0; code < 0x20; code += 1) {
      const character = String.fromCharCode(code);
      const expected = code === 0x9 || code === 0xa ? character : code === 0xd ? '\n' : '';
      expect(escapeText(character), `U+${code.toString(16)}`).toBe(expected);
    }
  });

  test('gives text that libxml2 reads as it was, but for forbidden characters and CR', () => {
    fc.assert(
      fc.property(anyText, (text) => {
        expect(readBack(text)).toBe(withoutForbidden(text));
      }),
      { numRuns: 2000 },
    );
  });

  test('gives text that fast-xml-parser reads in the same way', () => {
    const parser = new XMLParser({ parseTagValue: false, trimValues: false, alwaysCreateTextNode: true });
    fc.assert(
      fc.property(anyText, (text) => {
        const read = parser.parse(`<Text>${escapeText(text)}</Text>`);
        expect(read.Text['#text']).toBe(withoutForbidden(text));
      }),
      { numRuns: 500 },
    );
  });

  test('never gives an angle bracket, nor an ampersand that begins no reference', () => {
    fc.assert(
      fc.property(anyText, (text) => {
        expect(escapeText(text).replace(/&(?:amp|lt|gt);/g, '')).not.toMatch(/[<>&]/);
      }),
    );
  });

  test('escapes a megabyte of special characters', () => {
    expect(escapeText('<&>'.repeat(350_000))).toBe('&lt;&amp;&gt;'.repeat(350_000));
  });
});

describe('cleanText', () => {
  test('returns the same text when there is nothing to drop, markup included', () => {
    expect(cleanText('a < b & c > d')).toBe('a < b & c > d');
  });

  test('changes nothing a second time', () => {
    fc.assert(
      fc.property(anyText, (text) => {
        const cleaned = cleanText(text);
        expect(cleanText(cleaned)).toBe(cleaned);
        expect(cleaned).toBe(withoutForbidden(text));
      }),
    );
  });
});
