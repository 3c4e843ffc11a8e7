import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type DryExport, openDryExport } from '../../src/bridge/dry-export.ts';
import { readConfig } from '../../src/config/read-config.ts';
import { createEpochSeconds } from '../../src/values/epoch-seconds.ts';
import { createOrderId } from '../../src/values/order-id.ts';
import { createDatabase, type TestDatabase } from '../support/database.ts';
import { buildStore, type Store } from '../support/store/store.ts';
import { startTestBridge } from '../support/test-bridge.ts';
import { createTestDatabase } from '../support/test-database.ts';
import { asItIs, type Environment, ledgerSnapshot, lookingStore, written } from './looking-store.ts';

/** Accounts of these tests, by what they may do. */
const READER = `reader_${process.pid}`;
const STRANGER = `stranger_${process.pid}`;

describe.each(['4.6.1 M', '4.12.2 U', '4.20.1 U'] as const)('a look at %s', (version) => {
  let database: TestDatabase;
  let store: Store;
  let orderId: number;
  const looks: DryExport[] = [];
  beforeAll(async () => {
    database = await createTestDatabase();
    store = await buildStore(database, { version });
    ({ orderId } = await store.addOrder({ placedAt: new Date(Date.now() - 86_400_000) }));
    // May read the store, and not the bridge's own tables.
    await store.run(
      `create user '${READER}'@'%' identified by 'x'; create user '${STRANGER}'@'%' identified by 'x'`,
    );
    await store.run(`grant select on \`${database.name}\`.* to '${READER}'@'%'`);
  });
  afterAll(async () => {
    for (const look of looks) await look.close();
    await store.run(`drop user '${READER}'@'%'; drop user '${STRANGER}'@'%'`);
    await database.drop();
  });

  async function lookAs(user: string, environment: Environment = {}): Promise<DryExport> {
    const url = new URL(store.url);
    Object.assign(url, { username: user, password: 'x' });
    const look = await openDryExport(
      readConfig({
        SHIPSTATION_USERNAME: 'x',
        SHIPSTATION_PASSWORD: 'x',
        CSCART_DATABASE_URL: url.href,
        ...environment,
      }),
    );
    looks.push(look);
    return look;
  }
  /** What a look says of the order, as a page and as a preview. */
  async function said(look: DryExport) {
    const now = Math.trunc(Date.now() / 1000);
    const window = { start: createEpochSeconds(now - 2 * 86_400), end: createEpochSeconds(now) };
    const page = await look.exportPage({ ...window, page: 1 }, asItIs);
    const preview = await look.previewOrder(createOrderId(orderId));
    const document = preview?.outcome.kind === 'sent' ? preview.outcome.document : undefined;
    expect(page.orders).toEqual([document]);
    return { xml: written(page), preview, remarks: look.remarks };
  }
  const remarksOf = async (look: DryExport) => (await said(look)).remarks.join('\n');
  const hasLooks = version === '4.6.1 M';

  it('needs no tables of its own, makes none, and says what is not known without them', async () => {
    const before = await store.snapshot();
    const { preview, remarks, xml } = await said(await lookAs(READER));
    expect(remarks[0]).toMatch(
      /^not known: which notices came, what earlier polls were answered, how orders looked before\. The table cscart_shipstation_notices, like cscart_shipstation_exports and cscart_shipstation_order_fingerprints, is missing, as before the first start, or this account may not see it$/,
    );
    expect(remarks).toHaveLength(hasLooks ? 2 : 1);
    expect(preview).toMatchObject({ exports: undefined, notices: undefined });
    expect(await store.query(`show tables like '%shipstation%'`)).toEqual([]);
    expect(await store.snapshot()).toEqual(before);
    // As the first poll will.
    const bridge = await startTestBridge(store);
    const { body } = await bridge.request(
      'action=export&start_date=01/01/2026+00:00&end_date=12/31/2037+00:00',
    );
    await bridge.close();
    expect(body).toBe(xml);
  });

  it('reads them under an account that may only read, and writes nothing', async () => {
    const before = [await store.snapshot(), await ledgerSnapshot(store)];
    const { preview, remarks } = await said(await lookAs(READER));
    expect(remarks).toEqual(
      hasLooks ? [expect.stringMatching(/keeps no instant of a change: what looks/)] : [],
    );
    expect(preview?.exports).toMatchObject([{ page: 1, reason: undefined }]);
    expect(preview?.notices).toEqual([]);
    expect([await store.snapshot(), await ledgerSnapshot(store)]).toEqual(before);
  });

  it('names a table that it may not read, and reads the others', async () => {
    const { prefix } = store;
    const tables = await store.query<{ name: string }>(
      `select table_name as name from information_schema.tables where table_schema = database() and table_name <> ?`,
      [`${prefix}shipstation_exports`],
    );
    for (const { name } of tables)
      await store.run(`grant select on \`${database.name}\`.\`${name}\` to '${STRANGER}'@'%'`);
    const look = await lookAs(STRANGER);
    expect(await remarksOf(look)).toMatch(
      /^not known: what earlier polls were answered\. The table cscart_shipstation_exports may not be read by this account; .*install --print/,
    );
    expect((await look.previewOrder(createOrderId(orderId)))?.notices).toEqual([]);
  });

  it('names what is wrong with a table that was made by halves', async () => {
    const table = `${store.prefix}shipstation_notices`;
    await store.run(`alter table ${table} drop column decision`);
    expect(await remarksOf(await lookAs(READER))).toMatch(
      /^not known: which notices came\. The table cscart_shipstation_notices has no column decision; let an administrator .*run: alter table .*;$/m,
    );
    await store.run(`alter table ${table} add column decision text not null`);
  });

  it('does without a database of its own that is away or not there', async () => {
    const elsewhere = await createDatabase(store.url);
    const url = elsewhere.url;
    await elsewhere.drop();
    for (const BRIDGE_DATABASE_URL of [url, 'mysql://x:x@127.0.0.1:1/x']) {
      expect(await remarksOf(await lookAs(READER, { BRIDGE_DATABASE_URL }))).toMatch(
        /^not known: which notices came, .*The table cscart_shipstation_notices, like .*, cannot be read: (ER_BAD_DB_ERROR|ECONNREFUSED)/,
      );
    }
  });
});

