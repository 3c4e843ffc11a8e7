import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { TestDatabase } from '../support/database.ts';
import { sendEveryKind } from '../support/notices-of-every-kind.ts';
import { buildStore, type Store } from '../support/store/store.ts';
import { startTestBridge, type TestBridge } from '../support/test-bridge.ts';
import { createTestDatabase } from '../support/test-database.ts';

let database: TestDatabase;
let store: Store;
let bridges: TestBridge[];

beforeEach(async () => {
  database = await createTestDatabase();
  store = await buildStore(database, { version: '4.18.2 M' });
  bridges = [];
});
afterEach(async () => {
  for (const bridge of bridges) await bridge.close();
  await database.drop();
});

async function start(environment: Readonly<Record<string, string>> = {}): Promise<TestBridge> {
  const bridge = await startTestBridge(store, { environment });
  bridges.push(bridge);
  return bridge;
}

const lines = [{ sku: 'MUG', name: 'Mug', quantity: 4 }];
const label = (orderNumber: string | number, trackingNumber = '1Z') => ({
  orderNumber: String(orderNumber),
  carrier: 'UPS',
  service: '',
  trackingNumber,
  items: [{ sku: 'MUG', name: 'Mug', quantity: 2 }],
});
const rows = () =>
  store.query<{ notice_id: number; order_id: number | null; state: string; decision: string }>(
    `select * from ${store.prefix}shipstation_notices order by notice_id`,
  );

it('a notice that was refused for another number of orders is applied as itself once the prefix is set', async () => {
  const { orderId } = await store.addOrder({ lines });
  const before = await start();
  const item = { sku: 'MUG', name: 'Mug', quantity: 2 };
  const body = `<ShipNotice><OrderNumber>WEB-${orderId}</OrderNumber><TrackingNumber>1Z</TrackingNumber><Items><Item><SKU>${item.sku}</SKU><Quantity>2</Quantity></Item></Items></ShipNotice>`;
  const send = (bridge: TestBridge) => bridge.request('action=shipnotify', { method: 'POST', body });
  expect((await send(before)).status).toBe(404);
  const after = await start({ ORDER_NUMBER_PREFIX: 'WEB-' });
  expect(await after.bridge.notices.retry(1)).toMatchObject({ kind: 'applied' });
  expect(await rows()).toMatchObject([{ notice_id: 1, order_id: orderId, state: 'applied' }]);
  // And ShipStation, which repeats what was refused, is told so.
  expect(await send(after)).toMatchObject({ status: 200, body: expect.stringContaining('already') });
  expect(await store.shipments(orderId)).toMatchObject([{ items: [{ amount: 2 }] }]);
});

it('where ShipStation has sent it again before that, the later notice is gone on with, and the earlier one is done', async () => {
  const { orderId } = await store.addOrder({ lines });
  const before = await start();
  const body = `<ShipNotice><OrderNumber>WEB-${orderId}</OrderNumber><TrackingNumber>1Z</TrackingNumber><Items><Item><SKU>MUG</SKU><Quantity>2</Quantity></Item></Items></ShipNotice>`;
  await before.request('action=shipnotify', { method: 'POST', body });
  const after = await start({ ORDER_NUMBER_PREFIX: 'WEB-' });
  expect((await after.request('action=shipnotify', { method: 'POST', body })).status).toBe(200);
  expect(await after.bridge.notices.retry(1)).toMatchObject({ kind: 'repeated' });
  expect(await rows()).toMatchObject([
    { notice_id: 1, state: 'applied', decision: 'ShipStation sent it again; it goes on as notice 2.' },
    { notice_id: 2, state: 'applied' },
  ]);
  expect(await store.shipments(orderId)).toHaveLength(1);
  expect(await after.bridge.notices.failed(undefined)).toEqual([]);
});

it('what was applied is not shipped again, also where it would be known by another fingerprint today', async () => {
  const { orderId } = await store.addOrder({ lines });
  const bridge = await start();
  await bridge.shipstation.label(label(orderId));
  await store.run(`update ${store.prefix}shipstation_notices set fingerprint = repeat('a', 64)`);
  const before = await store.snapshot();
  expect(await bridge.bridge.notices.retry(1)).toMatchObject({ kind: 'repeated' });
  expect(await store.snapshot()).toEqual(before);
  expect(await rows()).toHaveLength(1);
});

