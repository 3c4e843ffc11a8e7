import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { storedName, storedText } from '../../src/cscart/stored-text.ts';

describe('a stored text', () => {
  test.each<[string, string | null | undefined, string]>([
    ['of nothing is empty', '', ''],
    ['that is NULL is empty', null, ''],
    ['that is not there is empty', undefined, ''],
    ['of blanks is empty', ' \t\r\n ', ''],
    ['is trimmed', '  Leave with the porter\n', 'Leave with the porter'],
    ['keeps its lines and its blanks inside', 'Ring  twice\r\n\r\nThen wait', 'Ring  twice\r\n\r\nThen wait'],
    ['keeps what looks like mark-up', 'a <b>bold</b> word', 'a <b>bold</b> word'],
    ['keeps an ampersand', 'AT&T', 'AT&T'],
    ['keeps an ampersand between blanks', 'Salt & Pepper', 'Salt & Pepper'],
    ['keeps one at its end', 'Salt &', 'Salt &'],
    ['decodes an ampersand', 'Salt &amp; Pepper', 'Salt & Pepper'],
    ['decodes quotes', '&quot;5&#039; pipe&quot;', `"5' pipe"`],
    ['decodes angle brackets', '1 &lt; 2 &gt; 0', '1 < 2 > 0'],
    ['decodes an entity by its name', 'Caf&eacute; &euro;5', 'Café €5'],
    ['decodes an entity by its number', '&#233;&#8364;', 'é€'],
    ['decodes an entity by its hexadecimal number', '&#xE9;&#x1F600;', 'é😀'],
    ['decodes a blank that does not break', '10&nbsp;kg', '10\u00a0kg'],
    ['loses such a blank at its ends', '&nbsp;10 kg&nbsp;', '10 kg'],
    // What somebody typed as &amp; is stored as &amp;amp;.
    ['decodes once', '&amp;amp;', '&amp;'],
    ['decodes once before another entity', '&amp;lt;b&amp;gt;', '&lt;b&gt;'],
    ['decodes once before a number', '&amp;#039;', '&#039;'],
    ['decodes a number once', '&#38;lt;', '&lt;'],
    ['keeps an entity that there is not', 'R&Dept; &foo;', 'R&Dept; &foo;'],
    ['keeps an entity without its end', 'AT&ampT &copy 2026', 'AT&ampT &copy 2026'],
    ['keeps a number without digits', '&#; &#x;', '&#; &#x;'],
    [
      'keeps the question mark of a number that is no character',
      '&#0;&#xD800;&#1114112;',
      '\ufffd\ufffd\ufffd',
    ],
    ['keeps the name of a property', '&constructor; &__proto__;', '&constructor; &__proto__;'],
  ])('%s', (_, stored, text) => {
    expect(storedText(stored)).toBe(text);
  });
});

