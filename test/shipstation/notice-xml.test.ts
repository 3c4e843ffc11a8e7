import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { parseNoticeXml, type XmlElement } from '../../src/shipstation/notice-xml.ts';
import { UnreadableNotice } from '../../src/shipstation/unreadable-notice.ts';
import { cleanText, escapeText } from '../../src/shipstation/xml-text.ts';
import { anyText } from './order-documents.ts';

const NOT_WELL_FORMED = /^The shipment notice is not well-formed XML( \(line \d+\))?\.$/;
const DOCTYPE = 'The shipment notice has a DOCTYPE, which is not accepted.';

const parse = (xml: string) => parseNoticeXml(Buffer.from(xml));

/** The text of the root element, which has to be there. */
function textOf(xml: string | Buffer): string | undefined {
  return parseNoticeXml(Buffer.from(xml))?.text;
}

/** An element as a short expression: name, own text, children. */
function shape(element: XmlElement | undefined): unknown {
  if (element === undefined) return undefined;
  return element.children.length === 0
    ? [element.name, element.text]
    : [element.name, element.children.map(shape)];
}

/** What is thrown; fails when nothing is. */
function thrownBy(run: () => unknown): unknown {
  try {
    run();
  } catch (error) {
    return error;
  }
  throw new Error('nothing was thrown');
}

describe('a document', () => {
  test.each<[string, string, unknown]>([
    ['of one empty element', '<a></a>', ['a', '']],
    ['of one self-closing element', '<a/>', ['a', '']],
    ['of one self-closing element with a blank', '<a />', ['a', '']],
    ['with text', '<a>x</a>', ['a', 'x']],
    [
      'with children',
      '<a><b>1</b><c>2</c></a>',
      [
        'a',
        [
          ['b', '1'],
          ['c', '2'],
        ],
      ],
    ],
    [
      'with repeated children',
      '<a><b>1</b><c/><b>2</b></a>',
      [
        'a',
        [
          ['b', '1'],
          ['c', ''],
          ['b', '2'],
        ],
      ],
    ],
    [
      'with equal children',
      '<a><b>1</b><b>1</b></a>',
      [
        'a',
        [
          ['b', '1'],
          ['b', '1'],
        ],
      ],
    ],
    ['with a prolog', '<?xml version="1.0" encoding="utf-8"?><a>x</a>', ['a', 'x']],
    ['with a prolog and a stylesheet', '<?xml version="1.0"?><?style x="y"?><a>x</a>', ['a', 'x']],
    ['with comments around', '<!-- 1 --><a>x</a><!-- 2 -->', ['a', 'x']],
    ['with a comment inside', '<a>x<!-- <b>no</b> -->y</a>', ['a', 'xy']],
    ['with an instruction inside', '<a>x<?php echo 1 ?>y</a>', ['a', 'xy']],
    ['with attributes', '<a x="1" y=\'2 > 1\'><b z="<b>"/>t</a>', ['a', [['b', '']]]],
    ['with a namespace', '<a xmlns="urn:x"><b>1</b></a>', ['a', [['b', '1']]]],
    ['with prefixes', '<n:a xmlns:n="urn:x"><n:b>1</n:b></n:a>', ['a', [['b', '1']]]],
    ['with line ends between elements', '<a>\r\n  <b>1</b>\r\n</a>', ['a', [['b', '1']]]],
    ['with blanks in its tags', '<a ><b\n>1</b ></a\t>', ['a', [['b', '1']]]],
    [
      'with names that mean something to JavaScript',
      '<a><toString>1</toString></a>',
      ['a', [['__toString', '1']]],
    ],
    ['with names in other scripts', '<a><größe>1</größe></a>', ['a', [['größe', '1']]]],
    ['as deep as a notice may go', nested(15), undefined],
  ])('%s is read', (_, xml, expected) => {
    const root = parse(xml);
    expect(root).toBeDefined();
    if (expected !== undefined) expect(shape(root)).toEqual(expected);
  });

  test.each<[string, string]>([
    ['nothing', ''],
    ['a blank', ' '],
    ['line ends', '\r\n\r\n'],
    ['a byte order mark', '\ufeff'],
    ['a byte order mark and blanks', '\ufeff \n'],
  ])('of %s is none', (_, xml) => {
    expect(parse(xml)).toBeUndefined();
  });
});

