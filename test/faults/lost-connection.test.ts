import { afterAll, beforeAll, expect, it } from 'vitest';
import { type StatementProxy, startStatementProxy } from '../../torture/statement-proxy.ts';
import type { TestDatabase } from '../support/database.ts';
import { createLeastPrivilegeAccount, type TestAccount } from '../support/least-privilege-account.ts';
import { buildStore, type Store } from '../support/store/store.ts';
import { startTestBridge, type TestBridge } from '../support/test-bridge.ts';
import { createTestDatabase } from '../support/test-database.ts';

let database: TestDatabase;
let store: Store;
let account: TestAccount;
let proxy: StatementProxy;
let bridge: TestBridge;

beforeAll(async () => {
  database = await createTestDatabase();
  store = await buildStore(database, { version: '4.18.2 M' });
  account = await createLeastPrivilegeAccount(store);
  const url = new URL(account.databaseUrl);
  proxy = await startStatementProxy(Number(url.port));
  url.port = String(proxy.port);
  bridge = await startTestBridge(store, {
    databaseUrl: url.href,
    environment: { EXPORT_PAGE_SIZE: '2' },
  });
});
afterAll(async () => {
  await bridge.close();
  await proxy.close();
  await account.drop();
  await database.drop();
});

const lines = [
  { sku: 'MUG', name: 'Mug', quantity: 2 },
  { sku: 'SHIRT', name: 'Shirt', quantity: 3 },
];

let windows = 0;

/** Cuts every connection once, at the first statement like this one. Gives whether it has come. */
function cutAt(statement: RegExp, when: 'asked' | 'answered'): () => boolean {
  let hasCome = false;
  proxy.onStatement = (sql, point) => {
    if (hasCome || point !== when || !statement.test(sql)) return undefined;
    hasCome = true;
    proxy.cut();
    return 'drop';
  };
  return () => hasCome;
}

it.each([
  ['the orders of the window', /from `cscart_orders` o\s+where o\.\w+ between/],
  ['the orders of the page', /from `cscart_orders`\s.*order_id in/s],
  ['the lines', /from `cscart_order_details`/],
  ['the order data', /from `cscart_order_data`/],
  ['the list that is kept', /insert (ignore )?into `cscart_shipstation_exports`/],
])('a page whose connection is lost at %s lacks nothing, or comes later', async (_, statement) => {
  await store.addOrders([{ lines }, { lines }, { lines }]);
  for (const when of ['asked', 'answered'] as const) {
    // Asked for the first time, so that its list is still to be kept.
    windows += 1;
    const start = new Date(Date.now() - windows * 60_000);
    const isCut = cutAt(statement, when);
    const before = bridge.connect();
    // Reading is repeated by itself where the other connections are in order.
    const outcome = await before.poll({ start, end: new Date() }).catch((error: unknown) => error);
    if (outcome instanceof Error) expect(outcome).toMatchObject({ name: 'StoreError', status: 503 });
    else
      expect(before.orders.size).toBe((await store.query(`select 1 from ${store.table('orders')}`)).length);
    expect(isCut()).toBe(true);
    const after = bridge.connect();
    await after.poll({ start, end: new Date() });
    expect(after.orders.size).toBe((await store.query(`select 1 from ${store.table('orders')}`)).length);
  }
});

/** Every statement of a notice that changes something, and those of its lock. */
const STEPS: readonly [string, RegExp][] = [
  ['the notice is written down', /insert into `cscart_shipstation_notices`/],
  ['its lock is taken', /select get_lock/],
  ['its plan is kept', /update `cscart_shipstation_notices` set state = 'planned'/],
  ['the shipment is written', /insert into `cscart_shipments`/],
  ['its number is kept', /update `cscart_shipstation_notices` set shipment_id/],
  ['its items are written', /insert ignore into `cscart_shipment_items`/],
  ['the status is moved', /update `cscart_orders` set status/],
  ['the notice is closed', /update `cscart_shipstation_notices` set state = 'applied'/],
  ['its lock is freed', /select release_lock/],
];
const POINTS = [
  ['just before', 'asked'],
  ['just after', 'answered'],
] as const;

it.each(
  STEPS.flatMap(([step, statement]) =>
    POINTS.map(([words, when]) => [words, step, statement, when] as const),
  ),
)(
  'a notice whose connection is lost %s %s is applied once when it comes again',
  async (_, step, statement, when) => {
    const { orderId } = await store.addOrder({ lines });
    await bridge.bridge.checkReady();
    const trackingNumber = `1Z${orderId}`;
    const shipstation = bridge.connect();
    const isCut = cutAt(statement, when);
    const label = { orderNumber: String(orderId), carrier: 'UPS', service: '', trackingNumber };
    const first = await shipstation.label(label, { withoutBody: true });
    expect(isCut()).toBe(true);
    // With its lock the notice has nothing more to lose.
    expect(first.status).toBe(step === 'its lock is freed' ? 200 : 503);
    expect(first.body).toMatch(/^[^\n<{]{10,120}\n$/);

    const again = await (first.status === 200
      ? shipstation.label(label, { withoutBody: true })
      : shipstation.retryFailed().then(([answer]) => answer));
    expect(again?.status).toBe(200);
    expect(await shipstation.retryFailed()).toEqual([]);
    const shipments = (await store.allShipments()).filter(
      (shipment) => shipment.trackingNumber === trackingNumber,
    );
    expect(shipments).toHaveLength(1);
    expect(shipments[0]?.items.map(({ amount }) => amount).sort()).toEqual([2, 3]);
    expect((await store.order(orderId)).status).toBe('C');
    expect(
      await store.query(`select state from cscart_shipstation_notices where order_id = ?`, [orderId]),
    ).toEqual([{ state: 'applied' }]);
  },
);
