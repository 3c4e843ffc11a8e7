import { describe, expect, test } from 'vitest';
import {
  type FieldSource,
  type ItemSource,
  parseFieldSource,
  parseItemSource,
} from '../../src/config/field-source.ts';

const WORDS = [
  'coupons',
  'rush',
  'notes',
  'staff-notes',
  'address-type',
  'vendor',
  'storefront',
  'gift-certificates',
  'payment-method',
  'shipping-method',
  'pickup-point',
  'language',
] as const;

describe('the source of a field', () => {
  test.each(WORDS)('is the word %s, in whatever case', (word) => {
    expect(parseFieldSource(word)).toEqual({ kind: 'word', word });
    expect(parseFieldSource(word.toUpperCase())).toEqual({ kind: 'word', word });
  });

  test.each<[string, FieldSource]>([
    ['field:Gift wrap', { kind: 'profile-field', key: 'Gift wrap' }],
    ['field:36', { kind: 'profile-field', key: '36' }],
    ['FIELD : Gift wrap ', { kind: 'profile-field', key: 'Gift wrap' }],
    // Only the first colon parts; a label may have more, or be a word of its own.
    ['field:Time: from', { kind: 'profile-field', key: 'Time: from' }],
    ['field:coupons', { kind: 'profile-field', key: 'coupons' }],
    ['field:Größe & Farbe', { kind: 'profile-field', key: 'Größe & Farbe' }],
    ['column:po_number', { kind: 'column', column: 'po_number' }],
    ['Column: PO_Number', { kind: 'column', column: 'PO_Number' }],
    ['column:_x9', { kind: 'column', column: '_x9' }],
    [`column:${'c'.repeat(64)}`, { kind: 'column', column: 'c'.repeat(64) }],
  ])('is %s', (text, source) => {
    expect(parseFieldSource(text)).toEqual(source);
  });

  test.each([
    '',
    ' ',
    ':',
    'cupons',
    'coupon',
    'coupons:',
    'field',
    'field:',
    'field: ',
    'feature:Shelf',
    'column',
  ])('is not %j, which the problem repeats beside all that it could be', (text) => {
    const parsed = parseFieldSource(text);
    const problem = 'problem' in parsed ? parsed.problem : '';
    expect(problem).toBe(`has "${text}", which is none of ${WORDS.join(', ')}, field:NAME, column:NAME`);
  });

  test.each(['', '9lives', 'a b', 'a.b', 'x`; drop table orders', 'größe', 'c'.repeat(65)])(
    'is no column %j',
    (column) => {
      expect(parseFieldSource(`column:${column}`)).toEqual({
        problem: `names a column "${column}", but a column's name has letters, digits and _ only`,
      });
    },
  );
});

describe('the source of an item’s field', () => {
  test.each<[string, ItemSource]>([
    ['column:ean', { kind: 'column', column: 'ean' }],
    ['COLUMN : ean ', { kind: 'column', column: 'ean' }],
    ['feature:Shelf', { kind: 'feature', key: 'Shelf' }],
    ['feature:12', { kind: 'feature', key: '12' }],
    ['Feature: Shelf: left ', { kind: 'feature', key: 'Shelf: left' }],
  ])('is %s', (text, source) => {
    expect(parseItemSource(text)).toEqual(source);
  });

  test.each(['', 'ean', 'coupons', 'field:Shelf', 'feature', 'feature:', 'feature: ', ':ean'])(
    'is not %j',
    (text) => {
      expect(parseItemSource(text)).toEqual({ problem: 'must be column:NAME or feature:NAME' });
    },
  );

  test.each(['', 'a-b', 'x`'])('is no column %j', (column) => {
    expect(parseItemSource(`column:${column}`)).toEqual({
      problem: `names a column "${column}", but a column's name has letters, digits and _ only`,
    });
  });
});