describe('a stored name', () => {
  test.each<[string, string | null | undefined, string]>([
    ['of nothing is empty', '', ''],
    ['that is NULL is empty', null, ''],
    ['that is not there is empty', undefined, ''],
    ['is trimmed', ' Stone mug ', 'Stone mug'],
    ['is on one line', 'Stone\r\nmug\t\tblue', 'Stone mug blue'],
    ['has one blank between words', 'Stone  mug', 'Stone mug'],
    ['has no blank that does not break', 'Stone&nbsp;mug\u00a0blue', 'Stone mug blue'],
    ['is empty where it is only mark-up', '<p><br></p>', ''],
    ['is empty where it is only a blank', '&nbsp;', ''],
    ['decodes its entities', '5&quot; pipe &amp; bend', '5" pipe & bend'],
    ['decodes them once', 'A &amp;amp; B', 'A &amp; B'],
    ['keeps an ampersand', 'AT&T', 'AT&T'],
    ['loses bold letters', 'Stone <b>mug</b>', 'Stone mug'],
    ['loses them in a word', 'H<sub>2</sub>O, m<sup>2</sup>', 'H2O, m2'],
    ['loses them in capitals', 'Stone <STRONG>mug</STRONG>', 'Stone mug'],
    [
      'loses an element with attributes',
      'Stone <span class="x" style=\'color: red\'>mug</span>',
      'Stone mug',
    ],
    ['loses an element over two lines', 'Stone <span\nclass="x">mug</span>', 'Stone mug'],
    ['has a blank for a line break', 'Stone<br>mug<br/>blue<br />9', 'Stone mug blue 9'],
    ['has a blank for a paragraph', '<p>Stone</p><p>mug</p>', 'Stone mug'],
    ['has a blank for a list', '<ul><li>Stone</li><li>mug</li></ul>', 'Stone mug'],
    ['has a blank for a cell', '<td>Stone</td><td>mug</td>', 'Stone mug'],
    ['has a blank for a heading', '<h2>Stone</h2>mug', 'Stone mug'],
    ['has a blank for a picture', 'Stone<img src="a.png" alt="x">mug', 'Stone mug'],
    ['has a blank for a comment', 'Stone<!-- blue -->mug', 'Stone mug'],
    ['loses an element within another', '<div><b><i>Stone</i></b></div> mug', 'Stone mug'],
    ['loses an element without its end', '<b>Stone mug', 'Stone mug'],
    ['loses an end without its element', 'Stone mug</font>', 'Stone mug'],
    // What is no element of HTML is part of the name.
    ['keeps a measure', 'Bottles <1 l>', 'Bottles <1 l>'],
    ['keeps a comparison', 'a < b', 'a < b'],
    ['keeps two comparisons', 'a < b and c > d', 'a < b and c > d'],
    ['keeps a comparison without blanks', 'x<y, y>z', 'x<y, y>z'],
    ['keeps a bracket at its end', 'Stone mug <', 'Stone mug <'],
    ['keeps an arrow', 'in -> out <-> back', 'in -> out <-> back'],
    ['keeps a heart', 'I <3 mugs', 'I <3 mugs'],
    ['keeps an element that there is not', 'Mug <Stone> <blue>', 'Mug <Stone> <blue>'],
    ['keeps what begins like an element', 'Mug <bold> <abc> <h7>', 'Mug <bold> <abc> <h7>'],
    ['keeps an element without its bracket', 'Mug <b', 'Mug <b'],
    // The shop shows this as the text <b>.
    ['keeps mark-up that was stored as text', 'The &lt;b&gt; tag', 'The <b> tag'],
    ['keeps mark-up that was stored as text twice', 'The &amp;lt;b&amp;gt; tag', 'The &lt;b&gt; tag'],
  ])('%s', (_, stored, name) => {
    expect(storedName(stored)).toBe(name);
  });

  test.each(
    'a abbr b big code del em font i ins label mark nobr q s small span strike strong style script sub sup tt u wbr'.split(
      ' ',
    ),
  )('loses <%s> in a word', (element) => {
    expect(storedName(`St<${element}>on</${element}>e`)).toBe('Stone');
  });

  test.each(
    'blockquote br center dd div dl dt h1 h2 h3 h4 h5 h6 hr img li ol p pre table tbody td th thead tr ul'.split(
      ' ',
    ),
  )('has a blank for <%s>', (element) => {
    expect(storedName(`Stone<${element}>mug</${element}>`)).toBe('Stone mug');
    expect(storedName(`Stone<${element.toUpperCase()} class="x" />mug`)).toBe('Stone mug');
  });

  test('of any text is on one line, without blanks at its ends or beside each other', () => {
    const pieces = fc
      .array(
        fc.constantFrom(' ', '\n', '\t', '\u00a0', '\u2028', '&nbsp;', '&#10;', '<br>', '<b>', 'a', '&', '<'),
      )
      .map((all) => all.join(''));
    fc.assert(
      fc.property(fc.oneof(pieces, fc.string({ unit: 'grapheme' })), (stored) => {
        expect(storedName(stored)).not.toMatch(/^\s|\s$|\s\s|[\t\n\r\u00a0\u2028]/);
      }),
      { numRuns: 1000 },
    );
  });

  test('of words without mark-up is what was stored', () => {
    const word = fc.stringMatching(/^[A-Za-z0-9éß"'(),.-]{1,8}$/);
    fc.assert(
      fc.property(fc.array(word, { minLength: 1 }), (words) => {
        expect(storedName(words.join(' '))).toBe(words.join(' '));
        expect(storedText(words.join(' '))).toBe(words.join(' '));
      }),
    );
  });

  test('of encoded text is the text', () => {
    const encode = (text: string) =>
      text
        .replaceAll('&', '&amp;')
        .replaceAll('<', '&lt;')
        .replaceAll('>', '&gt;')
        .replaceAll('"', '&quot;')
        .replaceAll("'", '&#039;');
    const text = fc
      .array(fc.constantFrom('a', '&', ';', '#', '<', '>', '"', "'", 'b', 'amp', 'lt', '38'), {
        minLength: 1,
      })
      .map((all) => all.join(''));
    fc.assert(
      fc.property(text, (typed) => {
        expect(storedText(encode(typed))).toBe(typed);
        expect(storedName(encode(typed))).toBe(typed);
      }),
      { numRuns: 1000 },
    );
  });
});

describe('a megabyte', () => {
  // Each of these keeps a pattern that goes back busy for minutes.
  const MEGABYTE = 1_048_576;
  const HOSTILE = [
    'a',
    ' ',
    '\n',
    '\u00a0',
    '<',
    '>',
    '&',
    '&amp;',
    '&amp',
    '&#',
    '&#x',
    '<!--',
    '<!-- -',
    '-->',
    '<b',
    '<b ',
    '<b a',
    '<b\t',
    '</b',
    '<b/',
    '<b><',
    '< b',
    'a ',
    '<p>',
    '😀',
  ];

  test.each(HOSTILE)('of %j is cut to what a reader could ever be shown, at once', (piece) => {
    const long = piece.repeat(Math.ceil(MEGABYTE / piece.length));
    for (const read of [storedText, storedName]) {
      expect(read(long).length).toBeLessThanOrEqual(16_384);
      expect(read(`a${long}`).length).toBeLessThanOrEqual(16_384);
      expect(read(`<b ${long}`).length).toBeLessThanOrEqual(16_384);
      expect(read(`<!--${long}`).length).toBeLessThanOrEqual(16_384);
    }
  });

  test('keeps far more than the longest text of an export', () => {
    const long = 'x'.repeat(MEGABYTE);
    expect(storedText(long)).toBe('x'.repeat(16_384));
    expect(storedName(`<p>${long}`)).toBe('x'.repeat(16_381));
    // The longest text of an export has 1,000 characters.
    expect(storedText('&CounterClockwiseContourIntegral;'.repeat(400))).toBe('∳'.repeat(400));
    expect(storedText('&Eacute;'.repeat(1000))).toBe('É'.repeat(1000));
  });
});