it('what is half applied is carried on as it was planned, whatever it would be known by today', async () => {
  const { orderId } = await store.addOrder({ lines });
  const bridge = await start();
  const notices = `${store.prefix}shipstation_notices`;
  const items = store.table('shipment_items');
  await store.run(`create trigger stop_items before insert on ${items} for each row signal sqlstate '45000'`);
  await bridge.shipstation.label(label(orderId));
  await store.run('drop trigger stop_items');
  const [planned] = await rows();
  expect(planned).toMatchObject({ state: 'planned', order_id: orderId });
  await store.run(`update ${notices} set fingerprint = repeat('a', 64) where notice_id = 1`);
  expect(await bridge.bridge.notices.retry(1)).toMatchObject({ kind: 'later' });
  const restarted = await start();
  expect(await restarted.bridge.notices.retry(1)).toMatchObject({ kind: 'repeated' });
  expect(await rows()).toMatchObject([{ notice_id: 1, state: 'applied' }]);
  expect(await store.shipments(orderId)).toMatchObject([{ items: [{ amount: 2 }] }]);
});

it('at the same time in several processes, while ShipStation repeats it: one shipment', async () => {
  const orders = await store.addOrders([{ lines: [{ sku: 'CUP', name: 'Cup', quantity: 4 }] }, { lines }]);
  const [wrong = 0, other = 0] = orders.map(({ orderId }) => orderId);
  const first = await start();
  expect((await first.shipstation.label(label(wrong))).status).toBe(422);
  await store.run(`update ${store.table('order_details')} set product_code = 'MUG'`);
  const others = [await start(), await start(), await start()];
  const answers = await Promise.allSettled([
    ...others.map((bridge) => bridge.bridge.notices.retry(1)),
    others[0]?.bridge.notices.retry(1),
    first.shipstation.retryFailed(),
    first.shipstation.label(label(other, '2Z')),
  ]);
  const outcomes = answers.map((answer) => JSON.stringify(answer));
  expect(outcomes.filter((outcome) => outcome.includes('"kind":"applied"')).length).toBeLessThan(2);
  // Whoever waited for too long, on a busy machine, comes again.
  await first.bridge.notices.retry(1);
  await first.shipstation.retryFailed();
  expect(await store.shipments(wrong)).toMatchObject([{ items: [{ amount: 2 }] }]);
  expect(await store.shipments(other)).toMatchObject([{ items: [{ amount: 2 }] }]);
  expect((await rows()).map(({ state }) => state)).toEqual(['applied', 'applied']);
});

describe('each kind of notice that is run again', () => {
  it('comes to what it has to, and is logged as by the bridge', async () => {
    const bridge = await start();
    const kinds = await sendEveryKind(store, bridge);
    await store.run(`drop trigger if exists no_items`);
    const retry = async (kind: keyof typeof kinds) =>
      (await bridge.bridge.notices.retry(kinds[kind].noticeId))?.kind;
    expect(await retry('applied')).toBe('repeated');
    expect(await retry('unmatched')).toBe('refused');
    expect(await retry('unreadable')).toBe('unreadable');
    expect(await retry('unknownOrder')).toBe('unknown-order');
    expect(await retry('nothingLeft')).toBe('nothing-left');
    expect(await retry('waiting')).toBe('later');
    expect(await retry('halfWritten')).toBe('applied');
    expect((await store.shipments(kinds.halfWritten.orderId))[0]?.items).toMatchObject([{ amount: 2 }]);
    await store.setStatus(kinds.waiting.orderId, 'P');
    expect(await retry('waiting')).toBe('applied');
    expect(await bridge.bridge.notices.failed(undefined)).toEqual([2, 3, 4]);
    const events = bridge.logs.map(({ event }) => event);
    for (const event of [
      'notice.received',
      'notice.applied',
      'notice.repeated',
      'notice.refused',
      'notice.later',
    ])
      expect(events).toContain(event);
  });

  it('of which the shipment was deleted in the shop is written again', async () => {
    const { orderId } = await store.addOrder({ lines });
    const bridge = await start();
    await bridge.shipstation.label(label(orderId));
    await store.run(`delete from ${store.table('shipments')}; delete from ${store.table('shipment_items')}`);
    expect(await bridge.bridge.notices.retry(1)).toMatchObject({ kind: 'applied' });
    expect(await store.shipments(orderId)).toHaveLength(1);
  });

  it('of which the ledger row is damaged says so, and is no crash', async () => {
    const { orderId } = await store.addOrder({ lines, status: 'N' });
    const bridge = await start();
    await bridge.shipstation.label(label(orderId));
    await store.run(`update ${store.prefix}shipstation_notices set raw_query = '{'`);
    expect(await bridge.bridge.notices.retry(1)).toEqual({
      kind: 'unreadable',
      sentence: 'The kept query of the notice is damaged.',
    });
    expect(await rows()).toMatchObject([{ state: 'refused' }]);
  });
});
