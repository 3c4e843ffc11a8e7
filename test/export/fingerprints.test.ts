import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { TestDatabase } from '../support/database.ts';
import { wireDate } from '../support/ship-notice-xml.ts';
import { buildStore, type Store } from '../support/store/store.ts';
import { startTestBridge, type TestBridge } from '../support/test-bridge.ts';
import { createTestDatabase } from '../support/test-database.ts';

const DAY_MS = 86_400_000;

let database: TestDatabase;
let store: Store;
let bridge: TestBridge;

beforeEach(async () => {
  database = await createTestDatabase();
  // The last version that keeps no instant of change.
  store = await buildStore(database, { version: '4.12.1 U' });
  bridge = await startTestBridge(store, { environment: { EXPORT_OVERLAP_SECONDS: '0' } });
});
afterEach(async () => {
  await bridge.close();
  await database.drop();
});

const daysAgo = (days: number) => new Date(Date.now() - days * DAY_MS);

/** What ShipStation gets for the last minutes, as it polls again and again. */
async function pollNow(of: TestBridge = bridge) {
  const shipstation = of.connect();
  await shipstation.poll({ start: new Date(Date.now() - 60_000), end: new Date() });
  return shipstation.orders;
}

describe('a store that keeps no instant of change', () => {
  it('does not send all of its orders as new when it is connected', async () => {
    await store.addOrders([{ placedAt: daysAgo(3) }, { placedAt: daysAgo(10) }]);
    expect((await pollNow()).size).toBe(0);
  });

  it.each<[string, (orderId: number) => Promise<unknown>]>([
    ['its status', (orderId) => store.setStatus(orderId, 'C')],
    [
      'a note of the staff',
      (orderId) =>
        store.run(`update ${store.table('orders')} set details = 'x' where order_id = ?`, [orderId]),
    ],
    [
      'its ship-to',
      (orderId) =>
        store.run(`update ${store.table('orders')} set s_city = 'x' where order_id = ?`, [orderId]),
    ],
    [
      'a quantity',
      (orderId) =>
        store.run(`update ${store.table('order_details')} set amount = 7 where order_id = ?`, [orderId]),
    ],
    [
      'an option, which changes the item id',
      (orderId) =>
        store.run(`update ${store.table('order_details')} set item_id = item_id - 1 where order_id = ?`, [
          orderId,
        ]),
    ],
    [
      'a line less',
      (orderId) =>
        store.run(`delete from ${store.table('order_details')} where order_id = ? limit 1`, [orderId]),
    ],
  ])('sends an order of which has changed: %s', async (_, change) => {
    const lines = [
      { sku: 'A', quantity: 1 },
      { sku: 'B', quantity: 2 },
    ];
    const { orderId } = await store.addOrder({ placedAt: daysAgo(5), lines });
    await store.addOrder({ placedAt: daysAgo(5), lines });
    await pollNow();
    await change(orderId);
    const orders = await pollNow();
    expect([...orders.keys()]).toEqual([String(orderId)]);
    // ShipStation sees that it is newer than what it has.
    const lastModified = Date.parse(`${orders.get(String(orderId))?.LastModified} UTC`);
    expect(Date.now() - lastModified).toBeLessThan(120_000);
  });

  it('sends an order that was paid long after it was placed', async () => {
    const { orderId } = await store.addOrder({ placedAt: daysAgo(2), status: 'N' });
    expect((await pollNow()).size).toBe(0);
    await store.setStatus(orderId, 'P');
    expect([...(await pollNow()).keys()]).toEqual([String(orderId)]);
  });

  it('hides what was cancelled to incomplete, and parents', async () => {
    const { orderId } = await store.addOrder({ placedAt: daysAgo(2) });
    const parent = await store.addOrder({ placedAt: daysAgo(2), isParent: true, status: 'T' });
    await pollNow();
    await store.setStatus(orderId, 'N');
    await store.run(`update ${store.table('orders')} set details = 'x' where order_id = ?`, [parent.orderId]);
    expect((await pollNow()).size).toBe(0);
  });

  it('remembers when it saw a change: the same window again has it, a later one has not', async () => {
    const { orderId } = await store.addOrder({ placedAt: daysAgo(5) });
    await pollNow();
    await store.setStatus(orderId, 'C');
    const window = { start: new Date(Date.now() - 60_000), end: new Date() };
    for (const again of [1, 2]) {
      const shipstation = bridge.connect();
      await shipstation.poll(window);
      expect([again, ...shipstation.orders.keys()]).toEqual([again, String(orderId)]);
    }
    // An hour later.
    await store.run(
      `update ${store.prefix}shipstation_order_fingerprints set changed_at = changed_at - 3600`,
    );
    expect((await pollNow()).size).toBe(0);
  });

  it('sends an order that was committed long after the instant that it carries', async () => {
    await store.addOrder({ placedAt: daysAgo(5) });
    await pollNow();
    const { orderId } = await store.addOrder({ placedAt: new Date(Date.now() - 3_600_000) });
    expect([...(await pollNow()).keys()]).toEqual([String(orderId)]);
  });

  it.each<[string, (orderId: number) => Promise<() => Promise<unknown>>]>([
    [
      'is incomplete while it is saved',
      async (orderId) => {
        await store.setStatus(orderId, 'N');
        return () => store.setStatus(orderId, 'P');
      },
    ],
    [
      'has lost its lines for a moment',
      async (orderId) => {
        const move = (from: number, to: number) =>
          store.run(`update ${store.table('order_details')} set order_id = ? where order_id = ?`, [to, from]);
        await move(orderId, 9_999);
        return () => move(9_999, orderId);
      },
    ],
  ])('sends an order that %s just when its page is read, and then looks as before', async (_, save) => {
    const placedAt = daysAgo(2);
    const [first, second] = await store.addOrders([{ placedAt }, { placedAt }]);
    const paged = await startTestBridge(store, {
      environment: { EXPORT_OVERLAP_SECONDS: '0', EXPORT_PAGE_SIZE: '1' },
    });
    const date = (time: number) => encodeURIComponent(wireDate(new Date(time)));
    const query = `action=export&start_date=${date(Date.now() - 3 * DAY_MS)}&end_date=${date(Date.now())}`;
    expect((await paged.request(`${query}&page=1`)).body).toContain(`<OrderID>${first?.orderId}<`);
    const restore = await save(second?.orderId ?? 0);
    expect((await paged.request(`${query}&page=2`)).body).toContain('<Orders pages="2"></Orders>');
    await restore();
    expect([...(await pollNow(paged)).keys()]).toEqual([String(second?.orderId)]);
    await paged.close();
  });

  it('sends an order again whose change was sent, and was undone before it was looked at again', async () => {
    const [first, second] = await store.addOrders([{ placedAt: daysAgo(2) }, { placedAt: daysAgo(2) }]);
    const paged = await startTestBridge(store, {
      environment: { EXPORT_OVERLAP_SECONDS: '0', EXPORT_PAGE_SIZE: '1' },
    });
    const date = (time: number) => encodeURIComponent(wireDate(new Date(time)));
    const query = `action=export&start_date=${date(Date.now() - 3 * DAY_MS)}&end_date=${date(Date.now())}`;
    expect((await paged.request(`${query}&page=1`)).body).toContain(`<OrderID>${first?.orderId}<`);
    await store.setStatus(second?.orderId ?? 0, 'O');
    expect((await paged.request(`${query}&page=2`)).body).toContain('<OrderStatus>unpaid<');
    await store.setStatus(second?.orderId ?? 0, 'P');
    const next = await pollNow(paged);
    expect(next.get(String(second?.orderId))?.OrderStatus).toBe('paid');
    await paged.close();
  });

  it('sees what changed while no bridge was running', async () => {
    const { orderId } = await store.addOrder({ placedAt: daysAgo(5) });
    await pollNow();
    await bridge.close();
    await store.setStatus(orderId, 'I');
    bridge = await startTestBridge(store);
    expect((await pollNow()).get(String(orderId))?.OrderStatus).toBe('cancelled');
  });

  it('looks back as far as it is told', async () => {
    const { orderId } = await store.addOrder({ placedAt: daysAgo(46) });
    await pollNow();
    await store.setStatus(orderId, 'C');
    expect((await pollNow()).size).toBe(0);
    const further = await startTestBridge(store, { environment: { CHANGE_LOOKBACK_DAYS: '60' } });
    await pollNow(further);
    await store.setStatus(orderId, 'I');
    expect([...(await pollNow(further)).keys()]).toEqual([String(orderId)]);
    await further.close();
  });

  it('compares nothing when it is told not to', async () => {
    const columns = await startTestBridge(store, { environment: { CHANGE_DETECTION: 'columns' } });
    const { orderId } = await store.addOrder({ placedAt: daysAgo(5) });
    await pollNow(columns);
    await store.setStatus(orderId, 'C');
    expect((await pollNow(columns)).size).toBe(0);
    await columns.close();
  });

  it('sends what was placed before the days that it looks back on by when it was placed, and what lies on their border', async () => {
    // None of them falls out of the 45 days while the test runs.
    const placed = await store.addOrders(
      [80, 60, 45.1, 44.9, 44, 3].map((days) => ({ placedAt: daysAgo(days) })),
    );
    const shipstation = bridge.connect();
    await shipstation.poll({ start: daysAgo(70), end: daysAgo(2) });
    expect([...shipstation.orders.keys()].sort()).toEqual(
      placed.slice(1).map(({ orderId }) => String(orderId)),
    );
  });

  it('costs ten statements on page 1 besides the one that looks at the orders, where none has changed', async () => {
    const options = [{ name: 'Size', variants: [{ name: 'Large', weightModifier: 1 }] }];
    const product = await store.addProduct({ sku: 'A', name: 'Mug', options, image: 'mug.jpg' });
    const lines = [{ product, options: [{ name: 'Size', value: 'Large' }] }];
    await store.addOrders(Array.from({ length: 50 }, () => ({ placedAt: daysAgo(1), lines })));
    await pollNow();
    bridge.statements.length = 0;
    const shipstation = bridge.connect();
    await shipstation.poll({ start: daysAgo(2), end: daysAgo(0) });
    expect(shipstation.orders.size).toBe(50);
    const looks = bridge.statements.filter((sql) => / order by o\.timestamp limit \?$/.test(sql));
    expect(looks).toHaveLength(1);
    expect(bridge.statements.length - looks.length).toBeLessThanOrEqual(10);
  });

  it.each([1, 2])('costs at most fourteen statements, on page %i too', async (page) => {
    const options = [{ name: 'Size', variants: [{ name: 'Large', weightModifier: 1 }] }];
    const product = await store.addProduct({ sku: 'A', name: 'Mug', options, image: 'mug.jpg' });
    const lines = [{ product, options: [{ name: 'Size', value: 'Large' }] }];
    // Without their own data even the methods' names have to be looked up.
    const order = { placedAt: daysAgo(1), lines, orderData: { L: null } };
    await store.addOrders(Array.from({ length: 250 }, () => order));
    const query = `action=export&start_date=01/01/2020+00:00&end_date=12/31/2037+00:00&page=${page}`;
    await bridge.request(query.replace(/page=2/, 'page=1'));
    if (page === 1) await store.run(`delete from ${store.prefix}shipstation_exports`);
    await store.run(`update ${store.table('orders')} set details = 'x'`);
    bridge.statements.length = 0;
    expect((await bridge.request(query)).status).toBe(200);
    expect(bridge.statements.length).toBeLessThanOrEqual(14);
  });

  it('forgets orders that it looks at no longer', async () => {
    await store.addOrder({ placedAt: daysAgo(1) });
    await pollNow();
    const known = () => store.query(`select * from ${store.prefix}shipstation_order_fingerprints`);
    await store.run(`update ${store.prefix}shipstation_order_fingerprints set placed_at = 1`);
    expect(await known()).toHaveLength(1);
    await bridge.bridge.prune();
    expect(await known()).toHaveLength(0);
  });
});
