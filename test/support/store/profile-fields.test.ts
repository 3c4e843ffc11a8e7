import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { TestDatabase } from '../database.ts';
import { createTestDatabase } from '../test-database.ts';
import { buildStore, type Store } from './store.ts';

let database: TestDatabase;
let store: Store;

beforeAll(async () => {
  database = await createTestDatabase('store');
  store = await buildStore(database, { version: '4.18.2 M', languages: ['en', 'de'] });
});

afterAll(async () => {
  await database.drop();
});

describe('a profile field', () => {
  it('has a label and values in every language', async () => {
    const { fieldId, valueIds } = await store.addProfileField({
      name: 'gift_wrap',
      label: 'Gift wrap',
      labels: { de: 'Geschenkpapier' },
      type: 'S',
      section: 'S',
      values: ['None', { label: 'Red', labels: { de: 'Rot' } }],
    });
    const [field] = await store.query(
      `select field_name, field_type, section from ${store.table('profile_fields')} where field_id = ?`,
      [fieldId],
    );
    expect(field).toEqual({ field_name: 'gift_wrap', field_type: 'S', section: 'S' });
    const labels = await store.query<{ object_id: number; lang_code: string; description: string }>(
      `select object_id, lang_code, description from ${store.table('profile_field_descriptions')}
        where object_type = 'F' and object_id = ? order by lang_code`,
      [fieldId],
    );
    expect(labels.map(({ description }) => description)).toEqual(['Geschenkpapier', 'Gift wrap']);
    expect(
      await store.query(
        `select v.value_id, d.lang_code, d.description from ${store.table('profile_field_values')} v
           join ${store.table('profile_field_descriptions')} d on d.object_id = v.value_id and d.object_type = 'V'
          where v.field_id = ? order by v.position, d.lang_code`,
        [fieldId],
      ),
    ).toEqual([
      { value_id: valueIds['None'], lang_code: 'de', description: 'None' },
      { value_id: valueIds['None'], lang_code: 'en', description: 'None' },
      { value_id: valueIds['Red'], lang_code: 'de', description: 'Rot' },
      { value_id: valueIds['Red'], lang_code: 'en', description: 'Red' },
    ]);
  });

  it('holds what an order says, by its name or its label: the id of a value that it offers, else the text', async () => {
    const door = await store.addProfileField({ name: '', label: 'Door code' });
    const slot = await store.addProfileField({
      name: 'slot',
      label: 'Time of day',
      type: 'R',
      values: ['Morning', 'Evening'],
    });
    const [first, second] = await store.addOrders([
      { profileFields: { 'Door code': '12#34', slot: 'Evening' } },
      {},
    ]);
    const held = (orderId: number | undefined) =>
      store.query(
        `select field_id, value from ${store.table('profile_fields_data')}
          where object_type = 'O' and object_id = ? order by field_id`,
        [orderId],
      );
    expect(await held(first?.orderId)).toEqual([
      { field_id: door.fieldId, value: '12#34' },
      { field_id: slot.fieldId, value: String(slot.valueIds['Evening']) },
    ]);
    expect(await held(second?.orderId)).toEqual([]);
    await expect(store.addOrder({ profileFields: { slot: 'Noon' } })).rejects.toThrow('Noon');
    await expect(store.addOrder({ profileFields: { colour: 'Red' } })).rejects.toThrow('colour');
  });
});
