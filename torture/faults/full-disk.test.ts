import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { createDatabase } from '../../test/support/database.ts';
import { createLeastPrivilegeAccount } from '../../test/support/least-privilege-account.ts';
import { type MariaDb, startMariaDb } from '../../test/support/mariadb.ts';
import { buildStore, type Store } from '../../test/support/store/store.ts';
import type { StorageEngine } from '../../test/support/store-shapes.ts';
import { startTestBridge, type TestBridge } from '../../test/support/test-bridge.ts';
import { type FullDisk, mountSmallDisk } from './full-disk.ts';
import { makeRoomInLedger } from './ledger-room.ts';

// A server needs some 30 MB to begin with, and the ledger gets twice 14 MB of room.
const MEGABYTES = 150;
// Notices until a file has to grow: about ten.
const MORE_THAN_ENOUGH = 150;
// Its text becomes the raw notice in the ledger and the comment of a shipment: files grow with every few of them.
const LONG_NOTE = 'Thank you for your order! '.repeat(60).trim();

let disk: FullDisk;
let mariadb: MariaDb;

beforeAll(async () => {
  disk = mountSmallDisk(MEGABYTES);
  mariadb = await startMariaDb({ directory: disk.folder });
});
afterAll(async () => {
  disk.free();
  await mariadb.stop();
  disk.remove();
});

interface Shop {
  readonly store: Store;
  readonly bridge: TestBridge;
  readonly user: string;
  /** Placed while there is space. */
  readonly orderIds: number[];
}

async function openShop(engine: StorageEngine): Promise<Shop> {
  const store = await buildStore(await createDatabase(mariadb.url('')), { version: '4.18.2 M', engine });
  const { databaseUrl, user } = await createLeastPrivilegeAccount(store);
  const orders = await store.addOrders(
    Array.from({ length: MORE_THAN_ENOUGH }, () => ({ lines: [{ sku: 'MUG', quantity: 2 }] })),
  );
  return {
    store,
    user,
    orderIds: orders.map(({ orderId }) => orderId),
    bridge: await startTestBridge(store, { databaseUrl }),
  };
}

async function sendLabel({ bridge, orderIds }: Shop): Promise<{ status: number; body: string }> {
  const orderId = orderIds.shift();
  if (orderId === undefined) throw new Error('the disk was not full after all');
  return bridge.shipstation.label({
    orderNumber: String(orderId),
    carrier: 'UPS',
    service: '',
    trackingNumber: `1Z${orderId}`,
    items: [{ sku: 'MUG', quantity: 2 }],
    notesToCustomer: LONG_NOTE,
  });
}

/** All that failed comes again and is applied; nothing is lost, and nothing is there twice. */
async function expectEverythingOnce({ store, bridge }: Shop, sent: number): Promise<void> {
  for (const { status } of await bridge.shipstation.retryFailed()) expect(status).toBe(200);
  const shipments = await store.allShipments();
  expect(shipments).toHaveLength(sent);
  expect(new Set(shipments.map(({ trackingNumber }) => trackingNumber)).size).toBe(sent);
  for (const { items } of shipments) expect(items).toMatchObject([{ amount: 2 }]);
  expect(await store.query(`select distinct state from cscart_shipstation_notices`)).toEqual([
    { state: 'applied' },
  ]);
}

it('the ledger and an InnoDB store say so, and go on when there is space again', async () => {
  const shop = await openShop('InnoDB');
  disk.fill();
  let sent = 0;
  let answer: { status: number; body: string };
  do {
    answer = await sendLabel(shop);
    sent += 1;
  } while (answer.status === 200);
  expect(answer).toMatchObject({ status: 503, body: expect.stringMatching(/^[^\n<{]{10,120}\n$/) });
  expect(shop.bridge.logs.at(-1)).toMatchObject({ status: 503 });
  expect(shop.bridge.logs).toContainEqual(
    expect.objectContaining({
      event: 'database.unavailable',
      cause: expect.stringMatching(/1114, table full/),
    }),
  );
  // A list that cannot be kept is a page that comes later, not one without its sequel.
  const window = { start: new Date(Date.now() - 3_600_000), end: new Date(Date.now() + 60_000) };
  const poll = await shop.bridge.shipstation.poll(window).catch((error: unknown) => error);
  if (poll instanceof Error) expect(poll).toMatchObject({ name: 'StoreError', status: 503 });

  disk.free();
  await shop.bridge.shipstation.poll(window);
  await expectEverythingOnce(shop, sent);
  await shop.bridge.close();
});

it('a MyISAM store waits for space, and a notice that waited too long comes again', async () => {
  const shop = await openShop('MyISAM');
  await makeRoomInLedger(shop.store);
  disk.fill();
  let sent = 0;
  let answer: { status: number; body: string };
  // The server looks for space once a minute, and the statement's limit ends it after 30 seconds: that is too long here, and is
  // brought about by hand, once there is space again. (A write that is ended while there is none leaves the table crashed.)
  const ending = new AbortController();
  const ended = endWhoWaits(shop.user, ending.signal);
  do {
    answer = await sendLabel(shop);
    sent += 1;
  } while (answer.status === 200);
  ending.abort();
  await ended;
  disk.free();
  expect(answer).toMatchObject({ status: 503, body: expect.stringMatching(/^[^\n<{]{10,120}\n$/) });
  await expectEverythingOnce(shop, sent);
  await shop.bridge.close();
});

/** Frees the disk and ends the statement, when one of the bridge's has been at it for a second. */
async function endWhoWaits(user: string, stopping: AbortSignal): Promise<void> {
  while (!stopping.aborted) {
    // The table of the same content would need a temporary table, for which there is no space either.
    const connections = await mariadb.query<{ Id: number; User: string; Command: string; Time: number }>(
      'show processlist',
    );
    for (const { Id, User, Command, Time } of connections) {
      if (User !== user || Command !== 'Query' || Time < 1) continue;
      disk.free();
      await mariadb.query(`kill query ${Id}`).catch(() => undefined); // it may have ended meanwhile
    }
    await sleep(50);
  }
}
