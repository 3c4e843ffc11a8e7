import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import type { TestDatabase } from '../support/database.ts';
import { buildStore, type Store } from '../support/store/store.ts';
import { startTestBridge, type TestBridge } from '../support/test-bridge.ts';
import { createTestDatabase } from '../support/test-database.ts';

let database: TestDatabase;
let store: Store;
let bridge: TestBridge;

beforeAll(async () => {
  database = await createTestDatabase();
  store = await buildStore(database, { version: '4.18.2 M', lastModify: true });
  bridge = await startTestBridge(store, {
    environment: { EXPORT_PAGE_SIZE: '3', EXPORT_OVERLAP_SECONDS: '60' },
  });
});
afterAll(async () => {
  await bridge.close();
  await database.drop();
});
beforeEach(async () => {
  for (const table of ['orders', 'order_details', 'order_data'])
    await store.run(`truncate ${store.table(table)}`);
  // The lists of earlier tests, whose windows are the same.
  await store.run(`delete from ${store.prefix}shipstation_exports`);
});

/** The numbers of the orders that an import of a window brings, in the order in which they come. */
async function imported(start: string, end: string): Promise<number[]> {
  const shipstation = bridge.connect();
  await shipstation.poll({ start: new Date(start), end: new Date(end) });
  return [...shipstation.orders.keys()].map(Number);
}

describe('the window', () => {
  const START = '2026-05-01T10:00:00Z';
  const END = '2026-05-01T11:00:00Z';

  it.each([
    ['the first second', '2026-05-01T10:00:00Z', true],
    ['the first second of the overlap', '2026-05-01T09:59:00Z', true],
    ['the second before the overlap', '2026-05-01T09:58:59Z', false],
    ['the last second of the end minute', '2026-05-01T11:00:59Z', true],
    ['the second after the end minute', '2026-05-01T11:01:00Z', false],
  ])('looks at %s', async (_, placedAt, isIn) => {
    const { orderId } = await store.addOrder({ placedAt });
    expect(await imported(START, END)).toEqual(isIn ? [orderId] : []);
  });

  it.each(['placedAt', 'updatedAt', 'lastModify'] as const)('finds an order by %s alone', async (member) => {
    const long = '2020-01-01T00:00:00Z';
    const { orderId } = await store.addOrder({
      placedAt: long,
      updatedAt: long,
      lastModify: long,
      [member]: '2026-05-01T10:30:00Z',
    });
    expect(await imported(START, END)).toEqual([orderId]);
  });

  it('sends an order once that several instants bring, with the latest as LastModified', async () => {
    const { orderId } = await store.addOrder({
      placedAt: '2026-05-01T10:10:00Z',
      updatedAt: '2026-05-01T10:40:00Z',
      lastModify: '2026-05-01T10:20:00Z',
    });
    const shipstation = bridge.connect();
    const { orders } = await shipstation.poll({ start: new Date(START), end: new Date(END) });
    expect(orders).toBe(1);
    expect(shipstation.orders.get(String(orderId))?.LastModified).toBe('05/01/2026 10:40');
  });

  it('knows orders that are older than updated_at', async () => {
    const { orderId } = await store.addOrder({
      placedAt: '2026-05-01T10:10:00Z',
      updatedAt: null,
      lastModify: null,
    });
    expect(await imported(START, END)).toEqual([orderId]);
  });

  it('sends no incomplete order and no parent order', async () => {
    const placedAt = '2026-05-01T10:10:00Z';
    await store.addOrder({ placedAt, status: 'N' });
    const parent = await store.addOrder({ placedAt, isParent: true, status: 'T' });
    const child = await store.addOrder({ placedAt, parentOrderId: parent.orderId });
    expect(await imported(START, END)).toEqual([child.orderId]);
  });
});

