import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { parseDatabaseUrl } from '../../src/database/database-url.ts';
import { createDatabase, type Database } from '../support/database.ts';
import { readOrdersPage } from '../support/imported-order.ts';
import { type MariaDb, startMariaDb } from '../support/mariadb.ts';
import { type Replication, startReplication } from '../support/replication.ts';
import { buildStore, type Store, type StoreOptions } from '../support/store/store.ts';
import { startTestBridge, type TestBridge } from '../support/test-bridge.ts';

const LONG = 120_000;
const ORDERS = 'cscart_orders';

let servers: Replication;
let other: MariaDb | undefined;
let store: Store;
const bridges: TestBridge[] = [];

beforeAll(async () => {
  servers = await startReplication();
  await servers.follow();
});
afterEach(async () => {
  for (const bridge of bridges.splice(0)) await bridge.close();
  await other?.stop();
  other = undefined;
});
afterAll(() => servers.stop());

async function openStore(server: MariaDb, options: Partial<StoreOptions> = {}): Promise<Database> {
  const database = await createDatabase(server.url(''));
  store = await buildStore(database, { version: '4.18.2 M', engine: 'MyISAM', ...options });
  return database;
}

/** A bridge that may read the replica of its store, with a few orders there. */
async function open({
  replicaUrl,
  environment = {},
  options = {},
}: {
  readonly replicaUrl?: (database: string) => string;
  readonly environment?: Readonly<Record<string, string>>;
  readonly options?: Partial<StoreOptions>;
} = {}): Promise<TestBridge> {
  await servers.follow();
  const { name } = await openStore(servers.primary, options);
  const CSCART_READ_DATABASE_URL = replicaUrl ? replicaUrl(name) : servers.replica.url(name);
  const bridge = await startTestBridge(store, { environment: { CSCART_READ_DATABASE_URL, ...environment } });
  bridges.push(bridge);
  await store.addOrder({});
  await servers.catchUp();
  await servers.forget();
  return bridge;
}

const window = () => ({ start: new Date(Date.now() - 3_600_000), end: new Date(Date.now() + 60_000) });
const poll = (bridge: TestBridge) => bridge.shipstation.poll(window());
const events = (bridge: TestBridge) =>
  bridge.logs.filter(({ event }) => event.startsWith('replica.')).map(({ event }) => event);

/** Polls until the replica is read from. */
async function untilUsed(bridge: TestBridge): Promise<void> {
  while (events(bridge).at(-1) !== 'replica.used') {
    await sleep(200);
    await poll(bridge);
  }
}

/** One page, and the numbers of the orders on it. */
async function page(bridge: TestBridge, number: number): Promise<{ pages: number; numbers: string[] }> {
  const { status, body } = await bridge.request(
    `action=export&start_date=01/01/2026+00:00&end_date=12/31/2037+00:00&page=${number}`,
  );
  expect(status).toBe(200);
  const { pages, orders } = readOrdersPage(body);
  return { pages, numbers: orders.map(({ OrderNumber }) => OrderNumber) };
}

describe('a replica that keeps up', () => {
  it('is what orders are read from, and the primary is not', async () => {
    const bridge = await open();
    const { orderId } = await store.addOrder({});
    await poll(bridge);
    expect(bridge.shipstation.orders.has(String(orderId))).toBe(true);
    for (const table of [ORDERS, 'cscart_order_details', 'cscart_order_data', 'cscart_products']) {
      const selects = await servers.selectsOf(table);
      expect({ table, ...selects, replica: selects.replica > 0 }).toEqual({
        table,
        primary: 0,
        replica: true,
      });
    }
    expect(events(bridge)).toEqual(['replica.used']);
    expect(bridge.bridge.pools()).toMatchObject({ replica: { open: expect.any(Number) } });
  });

  it('has every order that was placed before the poll, time after time', async () => {
    const bridge = await open();
    for (let time = 0; time < 20; time += 1) {
      const { orderId } = await store.addOrder({});
      await poll(bridge);
      expect(bridge.shipstation.orders.has(String(orderId))).toBe(true);
    }
    expect((await servers.selectsOf(ORDERS)).replica).toBeGreaterThan(0);
  });

  it('serves an account that may only read', async () => {
    const user = { user: `reader_${Date.now()}`, password: 'reading' };
    const bridge = await open({ replicaUrl: (name) => servers.replica.url(name, user) });
    const { name } = { name: new URL(store.url).pathname.slice(1) };
    await servers.primary.query(`create user '${user.user}'@'%' identified by 'reading'`);
    await servers.primary.query(`grant select on \`${name}\`.* to '${user.user}'@'%'`);
    await poll(bridge);
    expect(events(bridge)).toEqual(['replica.used']);
  });

  it('is read from for a store that keeps no instant of a change, too', async () => {
    const bridge = await open({ options: { version: '4.3.3 M' } });
    await poll(bridge);
    const { orderId } = await store.addOrder({});
    await poll(bridge);
    expect(bridge.shipstation.orders.has(String(orderId))).toBe(true);
    expect(await servers.selectsOf(ORDERS)).toMatchObject({ primary: 0 });
  });
});

