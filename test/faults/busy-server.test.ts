import { setTimeout as sleep } from 'node:timers/promises';
import mysql from 'mysql2/promise';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { deadlockSql } from '../../torture/faults/lock-faults.ts';
import { type StatementProxy, startStatementProxy } from '../../torture/statement-proxy.ts';
import { createDatabase } from '../support/database.ts';
import { createLeastPrivilegeAccount } from '../support/least-privilege-account.ts';
import { type MariaDb, startMariaDb } from '../support/mariadb.ts';
import { buildStore, type Store } from '../support/store/store.ts';
import { startTestBridge, type TestBridge } from '../support/test-bridge.ts';

let mariadb: MariaDb;
let store: Store;
let proxy: StatementProxy;
let bridge: TestBridge;
let user: string;

beforeAll(async () => {
  mariadb = await startMariaDb();
  store = await buildStore(await createDatabase(mariadb.url('')), { version: '4.18.2 M' });
  await store.run('create table ballast (number int unsigned not null) engine=InnoDB');
  const account = await createLeastPrivilegeAccount(store);
  user = account.user;
  const url = new URL(account.databaseUrl);
  proxy = await startStatementProxy(mariadb.port);
  url.port = String(proxy.port);
  bridge = await startTestBridge(store, { databaseUrl: url.href });
});
afterAll(async () => {
  await bridge.close();
  await proxy.close();
  await mariadb.stop();
});

let orderId: number;
beforeEach(async () => {
  ({ orderId } = await store.addOrder({ lines: [{ sku: 'MUG', name: 'Mug', quantity: 2 }] }));
  proxy.onStatement = () => undefined;
});

const everything = () => ({ start: new Date(Date.now() - 3_600_000), end: new Date(Date.now() + 60_000) });

const ship = (shipstation = bridge.connect()) => ({
  shipstation,
  answer: shipstation.label(
    { orderNumber: String(orderId), carrier: 'UPS', service: '', trackingNumber: `1Z${orderId}` },
    { withoutBody: true },
  ),
});

async function expectAppliedOnce(): Promise<void> {
  const shipments = await store.shipments(orderId);
  expect(shipments).toMatchObject([{ trackingNumber: `1Z${orderId}`, items: [{ amount: 2 }] }]);
  expect((await store.order(orderId)).status).toBe('C');
  expect(await store.allShipments()).not.toContainEqual(expect.objectContaining({ items: [] }));
}

/** The notice is told to come later, why is logged, and when it comes again it is applied. */
async function expectLaterThenApplied(
  { shipstation, answer }: ReturnType<typeof ship>,
  cause: RegExp,
  mend: () => Promise<unknown>,
): Promise<void> {
  expect(await answer).toMatchObject({ status: 503, body: expect.stringMatching(/^[^\n<{]{10,120}\n$/) });
  expect(bridge.logs.filter(({ event }) => event === 'database.unavailable').at(-1)?.['cause']).toMatch(
    cause,
  );
  await mend();
  expect(await shipstation.retryFailed()).toMatchObject([{ status: 200 }]);
  await expectAppliedOnce();
}

it('a server that has become read-only', async () => {
  await mariadb.query('set global read_only = 1');
  const mend = () => mariadb.query('set global read_only = 0');
  try {
    await expectLaterThenApplied(ship(), /1290, server is read-only/, mend);
  } finally {
    await mend();
  }
});

describe('somebody else holds', () => {
  it('a row of the ledger for a moment', async () => {
    // The bridge waits up to 20 seconds for a row, which is too long to be waited for here.
    const notices = `${store.prefix}shipstation_notices`;
    const other = store.run(`begin; select count(*) from ${notices} for update; do sleep(1); rollback`);
    await sleep(100);
    const { answer } = ship();
    expect(await answer).toMatchObject({ status: 200 });
    await other;
    await expectAppliedOnce();
  });

  it('what a notice holds the other half of: a deadlock', async () => {
    // The transaction waits for the notice's new row, which waits for the transaction: the server ends the lighter one.
    const other = store.run(deadlockSql(store.prefix, 1));
    await sleep(300);
    await expectLaterThenApplied(ship(), /1213, deadlock/, () => other);
  });

  it.each(['orders', 'shipments', 'shipment_items'])(
    'the table %s for a moment, as for a backup',
    async (table) => {
      const other = store.run(`lock tables ${store.table(table)} write; do sleep(1); unlock tables`);
      await sleep(100);
      const { answer } = ship();
      expect(await answer).toMatchObject({ status: 200 });
      await other;
      await expectAppliedOnce();
    },
  );

  it('all connections that the server gives', async () => {
    await mariadb.query(`create user hog@'%' identified by 'hog'`);
    await mariadb.query('set global max_connections = 10');
    proxy.cut();
    const hog = { uri: mariadb.url('', { user: 'hog', password: 'hog' }) };
    const taken: mysql.Connection[] = [];
    // The server takes a moment to see who has gone, and would have a connection to give again.
    for (let refusals = 0; refusals < 5; ) {
      const one = await mysql.createConnection(hog).catch(() => undefined);
      if (one) taken.push(one);
      else {
        refusals += 1;
        await sleep(100);
      }
    }
    const mend = async () => {
      for (const one of taken) one.destroy();
      await mariadb.query('set global max_connections = 100');
      // The server takes a moment to see who has gone.
      await sleep(100);
    };
    try {
      await expectLaterThenApplied(ship(), /1040, too many connections/, mend);
    } finally {
      await mend();
    }
  });
});

it('a server that answers slowly is waited for', async () => {
  proxy.onStatement = async (_, point) => {
    if (point === 'answered') await sleep(40);
    return undefined;
  };
  const { answer } = ship();
  const shipstation = bridge.connect();
  await shipstation.poll(everything());
  expect(shipstation.orders.has(String(orderId))).toBe(true);
  expect(await answer).toMatchObject({ status: 200 });
  await expectAppliedOnce();
});

it.each(['kill', 'kill query'])('a server that ends what the bridge is doing: %s', async (kill) => {
  let isKilled = false;
  proxy.onStatement = async (sql, point) => {
    if (isKilled || point !== 'asked' || !/insert into `cscart_shipments`/.test(sql)) return undefined;
    isKilled = true;
    // While the statement waits for the table, which somebody else has locked.
    void store.run(`lock tables ${store.table('shipments')} write; do sleep(1); unlock tables`);
    await sleep(100);
    void killWhoWaits(kill);
    return undefined;
  };
  await expectLaterThenApplied(
    ship(),
    /1317, query interrupted|1927, connection killed|CONNECTION_LOST/,
    () => Promise.resolve(),
  );
});

/** Ends the bridge's connection, or its statement, that waits for a table. */
async function killWhoWaits(kill: string): Promise<void> {
  for (let attempt = 0; attempt < 100; attempt += 1) {
    const [waiting] = await mariadb.query<{ id: number }>(
      `select id from information_schema.processlist where user = ? and state like 'Waiting for table%'`,
      [user],
    );
    if (waiting) {
      await mariadb.query(`${kill} ${waiting.id}`);
      return;
    }
    await sleep(5);
  }
}
