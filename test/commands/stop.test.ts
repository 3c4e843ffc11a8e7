import { once } from 'node:events';
import { type AddressInfo, createServer } from 'node:net';
import mysql from 'mysql2/promise';
import { describe, expect, it, type onTestFinished } from 'vitest';
import { createLeastPrivilegeAccount } from '../support/least-privilege-account.ts';
import { freePort, type Program, runProgram } from '../support/program.ts';
import { createShipStation } from '../support/shipstation-client.ts';
import { buildStore, type Store } from '../support/store/store.ts';
import { startTestBridge } from '../support/test-bridge.ts';
import { createTestDatabase } from '../support/test-database.ts';

const LONG = 120_000;
const PASSWORD = 'planted-secret-word';

type Finished = typeof onTestFinished;

async function makeStore(finished: Finished): Promise<Store> {
  const database = await createTestDatabase();
  finished(() => database.drop());
  return buildStore(database, { version: '4.18.2 M' });
}

interface Served {
  readonly program: Program;
  ship(orderId: number): Promise<{ status: number; body: string }>;
}

async function serve(databaseUrl: string, finished: Finished): Promise<Served> {
  const [port, opsPort] = [await freePort(), await freePort()];
  const program = runProgram(['serve'], {
    SHIPSTATION_USERNAME: 'shipstation',
    SHIPSTATION_PASSWORD: PASSWORD,
    CSCART_DATABASE_URL: databaseUrl,
    PORT: String(port),
    OPS_PORT: String(opsPort),
  });
  finished(async () => {
    program.process.kill('SIGKILL');
    await program.exitCode;
  });
  const shipstation = createShipStation({
    url: `http://127.0.0.1:${port}/shipstation`,
    username: 'shipstation',
    password: PASSWORD,
  });
  const label = { carrier: 'UPS', service: '', trackingNumber: '1Z' };
  return {
    program,
    ship: (orderId) => shipstation.label({ ...label, orderNumber: String(orderId) }, { withoutBody: true }),
  };
}

/** Another client of the store's database, which holds on to what its statements have locked until it is let go. */
async function hold(store: Store, finished: Finished, ...statements: string[]): Promise<() => Promise<void>> {
  const holder = await mysql.createConnection(store.url);
  for (const statement of statements) await holder.query(statement);
  let isHeld = true;
  const letGo = async () => {
    if (isHeld) await holder.end();
    isHeld = false;
  };
  finished(letGo);
  return letGo;
}

/** Waits until a client of the store's database is in the middle of such a statement (a pattern of `like`). */
async function waitForStatement(store: Store, pattern: string): Promise<void> {
  const running = () =>
    store.query(
      `select id from information_schema.processlist
        where db = database() and id <> connection_id() and command = 'Query' and info like ?`,
      [pattern],
    );
  await expect.poll(async () => (await running()).length, { timeout: 60_000 }).toBeGreaterThan(0);
}

/** A bridge in the middle of a notice: the shipment is written, and its items have to wait for another client. */
async function serveHeldNotice(finished: Finished) {
  const store = await makeStore(finished);
  const { orderId } = await store.addOrder({ lines: [{ sku: 'MUG', name: 'Mug', quantity: 2 }] });
  const served = await serve(store.url, finished);
  await served.program.waitFor('bridge.ready');
  const letGo = await hold(store, finished, `lock tables ${store.table('shipment_items')} read`);
  const answer = served.ship(orderId);
  await waitForStatement(store, '%insert %shipment_items%');
  return { ...served, store, orderId, letGo, answer };
}

const eventsOf = ({ program }: Served) => program.logs().map((line) => line['event']);
const cutsOf = ({ program }: Served) =>
  program.logs().filter((line) => line['event'] === 'bridge.stop_cut_short');

async function stop({ program }: Served): Promise<void> {
  program.process.kill('SIGTERM');
  await program.waitFor('bridge.stopping');
}

describe.concurrent('SIGTERM while a notice is being applied', { timeout: LONG }, () => {
  it('answers it, takes no other meanwhile, and ends with 0', async ({ onTestFinished: finished }) => {
    const held = await serveHeldNotice(finished);
    await stop(held);
    await expect.poll(async () => (await held.ship(held.orderId)).status).toBe(0);
    await held.letGo();
    expect(await held.answer).toMatchObject({ status: 200 });
    expect(await held.program.exitCode).toBe(0);
    expect(await held.store.shipments(held.orderId)).toMatchObject([{ items: [{ amount: 2 }] }]);
    expect((await held.store.order(held.orderId)).status).toBe('C');
    expect(eventsOf(held)).toContain('bridge.stopped');
    expect(cutsOf(held)).toEqual([]);
  });

  it('finishes it also when its connection was cut, and says what was cut', async ({
    onTestFinished: finished,
  }) => {
    const held = await serveHeldNotice(finished);
    await stop(held);
    await held.program.waitFor('bridge.stop_cut_short');
    expect(await held.answer).toMatchObject({ status: 0 });
    await held.letGo();
    expect(await held.program.exitCode).toBe(0);
    expect(await held.store.shipments(held.orderId)).toMatchObject([{ items: [{ amount: 2 }] }]);
    expect((await held.store.order(held.orderId)).status).toBe('C');
    expect(cutsOf(held)).toMatchObject([{ level: 'warn', requests: 1, orders: [held.orderId] }]);
    expect(eventsOf(held)).toContain('bridge.stopped');
  });

  it('ends with 1 when it takes too long, and says what is left', async ({ onTestFinished: finished }) => {
    const held = await serveHeldNotice(finished);
    await stop(held);
    expect(await held.program.exitCode).toBe(1);
    expect(cutsOf(held)).toMatchObject([
      { reason: 'a request took longer than 7 seconds', requests: 1, orders: [held.orderId] },
      { reason: 'it took longer than 9.5 seconds', requests: 1, orders: [held.orderId] },
    ]);
    expect(eventsOf(held)).not.toContain('bridge.stopped');
  });

  it('a second one ends it at once, and says what is left', async ({ onTestFinished: finished }) => {
    const held = await serveHeldNotice(finished);
    await stop(held);
    held.program.process.kill('SIGTERM');
    expect(await held.program.exitCode).toBe(1);
    expect(cutsOf(held)).toMatchObject([
      { reason: 'SIGTERM came while it was stopping', requests: 1, orders: [held.orderId] },
    ]);
    expect(await held.answer).toMatchObject({ status: 0 });
    // It was in the middle: the next start has something to do.
    await held.letGo();
    const next = await serve(held.store.url, finished);
    await next.program.waitFor('bridge.ready');
    expect(await held.store.allShipments()).toMatchObject([{ items: [{ amount: 2 }] }]);
  });
});

