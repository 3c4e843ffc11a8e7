import { afterEach, expect, it } from 'vitest';
import { unserialize } from '../../src/cscart/php-values/unserialize.ts';
import type { TestDatabase } from '../support/database.ts';
import { buildStore, type Store } from '../support/store/store.ts';
import { startTestBridge, type TestBridge } from '../support/test-bridge.ts';
import { createTestDatabase } from '../support/test-database.ts';

let database: TestDatabase;
let store: Store;
let bridge: TestBridge;

afterEach(async () => {
  await bridge.close();
  await database.drop();
});

const ship = (orderId: number, trackingNumber = '1Z') =>
  bridge.shipstation.label(
    { orderNumber: String(orderId), carrier: 'UPS', service: '', trackingNumber },
    { withoutBody: true },
  );
const logged = () =>
  store.query<Record<string, unknown> & { content: Buffer | string }>(`select * from ${store.table('logs')}`);

it.each(['4.0.1 M', '4.8.1 U', '4.20.1 U'] as const)(
  "a change of status stands in the shop's own log, in CS-Cart %s",
  async (version) => {
    database = await createTestDatabase();
    store = await buildStore(database, { version });
    bridge = await startTestBridge(store, { environment: { WRITE_STORE_LOG: 'true' } });
    const { orderId } = await store.addOrder({ companyId: 1 });
    expect((await ship(orderId)).status).toBe(200);
    await ship(orderId);
    const rows = await logged();
    expect(rows).toMatchObject([
      { user_id: 0, type: 'orders', event_type: 'N', action: 'status', object: '', company_id: 1 },
    ]);
    expect(Math.abs(Date.now() / 1000 - Number(rows[0]?.['timestamp']))).toBeLessThan(120);
    const content = unserialize(Buffer.from(rows[0]?.content ?? ''));
    // P was called "Processed" until 4.11.
    const before = version === '4.20.1 U' ? 'Paid' : 'Processed';
    expect(content).toEqual({
      ok: true,
      value: new Map<string, string | number>([
        ['order', `# ${orderId}`],
        ['id', orderId],
        ['status', `${before} -> Complete`],
      ]),
    });
  },
);

it('nothing stands there where nobody asked for it, or where the status stays', async () => {
  database = await createTestDatabase();
  store = await buildStore(database, { version: '4.20.1 U' });
  bridge = await startTestBridge(store);
  const [first, second] = await store.addOrders([{}, { status: 'I' }]);
  await ship(first?.orderId ?? 0);
  expect(await logged()).toEqual([]);
  await bridge.close();
  bridge = await startTestBridge(store, { environment: { WRITE_STORE_LOG: 'true' } });
  await ship(second?.orderId ?? 0, '1Z2');
  expect(await logged()).toEqual([]);
});
