import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { isDue } from '../../src/bridge/apply-notice/resume-notices.ts';
import { createEpochSeconds } from '../../src/values/epoch-seconds.ts';
import type { TestDatabase } from '../support/database.ts';
import { buildStore, type Store } from '../support/store/store.ts';
import { startTestBridge, type TestBridge } from '../support/test-bridge.ts';
import { createTestDatabase } from '../support/test-database.ts';

let database: TestDatabase;
let store: Store;
let bridge: TestBridge;

beforeEach(async () => {
  database = await createTestDatabase();
  store = await buildStore(database, { version: '4.18.2 M' });
  bridge = await startTestBridge(store);
});
afterEach(async () => {
  await bridge.close();
  await database.drop();
});

const labelOf = (orderId: number, trackingNumber: string) => ({
  orderNumber: String(orderId),
  carrier: 'UPS',
  service: '',
  trackingNumber,
});
const ship = (orderId: number, trackingNumber: string) =>
  bridge.shipstation.label(labelOf(orderId, trackingNumber), { withoutBody: true });
const notices = () => `${store.prefix}shipstation_notices`;
const passTime = (seconds: number) =>
  store.run(`update ${notices()} set changed_at = changed_at - ?, received_at = received_at - ?`, [
    seconds,
    seconds,
  ]);

it.each([
  ['a moment ago', 0, 29, false],
  ['half a minute ago', 0, 30, true],
  ['not for as long as it waited before', 600, 599, false],
  ['for as long as it waited before', 600, 600, true],
  ['for days, and was tried an hour ago', 500_000, 3_600, true],
])('a notice that was last tried %s is due or not', (_, waitedBefore, since, due) => {
  const at = createEpochSeconds;
  const receivedAt = at(1_700_000_000);
  const changedAt = at(receivedAt + waitedBefore);
  expect(isDue({ receivedAt, changedAt }, at(changedAt + since))).toBe(due);
});

describe('from minute to minute', () => {
  it('a notice that came while its order was being saved is applied, though nobody repeats it', async () => {
    const { orderId } = await store.addOrder({ status: 'N' });
    expect((await ship(orderId, '1Z')).status).toBe(503);
    await store.setStatus(orderId, 'P');
    await bridge.bridge.tend();
    expect(await store.allShipments()).toEqual([]);
    await passTime(60);
    await bridge.bridge.tend();
    expect(await store.shipments(orderId)).toMatchObject([{ trackingNumber: '1Z' }]);
    await passTime(60);
    await bridge.bridge.tend();
    expect(await store.allShipments()).toHaveLength(1);
  });

  it('a notice that cannot be carried on does not stop those behind it', async () => {
    const [first, second] = await store.addOrders([{ status: 'N' }, { status: 'N' }]);
    for (const placed of [first, second]) await ship(placed?.orderId ?? 0, `1Z${placed?.orderId}`);
    await store.run(`update ${notices()} set raw_query = '{' where order_id = ?`, [first?.orderId]);
    await store.setStatus(second?.orderId ?? 0, 'P');
    await passTime(60);
    await bridge.bridge.tend();
    expect(await store.shipments(second?.orderId ?? 0)).toHaveLength(1);
    expect(bridge.logs).toContainEqual(expect.objectContaining({ event: 'notice.resume_failed' }));
  });
});

describe('a shipment that the shop makes at the same moment', () => {
  const row = async () =>
    (await store.query<{ decision: string; needs_attention: number }>(`select * from ${notices()}`))[0];

  it('is seen when the bridge writes its own, and the admin is told', async () => {
    const { orderId, lines } = await store.addOrder({ lines: [{ sku: 'MUG', quantity: 2 }] });
    // The shop's own page, between the bridge's look at what is left and its items.
    await store.run(
      `create trigger shop_page after insert on ${store.table('shipments')} for each row
         insert into ${store.table('shipment_items')} (item_id, shipment_id, order_id, product_id, amount)
         values (${lines[0]?.itemId}, 9000, ${orderId}, 1, 1)`,
    );
    expect((await ship(orderId, '1Z')).status).toBe(200);
    expect(bridge.logs).toContainEqual(
      expect.objectContaining({ event: 'notice.over_shipped', orderId, units: 1, level: 'error' }),
    );
    expect(await row()).toMatchObject({
      needs_attention: 1,
      decision: expect.stringContaining('1 unit more than ordered is shipped now'),
    });
  });

  it('is seen a minute later when it came after the bridge had looked, and is told once', async () => {
    const { orderId } = await store.addOrder({ lines: [{ sku: 'MUG', quantity: 2 }] });
    expect((await ship(orderId, '1Z')).status).toBe(200);
    await store.addShipment({ orderId, trackingNumber: 'BY-HAND' });
    await passTime(90);
    for (let minute = 0; minute < 3; minute += 1) await bridge.bridge.tend();
    const told = bridge.logs.filter(({ event }) => event === 'notice.over_shipped');
    expect(told).toMatchObject([{ orderId, units: 2 }]);
    expect(await row()).toMatchObject({
      needs_attention: 1,
      decision: expect.stringContaining('2 units more'),
    });
  });

  it('is no matter where it holds what was left', async () => {
    const { orderId, lines } = await store.addOrder({ lines: [{ sku: 'MUG', quantity: 2 }] });
    const items = [{ itemId: lines[0]?.itemId ?? 0, amount: 1 }];
    await store.addShipment({ orderId, trackingNumber: 'BY-HAND', items });
    await ship(orderId, '1Z');
    await passTime(90);
    await bridge.bridge.tend();
    expect(bridge.logs.map(({ event }) => event)).not.toContain('notice.over_shipped');
    expect(await row()).toMatchObject({ needs_attention: 0 });
  });
});

it('a notice that was refused can be run again once its cause is mended', async () => {
  const { orderId, lines } = await store.addOrder({ lines: [{ sku: 'MUGG', quantity: 1 }] });
  const answer = await bridge.shipstation.label({
    orderNumber: String(orderId),
    carrier: 'UPS',
    service: '',
    trackingNumber: '1Z',
    items: [{ sku: 'MUG', name: 'Not this', quantity: 1 }],
  });
  expect(answer.status).toBe(422);
  await store.run(`update ${store.table('order_details')} set product_code = 'MUG' where item_id = ?`, [
    lines[0]?.itemId,
  ]);
  expect(await bridge.bridge.notices.retry(1)).toMatchObject({ kind: 'applied' });
  expect(await bridge.bridge.notices.retry(1)).toMatchObject({ kind: 'repeated' });
  expect(await bridge.bridge.notices.retry(2)).toBeUndefined();
  expect(await store.shipments(orderId)).toMatchObject([{ trackingNumber: '1Z' }]);
});
