import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { TestDatabase } from '../database.ts';
import { createTestDatabase } from '../test-database.ts';
import type { PlainLine } from './plain-order.ts';
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

async function extraOf(line: PlainLine): Promise<unknown> {
  const { orderId } = await store.addOrder({ lines: [line] });
  const [row] = await store.query<{ extra: Buffer }>(
    `select extra from ${store.table('order_details')} where order_id = ?`,
    [orderId],
  );
  return readStoredValue(row?.extra ?? '');
}

describe('the extra of a line', () => {
  it('keeps the names of uploaded files beside the options, which hold a hash', async () => {
    const shirt = await store.addProduct({ name: 'Tee', options: [{ name: 'Print', type: 'F' }] });
    const optionId = shirt.optionIds['Print'];
    const hash = expect.stringMatching(/^[0-9a-f]{32}$/);
    expect(await extraOf({ product: shirt, options: [{ name: 'Print', value: 'cat photo.png' }] })).toEqual(
      expect.objectContaining({
        product_options: { [`${optionId}`]: hash },
        product_options_value: {
          0: {
            option_id: `${optionId}`,
            option_type: 'F',
            option_name: 'Print',
            value: hash,
            modifier: '0.000',
            modifier_type: 'A',
          },
        },
        custom_files: {
          [`${optionId}`]: {
            0: {
              file: expect.stringContaining('order_data/'),
              name: 'cat photo.png',
              path: expect.stringContaining('/order_data/'),
              size: 2048,
            },
          },
        },
      }),
    );
  });

  it('has ids and typed texts alone where the values are left out', async () => {
    const extra = await extraOf({
      options: [
        { name: 'Size', value: 'Large', optionId: 26, variantId: 183 },
        { name: 'Engraving', type: 'I', value: 'For Zoë', optionId: 31 },
      ],
      withoutOptionValues: true,
    });
    expect(extra).toMatchObject({ product_options: { 26: '183', 31: 'For Zoë' } });
    expect(extra).not.toHaveProperty('product_options_value');
    expect(extra).not.toHaveProperty('custom_files');
  });

  it.each(['configuration', 'buy_together', 'certificate'] as const)(
    'names the line that it belongs to by %s',
    async (kind) => {
      expect(await extraOf({ childOf: { kind, itemId: 4_163_016_541 } })).toMatchObject({
        parent: { [kind]: '4163016541' },
      });
    },
  );

  it('says whether staff typed the price', async () => {
    expect(await extraOf({ storedPrice: true })).toMatchObject({ stored_price: 'Y' });
    const plain = await extraOf({});
    expect(plain).toMatchObject({ stored_price: 'N' });
    expect(plain).not.toHaveProperty('parent');
  });
});
