import { afterEach, beforeEach, expect, it } from 'vitest';
import type { TestDatabase } from '../support/database.ts';
import { runProgram } from '../support/program.ts';
import { buildStore, type Store } from '../support/store/store.ts';
import { startTestBridge, type TestBridge } from '../support/test-bridge.ts';
import { createTestDatabase } from '../support/test-database.ts';

let database: TestDatabase;
let store: Store;
let bridge: TestBridge;

beforeEach(async () => {
  database = await createTestDatabase();
  store = await buildStore(database, { version: '4.18.2 M' });
  bridge = await startTestBridge(store, { environment: { RELABEL: 'replace' } });
});
afterEach(async () => {
  await bridge.close();
  await database.drop();
});

const line = { sku: 'MUG', name: 'Mug', quantity: 2 };
const notices = () => `${store.prefix}shipstation_notices`;
const rows = () =>
  store.query<{ state: string; decision: string }>(`select * from ${notices()} order by notice_id`);
const ship = (orderId: number, trackingNumber = '1Z') =>
  bridge.shipstation.label(
    { orderNumber: String(orderId), carrier: 'UPS', service: '', trackingNumber },
    { withoutBody: true },
  );

/** Has notices of these orders end, for real, when `table` of the store is written to. */
async function interrupted(table: string, event: string, orderIds: readonly number[]): Promise<void> {
  await store.run(
    `create trigger stop_here before ${event} on ${store.table(table)} for each row signal sqlstate '45000'`,
  );
  for (const orderId of orderIds) expect((await ship(orderId)).status).toBe(500);
  await store.run('drop trigger stop_here');
}

const damage = (orderId: number, plan: string) =>
  store.run(`update ${notices()} set plan = ? where order_id = ?`, [plan, orderId]);

it.each(['{', '[]', 'null', '{}', '{"shipment":{"comments":"x"}}', '{"orderId":1,"items":[{"itemId":"1"}]}'])(
  'a half applied notice whose plan somebody made %s is told, and those behind it are carried on',
  async (plan) => {
    const [first = 0, second = 0] = (await store.addOrders([{ lines: [line] }, { lines: [line] }])).map(
      ({ orderId }) => orderId,
    );
    // After the items: only the plan knows the rest.
    await interrupted('orders', 'update', [first, second]);
    await damage(first, plan);
    await bridge.bridge.prepare();
    expect(await rows()).toMatchObject([
      { state: 'refused', decision: expect.stringMatching(`damaged.*shipments of order ${first} .*by hand`) },
      { state: 'applied' },
    ]);
    expect((await store.order(second)).status).toBe('C');
    expect(bridge.logs).toContainEqual(expect.objectContaining({ event: 'notice.refused', orderId: first }));

    // ShipStation repeats it, and the admin tries it again: nothing is written, and both are told.
    const before = await store.snapshot();
    expect(await ship(first)).toMatchObject({ status: 422, body: expect.stringContaining('damaged') });
    expect(await bridge.bridge.notices.retry(1)).toMatchObject({ kind: 'refused' });
    expect(await store.snapshot()).toEqual(before);
  },
);

it('where the shipment has no items yet, its plan is not needed', async () => {
  const { orderId } = await store.addOrder({ lines: [line] });
  await interrupted('shipment_items', 'insert', [orderId]);
  await damage(orderId, '{');
  await bridge.bridge.prepare();
  expect(await store.allShipments()).toMatchObject([{ items: [{ amount: 2 }] }]);
  expect(await rows()).toMatchObject([{ state: 'applied' }]);
});

it('where it is not known whether there is a shipment, none is written', async () => {
  const { orderId } = await store.addOrder({ lines: [line] });
  await interrupted('shipments', 'insert', [orderId]);
  await damage(orderId, '{');
  await bridge.bridge.prepare();
  expect(await store.allShipments()).toEqual([]);
  expect(await rows()).toMatchObject([{ state: 'refused' }]);
});

it('a new label for a shipment whose plan is damaged is told to the admin, as where none may be replaced', async () => {
  const { orderId } = await store.addOrder({ lines: [line] });
  await ship(orderId);
  await damage(orderId, '{');
  expect(await ship(orderId, '2Z')).toMatchObject({ status: 200 });
  expect(await store.shipments(orderId)).toMatchObject([{ trackingNumber: '1Z' }]);
  expect(await rows()).toMatchObject([{}, { state: 'applied', decision: expect.stringContaining('2Z') }]);
});

it('notices show and notices retry say so in a sentence', async () => {
  const { orderId } = await store.addOrder({ lines: [line] });
  await interrupted('orders', 'update', [orderId]);
  await damage(orderId, '{');
  const run = async (...args: string[]) => {
    const program = runProgram(['notices', ...args], {
      SHIPSTATION_USERNAME: 'shipstation',
      SHIPSTATION_PASSWORD: 'planted-secret-word',
      CSCART_DATABASE_URL: store.url,
    });
    return { exitCode: await program.exitCode, output: program.output(), stdout: program.stdout() };
  };
  const [page, json] = await Promise.all([run('show', '1'), run('show', '1', '--json')]);
  expect(page.exitCode).toBe(0);
  expect(page.output).toContain('It cannot be read: somebody has changed it in the database.');
  expect(page.output).toMatch(
    new RegExp(`What to do\n {3}The plan .* damaged.* order ${orderId} in the shop`),
  );
  expect(JSON.parse(json.stdout)).toMatchObject({ state: 'planned', plan: 'damaged' });
  const retried = await run('retry', '1');
  expect(retried.exitCode).toBe(1);
  expect(retried.output).toMatch(/^Notice 1: failed again\. The plan .* damaged[^\n]*\n$/m);
  expect(retried.output).not.toMatch(/^\s+at /m);
});
