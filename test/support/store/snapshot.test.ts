import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { TestDatabase } from '../database.ts';
import { createTestDatabase } from '../test-database.ts';
import { buildStore } from './store.ts';

let database: TestDatabase;

beforeEach(async () => {
  database = await createTestDatabase('store');
});

afterEach(async () => {
  await database.drop();
});

describe('snapshot', () => {
  it.each<[string, string]>([
    ['a changed value', "update cscart_orders set notes = 'x' where order_id = 101"],
    ['a new row', "insert into cscart_shipments (tracking_number) values ('1Z')"],
    ['a lost row', 'delete from cscart_order_details limit 1'],
    ['a new column', 'alter table cscart_orders add column last_modify int not null default 0'],
    ['a new key', 'alter table cscart_shipment_items add key order_id (order_id)'],
    ['another engine', 'alter table cscart_products engine=InnoDB'],
    ['a trigger', 'create trigger watch after update on cscart_orders for each row set @seen = 1'],
  ])('shows %s, in that table alone', async (_name, statement) => {
    const store = await buildStore(database, { version: '4.18.2 M' });
    await store.addOrder();
    const before = await store.snapshot();
    expect(await store.snapshot()).toEqual(before);
    await store.run(statement);
    const after = await store.snapshot();
    const changed = Object.keys(before).filter((table) => {
      return JSON.stringify(before[table]) !== JSON.stringify(after[table]);
    });
    const [, table] = /cscart_(\w+)/.exec(statement) ?? [];
    expect(changed).toEqual([table]);
  });

  it('does not look at tables beside the store', async () => {
    const store = await buildStore(database, { version: '4.18.2 M' });
    const before = await store.snapshot();
    await store.run('create table cscart_shipstation_notices (id int)');
    expect(await store.snapshot()).toEqual(before);
    expect(before['orders']).toMatchObject({ rows: 0 });
  });
});