describe('text', () => {
  test.each<[string, string, string]>([
    ['is not trimmed', '<a> x </a>', ' x '],
    ['stays a string of digits', '<a>0012</a>', '0012'],
    ['stays a long string of digits', '<a>9400100000000000000000</a>', '9400100000000000000000'],
    ['stays an exponent', '<a>1e5</a>', '1e5'],
    ['stays a hexadecimal', '<a>0x1F</a>', '0x1F'],
    ['stays a word', '<a>true</a>', 'true'],
    ['has the five named references decoded', '<a>&amp;&lt;&gt;&quot;&apos;</a>', `&<>"'`],
    ['has decimal references decoded', '<a>&#65;&#228;&#128512;</a>', 'Aä😀'],
    ['has hexadecimal references decoded', '<a>&#x41;&#xe4;&#x1F600;</a>', 'Aä😀'],
    ['has the highest code point decoded', '<a>&#x10FFFF;&#1114111;</a>', '\u{10ffff}\u{10ffff}'],
    ['is decoded once', '<a>&amp;amp; &amp;#65; &#38;lt;</a>', '&amp; &#65; &lt;'],
    ['has an escaped closing tag as text', '<a>&lt;/a&gt;</a>', '</a>'],
    ['of CDATA is not decoded', '<a><![CDATA[&amp; <b> &#65;]]></a>', '&amp; <b> &#65;'],
    ['of CDATA may be empty', '<a><![CDATA[]]></a>', ''],
    ['of CDATA keeps blanks', '<a><![CDATA[ x ]]></a>', ' x '],
    ['of CDATA may hold a DOCTYPE', '<a><![CDATA[<!DOCTYPE html>]]></a>', '<!DOCTYPE html>'],
    ['of CDATA may hold a comment', '<a><![CDATA[<!-- x -->]]></a>', '<!-- x -->'],
    ['of CDATA may hold brackets', '<a><![CDATA[]]]]><![CDATA[>]]></a>', ']]>'],
    ['and CDATA are joined', '<a>1 <![CDATA[& 2]]> &amp; 3</a>', '1 & 2 & 3'],
    ['has CRLF as LF', '<a>x\r\ny\rz</a>', 'x\ny\nz'],
    ['has a written CR as LF', '<a>x&#13;y&#xD;&#xA;z</a>', 'x\ny\nz'],
    ['loses a byte order mark inside', '<a>x\ufeffy</a>', 'xy'],
    ['loses control characters', '<a>x\u0000\u0001\u001fy</a>', 'xy'],
    ['loses written control characters', '<a>x&#0;&#1;&#x1F;&#xFFFF;y</a>', 'xy'],
    ['loses written surrogates', '<a>x&#xD83D;&#xDE00;y</a>', 'xy'],
    ['keeps a lone >', '<a>1 > 0</a>', '1 > 0'],
  ])('%s', (_, xml, expected) => {
    expect(textOf(xml)).toBe(expected);
  });

  test('of thousands of references is decoded whole', () => {
    expect(textOf(`<a>${'&#38;&lt;'.repeat(20_000)}</a>`)).toBe('&<'.repeat(20_000));
  });

  test('of any content comes back as it was written', () => {
    fc.assert(
      fc.property(anyText, (text) => {
        expect(textOf(`<a>${escapeText(text)}</a>`)).toBe(cleanText(text));
      }),
      { numRuns: 1000 },
    );
  });

  test('of any content comes back from CDATA', () => {
    fc.assert(
      fc.property(anyText, (text) => {
        const cdata = cleanText(text).replaceAll(']]>', ']]]]><![CDATA[>');
        expect(textOf(`<a><![CDATA[${cdata}]]></a>`)).toBe(cleanText(text));
      }),
      { numRuns: 1000 },
    );
  });
});

