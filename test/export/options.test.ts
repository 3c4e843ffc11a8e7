import { describe, expect, it } from 'vitest';
import type { PlainLineOption } from '../support/store/plain-order.ts';
import type { PlacedProduct } from '../support/store/plain-product.ts';
import type { Store } from '../support/store/store.ts';
import { exportingStore } from './exporting-store.ts';

/** One of each type. */
const CHOSEN: readonly PlainLineOption[] = [
  { name: 'Size', type: 'S', value: 'Large' },
  { name: 'Colour', type: 'R', value: 'Dark blue' },
  { name: 'Wrapped', type: 'C', value: 'Yes' },
  { name: 'Engraving', type: 'I', value: 'For Zoë & co' },
  { name: 'Wish', type: 'T', value: 'Line one\nline two' },
  { name: 'Motif', type: 'F', value: 'zoë & cat.png' },
];

/** Gives the option and the variant names of a product in German. */
async function translateOptions(store: Store, { options }: PlacedProduct): Promise<void> {
  for (const { optionId, name, variants } of options) {
    await store.run(
      `update ${store.table('product_options_descriptions')} set option_name = ?
        where option_id = ? and lang_code = 'de'`,
      [`${name} (de)`, optionId],
    );
    for (const { variantId, name: variant } of variants) {
      await store.run(
        `update ${store.table('product_option_variants_descriptions')} set variant_name = ?
          where variant_id = ? and lang_code = 'de'`,
        [`${variant} (de)`, variantId],
      );
    }
  }
}

describe.each(['4.0.1 M', '4.6.1 M', '4.12.2 U', '4.18.2 M', '4.20.1 U'] as const)(
  'the options of a line of %s',
  (version) => {
    let shirt: PlacedProduct;
    const shop = exportingStore({ version, languages: ['en', 'de'] }, async (store) => {
      shirt = await store.addProduct({
        name: 'Shirt',
        sku: 'TEE',
        weight: 1,
        options: [
          {
            name: 'Size',
            variants: [{ name: 'Small' }, { name: 'Large', weightModifier: '0.5' }],
          },
          {
            name: 'Colour',
            type: 'R',
            variants: [{ name: 'Dark blue', weightModifier: 25, weightModifierType: 'P' }],
          },
          { name: 'Wrapped', type: 'C', variants: [{ name: 'Yes', weightModifier: '0.25' }] },
          { name: 'Engraving', type: 'I' },
          { name: 'Wish', type: 'T' },
          { name: 'Motif', type: 'F' },
        ],
      });
      await translateOptions(store, shirt);
    });

    it('of every type are as the customer chose, typed and uploaded them', async () => {
      const { Items } = await shop.exportOne({ lines: [{ product: shirt, options: CHOSEN }] });
      expect(Items[0]).toMatchObject({
        Weight: '2.00',
        Options: CHOSEN.map(({ name, value }) => ({ Name: name, Value: value })),
      });
    });

    it.each([
      ['en', ''],
      ['de', ' (de)'],
      // A language that the store has no more: its first one.
      ['fr', ''],
    ])('that the line keeps as numbers alone have the names of today, in %s', async (language, mark) => {
      const { Items } = await shop.exportOne({
        language,
        lines: [{ product: shirt, options: CHOSEN, withoutOptionValues: true }],
      });
      const [size, colour, wrapped, engraving, wish, motif] = Items[0]?.Options ?? [];
      expect([size, colour, wrapped]).toEqual([
        { Name: `Size${mark}`, Value: `Large${mark}` },
        { Name: `Colour${mark}`, Value: `Dark blue${mark}` },
        { Name: `Wrapped${mark}`, Value: `Yes${mark}` },
      ]);
      expect([engraving, wish, motif]).toEqual([
        { Name: `Engraving${mark}`, Value: 'For Zoë & co' },
        { Name: `Wish${mark}`, Value: 'Line one\nline two' },
        { Name: `Motif${mark}`, Value: 'zoë & cat.png' },
      ]);
      expect(Items[0]?.Weight).toBe('2.00');
    });

    it('that are gone from the store meanwhile are shown by what the line keeps', async () => {
      const options = [
        { name: 'Gone', optionId: 7001, variantId: 7101, value: 'Anything' },
        { name: 'Lost', optionId: 7002, type: 'I' as const, value: 'Typed' },
      ];
      const lines = [{ product: shirt, options, withoutOptionValues: true }];
      const { Items } = await shop.exportOne({ lines });
      expect(Items[0]).toMatchObject({
        Weight: '1.00',
        Options: [
          { Name: 'Option', Value: '7101' },
          { Name: 'Option', Value: 'Typed' },
        ],
      });
    });

    it('do not take a number that was typed for a variant', async () => {
      // The weight of a large shirt would be added for an engraving that has the variant's number.
      const variant = String(shirt.variantIds['Size: Large']);
      const options = [{ name: 'Engraving', value: variant }];
      for (const withoutOptionValues of [false, true]) {
        const { Items } = await shop.exportOne({
          lines: [{ product: shirt, options, withoutOptionValues }],
        });
        expect(Items[0]).toMatchObject({
          Weight: '1.00',
          Options: [{ Name: 'Engraving', Value: variant }],
        });
      }
    });

    it('beyond the tenth stand in the notes', async () => {
      const options = Array.from({ length: 13 }, (_, index) => ({
        name: `Choice ${index + 1}`,
        type: 'I' as const,
        value: `value ${index + 1}`,
      }));
      const order = await shop.exportOne({ lines: [{ product: shirt, options }], details: 'Fragile' });
      expect(order.Items[0]?.Options).toEqual(
        options.slice(0, 10).map(({ name, value }) => ({ Name: name, Value: value })),
      );
      expect(order.InternalNotes).toBe(
        'Fragile\nShirt: Choice 11: value 11; Choice 12: value 12; Choice 13: value 13',
      );
    });

    it('of more than a hundred characters stand whole in the notes', async () => {
      const long = `${'Happy birthday, dear Zoë! '.repeat(5)}The end`;
      const exact = 'x'.repeat(100);
      const { Items, InternalNotes } = await shop.exportOne({
        lines: [
          {
            product: shirt,
            options: [
              { name: 'Engraving', type: 'I', value: long },
              { name: 'Wish', type: 'T', value: exact },
            ],
          },
          { name: 'Mug', productId: 0, options: [{ name: 'Size', value: 'Large' }] },
        ],
      });
      const [shown, whole] = Items.find(({ SKU }) => SKU === 'TEE')?.Options ?? [];
      expect(shown?.Value).toBe(`${long.slice(0, 99).trimEnd()}…`);
      expect(whole?.Value).toBe(exact);
      expect(InternalNotes).toBe(`Shirt: Engraving: ${long}`);
    });

    it('without a value or a name are left out or named neutrally', async () => {
      const { Items } = await shop.exportOne({
        lines: [
          {
            product: shirt,
            options: [
              { name: 'Engraving', value: '' },
              { name: 'Wish', value: '   ' },
              { name: '', type: 'I', optionId: 7003, value: 'Typed' },
            ],
          },
        ],
      });
      expect(Items[0]?.Options).toEqual([{ Name: 'Option', Value: 'Typed' }]);
    });
  },
);
