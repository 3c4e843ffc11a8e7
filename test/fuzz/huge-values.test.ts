import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { readOrdersPage } from '../support/imported-order.ts';
import { createRandom } from '../support/random.ts';
import { type FuzzedStore, openFuzzedStore, startFuzzBridge } from './fuzzed-store.ts';
import { ordersInWindow, pollWindow } from './polled-window.ts';
import { PERSONAL_MARKER, saneOrder } from './sane-orders.ts';
import { complaintsAbout } from './window-complaints.ts';

const WINDOW = { start: new Date('2026-03-01T00:00:00Z'), end: new Date('2026-03-01T23:59:00Z') };
const MEGABYTE = 1024 * 1024;
/** One packet of the protocol holds a byte less than 16 MB; a larger value comes in two. */
const ONE_PACKET = 16 * MEGABYTE - 1;

/** A value: its beginning, so many times the same in the middle, its end. The server puts it together. */
interface HugeValue {
  readonly of: 'extra' | 'L' | 'T' | 'U' | 'B' | 'C';
  readonly start: string;
  readonly middle: string;
  readonly bytes: number;
  readonly end: string;
}

const inText = (of: HugeValue['of'], bytes: number, before: string, after: string): HugeValue => ({
  of,
  start: `${before}s:${bytes}:"`,
  middle: 'x',
  bytes,
  end: `";${after}`,
});

const extra = (bytes: number) => inText('extra', bytes, 'a:1:{s:7:"product";', '}');
const shipping = (bytes: number) => inText('L', bytes, 'a:1:{i:0;a:1:{s:8:"shipping";', '}}');
const tax = (bytes: number) =>
  inText('T', bytes, 'a:1:{i:6;a:2:{s:12:"tax_subtotal";d:1.5;s:11:"description";', '}}');
const usedCertificate = (bytes: number) => inText('U', bytes, 'a:1:{', 'a:1:{s:4:"cost";d:5;}}');
const boughtCertificate = (bytes: number) =>
  inText('B', bytes, 'a:1:{i:3;a:2:{s:6:"amount";d:5;s:14:"gift_cert_code";', '}}');
const coupon = (bytes: number) => inText('C', bytes, 'a:1:{', 'a:0:{}}');

const HUGE: readonly (readonly [string, HugeValue])[] = [
  ['a product name of 10 MB', extra(10 * MEGABYTE)],
  ['a product name of 3.9 MB', extra(3.9 * MEGABYTE)],
  ['a line of one packet', extra(ONE_PACKET - 100)],
  ['a line of more than one packet', extra(ONE_PACKET + 100)],
  ['10 MB of zeros', { of: 'extra', start: '', middle: '\0', bytes: 10 * MEGABYTE, end: '' }],
  [
    'a million arrays in one another',
    { of: 'extra', start: '', middle: 'a:1:{i:0;', bytes: 9_000_000, end: 'N;' },
  ],
  [
    'arrays in one another, just readable in size',
    { of: 'extra', start: '', middle: 'a:1:{i:0;', bytes: 3_600_000, end: 'N;' },
  ],
  ['400,000 elements', { of: 'extra', start: 'a:400000:{', middle: 'i:7;i:8;', bytes: 3_200_000, end: '}' }],
  ['a method name of 10 MB', shipping(10 * MEGABYTE)],
  ['a method name of 3.9 MB', shipping(3.9 * MEGABYTE)],
  ['a method name of nearly 16 MB', shipping(ONE_PACKET - 200)],
  ['a tax of 10 MB', tax(10 * MEGABYTE)],
  ['a tax of 3.9 MB', tax(3.9 * MEGABYTE)],
  ['a used certificate of 10 MB', usedCertificate(10 * MEGABYTE)],
  ['a used certificate of 3.9 MB', usedCertificate(3.9 * MEGABYTE)],
  ['a bought certificate of 10 MB', boughtCertificate(10 * MEGABYTE)],
  ['a bought certificate of 3.9 MB', boughtCertificate(3.9 * MEGABYTE)],
  ['a coupon of 10 MB', coupon(10 * MEGABYTE)],
  ['a coupon of 3.9 MB', coupon(3.9 * MEGABYTE)],
];

describe('values of many megabytes', () => {
  let fuzzed: FuzzedStore;
  beforeAll(async () => {
    fuzzed = await openFuzzedStore({ version: '4.12.2 U' }, createRandom(1));
  });
  afterAll(() => fuzzed.database.drop());

  /** Puts the value in the place of one that the order has. */
  async function store(orderId: number, { of, start, middle, bytes, end }: HugeValue): Promise<void> {
    const { store } = fuzzed;
    const value = 'concat(?, repeat(?, ?), ?)';
    const parts = [start, middle, bytes / middle.length, end];
    if (of === 'extra') {
      await store.run(`update ${store.table('order_details')} set extra = ${value} where order_id = ?`, [
        ...parts,
        orderId,
      ]);
    } else {
      await store.run(
        `replace into ${store.table('order_data')} (order_id, type, data) values (?, ?, ${value})`,
        [orderId, of, ...parts],
      );
    }
  }

  it('spoil no page and no other order', async () => {
    const { making, products } = fuzzed;
    const placedAt = WINDOW.start;
    const bridge = await startFuzzBridge(fuzzed.store, 500);
    try {
      await fuzzed.store.addOrders(HUGE.map(() => ({ ...saneOrder(making.random, products), placedAt })));
      const alone = await pollWindow(bridge, fuzzed.store, WINDOW);
      const good = new Map(
        alone.pages.flatMap(({ body }) =>
          readOrdersPage(body).orders.map((order) => [Number(order.OrderNumber), order] as const),
        ),
      );
      const bad = new Map<number, string>();
      for (const [what, value] of HUGE) {
        const { orderId } = await fuzzed.store.addOrder({ placedAt, lines: [{ price: '9.99' }] });
        await store(orderId, value);
        bad.set(orderId, what);
      }

      const polled = await pollWindow(bridge, fuzzed.store, WINDOW);
      const orderIds = await ordersInWindow(fuzzed.store, WINDOW);
      expect(orderIds.size).toBe(2 * HUGE.length);
      const complaints = complaintsAbout(polled, { orderIds, good, marker: PERSONAL_MARKER });
      expect(complaints.map(({ orderId, text }) => `${bad.get(orderId ?? 0) ?? orderId}: ${text}`)).toEqual(
        [],
      );
    } finally {
      await bridge.close();
    }
  }, 120_000);
});
