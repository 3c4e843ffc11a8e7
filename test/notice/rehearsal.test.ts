import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { WouldBeWritten } from '../../src/bridge/kept-notices/rehearsal-shop.ts';
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

const MUGS = [{ sku: 'MUG', name: 'Mug', quantity: 4 }];
const SHIPPED = { STATUS_SHIPPED: 'Complete', WRITE_STORE_LOG: 'true' };

/** Sends a notice of so many caps, which is refused, and makes the order's line one of caps afterwards. */
async function refuseFirst(bridge: TestBridge, orderId: number, trackingNumber: string, quantity: number) {
  await store.run(
    `update ${store.table('order_details')} set product_code = 'MUG' where order_id = ${orderId}`,
  );
  await bridge.shipstation.label({
    orderNumber: String(orderId),
    carrier: 'UPS',
    service: 'UPS Ground',
    trackingNumber,
    items: [{ sku: 'CAP', name: 'Cap', quantity }],
  });
  await store.run(
    `update ${store.table('order_details')} set product_code = 'CAP' where order_id = ${orderId}`,
  );
}

/** Every row of every table, the bridge's own included, as text. */
async function everything(): Promise<string> {
  const own = ['notices', 'exports', 'fingerprints'];
  const tables = await store.query<Record<string, string>>('show tables');
  const names = tables.flatMap((row) => Object.values(row));
  expect(names.filter((name) => own.some((word) => name.includes(`shipstation_${word}`)))).not.toEqual([]);
  const sums = await store.query<{ Table: string; Checksum: number }>(
    `checksum table ${names.map((name) => `\`${name}\``).join(', ')}`,
  );
  return JSON.stringify(sums);
}

/** What is in the store of an order. */
async function writtenOf(orderId: number) {
  const [order] = await store.query<{ status: string }>(
    `select status from ${store.table('orders')} where order_id = ${orderId}`,
  );
  return { shipments: await store.shipments(orderId), status: order?.status };
}

const kindsOf = (written: readonly WouldBeWritten[] | undefined) => written?.map(({ kind }) => kind);

it('tells what retry then does, of every kind of notice, and changes no row of any table', async () => {
  const bridge = await start();
  await sendEveryKind(store, bridge);
  await store.run(
    `update ${store.table('order_details')} set product_code = 'CAP' where product_code = 'MUG'`,
  );
  const before = await everything();
  const rehearsal = bridge.bridge.notices.rehearsal();
  const told = [];
  for (let noticeId = 1; noticeId <= 8; noticeId += 1) told.push(await rehearsal.retry(noticeId));
  expect(await everything()).toBe(before);

  const done = [];
  for (let noticeId = 1; noticeId <= 8; noticeId += 1) done.push(await bridge.bridge.notices.retry(noticeId));
  expect(told.map((outcome) => outcome?.kind)).toEqual(done.map((outcome) => outcome?.kind));
  expect(done.map((outcome) => outcome?.kind)).toEqual([
    'repeated',
    'applied',
    'unreadable',
    'unknown-order',
    'nothing-left',
    'applied',
    'later',
    undefined,
  ]);
  expect(await everything()).not.toBe(before);
});

it('tells the very shipment, items, status and line of the log that retry then writes', async () => {
  const { orderId } = await store.addOrder({ lines: MUGS, status: 'P' });
  const bridge = await start(SHIPPED);
  await refuseFirst(bridge, orderId, '1ZFOUR', 4);
  const told = await bridge.bridge.notices.rehearsal().retry(1);
  expect(told).toMatchObject({ kind: 'applied', sentence: expect.stringContaining('4 units') });
  expect(kindsOf(told?.written)).toEqual(['shipment', 'items', 'status', 'store-log']);
  expect(await writtenOf(orderId)).toEqual({ shipments: [], status: 'P' });

  await bridge.bridge.notices.retry(1);
  const { shipments, status } = await writtenOf(orderId);
  const [shipment, items, move] = told?.written ?? [];
  if (shipment?.kind !== 'shipment' || items?.kind !== 'items' || move?.kind !== 'status')
    throw new Error('not told in this order');
  expect(shipments).toMatchObject([
    {
      trackingNumber: shipment.shipment.trackingNumber,
      carrier: shipment.shipment.carrier,
      comments: shipment.shipment.comments,
      timestamp: shipment.shipment.shippedAt,
      items: items.items.map(({ itemId, amount }) => ({ itemId, amount })),
    },
  ]);
  expect(status).toBe(move.to);
});

describe('several of one order', () => {
  it('are told as if those before them had been written', async () => {
    const { orderId } = await store.addOrder({ lines: MUGS, status: 'P' });
    const bridge = await start(SHIPPED);
    await refuseFirst(bridge, orderId, '1ZTHREE', 3);
    await refuseFirst(bridge, orderId, '1ZONE', 1);
    await refuseFirst(bridge, orderId, '1ZMORE', 2);
    const rehearsal = bridge.bridge.notices.rehearsal();
    const told = [await rehearsal.retry(1), await rehearsal.retry(2), await rehearsal.retry(3)];
    expect(told.map((outcome) => outcome?.kind)).toEqual(['applied', 'applied', 'nothing-left']);
    expect(told.map((outcome) => kindsOf(outcome?.written))).toEqual([
      ['shipment', 'items'],
      ['shipment', 'items', 'status', 'store-log'],
      [],
    ]);
    // The same one again is a repeat by then.
    expect(await rehearsal.retry(1)).toMatchObject({ kind: 'repeated', written: [] });
    expect(await writtenOf(orderId)).toEqual({ shipments: [], status: 'P' });
    const done = [];
    for (const noticeId of [1, 2, 3]) done.push((await bridge.bridge.notices.retry(noticeId))?.kind);
    expect(done).toEqual(['applied', 'applied', 'nothing-left']);
  });

  it('begin with what is half applied, which would be carried on with the shipment that it has', async () => {
    const { orderId } = await store.addOrder({ lines: MUGS, status: 'P' });
    const bridge = await start(SHIPPED);
    await store.run(
      `create trigger no_items before insert on ${store.table('shipment_items')} for each row
         signal sqlstate '45000' set mysql_errno = 1205`,
    );
    const label = { orderNumber: String(orderId), carrier: 'UPS', service: '' };
    await bridge.shipstation.label({
      ...label,
      trackingNumber: '1ZHALF',
      items: [{ sku: 'MUG', name: 'Mug', quantity: 3 }],
    });
    await store.run('drop trigger no_items');
    const [left] = await store.query<{ shipment_id: number }>(`select * from ${store.table('shipments')}`);
    await store.run(
      `insert into ${store.prefix}shipstation_notices
         (fingerprint, order_id, state, decision, raw_query, raw_body, attempts, received_at, changed_at)
       select repeat('b', 64), order_id, 'refused', 'x', '{"order_number":"${orderId}","tracking_number":"1ZREST"}', '', 1, received_at, changed_at
         from ${store.prefix}shipstation_notices`,
    );
    const before = await everything();
    const told = await bridge.bridge.notices.rehearsal().retry(2);
    expect(told).toMatchObject({
      kind: 'applied',
      written: [
        { kind: 'items', shipmentId: left?.shipment_id, items: [{ amount: 3 }] },
        { kind: 'shipment', shipment: { trackingNumber: '1ZREST' } },
        { kind: 'items', shipmentId: undefined, items: [{ amount: 1 }] },
        { kind: 'status', from: 'P', to: 'C' },
        { kind: 'store-log' },
      ],
    });
    expect(await everything()).toBe(before);
    await bridge.bridge.notices.retry(2);
    expect(await writtenOf(orderId)).toMatchObject({
      shipments: [
        { trackingNumber: '1ZHALF', items: [{ amount: 3 }] },
        { trackingNumber: '1ZREST', items: [{ amount: 1 }] },
      ],
      status: 'C',
    });
  });
});

it('tells the new label that would take the place of the earlier one', async () => {
  const { orderId } = await store.addOrder({ lines: MUGS });
  const label = { orderNumber: String(orderId), carrier: 'UPS', service: '' };
  const flagging = await start();
  const items = [{ sku: 'MUG', name: 'Mug', quantity: 4 }];
  await flagging.shipstation.label({ ...label, trackingNumber: '1ZOLD', items });
  await flagging.shipstation.label({ ...label, trackingNumber: '1ZNEW', items });
  const replacing = await start({ RELABEL: 'replace' });
  const before = await everything();
  const [shipment] = await store.shipments(orderId);
  expect(await replacing.bridge.notices.rehearsal().retry(2)).toMatchObject({
    kind: 'applied',
    written: [
      {
        kind: 'label',
        shipmentId: shipment?.shipmentId,
        before: '1ZOLD',
        label: { trackingNumber: '1ZNEW' },
      },
    ],
  });
  expect(await everything()).toBe(before);
});

it('is told by the number and prefix that are configured now', async () => {
  const { orderId } = await store.addOrder({ lines: MUGS });
  const before = await start();
  await before.request(`action=shipnotify&order_number=WEB-${orderId}&tracking_number=1Z`, {
    method: 'POST',
  });
  const after = await start({ ORDER_NUMBER_PREFIX: 'WEB-' });
  const state = await everything();
  expect(await after.bridge.notices.rehearsal().retry(1)).toMatchObject({
    kind: 'applied',
    written: [{ kind: 'shipment', orderId }, { kind: 'items' }, { kind: 'status' }],
  });
  expect(await everything()).toBe(state);
});

it('works with the own tables in another database', async () => {
  const other = await createTestDatabase();
  try {
    const { orderId } = await store.addOrder({ lines: MUGS, status: 'P' });
    const bridge = await start({ ...SHIPPED, BRIDGE_DATABASE_URL: other.url });
    await refuseFirst(bridge, orderId, '1Z', 4);
    expect(kindsOf((await bridge.bridge.notices.rehearsal().retry(1))?.written)).toEqual([
      'shipment',
      'items',
      'status',
      'store-log',
    ]);
    expect(await writtenOf(orderId)).toEqual({ shipments: [], status: 'P' });
  } finally {
    for (const bridge of bridges.splice(0)) await bridge.close();
    await other.drop();
  }
});
