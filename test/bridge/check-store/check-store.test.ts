import { afterEach, describe, expect, it } from 'vitest';
import { STORE_CASES } from '../../matrix/shapes.ts';
import type { TestDatabase } from '../../support/database.ts';
import { createLeastPrivilegeAccount } from '../../support/least-privilege-account.ts';
import { fillSampleStore } from '../../support/sample-store.ts';
import { buildStore, type Store, type StoreOptions } from '../../support/store/store.ts';
import { startTestBridge } from '../../support/test-bridge.ts';
import { createTestDatabase } from '../../support/test-database.ts';
import { findingsOf, of, problemsOf } from './checked-store.ts';

const clean: (() => Promise<unknown>)[] = [];
afterEach(async () => {
  for (const one of clean.splice(0).reverse()) await one();
});

async function open(options: Partial<StoreOptions> = {}): Promise<{ store: Store; database: TestDatabase }> {
  const database = await createTestDatabase();
  clean.push(() => database.drop());
  const store = await buildStore(database, { version: '4.18.2 M', ...options });
  return { store, database };
}

async function openWithAccount(options: Partial<StoreOptions> = {}) {
  const opened = await open(options);
  const account = await createLeastPrivilegeAccount(opened.store);
  clean.push(() => account.drop());
  const on = (table: string) => `on \`${opened.database.name}\`.${opened.store.table(table)}`;
  return { ...opened, account, on, environment: { CSCART_DATABASE_URL: account.databaseUrl } };
}

