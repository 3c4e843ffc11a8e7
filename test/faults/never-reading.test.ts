import { connect, type Socket } from 'node:net';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { wireDate } from '../support/ship-notice-xml.ts';
import { buildStore, type Store } from '../support/store/store.ts';
import { startTestBridge, type TestBridge } from '../support/test-bridge.ts';
import { createTestDatabase } from '../support/test-database.ts';

// More than the pool has connections.
const CLIENTS = 12;
const ORDERS = 100;
const LINES = 30;
const PASSWORD = 'of-a-client-that-never-reads';
const LONG = 'x'.repeat(90);

let database: Awaited<ReturnType<typeof createTestDatabase>>;
let store: Store;
let bridge: TestBridge;
const sockets: Socket[] = [];

beforeAll(async () => {
  database = await createTestDatabase();
  store = await buildStore(database, { version: '4.18.2 M' });
  const options = Array.from({ length: 10 }, (_, index) => ({
    name: `${LONG}${index}`,
    type: 'I' as const,
    value: LONG,
  }));
  const lines = Array.from({ length: LINES }, (_, index) => ({
    sku: `S${index}`,
    name: LONG,
    quantity: 1,
    options,
  }));
  await store.addOrders(Array.from({ length: ORDERS }, () => ({ lines })));
  bridge = await startTestBridge(store, { environment: { SHIPSTATION_PASSWORD_PREVIOUS: PASSWORD } });
});
afterAll(async () => {
  for (const socket of sockets) socket.destroy();
  await bridge.close();
  await database.drop();
});

it('clients that ask for a page and never read it do not hold the database', async () => {
  const now = Date.now();
  const window = { start: new Date(now - 3_600_000), end: new Date(now + 3_600_000) };
  const query = `action=export&start_date=${wireDate(window.start)}&end_date=${wireDate(window.end)}`;
  const page = await bridge.request(query);
  // Far more than the buffers of the two sockets hold.
  expect(page.body.length).toBeGreaterThan(6_000_000);

  const { port, pathname } = new URL(bridge.url);
  const credentials = `SS-UserName=shipstation&SS-Password=${PASSWORD}`;
  const asked = `${pathname}?${query.replaceAll(' ', '+')}&${credentials}`;
  const heads = Array.from({ length: CLIENTS }, () => {
    const socket = connect(Number(port), '127.0.0.1');
    sockets.push(socket);
    socket.write(`GET ${asked} HTTP/1.1\r\nhost: x\r\n\r\n`);
    return new Promise<void>((resolve) => {
      socket.once('readable', resolve);
    });
  });
  // Each of them has the beginning of its answer, and leaves it there.
  await Promise.all(heads);

  const { open = 0, idle, waiting } = bridge.bridge.pools().store ?? {};
  expect({ idle, waiting }).toEqual({ idle: open, waiting: 0 });
  expect(open).toBeGreaterThan(0);

  await bridge.shipstation.poll(window);
  expect(bridge.shipstation.orders.size).toBe(ORDERS);
  for (const { bytesRead, destroyed } of sockets) {
    expect(destroyed).toBe(false);
    expect(bytesRead).toBeGreaterThan(0);
    expect(bytesRead).toBeLessThan(page.body.length);
  }
}, 120_000);