describe.concurrent('SIGTERM at the start', { timeout: LONG }, () => {
  it('finishes the half applied notice that is being carried on, and leaves the others', async ({
    onTestFinished: finished,
  }) => {
    const store = await makeStore(finished);
    const line = { sku: 'MUG', name: 'Mug', quantity: 2 };
    const [first = 0, second = 0] = (await store.addOrders([{ lines: [line] }, { lines: [line] }])).map(
      ({ orderId }) => orderId,
    );
    await leaveHalfApplied(store, [first, second]);
    const table = `${store.prefix}shipstation_notices`;
    // A second one of the first order.
    await store.run(
      `insert into ${table} (fingerprint, order_id, state, decision, plan, raw_query, raw_body, attempts, received_at, changed_at)
       select sha2('another', 256), order_id, state, decision, plan, replace(raw_query, '1Z', '2Z'), raw_body, 1, received_at, changed_at
         from ${table} where order_id = ?`,
      [first],
    );
    const states = async () =>
      (await store.query<{ state: string }>(`select state from ${table} order by notice_id`)).map(
        ({ state }) => state,
      );
    expect(await states()).toEqual(['planned', 'planned', 'planned']);

    const letGo = await hold(
      store,
      finished,
      'start transaction',
      `select * from ${table} where order_id = ${first} for update`,
    );
    const stopped = await serve(store.url, finished);
    await waitForStatement(store, `%update %${table}%`);
    await stop(stopped);
    await letGo();
    expect(await stopped.program.exitCode).toBe(0);
    expect(await states()).toEqual(['applied', 'planned', 'planned']);
    expect(await store.shipments(first)).toMatchObject([{ items: [{ amount: 2 }] }]);
    expect(await store.shipments(second)).toEqual([]);
    expect(eventsOf(stopped)).toContain('bridge.stopped');
    expect(eventsOf(stopped)).not.toContain('bridge.ready');
    expect(eventsOf(stopped)).not.toContain('notice.resume_failed');
    expect(cutsOf(stopped)).toEqual([]);

    const next = await serve(store.url, finished);
    await next.program.waitFor('bridge.ready');
    expect(await states()).toEqual(['applied', 'applied', 'applied']);
    expect(await store.shipments(second)).toMatchObject([{ items: [{ amount: 2 }] }]);
  });

  it('ends with 0 while no database is there', async ({ onTestFinished: finished }) => {
    const served = await serve(`mysql://bridge:word@127.0.0.1:${await freePort()}/store`, finished);
    await served.program.waitFor('bridge.waiting');
    await stop(served);
    expect(await served.program.exitCode).toBe(0);
    expect(eventsOf(served).slice(-2)).toEqual(['bridge.stopping', 'bridge.stopped']);
  });

  it('ends with 0 while a database takes connections and says nothing', async ({
    onTestFinished: finished,
  }) => {
    const mute = createServer().listen(0, '127.0.0.1');
    finished(() => void mute.close());
    await once(mute, 'listening');
    const connected = once(mute, 'connection');
    const { port } = mute.address() as AddressInfo;
    const served = await serve(`mysql://bridge:word@127.0.0.1:${port}/store`, finished);
    await connected;
    await stop(served);
    expect(await served.program.exitCode).toBe(0);
    expect(eventsOf(served).slice(-2)).toEqual(['bridge.stopping', 'bridge.stopped']);
  });
});

/** Has notices of these orders end, for real, after their shipment and before its items. */
async function leaveHalfApplied(store: Store, orderIds: readonly number[]): Promise<void> {
  const account = await createLeastPrivilegeAccount(store);
  const bridge = await startTestBridge(store, { databaseUrl: account.databaseUrl });
  await store.run(`revoke insert on ${store.table('shipment_items')} from '${account.user}'@'%'`);
  for (const orderId of orderIds) {
    const label = { orderNumber: String(orderId), carrier: 'UPS', service: '', trackingNumber: '1Z' };
    expect((await bridge.shipstation.label(label, { withoutBody: true })).status).toBe(503);
  }
  await bridge.close();
  await account.drop();
}
