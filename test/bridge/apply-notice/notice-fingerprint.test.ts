import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import {
  noticeFingerprint,
  unreadableFingerprint,
} from '../../../src/bridge/apply-notice/notice-fingerprint.ts';
import type { NoticeItem, ShipNotice } from '../../../src/shipstation/ship-notice.ts';
import { createEpochSeconds } from '../../../src/values/epoch-seconds.ts';
import { aNotice, aNoticeItem } from '../plain-orders.ts';

const mug = aNoticeItem({ lineItemId: '101', sku: 'MUG', name: 'Stone mug', quantity: 2 });
const tee = aNoticeItem({ lineItemId: '102', sku: 'TEE', name: 'Cotton tee', quantity: 3 });
const of = (changes: Partial<ShipNotice>, orderKey = '7001') => noticeFingerprint(orderKey, aNotice(changes));

const WITHOUT_NUMBER: Partial<ShipNotice> = {
  trackingNumber: '',
  service: 'Ground',
  shipDate: { year: 2026, month: 3, day: 3 },
  labelCreateDate: createEpochSeconds(1_772_500_000),
  items: [mug],
};

describe('is the same for', () => {
  test.each<[string, Partial<ShipNotice>, Partial<ShipNotice>]>([
    ['the same notice', { items: [mug, tee] }, { items: [{ ...mug }, { ...tee }] }],
    ['items in another sequence', { items: [mug, tee] }, { items: [tee, mug] }],
    [
      'an item that is told in two parts',
      { items: [mug] },
      {
        items: [
          { ...mug, quantity: 1 },
          { ...mug, quantity: 1 },
        ],
      },
    ],
    ['a tracking number with blanks', { trackingNumber: '1Z TEST-0001' }, { trackingNumber: '1ztest0001' }],
    ['a carrier in other letters', { carrier: 'UPS®' }, { carrier: 'ups' }],
    [
      'what may change while ShipStation repeats a notice',
      { items: [mug], service: 'Ground', notesToCustomer: 'Ring twice.' },
      {
        items: [mug],
        service: 'UPS® Ground',
        notesToCustomer: '',
        shipDate: { year: 2026, month: 3, day: 4 },
        labelCreateDate: createEpochSeconds(1),
      },
    ],
    [
      'notices that name the order in another way',
      { orderKeys: ['7001'] },
      { orderKeys: ['SHOP-7001', '7001'] },
    ],
    [
      'notices without a tracking number that say the same',
      WITHOUT_NUMBER,
      { ...WITHOUT_NUMBER, items: [{ ...mug }] },
    ],
  ])('%s', (_, one, other) => {
    expect(of(other)).toBe(of(one));
  });
});

describe('is another for', () => {
  test.each<[string, Partial<ShipNotice>, Partial<ShipNotice>]>([
    ['another tracking number', { trackingNumber: '1Z0001' }, { trackingNumber: '1Z0002' }],
    ['another carrier', { carrier: 'UPS' }, { carrier: 'FedEx' }],
    // Two parts of an order can leave in one box, under one number.
    ['other items under the same tracking number', { items: [mug] }, { items: [tee] }],
    ['another quantity', { items: [mug] }, { items: [{ ...mug, quantity: 1 }] }],
    ['the same item once more', { items: [mug] }, { items: [mug, mug] }],
    [
      'quantities that are exchanged',
      { items: [mug, tee] },
      {
        items: [
          { ...mug, quantity: 3 },
          { ...tee, quantity: 2 },
        ],
      },
    ],
    ['another line of the same SKU', { items: [mug] }, { items: [{ ...mug, lineItemId: '103' }] }],
    [
      'another SKU of no line',
      { items: [{ ...mug, lineItemId: '' }] },
      { items: [{ ...mug, lineItemId: '', sku: 'CUP' }] },
    ],
    ['another name', { items: [aNoticeItem({ name: 'Mug' })] }, { items: [aNoticeItem({ name: 'Cup' })] }],
    [
      'texts that meet at another place',
      { items: [aNoticeItem({ lineItemId: '1', sku: '12' })] },
      { items: [aNoticeItem({ lineItemId: '11', sku: '2' })] },
    ],
    ['everything that is left, and nothing', { items: undefined }, { items: [] }],
    ['everything that is left, and an item', { items: undefined }, { items: [mug] }],
    ['no tracking number, another service', WITHOUT_NUMBER, { ...WITHOUT_NUMBER, service: 'Express' }],
    [
      'no tracking number, another day',
      WITHOUT_NUMBER,
      { ...WITHOUT_NUMBER, shipDate: { year: 2026, month: 3, day: 4 } },
    ],
    ['no tracking number, no day', WITHOUT_NUMBER, { ...WITHOUT_NUMBER, shipDate: undefined }],
    [
      'no tracking number, another label',
      WITHOUT_NUMBER,
      { ...WITHOUT_NUMBER, labelCreateDate: createEpochSeconds(1_772_500_060) },
    ],
    [
      'a tracking number of signs alone, another service',
      { ...WITHOUT_NUMBER, trackingNumber: '--' },
      { ...WITHOUT_NUMBER, trackingNumber: '--', service: 'Express' },
    ],
  ])('%s', (_, one, other) => {
    expect(of(other)).not.toBe(of(one));
  });

  test('another order', () => {
    expect(of({}, '7001')).not.toBe(of({}, '7002'));
    expect(of({ trackingNumber: '1' }, '700')).not.toBe(of({ trackingNumber: '0 1' }, '70'));
  });
});