describe('a replica that is behind', () => {
  it(
    'loses no order: the page comes from the primary, and it is told once',
    async () => {
      const bridge = await open();
      await servers.follow(60);
      for (let time = 0; time < 3; time += 1) {
        const { orderId } = await store.addOrder({});
        await poll(bridge);
        expect(bridge.shipstation.orders.has(String(orderId))).toBe(true);
      }
      const selects = await servers.selectsOf(ORDERS);
      expect(selects.replica).toBe(0);
      expect(selects.primary).toBeGreaterThan(0);
      expect(events(bridge)).toEqual(['replica.behind']);
    },
    LONG,
  );

  it(
    'is used again when it has caught up',
    async () => {
      const bridge = await open();
      await servers.replica.query('stop slave sql_thread');
      const { orderId } = await store.addOrder({});
      await poll(bridge);
      expect(bridge.shipstation.orders.has(String(orderId))).toBe(true);
      await servers.replica.query('start slave sql_thread');
      await servers.catchUp();
      await untilUsed(bridge);
      expect(events(bridge)).toEqual(['replica.behind', 'replica.used']);
    },
    LONG,
  );

  it(
    'may read the second page of a list that the primary has made, and nothing is missing or there twice',
    async () => {
      const bridge = await open({ environment: { EXPORT_PAGE_SIZE: '2' } });
      await servers.replica.query('stop slave sql_thread');
      const placed = [];
      for (let time = 0; time < 4; time += 1) placed.push(String((await store.addOrder({})).orderId));
      const first = await page(bridge, 1);
      expect(await servers.selectsOf(ORDERS)).toMatchObject({ replica: 0 });
      await servers.replica.query('start slave sql_thread');
      await servers.catchUp();
      await servers.forget();
      const rest = [];
      for (let number = 2; number <= first.pages; number += 1)
        rest.push(...(await page(bridge, number)).numbers);
      expect(await servers.selectsOf(ORDERS)).toMatchObject({ primary: 0 });
      const all = [...first.numbers, ...rest];
      expect(new Set(all).size).toBe(all.length);
      expect(all).toEqual(expect.arrayContaining(placed));
      expect(all).toHaveLength(5);
    },
    LONG,
  );
});

