import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { TestDatabase } from '../database.ts';
import { createTestDatabase } from '../test-database.ts';
import type { PlainOrder } from './plain-order.ts';
import { buildStore, type Store } from './store.ts';
import { readStoredValue } from './stored-values.ts';

let database: TestDatabase;
let store: Store;

beforeAll(async () => {
  database = await createTestDatabase('store');
  store = await buildStore(database, { version: '4.18.2 M' });
});

afterAll(async () => {
  await database.drop();
});

/** The members of one of the order's rows, without the keys that they have in it. */
async function membersOf(type: string, order: PlainOrder): Promise<unknown[]> {
  const { orderId } = await store.addOrder(order);
  const [row] = await store.query<{ data: Buffer }>(
    `select data from ${store.table('order_data')} where order_id = ? and type = ?`,
    [orderId, type],
  );
  return Object.values(readStoredValue(row?.data ?? 'N;') ?? {});
}

describe('the chosen shipping of a pickup', () => {
  it('holds what is known of the place', async () => {
    const [method] = await membersOf('L', {
      shipping: {
        methods: [
          {
            name: 'Fetch it',
            pickup: { name: 'Harbour', city: 'Boston', address: '1 Quay', phone: '555', zipcode: '02110' },
          },
        ],
      },
    });
    expect(method).toMatchObject({
      shipping: 'Fetch it',
      module: 'store_locator',
      is_address_required: 'N',
      store_location_id: '7',
    });
    expect(method).toHaveProperty('store_data', {
      store_location_id: '7',
      name: 'Harbour',
      city: 'Boston',
      pickup_address: '1 Quay',
      phone: '555',
      pickup_phone: '555',
      zipcode: '02110',
    });
  });

  it('is no part of a method that ships', async () => {
    const [method] = await membersOf('L', {});
    expect(method).toMatchObject({ module: 'ups', service_code: 'ground', is_address_required: 'Y' });
    expect(method).not.toHaveProperty('store_data');
  });
});

describe('a purchased certificate', () => {
  const address = {
    address: '5 Hill Rd',
    city: 'Salem',
    state: 'OR',
    country: 'US',
    zipcode: '97301',
    phone: '555',
  };

  it('has an address if it goes by post', async () => {
    const [byPost, byMail] = await membersOf('B', {
      purchasedCertificates: [
        { code: 'GC-1', amount: 20, sendVia: 'P', address: { ...address, address_2: 'Rear' } },
        { code: 'GC-2', amount: 20, address },
      ],
    });
    expect(byPost).toMatchObject({ send_via: 'P', ...address, address_2: 'Rear' });
    expect(byMail).toMatchObject({ send_via: 'E', gift_cert_code: 'GC-2' });
    expect(byMail).not.toHaveProperty('address');
  });

  it('is not charged if it is a gift', async () => {
    const order: PlainOrder = {
      lines: [{ price: 10 }],
      shipping: { methods: [] },
      purchasedCertificates: [
        { code: 'GC-3', amount: 20, free: true },
        { code: 'GC-4', amount: 5 },
      ],
    };
    const [free, bought] = await membersOf('B', order);
    expect(free).toMatchObject({ amount: 20, extra: { exclude_from_calculate: 'gift' } });
    expect(bought).not.toHaveProperty('extra');
    expect(await store.addOrder(order)).toMatchObject({ subtotal: '15.00', total: '15.00' });
  });
});

describe('reward points', () => {
  it('are kept with a cost that the discount contains', async () => {
    const order: PlainOrder = {
      lines: [{ price: 10 }],
      shipping: { methods: [] },
      discount: 4,
      pointsInUse: { points: 30, cost: '3.00' },
    };
    expect(await membersOf('I', order)).toEqual([30, 3]);
    expect((await store.addOrder(order)).total).toBe('6.00');
  });
});
