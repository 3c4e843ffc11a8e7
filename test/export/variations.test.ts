import { describe, expect, it } from 'vitest';
import type { PlacedProduct } from '../support/store/plain-product.ts';
import type { Store } from '../support/store/store.ts';
import { exportingStore } from './exporting-store.ts';

interface Shirts {
  readonly parent: PlacedProduct;
  /** Without a picture. */
  readonly red: PlacedProduct;
  /** With one. */
  readonly blue: PlacedProduct;
}

/** Variations of one shirt, by colour and size; the brand tells none of them apart. */
async function addShirts(store: Store): Promise<Shirts> {
  const featuresOf = (colour: string, farbe: string, size: string) => [
    { name: 'Size', value: size, names: { de: 'Größe' }, values: { de: `Gr. ${size}` } },
    { name: 'Brand', value: 'Acme' },
    { name: 'Colour', value: colour, names: { de: 'Farbe' }, values: { de: farbe } },
  ];
  const parent = await store.addProduct({
    name: 'Shirt',
    sku: 'TEE',
    image: { path: 'shirt.jpg', imageId: 4001 },
    features: featuresOf('White', 'Weiß', 'S'),
  });
  const red = await store.addProduct({
    name: 'Shirt, red',
    sku: 'TEE-R',
    weight: 2,
    features: featuresOf('Red', 'Rot', 'M'),
    options: [{ name: 'Print', variants: [{ name: 'Cat', weightModifier: '0.5' }] }],
  });
  const blue = await store.addProduct({
    name: 'Shirt, blue',
    sku: 'TEE-B',
    image: { path: 'blue shirt.jpg', imageId: 2999 },
    features: featuresOf('Blue', 'Blau', 'L'),
  });
  await store.addVariationGroup({ products: [red, blue], features: ['Colour', 'Size'], parent });
  return { parent, red, blue };
}

describe.each(['4.12.1 U', '4.12.2 U', '4.12.2 M', '4.18.2 M', '4.20.1 U'] as const)(
  'a variation of %s',
  (version) => {
    let shirts: Shirts;
    const shop = exportingStore({ version, languages: ['en', 'de'] }, async (store) => {
      shirts = await addShirts(store);
    });

    it('shows its colour and size before the options', async () => {
      const options = [{ name: 'Print', value: 'Cat' }];
      const { Items } = await shop.exportOne({ lines: [{ product: shirts.red, options }] });
      expect(Items[0]).toMatchObject({ SKU: 'TEE-R', Weight: '2.50' });
      expect(Items[0]?.Options).toEqual([
        { Name: 'Size', Value: 'M' },
        { Name: 'Colour', Value: 'Red' },
        { Name: 'Print', Value: 'Cat' },
      ]);
    });

    it.each([
      [
        'de',
        [
          { Name: 'Größe', Value: 'Gr. L' },
          { Name: 'Farbe', Value: 'Blau' },
        ],
      ],
      [
        'fr',
        [
          { Name: 'Size', Value: 'L' },
          { Name: 'Colour', Value: 'Blue' },
        ],
      ],
    ])("shows them in the order's language: %s", async (language, shown) => {
      const { Items } = await shop.exportOne({ language, lines: [{ product: shirts.blue }] });
      expect(Items[0]?.Options).toEqual(shown);
    });

    it('shows what the main product of its group is, too', async () => {
      const { Items } = await shop.exportOne({ lines: [{ product: shirts.parent }] });
      expect(Items[0]?.Options).toEqual([
        { Name: 'Size', Value: 'S' },
        { Name: 'Colour', Value: 'White' },
      ]);
    });

    it('has its own picture, or else that of the main product', async () => {
      const { Items } = await shop.exportOne({ lines: [{ product: shirts.red }, { product: shirts.blue }] });
      const pictures = new Map(Items.map(({ SKU, ImageUrl }) => [SKU, ImageUrl]));
      expect(pictures).toEqual(
        new Map([
          ['TEE-R', 'https://shop.example.com/images/detailed/4/shirt.jpg'],
          ['TEE-B', 'https://shop.example.com/images/detailed/2/blue%20shirt.jpg'],
        ]),
      );
    });

    it('of one feature that is a UPC as well has both', async () => {
      const { Items } = await shop.exportOne(
        { lines: [{ product: shirts.red }] },
        { EXPORT_LOCATION: 'feature:Brand', EXPORT_UPC: 'feature:Colour' },
      );
      expect(Items[0]).toMatchObject({
        UPC: 'Red',
        Location: 'Acme',
        Options: [
          { Name: 'Size', Value: 'M' },
          { Name: 'Colour', Value: 'Red' },
        ],
      });
    });

    it('that was deleted has neither, and its order is there', async () => {
      const product = await shop.store.addProduct({
        name: 'Old shirt',
        sku: 'OLD',
        features: [{ name: 'Colour', value: 'Red' }],
      });
      await shop.store.addVariationGroup({ products: [product], features: ['Colour'] });
      await shop.store.deleteProduct(product.productId);
      const { Items } = await shop.exportOne({ lines: [{ product }] });
      expect(Items[0]).toEqual({
        LineItemID: expect.any(String),
        SKU: 'OLD',
        Name: 'Old shirt',
        Quantity: '1',
        UnitPrice: '10.00',
        Options: [],
      });
    });
  },
);

describe.each(['4.8.1 U', '4.11.3 U'] as const)('a product of %s, which knows no variations', (version) => {
  let shirts: Shirts;
  const shop = exportingStore({ version }, async (store) => {
    shirts = await addShirts(store);
  });

  it('has its own picture alone, and no features as options', async () => {
    const { Items } = await shop.exportOne({ lines: [{ product: shirts.red }, { product: shirts.blue }] });
    expect(Items.map(({ SKU, ImageUrl, Options }) => [SKU, ImageUrl, Options])).toEqual([
      ['TEE-R', undefined, []],
      ['TEE-B', 'https://shop.example.com/images/detailed/2/blue%20shirt.jpg', []],
    ]);
  });
});
