import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { TestDatabase } from '../support/database.ts';
import type { PlainOrder } from '../support/store/plain-order.ts';
import { buildStore, type Store } from '../support/store/store.ts';
import { startTestBridge, type TestBridge } from '../support/test-bridge.ts';
import { createTestDatabase } from '../support/test-database.ts';

let database: TestDatabase;
let store: Store;
let bridge: TestBridge;

beforeAll(async () => {
  database = await createTestDatabase();
  store = await buildStore(database, { version: '4.18.2 M' });
  bridge = await startTestBridge(store);
});
afterAll(async () => {
  await bridge.close();
  await database.drop();
});

const posted = (order: PlainOrder = {}): PlainOrder => ({
  lines: [],
  shipping: { methods: [] },
  purchasedCertificates: [{ code: 'GC-1', amount: '25.00', sendVia: 'P', recipient: 'Sam' }],
  ...order,
});

describe('a notice of an order that is gift certificates alone', () => {
  it('moves the order on, writes no shipment, and keeps the tracking number for the admin', async () => {
    const { orderId } = await store.addOrder(posted());
    const label = { orderNumber: String(orderId), carrier: 'USPS', service: '', trackingNumber: '9400GIFT' };
    const answer = await bridge.shipstation.label({
      ...label,
      items: [{ lineItemId: 'not-a-product:certificate:1', name: 'Gift certificate GC-1', quantity: 1 }],
    });
    expect(answer).toMatchObject({ status: 200, body: expect.stringContaining('9400GIFT') });
    expect((await store.order(orderId)).status).toBe('C');
    expect(await store.allShipments()).toEqual([]);
    const [row] = await store.query(
      `select state, needs_attention, decision from ${store.prefix}shipstation_notices where order_id = ?`,
      [orderId],
    );
    expect(row).toMatchObject({
      state: 'applied',
      needs_attention: 1,
      decision: expect.stringContaining('9400GIFT'),
    });
  });

  it('is answered 200 when it comes again, and changes nothing more', async () => {
    const { orderId } = await store.addOrder(posted());
    const label = { orderNumber: String(orderId), carrier: 'USPS', service: '', trackingNumber: '9400AGAIN' };
    expect((await bridge.shipstation.label(label)).status).toBe(200);
    const before = await store.snapshot();
    expect((await bridge.shipstation.label(label)).status).toBe(200);
    expect(await store.snapshot()).toEqual(before);
  });

  it('leaves a cancelled order cancelled', async () => {
    const { orderId } = await store.addOrder(posted({ status: 'I' }));
    const label = {
      orderNumber: String(orderId),
      carrier: 'USPS',
      service: '',
      trackingNumber: '9400CANCEL',
    };
    expect(await bridge.shipstation.label(label)).toMatchObject({
      status: 200,
      body: expect.stringContaining('cancelled'),
    });
    expect((await store.order(orderId)).status).toBe('I');
  });
});

it('a notice of an order whose certificates go by e-mail is refused: nothing of it can be shipped', async () => {
  const { orderId } = await store.addOrder(
    posted({ purchasedCertificates: [{ code: 'GC-2', amount: '25.00', sendVia: 'E' }] }),
  );
  const label = { orderNumber: String(orderId), carrier: 'USPS', service: '', trackingNumber: '9400MAIL' };
  expect((await bridge.shipstation.label(label)).status).toBe(422);
});