describe('paging', () => {
  const START = '2026-06-01T00:00:00Z';
  const END = '2026-06-02T00:00:00Z';
  const at = (minute: number) => new Date(Date.parse(START) + minute * 60_000);

  it('comes sorted by instant of change, then by number', async () => {
    const orders = await store.addOrders([
      { placedAt: at(9) },
      { placedAt: at(3) },
      { placedAt: at(3) },
      { placedAt: at(1) },
    ]);
    const [last, second, third, first] = orders.map(({ orderId }) => orderId);
    expect(await imported(START, END)).toEqual([first, second, third, last]);
  });

  it.each([
    [0, 1],
    [1, 1],
    [3, 1],
    [4, 2],
    [7, 3],
  ])('says the number of pages for %i orders: %i', async (count, pages) => {
    await store.addOrders(Array.from({ length: count }, (_, index) => ({ placedAt: at(index) })));
    const shipstation = bridge.connect();
    const statistics = await shipstation.poll({ start: new Date(START), end: new Date(END) });
    expect([statistics.pages, shipstation.orders.size]).toEqual([pages, count]);
  });

  const pageOf = (page: number) =>
    bridge.request(`action=export&start_date=06/01/2026+00:00&end_date=06/02/2026+00:00&page=${page}`);
  const numbersIn = (xml: string) =>
    [...xml.matchAll(/<OrderNumber>(\d+)</g)].map((match) => Number(match[1]));

  it('neither skips nor repeats an order that changes between two pages', async () => {
    const placed = await store.addOrders(Array.from({ length: 7 }, (_, index) => ({ placedAt: at(index) })));
    const ids = placed.map(({ orderId }) => orderId);
    const first = numbersIn((await pageOf(1)).body);
    await store.setStatus(ids[0] ?? 0, 'C', at(600));
    await store.addOrder({ placedAt: at(2) });
    const rest = [...numbersIn((await pageOf(2)).body), ...numbersIn((await pageOf(3)).body)];
    expect([...first, ...rest]).toEqual(ids);
  });

  it('neither skips nor repeats an order when a second connection asks for the same window meanwhile', async () => {
    const placed = await store.addOrders(Array.from({ length: 7 }, (_, index) => ({ placedAt: at(index) })));
    const ids = placed.map(({ orderId }) => orderId);
    const first = numbersIn((await pageOf(1)).body);
    await store.setStatus(ids[0] ?? 0, 'C', at(600));
    const late = await store.addOrder({ placedAt: at(2) });
    // The second one begins with the first one's list, and has what is new as well.
    const second: number[] = [];
    for (const page of [1, 2, 3]) second.push(...numbersIn((await pageOf(page)).body));
    const rest = [...numbersIn((await pageOf(2)).body), ...numbersIn((await pageOf(3)).body)];
    expect([...first, ...rest].slice(0, 7)).toEqual(ids);
    expect(second).toEqual([...ids, late.orderId]);
  });

  it('fixes one list where many ask for a new window at once', async () => {
    const placed = await store.addOrders(Array.from({ length: 7 }, (_, index) => ({ placedAt: at(index) })));
    const answers = await Promise.all(Array.from({ length: 8 }, () => pageOf(1)));
    for (const { status, body } of answers) {
      expect([status, numbersIn(body)]).toEqual([200, placed.slice(0, 3).map(({ orderId }) => orderId)]);
    }
  });

  it('makes the list anew when an earlier one is long out of use', async () => {
    const placed = await store.addOrders(Array.from({ length: 4 }, (_, index) => ({ placedAt: at(index) })));
    await pageOf(1);
    await store.setStatus(placed[0]?.orderId ?? 0, 'C', at(600));
    await store.run(`update ${store.prefix}shipstation_exports set created_at = created_at - 3700`);
    const [first, ...others] = placed.map(({ orderId }) => orderId);
    expect([...numbersIn((await pageOf(1)).body), ...numbersIn((await pageOf(2)).body)]).toEqual([
      ...others,
      first,
    ]);
  });

  it('takes up what is new when page 1 is asked again', async () => {
    const { orderId } = await store.addOrder({ placedAt: at(1) });
    expect(numbersIn((await pageOf(1)).body)).toEqual([orderId]);
    const later = await store.addOrder({ placedAt: at(2) });
    expect(numbersIn((await pageOf(1)).body)).toEqual([orderId, later.orderId]);
  });

  it('computes a later page anew when its list is gone', async () => {
    const placed = await store.addOrders(Array.from({ length: 5 }, (_, index) => ({ placedAt: at(index) })));
    await pageOf(1);
    await store.run(`delete from ${store.prefix}shipstation_exports`);
    expect(numbersIn((await pageOf(2)).body)).toEqual(placed.slice(3).map(({ orderId }) => orderId));
  });

  it('is empty beyond the last page, and still says how many there are', async () => {
    await store.addOrders(Array.from({ length: 4 }, (_, index) => ({ placedAt: at(index) })));
    await pageOf(1);
    const { status, body } = await pageOf(9);
    expect(status).toBe(200);
    expect(body).toContain('<Orders pages="2"></Orders>');
  });

  it.each([1, 2])('costs as many statements for 3 orders as for 1 (page %i)', async (page) => {
    const countOf = async (orders: number) => {
      await store.run(`truncate ${store.table('orders')}`);
      await store.run(`delete from ${store.prefix}shipstation_exports`);
      await store.addOrders(Array.from({ length: orders }, (_, index) => ({ placedAt: at(index) })));
      await pageOf(1);
      bridge.statements.length = 0;
      await pageOf(page);
      return bridge.statements.length;
    };
    const [few, many] = [await countOf(3 * page - 2), await countOf(3 * page)];
    expect(many).toBe(few);
    expect(many).toBeLessThanOrEqual(12);
  });
});

