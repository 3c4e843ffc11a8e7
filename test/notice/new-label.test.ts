import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { TestDatabase } from '../support/database.ts';
import type { Label } from '../support/ship-notice-xml.ts';
import { buildStore, type Store } from '../support/store/store.ts';
import { startTestBridge, type TestBridge } from '../support/test-bridge.ts';
import { createTestDatabase } from '../support/test-database.ts';

let database: TestDatabase;
let store: Store;
let bridge: TestBridge;

async function open(environment: Readonly<Record<string, string>>): Promise<void> {
  database = await createTestDatabase();
  store = await buildStore(database, { version: '4.18.2 M' });
  bridge = await startTestBridge(store, { environment });
}
afterEach(async () => {
  await bridge.close();
  await database.drop();
});

const lines = [
  { sku: 'MUG', name: 'Mug', quantity: 2 },
  { sku: 'SHIRT', name: 'Shirt', quantity: 3 },
];
const MUGS = { sku: 'MUG', quantity: 2 };
const SHIRTS = { sku: 'SHIRT', quantity: 3 };

async function label(
  orderId: number,
  trackingNumber: string,
  more: Partial<Label> = {},
): Promise<{ status: number; body: string }> {
  const all: Label = { orderNumber: String(orderId), carrier: 'UPS', service: '', trackingNumber, ...more };
  return bridge.shipstation.label(all, { withoutBody: more.items === undefined });
}

const notices = (where = '1') =>
  store.query<{ decision: string; state: string; needs_attention: number; shipment_id: number | null }>(
    `select * from ${store.prefix}shipstation_notices where ${where} order by notice_id`,
  );
const numbers = async () =>
  (await store.allShipments()).map(({ trackingNumber, carrier }) => [trackingNumber, carrier]);

describe('a new label for what is shipped already', () => {
  beforeEach(() => open({}));

  it('is kept with both tracking numbers, answered 200, and changes nothing', async () => {
    const { orderId } = await store.addOrder({ lines });
    await label(orderId, '1ZOLD');
    const before = await store.snapshot();
    const answer = await label(orderId, '1ZNEW', { carrier: 'FedEx' });
    expect(answer.status).toBe(200);
    expect(await store.snapshot()).toEqual(before);
    const [, second] = await notices();
    expect(second).toMatchObject({ state: 'applied', needs_attention: 1, shipment_id: null });
    expect(second?.decision).toMatch(/\(1ZNEW\) was not written\. It was shipped before under .* 1ZOLD\.$/);
    expect(answer.body).toBe(`${second?.decision}\n`);
    expect(bridge.logs).toContainEqual(
      expect.objectContaining({ event: 'notice.nothing_left', orderId, level: 'warn' }),
    );
    expect(JSON.stringify(bridge.logs)).not.toMatch(/1ZOLD|1ZNEW/);
  });

  it('names the parcel that held just that, of several', async () => {
    const { orderId } = await store.addOrder({ lines });
    await label(orderId, '1ZMUGS', { items: [MUGS] });
    await label(orderId, '1ZSHIRTS', { items: [SHIRTS] });
    await label(orderId, '1ZNEW', { items: [SHIRTS] });
    const [, , third] = await notices();
    expect(third?.decision).toContain('under the tracking number 1ZSHIRTS.');
  });
});

describe('where a new label replaces the old one', () => {
  beforeEach(() => open({ RELABEL: 'replace' }));

  it("takes its place in the bridge's own shipment: number, carrier, and the comment that the bridge wrote", async () => {
    const { orderId } = await store.addOrder({ lines });
    await label(orderId, '1ZOLD', { service: 'UPS Ground' });
    const answer = await label(orderId, '9400', { carrier: 'USPS', service: 'Priority Mail' });
    expect(answer).toMatchObject({ status: 200, body: expect.stringContaining('9400 in place of 1ZOLD') });
    expect(await numbers()).toEqual([['9400', 'usps']]);
    expect((await store.allShipments())[0]?.comments).toBe('Service: Priority Mail');
    expect((await store.order(orderId)).status).toBe('C');
    const [first, second] = await notices();
    expect(second).toMatchObject({ state: 'applied', needs_attention: 0, shipment_id: first?.shipment_id });
  });

  it('is written once when it comes twice, and a repeat of the first label does not bring it back', async () => {
    const { orderId } = await store.addOrder({ lines });
    for (const number of ['1ZOLD', '1ZNEW', '1ZNEW', '1ZOLD'])
      expect((await label(orderId, number)).status).toBe(200);
    expect(await numbers()).toEqual([['1ZNEW', 'ups']]);
  });

  it('can be replaced again', async () => {
    const { orderId } = await store.addOrder({ lines });
    for (const number of ['1Z1', '1Z2', '1Z3'])
      await label(orderId, number, { service: `Service ${number}` });
    expect(await numbers()).toEqual([['1Z3', 'ups']]);
    expect((await store.allShipments())[0]?.comments).toBe('Service: Service 1Z3');
  });

  it('leaves a comment alone that somebody has written in the shop', async () => {
    const { orderId } = await store.addOrder({ lines });
    await label(orderId, '1ZOLD', { service: 'UPS Ground' });
    await store.run(`update ${store.table('shipments')} set comments = 'Ring twice'`);
    await label(orderId, '1ZNEW', { service: 'UPS 2nd Day' });
    expect(await numbers()).toEqual([['1ZNEW', 'ups']]);
    expect((await store.allShipments())[0]?.comments).toBe('Ring twice');
  });

  it.each([
    ['a shipment that was made in the shop', [] as const, true],
    ['one of several parcels of the same content', [{ sku: 'MUG', quantity: 1 }] as const, false],
  ])('is only flagged for %s', async (_, items, byHand) => {
    const { orderId } = await store.addOrder({ lines: [{ sku: 'MUG', name: 'Mug', quantity: 2 }] });
    if (byHand) await store.addShipment({ orderId, trackingNumber: 'BY-HAND' });
    else for (const number of ['1Z1', '1Z2']) await label(orderId, number, { items });
    const before = await numbers();
    await label(orderId, '1ZNEW', byHand ? {} : { items });
    expect(await numbers()).toEqual(before);
    expect((await notices()).at(-1)).toMatchObject({ needs_attention: 1, shipment_id: null });
  });

  it('touches no number that somebody has changed in the shop at the same moment', async () => {
    const { orderId } = await store.addOrder({ lines });
    await label(orderId, '1ZOLD');
    await store.run(`update ${store.table('shipments')} set tracking_number = 'BY-HAND'`);
    await label(orderId, '1ZNEW');
    // Seen as it stands now: the admin's own number is the old one.
    expect((await notices()).at(-1)?.decision).toContain('1ZNEW in place of BY-HAND');
  });
});
