import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { TestDatabase } from '../database.ts';
import { createTestDatabase } from '../test-database.ts';
import { buildStore, type Store } from './store.ts';

let database: TestDatabase;
let store: Store;

beforeAll(async () => {
  database = await createTestDatabase('store');
  store = await buildStore(database, { version: '4.12.1 U', languages: ['en', 'de'] });
});

afterAll(async () => {
  await database.drop();
});

const COLOUR = { name: 'Colour', names: { de: 'Farbe' } };
const RED = { ...COLOUR, value: 'Red', values: { de: 'Rot' } };
const BLUE = { ...COLOUR, value: 'Blue', values: { de: 'Blau' } };

function featuresOf(productId: number) {
  return store.query(
    `select v.feature_id, v.variant_id, v.value, v.lang_code, d.description, t.variant, f.feature_type, w.feature_id as owner
       from ${store.table('product_features_values')} v
       join ${store.table('product_features')} f on f.feature_id = v.feature_id
       join ${store.table('product_features_descriptions')} d
         on d.feature_id = v.feature_id and d.lang_code = v.lang_code
       join ${store.table('product_feature_variants')} w on w.variant_id = v.variant_id
       join ${store.table('product_feature_variant_descriptions')} t
         on t.variant_id = v.variant_id and t.lang_code = v.lang_code
      where v.product_id = ? order by v.lang_code, v.feature_id`,
    [productId],
  );
}

describe('a product with features', () => {
  it('has them in every language, and shares them with others of the store', async () => {
    const red = await store.addProduct({ name: 'Tee', features: [RED, { name: 'Size', value: 'M' }] });
    const blue = await store.addProduct({ name: 'Tee', features: [BLUE] });
    const other = await store.addProduct({ name: 'Cup', features: [RED] });

    const common = { value: '', feature_type: 'S' };
    const [deColour, deSize, enColour, enSize] = await featuresOf(red.productId);
    const inRed = { ...common, feature_id: 1, owner: 1, variant_id: 1 };
    expect(deColour).toEqual({ ...inRed, lang_code: 'de', description: 'Farbe', variant: 'Rot' });
    expect(enColour).toEqual({ ...inRed, lang_code: 'en', description: 'Colour', variant: 'Red' });
    const inM = { ...common, feature_id: 2, owner: 2, variant_id: 2, description: 'Size', variant: 'M' };
    expect(deSize).toEqual({ ...inM, lang_code: 'de' });
    expect(enSize).toEqual({ ...inM, lang_code: 'en' });
    expect(await featuresOf(blue.productId)).toMatchObject([
      { feature_id: 1, variant_id: 3, variant: 'Blau' },
      { feature_id: 1, variant_id: 3, variant: 'Blue' },
    ]);
    expect(await featuresOf(other.productId)).toMatchObject([{ variant_id: 1 }, { variant_id: 1 }]);
  });

  it('loses them when it is deleted', async () => {
    const { productId } = await store.addProduct({ name: 'Tee', features: [RED] });
    await store.deleteProduct(productId);
    expect(await featuresOf(productId)).toEqual([]);
  });
});

describe('a group of variations', () => {
  const members = (groupId: number) =>
    store.query(
      `select product_id, parent_product_id from ${store.table('product_variation_group_products')}
        where group_id = ? order by product_id`,
      [groupId],
    );

  it('lists its products below the first, or the one that is named', async () => {
    const red = await store.addProduct({ name: 'Tee', features: [RED] });
    const blue = await store.addProduct({ name: 'Tee', features: [BLUE] });
    await store.addVariationGroup({ products: [red, blue], features: ['Colour'] });
    expect(await members(1)).toEqual([
      { product_id: red.productId, parent_product_id: 0 },
      { product_id: blue.productId, parent_product_id: red.productId },
    ]);
    expect(
      await store.query(
        `select g.code, f.feature_id, f.purpose from ${store.table('product_variation_groups')} g
           join ${store.table('product_variation_group_features')} f on f.group_id = g.id`,
      ),
    ).toEqual([{ code: 'PV-1', feature_id: 1, purpose: 'group_variation_catalog_item' }]);

    const plain = await store.addProduct({ name: 'Cup', features: [RED] });
    const main = await store.addProduct({ name: 'Cup', features: [BLUE] });
    await store.addVariationGroup({ products: [plain, main], features: ['Colour'], parent: main });
    expect(await members(2)).toEqual([
      { product_id: plain.productId, parent_product_id: main.productId },
      { product_id: main.productId, parent_product_id: 0 },
    ]);
    await store.deleteProduct(plain.productId);
    expect(await members(2)).toHaveLength(1);
  });

  it('needs a feature that the store has', async () => {
    const cup = await store.addProduct({ name: 'Cup' });
    await expect(store.addVariationGroup({ products: [cup], features: ['Taste'] })).rejects.toThrow('Taste');
  });

  it('is nothing before 4.12', async () => {
    const older = await buildStore(database, { version: '4.11.5 M', prefix: 'older_' });
    const tee = await older.addProduct({ name: 'Tee', features: [RED] });
    await older.addVariationGroup({ products: [tee], features: ['Colour'] });
    expect(older.hasColumn('product_variation_group_products', 'product_id')).toBe(false);
    await older.deleteProduct(tee.productId);
  });
});
