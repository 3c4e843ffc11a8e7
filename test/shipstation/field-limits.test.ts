import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import {
  ADDRESS_LIMITS,
  cutText,
  ITEM_LIMITS,
  LARGEST_DECIMAL,
  LARGEST_QUANTITY,
  MOST_OPTIONS,
  MOST_PAGES,
  OPTION_LIMITS,
  ORDER_LIMITS,
  shortenText,
} from '../../src/shipstation/field-limits.ts';
import { anyText } from './order-documents.ts';

const FAMILY = '👩‍👩‍👧‍👦';
const FLAG = '🇨🇭';
const ACCENTED = 'e\u0301';

describe('shortenText', () => {
  test.each<[string, string, number, string]>([
    ['keeps a text that fits', 'abc', 3, 'abc'],
    ['marks where it was cut', 'abcd', 3, 'ab…'],
    ['takes the mark for the rest of a word', 'the glass', 4, 'the…'],
    ['does not cut an emoji', 'ab😀d', 4, 'ab…'],
    ['is the mark alone where nothing fits', '😀😀', 2, '…'],
  ])('%s', (_, text, limit, expected) => {
    expect(shortenText(text, limit)).toBe(expected);
  });

  test('is never longer than the limit', () => {
    fc.assert(
      fc.property(anyText, fc.integer({ min: 1, max: 40 }), (text, limit) => {
        const short = shortenText(text, limit);
        expect(short.length).toBeLessThanOrEqual(limit);
        expect(short === text || short.endsWith('…')).toBe(true);
      }),
    );
  });
});

describe('cutText', () => {
  test.each<[string, string, number, string]>([
    ['keeps a text that fits', 'abc', 3, 'abc'],
    ['keeps a shorter text', 'ab', 3, 'ab'],
    ['keeps an empty text', '', 3, ''],
    ['cuts plain text at the limit', 'abcdef', 3, 'abc'],
    ['cuts to nothing at 0', 'abc', 0, ''],
    ['does not cut a surrogate pair', 'ab😀', 3, 'ab'],
    ['keeps a surrogate pair that fits', 'ab😀c', 4, 'ab😀'],
    ['does not take the accent off a letter', `ab${ACCENTED}`, 3, 'ab'],
    ['keeps an accented letter that fits', `ab${ACCENTED}c`, 4, `ab${ACCENTED}`],
    ['keeps a family together', `ab${FAMILY}`, 10, 'ab'],
    ['keeps a family that fits', `${FAMILY}ab`, FAMILY.length, FAMILY],
    ['does not cut between a joiner and an emoji', `${FAMILY}x`, FAMILY.length - 2, ''],
    ['does not halve a flag', `a${FLAG}`, 3, 'a'],
    ['keeps the first of two flags', `${FLAG}${FLAG}`, 4, FLAG],
    ['does not part a skin tone', '👍🏽', 2, ''],
    ['does not part CRLF', 'ab\r\ncd', 3, 'ab'],
    ['does not part a Hangul syllable', '\u1112\u1161\u11ab', 2, ''],
    ['cuts between two lone halves', '\ud83d\ud83d\ud83d', 2, '\ud83d\ud83d'],
    ['drops a cluster that is longer than the limit', `a${'\u0301'.repeat(100)}`, 50, ''],
  ])('%s', (_, text, limit, expected) => {
    expect(cutText(text, limit)).toBe(expected);
  });

  const graphemes = new Intl.Segmenter('und', { granularity: 'grapheme' });

  test('gives whole clusters from the start of the text, as many as fit', () => {
    fc.assert(
      fc.property(anyText, fc.nat({ max: 40 }), (text, limit) => {
        let expected = '';
        for (const { segment } of graphemes.segment(text)) {
          if (expected.length + segment.length > limit) break;
          expected += segment;
        }
        expect(cutText(text, limit)).toBe(expected);
      }),
      { numRuns: 2000 },
    );
  });

  test('returns another text exactly when it cut', () => {
    fc.assert(
      fc.property(anyText, fc.nat({ max: 40 }), (text, limit) => {
        expect(cutText(text, limit) === text).toBe(text.length <= limit);
      }),
    );
  });

  test('cuts a huge text where it cuts a short one', () => {
    expect(cutText(FAMILY.repeat(1_000_000), 1000)).toBe(FAMILY.repeat(Math.floor(1000 / FAMILY.length)));
  });
});

test("the limits are the guide's", () => {
  expect({ ORDER_LIMITS, ADDRESS_LIMITS, ITEM_LIMITS, OPTION_LIMITS }).toEqual({
    ORDER_LIMITS: {
      OrderID: 50,
      OrderNumber: 50,
      ShippingMethod: 100,
      PaymentMethod: 50,
      CustomerNotes: 1000,
      InternalNotes: 1000,
      GiftMessage: 1000,
      CustomField: 100,
      CustomerCode: 50,
    },
    ADDRESS_LIMITS: {
      Name: 100,
      Company: 100,
      Phone: 50,
      Email: 100,
      Address1: 200,
      Address2: 200,
      City: 100,
      State: 100,
      PostalCode: 50,
    },
    ITEM_LIMITS: { LineItemID: 50, SKU: 50, Name: 200, ImageUrl: 500, UPC: 12, Location: 100 },
    OPTION_LIMITS: { Name: 100, Value: 100 },
  });
  expect([LARGEST_DECIMAL, LARGEST_QUANTITY, MOST_OPTIONS, MOST_PAGES]).toEqual([
    999_999_999, 99_999, 10, 32_767,
  ]);
});