describe('bytes', () => {
  const XML = '<a>Größe 😀</a>';
  const bigEndian = (text: string) => Buffer.from(text, 'utf16le').swap16();

  test.each<[string, Buffer]>([
    ['UTF-8', Buffer.from(XML)],
    ['UTF-8 with a byte order mark', Buffer.from(`\ufeff${XML}`)],
    ['UTF-8 with a byte order mark and blanks', Buffer.from(`\ufeff \r\n${XML}`)],
    ['UTF-8 with many leading blanks', Buffer.from(`${' \n'.repeat(50)}<?xml version="1.0"?>${XML}`)],
    ['UTF-8 that says it is UTF-16', Buffer.from(`<?xml version="1.0" encoding="utf-16"?>${XML}`)],
    ['UTF-8 that says it is Latin-1', Buffer.from(`<?xml version="1.0" encoding="iso-8859-1"?>${XML}`)],
    ['little-endian UTF-16 with a byte order mark', Buffer.from(`\ufeff${XML}`, 'utf16le')],
    ['big-endian UTF-16 with a byte order mark', bigEndian(`\ufeff${XML}`)],
    ['little-endian UTF-16 without one', Buffer.from(XML, 'utf16le')],
    ['big-endian UTF-16 without one', bigEndian(XML)],
    ['UTF-16 with a prolog', Buffer.from(`\ufeff<?xml version="1.0" encoding="utf-16"?>\n${XML}`, 'utf16le')],
  ])('of %s are read', (_, body) => {
    expect(parseNoticeXml(body)?.text).toBe('Größe 😀');
  });

  test('that are no UTF-8 become replacement characters, and cost nothing else', () => {
    expect(textOf(Buffer.from('<a>M\xfcller</a>', 'latin1'))).toBe('M\ufffdller');
  });
});

describe('what is not well-formed', () => {
  test.each<[string, string]>([
    ['text alone', 'tracking=1Z'],
    ['JSON', '{"OrderID": 1}'],
    ['an HTML page that is left open', '<html><body><br></body></html>'],
    ['an unclosed element', '<a><b>1</b>'],
    ['an unclosed child', '<a><b>1</a>'],
    ['mismatched tags', '<a><b>1</c></a>'],
    ['crossed tags', '<a><b><c></b></c></a>'],
    ['tags of another case', '<a></A>'],
    ['another prefix at the end', '<n:a xmlns:n="u"></m:a>'],
    ['a closing tag alone', '</a>'],
    ['one closing tag too many', '<a></a></a>'],
    ['a tag cut off', '<a><b'],
    ['a closing tag cut off', '<a>x</a'],
    ['an attribute cut off', '<a b="c'],
    ['an attribute without a value', '<a b></a>'],
    ['an attribute without quotes', '<a b=c></a>'],
    ['a repeated attribute', '<a b="1" b="2"></a>'],
    ['a comment cut off', '<a>x<!-- y</a>'],
    ['a comment cut off behind the root', '<a>x</a><!-- y'],
    ['CDATA cut off', '<a><![CDATA[x</a>'],
    ['an instruction cut off', '<?xml version="1.0"'],
    ['an instruction cut off inside', '<a><?x</a>'],
    ['two roots', '<a></a><b></b>'],
    ['two roots, the first self-closing', '<a/><b></b>'],
    ['two self-closing roots', '<a/><b/>'],
    ['text before the root', 'x<a></a>'],
    ['text behind the root', '<a></a>x'],
    ['a bare ampersand', '<a>Salt & pepper</a>'],
    ['a reference without its end', '<a>&amp</a>'],
    ['a reference of nothing', '<a>&;</a>'],
    ['an unknown entity', '<a>&nbsp;</a>'],
    ['an entity of JavaScript', '<a>&constructor;</a>'],
    ['a number beyond Unicode', '<a>&#x110000;</a>'],
    ['a huge number', '<a>&#99999999999999999999;</a>'],
    ['a reference that is no number', '<a>&#xZZ;</a>'],
    ['a name that begins with a digit', '<1a></1a>'],
    ['a blank before a name', '< a></a>'],
    ['an element of no name', '<></>'],
    ['a declaration inside', '<a><!ELEMENT b ANY></a>'],
    ['an element deeper than any notice', nested(40)],
    ['an element far deeper than that', nested(50_000)],
    ['tags that are never closed', '<a>'.repeat(50_000)],
    ['only opening brackets', '<'.repeat(10_000)],
    ['a comment alone', '<!-- x -->'],
  ])('is refused: %s', (_, xml) => {
    const error = thrownBy(() => parse(xml));
    expect(error).toBeInstanceOf(UnreadableNotice);
    expect((error as UnreadableNotice).message).toMatch(NOT_WELL_FORMED);
  });

  test('is told with its line', () => {
    expect(() => parse('<a>\n<b>\n</c>\n</a>')).toThrow('not well-formed XML (line 3).');
  });

  test('is refused at every place where a document is cut', () => {
    const xml = '<?xml version="1.0"?><a x="1"><!-- c --><b>1 &amp; 2</b><c><![CDATA[3]]></c></a>';
    for (let length = 1; length < xml.length; length += 1) {
      expect(() => parse(xml.slice(0, length)), xml.slice(0, length)).toThrow(UnreadableNotice);
    }
    expect(parse(xml)?.children).toHaveLength(2);
  });
});