/** Every table with a checksum of its rows, so that a look that leaves a trace is seen. */
async function everything(store: Store): Promise<unknown> {
  const tables = await store.query<{ name: string }>(
    'select table_name as name from information_schema.tables where table_schema = database() order by 1',
  );
  return store.query(`checksum table ${tables.map(({ name }) => `\`${name}\``).join(', ')} extended`);
}

describe('a store in which all is well', () => {
  // What is looked at does not depend on the engine.
  const cases = STORE_CASES.filter(({ options }) => options.engine !== 'InnoDB');

  it.each(cases)('has no problem: $name', async ({ options, alter }) => {
    const { store } = await open(options);
    await alter?.(store);
    await store.addOrder({ status: 'P' });
    const findings = await findingsOf(store);
    expect(problemsOf(findings)).toEqual([]);
    expect(new Set(findings.map(({ check }) => check))).toEqual(
      new Set([
        ...['database', 'store', 'rights', 'changes', 'clock', 'statuses', 'settings'],
        ...['orders', 'codes', 'weights', 'carriers', 'own tables'],
      ]),
    );
  });

  it('is left as it was, and gets no tables', async () => {
    const { store } = await open();
    await fillSampleStore(store, new Date());
    const before = await everything(store);
    await findingsOf(store);
    expect(await everything(store)).toEqual(before);
  });

  it('needs no more than the account of install --print', async () => {
    const { store, environment } = await openWithAccount();
    await store.addOrder({ status: 'P' });
    const findings = await findingsOf(store, environment);
    expect(problemsOf(findings)).toEqual([]);
    expect(of(findings, 'rights')).toMatchObject([{ level: 'ok' }]);
    expect(of(findings, 'own tables')).toMatchObject([{ level: 'ok' }]);
  });
});

describe('the database', () => {
  it.each([
    ['a wrong password', (url: URL) => (url.password = 'wrong'), /access denied/, /password/],
    ['a wrong port', (url: URL) => (url.port = '1'), /ECONNREFUSED/, /port/],
    [
      'a database that is not there',
      (url: URL) => (url.pathname = '/nowhere'),
      /1049/,
      /name of the database/,
    ],
    [
      'a socket that is not there',
      (url: URL) => url.searchParams.set('socket', '/nowhere.sock'),
      /ENOENT/,
      /socket/,
    ],
    ['TLS that the server does not speak', (url: URL) => url.searchParams.set('ssl', 'verify'), /SSL/, /TLS/],
  ])('is not reached with %s, and nothing else is looked at', async (_, spoil, message, advice) => {
    const { store } = await open();
    const url = new URL(store.url);
    spoil(url);
    const findings = await findingsOf(store, { CSCART_DATABASE_URL: url.href });
    expect(findings).toEqual([
      expect.objectContaining({
        check: 'database',
        level: 'problem',
        message: expect.stringMatching(message),
        advice: expect.stringMatching(advice),
      }),
    ]);
    expect(JSON.stringify(findings)).not.toContain('wrong"');
  });

  it('of the bridge that is not reached is told apart from that of the store', async () => {
    const { store } = await open();
    const findings = await findingsOf(store, { BRIDGE_DATABASE_URL: 'mysql://root:root@127.0.0.1:1/bridge' });
    expect(of(findings, 'own tables')).toMatchObject([
      { level: 'problem', advice: expect.stringContaining('BRIDGE_DATABASE_URL') },
    ]);
    expect(problemsOf(findings)).toEqual(['own tables']);
  });
});

describe('the store', () => {
  it('under another prefix is named', async () => {
    const { store } = await open();
    const findings = await findingsOf(store, { CSCART_TABLE_PREFIX: 'shop_' });
    expect(of(findings, 'store')).toMatchObject([
      { level: 'problem', message: expect.stringContaining('"cscart_"') },
    ]);
    // Whose prefix is that of the store: whoever followed advice about them would make tables that nobody finds again.
    expect(of(findings, 'own tables')).toEqual([]);
  });
});

describe('a right that is missing', () => {
  it.each([
    ['select', 'products'],
    ['select', 'orders'],
    ['select', 'currencies'],
    ['insert', 'shipments'],
    ['insert', 'shipment_items'],
    ['update (status)', 'orders'],
    ['update (updated_at)', 'orders'],
    ['delete', 'shipstation_notices'],
    ['update', 'shipstation_exports'],
  ])('%s on %s is found, and the statement that is printed gives it', async (right, table) => {
    const { store, account, on, environment } = await openWithAccount();
    await store.run(`revoke ${right} ${on(table)} from '${account.user}'@'%'`);
    const findings = await findingsOf(store, environment);
    const problems = findings.filter(({ level, details }) => level === 'problem' && details);
    expect(problems.flatMap(({ details }) => details)).toHaveLength(1);
    const [statement = ''] = problems[0]?.details ?? [];
    expect(statement).toBe(`grant ${right} ${on(table)} to '${account.user}'@'%';`);
    await store.run(statement);
    expect(problemsOf(await findingsOf(store, environment))).toEqual([]);
  });

  it('that only one setting needs is found with that setting alone', async () => {
    const { store, environment } = await openWithAccount();
    expect(problemsOf(await findingsOf(store, environment))).toEqual([]);
    const findings = await findingsOf(store, { ...environment, RELABEL: 'replace', WRITE_STORE_LOG: 'true' });
    expect(of(findings, 'rights')[0]?.details).toEqual([
      expect.stringContaining('RELABEL=replace'),
      expect.stringContaining('WRITE_STORE_LOG=true'),
    ]);
  });

  it('without which less is sent is a warning that says what', async () => {
    const { store, account, on, environment } = await openWithAccount();
    await store.run(`revoke select ${on('profile_fields')} from '${account.user}'@'%'`);
    expect(of(await findingsOf(store, environment), 'rights')).toMatchObject([
      { level: 'warning', message: expect.stringContaining('fields that you added to the checkout') },
    ]);
  });

  it('to make the own tables is found before the first start', async () => {
    const { store, account, environment } = await openWithAccount();
    for (const name of ['notices', 'exports', 'order_fingerprints'])
      await store.run(`drop table ${store.table(`shipstation_${name}`)}`);
    await store.run(`revoke all privileges, grant option from '${account.user}'@'%'`);
    await store.run(
      `grant select, insert, update on \`${new URL(store.url).pathname.slice(1)}\`.* to '${account.user}'@'%'`,
    );
    expect(of(await findingsOf(store, environment), 'own tables')).toMatchObject([
      { level: 'problem', advice: expect.stringContaining('install --print') },
    ]);
    await store.run(`grant create on \`${new URL(store.url).pathname.slice(1)}\`.* to '${account.user}'@'%'`);
    expect(of(await findingsOf(store, environment), 'own tables')).toMatchObject([{ level: 'ok' }]);
  });
});

describe('the own tables', () => {
  it('half made are named with the statement that mends them', async () => {
    const { store } = await open();
    const bridge = await startTestBridge(store);
    await bridge.close();
    await store.run(`alter table ${store.table('shipstation_notices')} drop column plan`);
    const [finding] = of(await findingsOf(store), 'own tables');
    expect(finding).toMatchObject({
      level: 'problem',
      message: expect.stringContaining('has no column plan'),
    });
    await store.run(/alter table .*;/.exec(finding?.advice ?? '')?.[0] ?? '');
    expect(of(await findingsOf(store), 'own tables')).toMatchObject([{ level: 'ok' }]);
  });

  it('say when ShipStation last asked, and what became of the notices', async () => {
    const { store } = await open();
    const { orderId } = await store.addOrder({ status: 'P', lines: [{ sku: 'MUG', name: 'Mug' }] });
    const bridge = await startTestBridge(store);
    clean.push(() => bridge.close());
    expect(of(await findingsOf(store), 'activity')).toMatchObject([{ level: 'warning' }]);
    await bridge.shipstation.poll({ start: new Date(Date.now() - 60_000), end: new Date() });
    const label = { orderNumber: String(orderId), carrier: 'UPS', service: '', trackingNumber: '1Z' };
    await bridge.shipstation.label(label);
    const well = await findingsOf(store);
    expect(of(well, 'activity')).toMatchObject([{ level: 'ok' }]);
    expect(of(well, 'notices')).toMatchObject([{ level: 'ok', facts: { applied: 1 } }]);
    await bridge.shipstation.label({ ...label, orderNumber: '9999' });
    expect(of(await findingsOf(store), 'notices')).toMatchObject([{ level: 'warning' }]);
  });
});

