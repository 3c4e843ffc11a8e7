import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { TestDatabase } from '../support/database.ts';
import { buildStore, type Store } from '../support/store/store.ts';
import { startTestBridge, type TestBridge } from '../support/test-bridge.ts';
import { createTestDatabase } from '../support/test-database.ts';

const DAY_MS = 86_400_000;
const ENVIRONMENT = {
  EXPORT_OVERLAP_SECONDS: '0',
  EXPORT_CUSTOM_FIELD_3: 'field:gate, column:gift_wrap',
  EXPORT_CUSTOMER_NOTES: 'notes, field:Slot',
};

let database: TestDatabase;
let store: Store;
let bridge: TestBridge;
let slotIds: Readonly<Record<string, number>>;

async function open(version: '4.6.1 M' | '4.8.1 U'): Promise<void> {
  database = await createTestDatabase();
  store = await buildStore(database, { version });
  await store.addProfileField({ name: 'gate', label: 'Gate code' });
  ({ valueIds: slotIds } = await store.addProfileField({
    name: '',
    label: 'Slot',
    type: 'S',
    values: ['Morning', 'Evening'],
  }));
  await store.addProfileField({ name: 'unused', label: 'Hobby' });
  await store.addColumn('orders', "gift_wrap varchar(16) not null default ''");
  await store.addColumn('orders', "unread varchar(16) not null default ''");
  bridge = await startTestBridge(store, { environment: ENVIRONMENT });
}
afterEach(async () => {
  await bridge.close();
  await database.drop();
});

const fiveDaysAgo = () => new Date(Date.now() - 5 * DAY_MS);
const profileFields = { gate: '42', Slot: 'Morning', unused: 'Chess' };

/** What ShipStation gets for the last minute, as it polls again and again. */
async function pollNow() {
  const shipstation = bridge.connect();
  await shipstation.poll({ start: new Date(Date.now() - 60_000), end: new Date() });
  return shipstation.orders;
}

const setField = (orderId: number, fieldId: number, value: string | number) =>
  store.run(
    `update ${store.table('profile_fields_data')} set value = ? where object_id = ? and field_id = ?`,
    [value, orderId, fieldId],
  );

describe.each(['4.6.1 M', '4.8.1 U'] as const)(
  'a store of %s, which keeps no instant of change',
  (version) => {
    beforeEach(() => open(version));

    it('sends no order again because the settings name other fields, and sees later changes of these', async () => {
      const { orderId } = await store.addOrder({ placedAt: fiveDaysAgo(), profileFields });
      await store.addOrder({ placedAt: fiveDaysAgo(), profileFields });
      await pollNow();
      await bridge.close();
      bridge = await startTestBridge(store, {
        environment: { ...ENVIRONMENT, EXPORT_CUSTOM_FIELD_3: 'field:Hobby' },
      });
      expect([...(await pollNow()).keys()]).toEqual([]);
      expect([...(await pollNow()).keys()]).toEqual([]);
      const [hobby] = await store.query<{ fieldId: number }>(
        `select field_id as fieldId from ${store.table('profile_fields')} where field_name = 'unused'`,
      );
      await setField(orderId, hobby?.fieldId ?? 0, 'Go');
      expect([...(await pollNow()).keys()]).toEqual([String(orderId)]);
    });

    it('sends an order of which a configured field alone has changed', async () => {
      const [order, other] = await store.addOrders([
        { placedAt: fiveDaysAgo(), profileFields },
        { placedAt: fiveDaysAgo(), profileFields },
      ]);
      expect((await pollNow()).size).toBe(0);
      await setField(order?.orderId ?? 0, 1, '43');
      const orders = await pollNow();
      expect([...orders.values()].map(({ OrderID, CustomField3 }) => [OrderID, CustomField3])).toEqual([
        [String(order?.orderId), '43'],
      ]);
      // The next one: a choice, which stands in the notes.
      await setField(other?.orderId ?? 0, 2, slotIds['Evening'] ?? 0);
      const next = (await pollNow()).get(String(other?.orderId));
      expect(next?.CustomerNotes).toBe('Slot: Evening');
    });

    it('sends an order of which a configured field was filled in or emptied later', async () => {
      const { orderId } = await store.addOrder({ placedAt: fiveDaysAgo() });
      await pollNow();
      await store.insert('profile_fields_data', [
        { object_id: orderId, object_type: 'O', field_id: 1, value: '7' },
      ]);
      expect((await pollNow()).get(String(orderId))?.CustomField3).toBe('7');
      await store.run(`delete from ${store.table('profile_fields_data')} where object_id = ?`, [orderId]);
      const poll = { start: new Date(), end: new Date(Date.now() + 60_000) };
      const shipstation = bridge.connect();
      await shipstation.poll(poll);
      expect(shipstation.orders.get(String(orderId))).toBeDefined();
      expect(shipstation.orders.get(String(orderId))?.CustomField3).toBeUndefined();
    });

    it("sends an order of which an add-on's configured column alone has changed", async () => {
      const { orderId } = await store.addOrder({ placedAt: fiveDaysAgo() });
      await pollNow();
      await store.run(`update ${store.table('orders')} set gift_wrap = 'Gold' where order_id = ?`, [orderId]);
      expect((await pollNow()).get(String(orderId))?.CustomField3).toBe('Gold');
    });

    it('takes no notice of fields and columns that nobody asked for, nor of those of other things', async () => {
      const { orderId } = await store.addOrder({ placedAt: fiveDaysAgo(), profileFields });
      await pollNow();
      await setField(orderId, 3, 'Go');
      await store.run(`update ${store.table('orders')} set unread = 'x' where order_id = ?`, [orderId]);
      // A customer's profile of the same number has the same field.
      await store.insert('profile_fields_data', [
        { object_id: orderId, object_type: 'U', field_id: 1, value: '99' },
      ]);
      expect((await pollNow()).size).toBe(0);
    });

    it('sends an order of which two fields of one length have changed places', async () => {
      await bridge.close();
      const environment = { ...ENVIRONMENT, EXPORT_CUSTOM_FIELD_2: 'field:unused' };
      bridge = await startTestBridge(store, { environment });
      const { orderId } = await store.addOrder({
        placedAt: fiveDaysAgo(),
        profileFields: { gate: 'a', unused: 'b' },
      });
      await pollNow();
      await setField(orderId, 1, 'b');
      await setField(orderId, 3, 'a');
      const order = (await pollNow()).get(String(orderId));
      expect([order?.CustomField2, order?.CustomField3]).toEqual(['a', 'b']);
    });

    it.each<[string, string, string]>([
      ['have exchanged their quantities', 'amount', 'if(item_id = 1001, 5, 2)'],
      ['have got the same other code', 'product_code', "replace(product_code, 'A', 'B')"],
    ])('sends an order of which two lines %s', async (_, column, value) => {
      const line = { price: '10.00', productId: 7 };
      const { orderId } = await store.addOrder({
        placedAt: fiveDaysAgo(),
        lines: [
          { ...line, itemId: 1001, sku: 'A-1', quantity: 2 },
          { ...line, itemId: 1002, sku: 'A-2', quantity: 5 },
        ],
      });
      await pollNow();
      await store.run(`update ${store.table('order_details')} set ${column} = ${value} where order_id = ?`, [
        orderId,
      ]);
      expect([...(await pollNow()).keys()]).toEqual([String(orderId)]);
    });
  },
);