describe('names that are properties of every object', () => {
  test.each(['__proto__', 'constructor', 'prototype', 'hasOwnProperty', 'valueOf', '__defineGetter__'])(
    '%s does no harm as an element',
    (name) => {
      for (const xml of [`<a><${name}><x>1</x></${name}><b>2</b></a>`, `<a><${name}/><b>2</b></a>`]) {
        let root: XmlElement | undefined;
        try {
          root = parse(xml);
        } catch (error) {
          // The parser refuses some of them by name, which is as good as not to know them.
          expect(error).toBeInstanceOf(UnreadableNotice);
        }
        if (root !== undefined) expect(shape(root.children.at(-1))).toEqual(['b', '2']);
        expect(Object.hasOwn(Object.prototype, 'x')).toBe(false);
      }
    },
  );

  test('do no harm as attributes', () => {
    expect(shape(parse('<a __proto__="1" constructor="2" toString="3"><b>2</b></a>'))).toEqual([
      'a',
      [['b', '2']],
    ]);
    expect(Object.hasOwn(Object.prototype, '1')).toBe(false);
  });
});

describe('a DOCTYPE', () => {
  test.each<[string, string]>([
    ['alone', '<!DOCTYPE a><a/>'],
    ['behind the prolog', '<?xml version="1.0"?>\n<!DOCTYPE a>\n<a/>'],
    ['behind a comment', '<!-- <a> --><!DOCTYPE a><a/>'],
    ['behind an empty comment', '<!----><!DOCTYPE a><a/>'],
    ['behind an instruction', '<?x <a> ?><!DOCTYPE a><a/>'],
    ['behind a byte order mark', '\ufeff<!DOCTYPE a><a/>'],
    ['in small letters', '<!doctype html><html></html>'],
    ['with an entity', '<!DOCTYPE a [<!ENTITY x "y">]><a>&x;</a>'],
    ['with a file', '<!DOCTYPE a [<!ENTITY x SYSTEM "file:///etc/passwd">]><a>&x;</a>'],
    ['with an address', '<!DOCTYPE a SYSTEM "http://127.0.0.1:1/x.dtd"><a/>'],
    ['with a parameter entity', '<!DOCTYPE a [<!ENTITY % x SYSTEM "http://127.0.0.1:1/"> %x;]><a/>'],
    ['with a billion laughs', billionLaughs()],
    ['that is cut off', '<!DOCTYPE a ['],
    ['that redefines amp', '<!DOCTYPE a [<!ENTITY amp "&#38;#60;b/&#62;">]><a>&amp;</a>'],
  ])('%s is refused', (_, xml) => {
    expect(() => parse(xml)).toThrow(new UnreadableNotice(DOCTYPE));
  });

  test.each<[string, string]>([
    ['inside the root', '<a><!DOCTYPE b><b/></a>'],
    ['inside, with an entity', '<a><!DOCTYPE b [<!ENTITY x "y">]>&x;</a>'],
    ['inside, in small letters', '<a><!doctype b><b/></a>'],
    ['behind the root', '<a></a><!DOCTYPE a [<!ENTITY x "y">]>'],
  ])('%s is refused too', (_, xml) => {
    expect(() => parse(xml)).toThrow(UnreadableNotice);
  });

  test.each<[string, string]>([
    ['in CDATA', '<a><![CDATA[<!DOCTYPE a [<!ENTITY x "y">]>]]></a>'],
    ['in a comment', '<!-- <!DOCTYPE a> --><a><!-- <!DOCTYPE b> --></a>'],
    ['in an escaped text', '<a>&lt;!DOCTYPE a&gt;</a>'],
  ])('is only text %s', (_, xml) => {
    expect(parse(xml)?.name).toBe('a');
  });
});

