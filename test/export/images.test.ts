import { describe, expect, it } from 'vitest';
import type { PlainOrder } from '../support/store/plain-order.ts';
import type { PlacedProduct, PlainImage } from '../support/store/plain-product.ts';
import type { StoreVersion } from '../support/store/version.ts';
import { type Environment, type ExportingStore, exportingStore } from './exporting-store.ts';

const COMPANIES = [
  { companyId: 1, name: 'Tools', storefront: 'tools.example' },
  { companyId: 2, name: 'Toys', storefront: 'toys.example/shop/' },
  { companyId: 3, name: 'Books', storefront: 'books.example' },
];
const STOREFRONTS = [
  { storefrontId: 1, url: 'tools.example', companyId: 1 },
  { storefrontId: 7, url: 'toys.example/shop/', companyId: 2, isDefault: false },
  { storefrontId: 8, url: 'http://books.example', companyId: 3, isDefault: false },
];

/** Two more storefronts than one. */
function multiStore(version: StoreVersion) {
  let mug: PlacedProduct;
  const shop = exportingStore({ version, companies: COMPANIES, storefronts: STOREFRONTS }, async (store) => {
    mug = await store.addProduct({ name: 'Mug', image: { path: 'mug.jpg', imageId: 12_345 } });
  });
  return async (order: PlainOrder, environment?: Environment) =>
    (await shop.exportOne({ lines: [{ product: mug }], ...order }, environment)).Items[0]?.ImageUrl;
}

describe('a store of 4.8.1 U with several storefronts', () => {
  const imageOf = multiStore('4.8.1 U');

  it.each([
    [1, 'https://tools.example/images/detailed/12/mug.jpg'],
    [2, 'https://toys.example/shop/images/detailed/12/mug.jpg'],
    [3, 'https://books.example/images/detailed/12/mug.jpg'],
    [99, 'https://tools.example/images/detailed/12/mug.jpg'],
  ])('takes the address of company %i', async (companyId, url) => {
    expect(await imageOf({ companyId })).toBe(url);
  });

  it('takes the configured address for all', async () => {
    const environment = { CSCART_STORE_URL: 'https://cdn.example/media/' };
    expect(await imageOf({ companyId: 2 }, environment)).toBe(
      'https://cdn.example/media/images/detailed/12/mug.jpg',
    );
  });
});

describe.each(['4.11.3 U', '4.12.2 U', '4.20.1 U'] as const)('a store of %s with storefronts', (version) => {
  const imageOf = multiStore(version);

  it.each([
    ['storefront 7, whatever the company', 7, 1, 'https://toys.example/shop'],
    ['storefront 1', 1, 2, 'https://tools.example'],
    // An address that the merchant has stored with its scheme keeps it.
    ['storefront 8', 8, 3, 'http://books.example'],
    ['an order older than storefronts, by its company', 0, 2, 'https://toys.example/shop'],
    ['an order of a company that is gone: the default', 0, 99, 'https://tools.example'],
    ['a storefront that is gone: that of its company', 55, 3, 'http://books.example'],
  ])('takes the address of %s', async (_, storefrontId, companyId, base) => {
    expect(await imageOf({ storefrontId, companyId })).toBe(`${base}/images/detailed/12/mug.jpg`);
  });

  it('takes the configured address for all', async () => {
    const environment = { CSCART_STORE_URL: 'https://cdn.example' };
    for (const storefrontId of [0, 1, 7]) {
      expect(await imageOf({ storefrontId, companyId: 2 }, environment)).toBe(
        'https://cdn.example/images/detailed/12/mug.jpg',
      );
    }
  });
});

describe('a Multi-Vendor store', () => {
  describe('before 4.11, which keeps no address', () => {
    const shop = exportingStore({ version: '4.6.1 M' });

    it('has pictures by the configured address alone', async () => {
      const product = await shop.store.addProduct({ name: 'Mug', image: 'mug.jpg' });
      const order = { lines: [{ product }] };
      expect((await shop.exportOne(order)).Items[0]?.ImageUrl).toBeUndefined();
      const environment = { CSCART_STORE_URL: 'https://shop.example' };
      expect((await shop.exportOne(order, environment)).Items[0]?.ImageUrl).toMatch(
        /^https:\/\/shop\.example\/images\/detailed\/\d+\/mug\.jpg$/,
      );
    });
  });

  describe('of 4.18', () => {
    const shop = exportingStore({ version: '4.18.2 M' });

    it('takes the default storefront for an order of a vendor', async () => {
      const product = await shop.store.addProduct({ name: 'Mug', image: 'mug.jpg' });
      const { Items } = await shop.exportOne({ companyId: 2, storefrontId: 0, lines: [{ product }] });
      expect(Items[0]?.ImageUrl).toMatch(/^https:\/\/shop\.example\.com\/images\//);
    });
  });
});

describe.each(['4.0.1 M', '4.18.2 M'] as const)('a picture of %s', (version) => {
  const environment = { CSCART_STORE_URL: 'https://shop.example' };
  const shop: ExportingStore = exportingStore({ version });

  const imageOf = async (image: PlainImage) => {
    const product = await shop.store.addProduct({ name: 'Mug', image });
    return (await shop.exportOne({ lines: [{ product }] }, environment)).Items[0]?.ImageUrl;
  };

  it.each([
    ['Tasse für Zoë.jpg', 'Tasse%20f%C3%BCr%20Zo%C3%AB.jpg'],
    ['50%.jpg', '50%25.jpg'],
    ['a&b#c?.jpg', 'a%26b%23c%3F.jpg'],
    ['кружка.png', '%D0%BA%D1%80%D1%83%D0%B6%D0%BA%D0%B0.png'],
    ['2026/mug.jpg', '2026/mug.jpg'],
  ])('has an address that is one: %s', async (path, encoded) => {
    const url = await imageOf({ path, imageId: undefined });
    expect(url?.replace(/^.*\/detailed\/\d+\//, '')).toBe(encoded);
    expect(URL.canParse(url ?? '')).toBe(true);
  });

  it.each([
    [1999, 'detailed/1'],
    [2000, 'detailed/2'],
  ])('lies in the folder of its thousand: %i', async (imageId, folder) => {
    expect(await imageOf({ path: 'a.jpg', imageId })).toBe(`https://shop.example/images/${folder}/a.jpg`);
  });

  it('that is small alone is taken', async () => {
    expect(await imageOf({ path: 'a.jpg', imageId: 3001, detailed: false })).toBe(
      'https://shop.example/images/product/3/a.jpg',
    );
  });

  it('is the first of several main ones, and never an additional one', async () => {
    const { store } = shop;
    const product = await store.addProduct({ name: 'Mug' });
    const link = { object_id: product.productId, object_type: 'product', image_id: 0 };
    await store.insert(
      'images',
      [5001, 5002, 5003].map((image_id) => ({ image_id, image_path: `${image_id}.jpg` })),
    );
    await store.insert('images_links', [
      { ...link, detailed_id: 5001, type: 'A', position: 0 },
      { ...link, detailed_id: 5002, type: 'M', position: 9 },
      { ...link, detailed_id: 5003, type: 'M', position: 3 },
    ]);
    const { Items } = await shop.exportOne({ lines: [{ product }] }, environment);
    expect(Items[0]?.ImageUrl).toBe('https://shop.example/images/detailed/5/5003.jpg');
  });
});
