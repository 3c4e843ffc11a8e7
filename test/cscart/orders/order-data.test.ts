import { afterAll, beforeAll, expect, it } from 'vitest';
import { readOrders } from '../../../src/cscart/orders/read-orders.ts';
import { NO_EXTRAS } from '../../../src/cscart/orders/wanted-extras.ts';
import { readStore } from '../../../src/cscart/store/store.ts';
import { type Database, openDatabase, type Queryable } from '../../../src/database/database.ts';
import { parseDatabaseUrl } from '../../../src/database/database-url.ts';
import { createOrderId } from '../../../src/values/order-id.ts';
import type { TestDatabase } from '../../support/database.ts';
import { phpSerialize } from '../../support/php-serialize.ts';
import { buildStore, type Store } from '../../support/store/store.ts';
import { createTestDatabase } from '../../support/test-database.ts';

let database: TestDatabase;
let store: Store;
let connection: Database;

beforeAll(async () => {
  database = await createTestDatabase();
  store = await buildStore(database, { version: '4.18.2 M' });
  const url = parseDatabaseUrl(store.url);
  if ('problem' in url) throw new Error(url.problem);
  connection = openDatabase(url);
});
afterAll(async () => {
  await connection.close();
  await database.drop();
});

it('of an order’s data only what a shipment needs leaves the database: no payment details, no cart', async () => {
  const { orderId } = await store.addOrder({
    coupons: ['SPRING'],
    taxes: [{ description: 'VAT', amount: '1.00', included: false }],
    usedCertificates: [{ code: 'GC-USED', cost: '2.00' }],
    purchasedCertificates: [{ code: 'GC-BOUGHT', amount: '3.00' }],
    orderData: {
      P: phpSerialize({ card_number: '4111111111111111', cvv2: '987' }),
      S: phpSerialize(['a letter that an add-on keeps']),
    },
  });
  const stored = await store.query<{ type: string }>(
    `select type from ${store.table('order_data')} where order_id = ?`,
    [orderId],
  );
  expect(stored.map(({ type }) => type).sort()).toEqual(['B', 'C', 'G', 'L', 'P', 'R', 'S', 'T', 'U']);

  const types: string[] = [];
  const bytes: string[] = [];
  const recording: Queryable = {
    write: (sql, values) => connection.write(sql, values),
    queryEach: async (sql, values, read) =>
      (await recording.query<Parameters<typeof read>[0]>(sql, values)).map(read),
    async query<Row>(sql: string, values?: Parameters<Queryable['query']>[1]) {
      const rows = await connection.query<Row>(sql, values);
      for (const row of rows as Record<string, unknown>[]) {
        if ('type' in row && 'data' in row) types.push(String(row['type']));
        for (const cell of Object.values(row))
          bytes.push(Buffer.isBuffer(cell) ? cell.toString('latin1') : JSON.stringify(cell));
      }
      return rows;
    },
  };
  const known = await readStore(recording, { prefix: store.prefix });
  const [order] = await readOrders(recording, known, [createOrderId(orderId)], NO_EXTRAS);
  expect(order).toMatchObject({ orderId, taxOnTop: 100 });
  expect(types.sort()).toEqual(['B', 'C', 'L', 'T', 'U']);
  expect(bytes.join('\n')).not.toMatch(/4111111111111111|987"|an add-on keeps/);
});