describe('what is left out', () => {
  const WINDOW = ['2026-07-01T00:00:00Z', '2026-07-02T00:00:00Z'] as const;
  const placedAt = '2026-07-01T12:00:00Z';

  it.each([
    ['status-not-mapped', { status: 'B' }],
    ['no-lines', { lines: [] }],
    ['only-downloads', { lines: [{ isDownload: true, name: 'Book' }] }],
    ['no-country', { shipTo: { country: '' }, billTo: { country: '' } }],
    ['no-city', { shipTo: { city: '' } }],
    ['beyond-format', { total: '12345678.00' }],
  ] as const)('is kept with its reason: %s', async (reason, order) => {
    const good = await store.addOrder({ placedAt });
    const bad = await store.addOrder({ ...order, placedAt });
    bridge.statements.length = 0;
    expect(await imported(...WINDOW)).toEqual([good.orderId]);
    const [kept] = await store.query<{ left_out: string }>(
      `select left_out from ${store.prefix}shipstation_exports where window_start = ?`,
      [Date.parse(WINDOW[0]) / 1000],
    );
    expect(JSON.parse(kept?.left_out ?? '')).toEqual({ [reason]: { count: 1, examples: [bad.orderId] } });
    expect(bridge.logs).toContainEqual(
      expect.objectContaining({ event: 'order.left_out', orderId: bad.orderId, reason }),
    );
  });

  it('never blocks the page where a column was altered to hold NULL', async () => {
    const good = await store.addOrder({ placedAt });
    const lines = store.table('order_details');
    await store.run(`alter table ${lines} modify extra longblob null, modify product_code varchar(64) null`);
    const odd = await store.addOrder({ placedAt });
    await store.run(`update ${lines} set extra = null, product_code = null where order_id = ?`, [
      odd.orderId,
    ]);
    expect(await imported(...WINDOW)).toEqual([good.orderId, odd.orderId]);
  });

  it('never blocks the page, whatever an order holds', async () => {
    const nasty = ']]> & <b> "x" \u0001\u0008\u000b\ufffe';
    const good = await store.addOrder({ placedAt });
    const odd = await store.addOrder({
      placedAt,
      customer: { firstname: nasty.slice(0, 14), lastname: '', email: nasty, company: nasty, phone: nasty },
      shipTo: {
        firstname: nasty,
        lastname: nasty,
        address: nasty,
        city: nasty,
        state: nasty,
        zip: nasty,
        country: 'US',
      },
      lines: [
        {
          name: `${nasty} 🎁 \ud800`,
          sku: nasty,
          productId: 999_999,
          options: [{ name: nasty, type: 'I', value: nasty }],
        },
        { extra: Buffer.from('a:1:{s:7:"product";s:99:"cut'), sku: 'DAMAGED' },
        { extra: Buffer.alloc(0), sku: '' },
      ],
      shipping: { methods: [{ name: nasty }] },
      notes: nasty,
      details: nasty.repeat(100),
      orderData: { T: 'a:broken', C: Buffer.from([0xff, 0xfe]) },
    });
    expect(await imported(...WINDOW)).toEqual([good.orderId, odd.orderId]);
  });
});

describe('filters', () => {
  it('leave out by start date before pages are cut, and by country after', async () => {
    const filtered = await startTestBridge(store, {
      environment: {
        // In the store's own zone, Los Angeles, the day begins at seven o'clock UTC in summer.
        ORDER_START_DATE: '2026-07-09',
        ORDER_COUNTRIES: 'us, ca',
        EXPORT_PAGE_SIZE: '2',
        ORDER_NUMBER_PREFIX: 'S1-',
      },
    });
    try {
      const to = (country: string) => ({ shipTo: { country, state: 'X' }, placedAt: '2026-07-09T07:00:00Z' });
      const placed = await store.addOrders([
        { placedAt: '2026-07-09T06:59:59Z' },
        to('DE'),
        to('US'),
        to('FR'),
        to('CA'),
        to('DE'),
        to('US'),
      ]);
      const wanted = [2, 4, 6].map((index) => `S1-${placed[index]?.orderId}`);
      const { pages } = await filtered.shipstation.poll({
        start: new Date('2026-07-09T00:00:00Z'),
        end: new Date('2026-07-11T00:00:00Z'),
      });
      expect([...filtered.shipstation.orders.keys()]).toEqual(wanted);
      expect(pages).toBe(3);
    } finally {
      await filtered.close();
    }
  });
});
