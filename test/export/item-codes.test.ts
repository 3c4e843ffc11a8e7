import { describe, expect, it } from 'vitest';
import type { Store } from '../support/store/store.ts';
import { type Environment, exportingStore } from './exporting-store.ts';

const SHELF = { EXPORT_LOCATION: 'column:shelf', EXPORT_UPC: 'column:upc' };

async function addCodes(store: Store): Promise<void> {
  await store.addColumn('products', "upc varchar(64) not null default ''");
  await store.addColumn('products', 'shelf varchar(64)');
  // A feature that is typed, not chosen: its text is in the value, a number in a column of its own.
  await store.insert('product_features', [
    { feature_id: 901, company_id: 1, feature_type: 'T' },
    { feature_id: 902, company_id: 1, feature_type: 'O' },
  ]);
  await store.insert(
    'product_features_descriptions',
    ['en', 'de'].flatMap((lang_code) => [
      { feature_id: 901, lang_code, description: lang_code === 'de' ? 'Regal &amp; Fach' : 'Bin' },
      { feature_id: 902, lang_code, description: 'Aisle' },
    ]),
  );
}

describe.each(['4.0.1 M', '4.8.1 U', '4.12.2 U', '4.20.1 U'] as const)('an item of %s', (version) => {
  const shop = exportingStore({ version, languages: ['en', 'de'] }, addCodes);

  async function itemOf(
    product: Omit<Parameters<Store['addProduct']>[0], 'name'>,
    environment: Environment,
    { language = 'en', typed = {} }: { language?: string; typed?: Record<number, object> } = {},
  ) {
    const placed = await shop.store.addProduct({ name: 'Thing', ...product });
    for (const [featureId, value] of Object.entries(typed)) {
      await shop.store.insert(
        'product_features_values',
        ['en', 'de'].map((lang_code) => ({
          feature_id: Number(featureId),
          product_id: placed.productId,
          variant_id: 0,
          lang_code,
          ...value,
        })),
      );
    }
    const order = await shop.exportOne({ lines: [{ product: placed }], language }, environment);
    return order.Items[0];
  }

  it('has UPC and location by columns that an add-on has put there', async () => {
    const columns = { upc: '036000291452', shelf: 'A-12 &quot;low&quot;' };
    expect(await itemOf({ columns }, SHELF)).toMatchObject({ UPC: '036000291452', Location: 'A-12 "low"' });
  });

  it('has neither where the columns are empty or NULL', async () => {
    const item = await itemOf({ columns: { upc: '', shelf: null } }, SHELF);
    expect([item?.UPC, item?.Location]).toEqual([undefined, undefined]);
  });

  it('has neither where nothing is configured, nor where the store has no such column', async () => {
    const columns = { upc: '036000291452', shelf: 'A-12' };
    for (const environment of [{}, { EXPORT_UPC: 'column:barcode', EXPORT_LOCATION: 'column:bin' }]) {
      const item = await itemOf({ columns }, environment);
      expect([item?.UPC, item?.Location]).toEqual([undefined, undefined]);
    }
  });

  it.each([
    ['0036000291452', '036000291452'],
    ['0 36000 29145 2', '036000291452'],
    // An EAN has thirteen digits, and ShipStation takes twelve characters: another product's number is worse than none.
    ['4006381333931', undefined],
  ])('says the code %s as %s', async (upc, shown) => {
    expect((await itemOf({ columns: { upc } }, SHELF))?.UPC).toBe(shown);
  });

  it.each([
    ['en', 'Barcode', 'Place', 'Left'],
    ['de', 'Barcode', 'Place', 'Links'],
    ['de', 'Strichcode', 'lagerplatz', 'Links'],
  ])('has both by features, for an order in %s named %s and %s', async (language, upc, place, location) => {
    const features = [
      { name: 'Barcode', value: '036000291452', names: { de: 'Strichcode' } },
      { name: 'Place', value: 'Left', names: { de: 'Lagerplatz' }, values: { de: 'Links' } },
    ];
    const environment = { EXPORT_UPC: `feature:${upc}`, EXPORT_LOCATION: `feature:${place}` };
    expect(await itemOf({ features }, environment, { language })).toMatchObject({
      UPC: '036000291452',
      Location: location,
    });
  });

  it('has both by features that are typed, by id as well', async () => {
    const environment = { EXPORT_UPC: 'feature:901', EXPORT_LOCATION: 'feature:Aisle' };
    const typed = { 901: { value: '036000291452' }, 902: { value: '', value_int: 7 } };
    expect(await itemOf({}, environment, { typed })).toMatchObject({ UPC: '036000291452', Location: '7' });
  });

  it('has a location by a feature whose name the store keeps with entities', async () => {
    const environment = { EXPORT_LOCATION: 'feature:Regal & Fach' };
    const typed = { 901: { value: 'B2' } };
    expect(await itemOf({}, environment, { typed })).toMatchObject({ Location: 'B2' });
  });

  it('has every value of a feature that holds several', async () => {
    await shop.store.addProduct({ name: 'Other', features: [{ name: 'Rack', value: 'West' }] });
    const product = await shop.store.addProduct({
      name: 'Thing',
      features: [
        { name: 'Rack', value: 'East' },
        { name: 'Rack', value: 'West' },
      ],
    });
    const environment = { EXPORT_LOCATION: 'feature:Rack' };
    const { Items } = await shop.exportOne({ lines: [{ product }] }, environment);
    expect(Items[0]?.Location?.split(', ').sort()).toEqual(['East', 'West']);
  });

  it('has what it can where its product is gone', async () => {
    const product = await shop.store.addProduct({ name: 'Gone', sku: 'GONE', columns: { shelf: 'A' } });
    await shop.store.deleteProduct(product.productId);
    const { Items } = await shop.exportOne({ lines: [{ product }] }, SHELF);
    expect(Items[0]).toMatchObject({ SKU: 'GONE', Name: 'Gone' });
    expect(Items[0]?.Location).toBeUndefined();
  });
});