describe('the orders of the last month', () => {
  it('are counted with the reasons and examples of what an export leaves out', async () => {
    const { store } = await open();
    const sample = await fillSampleStore(store, new Date());
    const [finding] = of(await findingsOf(store), 'orders');
    const bridge = await startTestBridge(store);
    clean.push(() => bridge.close());
    await bridge.shipstation.poll({ start: new Date(Date.now() - 40 * 86_400_000), end: new Date() });
    const kept = bridge.logs.find(({ event }) => event === 'export.page');
    expect(kept).toBeDefined();
    expect(finding?.facts).toMatchObject({ looked: sample.orders, sent: bridge.shipstation.orders.size });
    const counts = Object.values(finding?.facts?.['leftOut'] as Record<string, { count: number }>);
    expect(counts.reduce((sum, { count }) => sum + count, 0)).toBe(
      sample.orders - bridge.shipstation.orders.size,
    );
    expect(finding?.details?.join('\n')).toContain(`(${sample.parentOrderId})`);
  });

  it('beyond it are not looked at', async () => {
    const { store } = await open();
    await store.addOrder({ status: 'B', placedAt: new Date(Date.now() - 31 * 86_400_000) });
    expect(of(await findingsOf(store), 'orders')).toMatchObject([{ level: 'ok', facts: { looked: 0 } }]);
  });

  it('name products without SKU or weight, and SKUs of several products', async () => {
    const { store } = await open();
    const mug = await store.addProduct({ sku: 'SAME', name: 'Mug', weight: 0 });
    const jug = await store.addProduct({ sku: 'SAME', name: 'Jug', weight: 1 });
    const bare = await store.addProduct({ sku: '', name: 'Bare', weight: 1 });
    await store.addOrder({ status: 'P', lines: [{ product: mug }, { product: jug }, { product: bare }] });
    const findings = await findingsOf(store);
    expect(of(findings, 'codes')).toMatchObject([
      {
        level: 'warning',
        facts: {
          withoutSku: [bare.productId],
          sharedSkus: [{ sku: 'SAME', products: [mug.productId, jug.productId] }],
        },
      },
    ]);
    expect(of(findings, 'weights')).toMatchObject([
      { level: 'warning', facts: { withoutWeight: [mug.productId] } },
    ]);
  });

  it('are read in slices, and no more of them than is good for the shop', async () => {
    const { store } = await open();
    await store.addOrders(Array.from({ length: 2100 }, () => ({ status: 'P' })));
    const [finding] = of(await findingsOf(store), 'orders');
    expect(finding?.facts).toMatchObject({ looked: 2000, sent: 2000 });
    expect(finding?.message).toContain('newest 2,000');
  }, 60_000);
});

describe('the settings', () => {
  it.each([
    [{ ORDER_SHIPPING_METHODS: 'Pigeon post' }, 'settings', 'problem', /Pigeon post/],
    [{ ORDER_VENDORS: '77' }, 'settings', 'problem', /77/],
    [{ EXPORT_GIFT: 'field:Gift wrap' }, 'settings', 'warning', /Gift wrap/],
    [{ SHIPPING_METHOD_LANGUAGE: 'tl' }, 'settings', 'warning', /tl/],
    [{ STATUS_SHIPPED: 'Shiped' }, 'statuses', 'problem', /"Shiped"/],
    [{ SHIPPED_STATUS: 'Complet' }, 'statuses', 'problem', /"Complet"/],
  ] as const)('%o that name nothing are found', async (environment, check, level, message) => {
    const { store } = await open();
    const findings = await findingsOf(store, environment);
    expect(of(findings, check)).toContainEqual(
      expect.objectContaining({ level, message: expect.stringMatching(message) }),
    );
    expect(of(await findingsOf(store), check).filter(({ level: found }) => found !== 'ok')).toEqual([]);
  });

  it('that look for changes where the store keeps none are a problem', async () => {
    const { store } = await open({ version: '4.6.1 M' });
    expect(of(await findingsOf(store), 'changes')).toMatchObject([{ level: 'ok' }]);
    expect(of(await findingsOf(store, { CHANGE_DETECTION: 'columns' }), 'changes')).toMatchObject([
      { level: 'problem' },
    ]);
  });
});