describe('what is known of an order', () => {
  const shop = lookingStore({ version: '4.20.1 U' }, { EXPORT_PAGE_SIZE: '2' });

  it('is which answers it is in, on which page, or why it was left out, and which notices came', async () => {
    const placedAt = '2026-06-01T10:00:00Z';
    const [first, second, third, bad, unmapped] = await shop.store.addOrders([
      ...[{ placedAt }, { placedAt }, { placedAt }],
      ...[
        { placedAt, shipTo: { city: '' } },
        { placedAt, status: 'B' },
      ],
    ]);
    const look = await shop.look();
    const previewOf = async (order: typeof first) => look.previewOrder(createOrderId(order?.orderId ?? 0));
    expect(await previewOf(first)).toMatchObject({ exports: [], notices: [] });

    await shop.bridge.shipstation.poll({
      start: new Date('2026-06-01T09:00:00Z'),
      end: new Date('2026-06-01T11:00:00Z'),
    });
    const window = {
      start: Date.parse('2026-06-01T09:00:00Z') / 1000,
      end: Date.parse('2026-06-01T11:00:00Z') / 1000,
    };
    expect((await previewOf(first))?.exports).toMatchObject([{ ...window, page: 1, reason: undefined }]);
    expect((await previewOf(second))?.exports).toMatchObject([{ ...window, page: 1, reason: undefined }]);
    expect((await previewOf(third))?.exports).toMatchObject([{ ...window, page: 2, reason: undefined }]);
    expect((await previewOf(bad))?.exports).toMatchObject([
      { ...window, page: undefined, reason: 'no-city' },
    ]);
    expect((await previewOf(unmapped))?.exports).toMatchObject([{ ...window, reason: 'status-not-mapped' }]);

    const label = { orderNumber: String(first?.orderId), carrier: 'UPS', service: '' };
    await shop.bridge.shipstation.label({ ...label, trackingNumber: '1Z1' });
    await shop.bridge.shipstation.label({ ...label, trackingNumber: '1Z1' });
    await shop.bridge.shipstation.label({
      ...label,
      trackingNumber: '2Z2',
      items: [{ sku: 'none', quantity: 1 }],
    });
    expect((await previewOf(first))?.notices).toMatchObject([
      { state: 'applied', attempts: 2, shipmentId: 1 },
      { state: 'refused', attempts: 1, shipmentId: null },
    ]);
    // A number that begins like the other one.
    const longer = await shop.store.addOrder({
      orderId: (first?.orderId ?? 0) * 10 + 1,
      status: 'B',
      placedAt,
    });
    await shop.bridge.shipstation.poll({
      start: new Date('2026-06-01T09:01:00Z'),
      end: new Date('2026-06-01T11:00:00Z'),
    });
    expect((await previewOf(longer))?.exports).toMatchObject([{ reason: 'status-not-mapped' }]);
    expect((await previewOf(first))?.exports).toHaveLength(2);
  });
});