test('has 64 hex digits, which is what the column holds', () => {
  expect(of({})).toMatch(/^[0-9a-f]{64}$/);
  expect(unreadableFingerprint('{}', Buffer.from('<'))).toMatch(/^[0-9a-f]{64}$/);
});

describe('for any items', () => {
  const anyItem = fc.record({
    lineItemId: fc.string({ maxLength: 4 }),
    sku: fc.string({ maxLength: 4 }),
    name: fc.string({ maxLength: 4 }),
    quantity: fc.integer({ min: 1, max: 99_999 }),
  });
  const anyItems = fc.array(anyItem, { minLength: 1, maxLength: 6 });

  test('their sequence does not matter', () => {
    const shuffled = anyItems.chain((items) =>
      fc.tuple(fc.constant(items), fc.shuffledSubarray(items, { minLength: items.length })),
    );
    fc.assert(fc.property(shuffled, ([items, other]) => of({ items }) === of({ items: other })));
  });

  test('one unit more or less does', () => {
    fc.assert(
      fc.property(anyItems, fc.nat(), (items, random) => {
        const index = random % items.length;
        const changed = items.map((item, at) =>
          at === index ? { ...item, quantity: item.quantity + 1 } : item,
        );
        expect(of({ items: changed })).not.toBe(of({ items }));
      }),
    );
  });

  test('two lists have one fingerprint only when they name the same items by their surest keys', () => {
    const few = fc.array(
      fc.record({
        lineItemId: fc.constantFrom('', '1', '11'),
        sku: fc.constantFrom('', '1', ',', '"'),
        name: fc.constantFrom('', '1', ']'),
        quantity: fc.integer({ min: 1, max: 2 }),
      }),
      { maxLength: 3 },
    );
    const counted = (items: readonly NoticeItem[]) => {
      const counts = new Map<string, number>();
      for (const item of items) {
        const surest = [item.lineItemId, item.sku, item.name].findIndex((key) => key !== '');
        const key = `${surest}\0${[item.lineItemId, item.sku, item.name][surest] ?? ''}`;
        counts.set(key, (counts.get(key) ?? 0) + item.quantity);
      }
      return new Map([...counts].sort(([a], [b]) => (a < b ? -1 : 1)));
    };
    fc.assert(
      fc.property(few, few, (one, other) => {
        const isSame = JSON.stringify([...counted(one)]) === JSON.stringify([...counted(other)]);
        expect(of({ items: one }) === of({ items: other })).toBe(isSame);
      }),
    );
  });
});

describe('an unreadable notice', () => {
  const query = '{"order_number":"7001"}';

  test('is the same one when it comes again byte for byte', () => {
    expect(unreadableFingerprint(query, Buffer.from('<Ship'))).toBe(
      unreadableFingerprint(query, Buffer.from('<Ship')),
    );
  });

  test.each<[string, string, Buffer]>([
    ['another body', query, Buffer.from('<Shi')],
    ['another query', '{"order_number":"7002"}', Buffer.from('<Ship')],
    ['bytes that are no text', query, Buffer.from([0xff, 0xfe])],
    ['other bytes that are no text', query, Buffer.from([0xfe, 0xff])],
    ['no body', query, Buffer.alloc(0)],
  ])('is told apart by %s', (_, otherQuery, body) => {
    const known = [Buffer.from('<Ship'), Buffer.from([0xff]), Buffer.from('')].slice(
      0,
      body.length === 0 ? 2 : 3,
    );
    for (const other of known)
      expect(unreadableFingerprint(otherQuery, body)).not.toBe(unreadableFingerprint(query, other));
  });
});
