import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { TestDatabase } from './database.ts';
import { fillSampleStore, type SampleStore } from './sample-store.ts';
import { buildStore, type Store } from './store/store.ts';
import { createTestDatabase } from './test-database.ts';

const NOW = new Date('2026-03-31T12:00:00Z');

let database: TestDatabase;
let store: Store;
let sample: SampleStore;

beforeAll(async () => {
  database = await createTestDatabase('sample');
  store = await buildStore(database, { version: '4.18.2 M' });
  sample = await fillSampleStore(store, NOW);
});

afterAll(async () => {
  await database.drop();
});

async function linesOf(orderId: number) {
  return store.query<{
    item_id: number;
    amount: number;
    product_id: number;
    extra: Buffer;
    known: number | null;
  }>(
    `select d.item_id, d.amount, d.product_id, d.extra, p.product_id as known from cscart_order_details d
       left join cscart_products p on p.product_id = d.product_id where d.order_id = ? order by d.item_id`,
    [orderId],
  );
}

describe('fillSampleStore', () => {
  it('places at least 64 orders over the 30 days before now', async () => {
    const rows = await store.query<{ order_id: number; timestamp: number; updated_at: number }>(
      'select order_id, timestamp, updated_at from cscart_orders order by order_id',
    );
    expect(rows).toHaveLength(sample.orders);
    expect(sample.orders).toBeGreaterThanOrEqual(64);
    const now = NOW.getTime() / 1000;
    const times = rows.map(({ timestamp }) => timestamp);
    expect(times).toEqual(times.toSorted((a, b) => a - b));
    expect(times[0]).toBeGreaterThan(now - 30 * 86_400);
    expect(times[0]).toBeLessThan(now - 29 * 86_400);
    expect(times.at(-1)).toBeGreaterThan(now - 3600);
    expect(Math.max(...rows.map(({ updated_at }) => updated_at))).toBeLessThan(now);
    expect(rows.some(({ timestamp, updated_at }) => updated_at > timestamp)).toBe(true);
  });

  it('has an order in every status, also in the two without rows', async () => {
    const rows = await store.query<{ status: string }>(
      'select distinct status from cscart_orders order by status',
    );
    expect(rows.map(({ status }) => status).join('')).toBe('BCDFINOPTY');
  });

  it('is the same every time', async () => {
    const other = await createTestDatabase('sample');
    try {
      const again = await buildStore(other, { version: '4.18.2 M' });
      expect(await fillSampleStore(again, NOW)).toEqual(sample);
      expect(await again.snapshot()).toEqual(await store.snapshot());
    } finally {
      await other.drop();
    }
  });

  it.each(['wholeShipmentOrderId', 'partialShipmentOrderId'] as const)(
    'leaves %s to be shipped',
    async (name) => {
      const lines = await linesOf(sample[name]);
      expect(lines.length).toBeGreaterThanOrEqual(2);
      if (name === 'partialShipmentOrderId')
        expect(Math.min(...lines.map(({ amount }) => amount))).toBeGreaterThan(1);
      expect((await store.order(sample[name])).status).toBe('P');
      expect(await store.shipments(sample[name])).toEqual([]);
    },
  );

  it('has one order shipped whole and one in part', async () => {
    const sums = async (orderId: number) => {
      const shipments = await store.shipments(orderId);
      expect(shipments).toHaveLength(1);
      const shipped = shipments.flatMap(({ items }) => items).reduce((sum, { amount }) => sum + amount, 0);
      const ordered = (await linesOf(orderId)).reduce((sum, { amount }) => sum + amount, 0);
      return { shipped, ordered };
    };
    const whole = await sums(sample.shippedOrderId);
    expect(whole.shipped).toBe(whole.ordered);
    const part = await sums(sample.partlyShippedOrderId);
    expect(part.shipped).toBeGreaterThan(0);
    expect(part.shipped).toBeLessThan(part.ordered);
  });

  it('has a parent whose lines are those of its children', async () => {
    const children = await Promise.all(sample.childOrderIds.map(linesOf));
    const ids = (lines: readonly { item_id: number }[]) =>
      lines.map(({ item_id }) => item_id).toSorted((a, b) => a - b);
    expect(ids(children.flat())).toEqual(ids(await linesOf(sample.parentOrderId)));
    const rows = await store.query<{ parent: number; flag: string; company: number }>(
      `select parent_order_id as parent, is_parent_order as flag, company_id as company from cscart_orders
        where order_id in (?) order by order_id`,
      [[sample.parentOrderId, ...sample.childOrderIds]],
    );
    expect(rows).toEqual([
      { parent: 0, flag: 'Y', company: 0 },
      { parent: sample.parentOrderId, flag: 'N', company: 1 },
      { parent: sample.parentOrderId, flag: 'N', company: 2 },
    ]);
  });

  it('has an order whose product is gone', async () => {
    expect((await linesOf(sample.deletedProductOrderId)).filter(({ known }) => known === null)).toHaveLength(
      1,
    );
  });

  it('has a line whose extra is cut off and one beyond three-byte characters', async () => {
    const [damaged] = await linesOf(sample.unusual.damagedExtra);
    expect(damaged?.extra.toString()).toMatch(/^a:1:\{.*[^}]$/);
    const [emoji] = await store.query<{ n: number }>(
      'select count(*) as n from cscart_order_details where locate(?, extra) > 0',
      [Buffer.from('🎉')],
    );
    expect(emoji?.n).toBe(1);
  });

  it.each<[keyof SampleStore['unusual'], Readonly<Record<string, unknown>>]>([
    ['zeroTotal', { total: '0.00', payment_id: 0 }],
    ['guest', { user_id: 0, s_lastname: '山田' }],
    ['coupon', { subtotal_discount: '4.10', promotion_ids: '4' }],
    ['itemDiscount', { discount: '7.50', subtotal: '30.00', total: '37.50' }],
    ['taxAdded', { total: '21.11', company: 'Kim & Sons <Import>' }],
    ['taxIncluded', { total: '20.00', s_city: 'Düsseldorf' }],
    ['surcharge', { payment_surcharge: '3.25', total: '23.25' }],
    ['usedCertificate', { subtotal: '15.00', total: '12.50' }],
    ['purchasedCertificate', { subtotal: '37.50', total: '45.00' }],
    ['emptyShipToName', { s_firstname: '', s_lastname: '', firstname: 'Maria' }],
    ['withoutCountry', { s_country: '', b_country: '' }],
    ['freeGift', { subtotal: '12.50' }],
    ['twoMethods', { shipping_ids: '2,4', shipping_cost: '25.50' }],
    ['notes', { notes: 'Please ring twice.\nLeave it at "No. 5" if nobody is in ]]> <thanks> & bye' }],
  ])('keeps in the order "%s" what makes it unusual', async (name, columns) => {
    const [row] = await store.query('select * from cscart_orders where order_id = ?', [sample.unusual[name]]);
    expect(row).toMatchObject(columns);
  });

  it.each(['downloadsOnly', 'moreDownloadsOnly'] as const)('has nothing to ship in "%s"', async (name) => {
    const lines = await linesOf(sample.unusual[name]);
    expect(lines.length).toBeGreaterThan(0);
    expect(lines.every(({ extra }) => extra.includes('s:6:"is_edp";s:1:"Y";'))).toBe(true);
  });

  it('sells a SKU twice, one with leading zeros and one that is empty', async () => {
    const products = await store.query<{ product_code: string; n: number }>(
      'select product_code, count(*) as n from cscart_products group by product_code',
    );
    const counts = Object.fromEntries(products.map(({ product_code, n }) => [product_code, n]));
    expect(counts).toMatchObject({ 'TEE-COT': 2, '0012': 1, '': 1 });
  });

  it.each(['4.0.1 M', '4.2.4 U', '4.20.1 U'] as const)('fits into a store of %s too', async (version) => {
    const other = await createTestDatabase('sample');
    try {
      const filled = await fillSampleStore(await buildStore(other, { version }), NOW);
      const [row] = await other.query<{ n: number }>('select count(*) as n from cscart_orders');
      expect(row?.n).toBe(filled.orders);
    } finally {
      await other.drop();
    }
  });
});