describe('a replica that cannot be read from', () => {
  it(
    'may be killed between two pages, and come back',
    async () => {
      const bridge = await open({ environment: { EXPORT_PAGE_SIZE: '1' } });
      const { orderId } = await store.addOrder({});
      await servers.catchUp();
      const first = await page(bridge, 1);
      expect(events(bridge)).toEqual(['replica.used']);
      await servers.replica.kill();
      const second = await page(bridge, 2);
      expect([...first.numbers, ...second.numbers].toSorted()).toEqual(
        [String(orderId - 1), String(orderId)].toSorted(),
      );
      expect(events(bridge)).toEqual(['replica.used', 'replica.unusable']);
      await servers.replica.restart();
      await servers.follow();
      await untilUsed(bridge);
    },
    LONG,
  );

  it(
    'may hang',
    async () => {
      const bridge = await open();
      await poll(bridge);
      process.kill(servers.replica.pid, 'SIGSTOP');
      try {
        const { orderId } = await store.addOrder({});
        await poll(bridge);
        expect(bridge.shipstation.orders.has(String(orderId))).toBe(true);
        expect(events(bridge)).toEqual(['replica.used', 'replica.unusable']);
      } finally {
        process.kill(servers.replica.pid, 'SIGCONT');
      }
    },
    LONG,
  );

  it(
    'may lack a table: that statement is asked of the primary',
    async () => {
      const bridge = await open();
      const name = new URL(store.url).pathname.slice(1);
      await servers.replica.query(
        `set statement sql_log_bin = 0 for drop table \`${name}\`.cscart_order_details`,
      );
      await poll(bridge);
      await poll(bridge);
      expect(bridge.shipstation.orders.size).toBe(1);
      expect(events(bridge)).toEqual(['replica.unusable']);
      expect((await servers.selectsOf('cscart_order_details')).primary).toBeGreaterThan(0);
    },
    LONG,
  );

  it.each([
    [
      'has another password',
      (name: string) => servers.replica.url(name, { user: 'root', password: 'wrong' }),
    ],
    ['is not there', (name: string) => `mysql://root:root@127.0.0.1:1/${name}`],
    ['is the primary itself', (name: string) => servers.primary.url(name)],
  ])('may be one that %s: the primary is read, and it is told once', async (_, replicaUrl) => {
    const bridge = await open({ replicaUrl });
    for (let time = 0; time < 3; time += 1) {
      const { orderId } = await store.addOrder({});
      await poll(bridge);
      expect(bridge.shipstation.orders.has(String(orderId))).toBe(true);
    }
    expect(events(bridge)).toEqual(['replica.unusable']);
    expect(JSON.stringify(bridge.logs)).not.toContain('wrong');
    await bridge.bridge.checkReady();
  });

  it('may be given another password, which counts at once', async () => {
    const wrong = (name: string) => servers.replica.url(name, { user: 'root', password: 'wrong' });
    const bridge = await open({ replicaUrl: wrong });
    await poll(bridge);
    const right = parseDatabaseUrl(servers.replica.url(new URL(store.url).pathname.slice(1)));
    if ('problem' in right) throw new Error(right.problem);
    await bridge.bridge.useLogin('replica', right);
    await poll(bridge);
    expect(events(bridge)).toEqual(['replica.unusable', 'replica.used']);
    expect(bridge.logs).toContainEqual(
      expect.objectContaining({ event: 'credentials.changed', of: 'replica database' }),
    );
  });

  it('may leave out tables', async () => {
    const bridge = await open();
    await servers.replica.query('stop slave');
    await servers.replica.query("set global replicate_ignore_table = 'shop.cscart_order_data'");
    try {
      await servers.replica.query('start slave');
      await poll(bridge);
      expect(events(bridge)).toEqual(['replica.unusable']);
    } finally {
      await servers.replica.query('stop slave');
      await servers.replica.query("set global replicate_ignore_table = ''");
    }
  });

  it('may be a replica of another server that is further on', async () => {
    const bridge = await open();
    await servers.replica.query('stop slave');
    const [before] = await servers.replica.query<{ position: string }>(
      'select @@global.gtid_slave_pos as position',
    );
    await servers.replica.query("set global gtid_slave_pos = '0-1-99999999'");
    try {
      const { orderId } = await store.addOrder({});
      await poll(bridge);
      expect(bridge.shipstation.orders.has(String(orderId))).toBe(true);
      expect(events(bridge)).toEqual(['replica.unusable']);
    } finally {
      await servers.replica.query('set global gtid_slave_pos = ?', [before?.position]);
    }
  });

  it('may follow a primary that keeps no binary log', async () => {
    await servers.follow();
    other = await startMariaDb({ arguments: ['--skip-log-bin'] });
    const { name } = await openStore(other);
    const bridge = await startTestBridge(store, {
      environment: { CSCART_READ_DATABASE_URL: servers.replica.url(name) },
    });
    bridges.push(bridge);
    const { orderId } = await store.addOrder({});
    await poll(bridge);
    expect(bridge.shipstation.orders.has(String(orderId))).toBe(true);
    expect(bridge.logs).toContainEqual(
      expect.objectContaining({ event: 'replica.unusable', reason: expect.stringContaining('log_bin') }),
    );
  });
});