describe('garbage', () => {
  const readOrRefused = (body: Buffer) => {
    try {
      parseNoticeXml(body);
    } catch (error) {
      expect(error).toBeInstanceOf(UnreadableNotice);
      expect((error as UnreadableNotice).message.length).toBeLessThan(200);
    }
  };

  test('of bytes throws nothing but UnreadableNotice', () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 4000 }), (bytes) => readOrRefused(Buffer.from(bytes))),
      { numRuns: 1000 },
    );
  });

  test('of markup throws nothing but UnreadableNotice', () => {
    const pieces = fc.constantFrom(
      ...[
        '<a>',
        '</a>',
        '<b ',
        '/>',
        '>',
        '<',
        '&',
        '&#',
        ';',
        '&amp;',
        '"',
        "'",
        '=',
        '<!',
        '<!--',
        '-->',
        '--',
      ],
      ...[
        '<![CDATA[',
        ']]>',
        '<?',
        '?>',
        '<?xml version="1.0"?>',
        '<!DOCTYPE',
        '[',
        ']',
        '<!ENTITY x "y">',
        ' ',
      ],
      ...['\n', '\0', 'x', '__proto__', 'é', '\ufeff', '<a', ':', '</', '<__proto__>', '</__proto__>'],
    );
    fc.assert(
      fc.property(fc.array(pieces, { maxLength: 60 }), (parts) => readOrRefused(Buffer.from(parts.join('')))),
      { numRuns: 5000 },
    );
  });

  test('from one wrong byte in a good document throws nothing but UnreadableNotice', () => {
    const good = Buffer.from('<?xml version="1.0"?><a x="1"><b>1 &amp; &#50;</b><c><![CDATA[3]]></c></a>');
    fc.assert(
      fc.property(fc.nat({ max: good.length - 1 }), fc.nat({ max: 255 }), (position, byte) => {
        const bytes = Buffer.from(good);
        bytes[position] = byte;
        readOrRefused(bytes);
      }),
      { numRuns: 3000 },
    );
  });

  // As large as a body may be: work that grows with the square of the length runs into the time-out.
  const LARGEST = 4_000_000;
  const many = (piece: string) => piece.repeat(LARGEST / piece.length);

  test.each<[string, string]>([
    ['opening tags', many('<a>')],
    ['unfinished tags', many('<a ')],
    ['quotes', `<a "${many('"')}`],
    ['blanks in a tag', `<a ${many(' ')}`],
    ['equal signs', `<a ${many('=')}>`],
    ['ampersands', `<a>${many('&')}</a>`],
    ['comment beginnings', many('<!--')],
    ['instructions', many('<??>')],
    ['CDATA beginnings', `<a>${many('<![CDATA[')}</a>`],
  ])('of megabytes of %s is refused', (_, xml) => {
    expect(() => parse(xml)).toThrow(UnreadableNotice);
  });

  test.each<[string, string, string, string]>([
    ['references', `<a>${many('&#65;')}</a>`, 'a', 'A'.repeat(LARGEST / 5)],
    ['empty CDATA', `<a>${many('<![CDATA[]]>')}</a>`, 'a', ''],
    ['one long name', `<${many('a')}/>`, many('a'), ''],
    // Of a name, the prefix up to the first colon is dropped.
    ['colons', `<${many('a:')}a/>`, `${many('a:')}a`.slice(2), ''],
    [
      'attributes',
      `<a ${Array.from({ length: 300_000 }, (_, index) => `n${index}="v"`).join(' ')}/>`,
      'a',
      '',
    ],
    ['one long text', `<a>${many('x')}</a>`, 'a', many('x')],
    ['comments in a text', `<a>${many('x<!-- y -->')}</a>`, 'a', 'x'.repeat(LARGEST / 11)],
  ])('of megabytes of %s is read', (_, xml, name, text) => {
    // Compared here, so that a difference is not printed by the megabyte.
    const read = parse(xml);
    expect([read?.name === name, read?.text === text]).toEqual([true, true]);
  });
});

function nested(depth: number): string {
  return '<a>'.repeat(depth) + '</a>'.repeat(depth);
}

function billionLaughs(): string {
  const entities = Array.from(
    { length: 9 },
    (_, index) => `<!ENTITY l${index + 1} "${`&l${index};`.repeat(10)}">`,
  );
  return `<!DOCTYPE a [<!ENTITY l0 "ha">${entities.join('')}]><a>&l9;</a>`;
}
