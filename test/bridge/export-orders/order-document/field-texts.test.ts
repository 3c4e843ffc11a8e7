import { describe, expect, test } from 'vitest';
import {
  customField,
  isGift,
  notes,
} from '../../../../src/bridge/export-orders/order-document/field-texts.ts';
import type { ShippingWords } from '../../../../src/bridge/export-orders/order-document/shipping-words.ts';
import type { Order } from '../../../../src/cscart/orders/order.ts';
import type { ProfileField } from '../../../../src/cscart/store/profile-fields.ts';
import type { Store } from '../../../../src/cscart/store/store.ts';
import { createCents } from '../../../../src/values/cents.ts';
import { aStore, mappingRules } from '../../a-store.ts';
import { aStoreOrder } from '../../plain-orders.ts';

const CHECKBOX: ProfileField = {
  id: 50,
  name: 'gift',
  section: 'C',
  type: 'C',
  labels: new Map(),
  choices: new Map(),
};

/** A store that has all that the tests name. */
const STORE: Partial<Store> = {
  shape: {
    ...aStore().shape,
    has: (table, column) => table === 'orders' && (column === 'po_number' || column === 'gift'),
  },
  profileFields: [CHECKBOX],
};

const NO_WORDS: ShippingWords = { method: '', isRush: false };
const readers = (environment: Readonly<Record<string, string>>) => mappingRules(environment, STORE).fields;

/** What a custom field of these sources says. */
function field(sources: string, changes: Partial<Order> = {}): string | undefined {
  const { customField1 } = readers({ EXPORT_CUSTOM_FIELD_1: sources });
  return customField(customField1, aStoreOrder(changes), NO_WORDS);
}

/** What notes of these sources say. */
function note(sources: string, changes: Partial<Order>, more?: readonly string[]): string | undefined {
  const { internalNotes } = readers({ EXPORT_INTERNAL_NOTES: sources });
  return notes(internalNotes, aStoreOrder(changes), NO_WORDS, more);
}

describe('a custom field', () => {
  test('has its sources beside each other, in their sequence, without those that say nothing', () => {
    const order = { coupons: ['vip'], paymentMethod: 'Card', columns: new Map([['po_number', 'PO 7']]) };
    expect(field('payment-method, notes, column:po_number, coupons', order)).toBe('Card, PO 7, vip');
  });

  test('is on one line', () => {
    expect(field('notes', { customerNotes: 'Ring\r\ntwice,\t then  wait' })).toBe('Ring twice, then wait');
  });

  test('is none without a source', () => {
    expect(field('none', { coupons: ['vip'] })).toBeUndefined();
  });

  test('is of the coupons and of the mark where nothing is configured', () => {
    const { customField1, customField2, customField3 } = readers({});
    const order = aStoreOrder({ coupons: ['vip'] });
    const all = [customField1, customField2, customField3];
    expect(all.map((sources) => customField(sources, order, { method: '', isRush: true }))).toEqual([
      'vip',
      'RUSH',
      undefined,
    ]);
  });
});

describe('notes', () => {
  const order = { customerNotes: 'Ring twice\nthen wait', coupons: ['vip'], paymentMethod: 'Card' };

  test('have a line for each source, in their sequence, with its label', () => {
    expect(note('payment-method, notes, staff-notes, coupons', order)).toBe(
      'Payment: Card\nRing twice\nthen wait\nCoupons: vip',
    );
  });

  test('have what else is to say behind them', () => {
    expect(note('notes', order, ['One', 'Two'])).toBe('Ring twice\nthen wait\nOne\nTwo');
    expect(note('staff-notes', order, ['One'])).toBe('One');
    expect(note('none', order, ['One'])).toBe('One');
  });

  test('are none where nothing is to say', () => {
    expect(note('staff-notes', order)).toBeUndefined();
    expect(note('none', order)).toBeUndefined();
    expect(note('none', order, [])).toBeUndefined();
  });
});

describe('an order is a gift', () => {
  const says = (text: string) => {
    const { gift } = readers({ EXPORT_GIFT: 'column:gift' });
    return isGift(gift, aStoreOrder({ columns: new Map([['gift', text]]) }), NO_WORDS);
  };

  test.each(['Y', 'y', 'Yes', 'true', '1', 'on', 'Red paper', '2', '1.00', 'Nona', 'No paper', 'nope'])(
    'where it says %j',
    (text) => {
      expect(says(text)).toBe(true);
    },
  );

  test.each([
    '',
    ' ',
    'N',
    'n',
    'Nein',
    'non',
    'Нет',
    'No',
    'NO',
    ' no ',
    'false',
    'off',
    'none',
    '0',
    '0.00',
  ])('not where it says %j', (text) => {
    expect(says(text)).toBe(false);
  });

  test('not without a source', () => {
    expect(isGift(undefined, aStoreOrder(), NO_WORDS)).toBe(false);
  });

  test.each<[string, string, boolean]>([
    ['a checkbox that is set', 'Y', true],
    ['a checkbox that is not', 'N', false],
    ['no checkbox', '', false],
  ])('by %s: %s', (_, stored, expected) => {
    const { gift } = readers({ EXPORT_GIFT: 'field:gift' });
    const order = aStoreOrder({ profileValues: new Map([[50, stored]]) });
    expect(isGift(gift, order, NO_WORDS)).toBe(expected);
  });

  test('by a word of the configuration', () => {
    const { gift } = readers({ EXPORT_GIFT: 'gift-certificates' });
    const usedGiftCertificates = [{ code: 'GC-1', cost: createCents(5) }];
    expect(isGift(gift, aStoreOrder({ usedGiftCertificates }), NO_WORDS)).toBe(true);
    expect(isGift(gift, aStoreOrder(), NO_WORDS)).toBe(false);
  });
});
