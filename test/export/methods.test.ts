import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import type { PlainShippingMethod } from '../support/store/plain-order.ts';
import type { Store } from '../support/store/store.ts';
import { type Environment, exportingStore } from './exporting-store.ts';

/** German names for the store's methods. */
async function translateMethods(store: Store): Promise<void> {
  await store.run(
    `update ${store.table('shipping_descriptions')} set shipping = concat(shipping, ' (de)') where lang_code = 'de'`,
  );
}

describe.each(['4.0.1 M', '4.6.1 M', '4.12.2 U', '4.20.1 U'] as const)(
  'the shipping method of an order of %s',
  (version) => {
    const shop = exportingStore({ version, languages: ['en', 'de'] }, translateMethods);

    const shownOf = async (
      methods: readonly PlainShippingMethod[],
      environment?: Environment,
      order: object = {},
    ) => {
      const found = await shop.exportOne({ shipping: { methods }, ...order }, environment);
      return [found.ShippingMethod, found.CustomField2];
    };

    it("has the name that the order keeps, which is in the order's language", async () => {
      expect(await shownOf([{ name: 'UPS Boden', shippingId: 2 }], {}, { language: 'de' })).toEqual([
        'UPS Boden',
        undefined,
      ]);
    });

    it.each([
      ['en', 'UPS Ground'],
      ['de', 'UPS Ground (de)'],
      ['fr', 'UPS Ground'],
    ])("has today's name where the order keeps none, in its language: %s", async (language, name) => {
      const order = { language, orderData: { L: null } };
      expect(await shownOf([{ name: 'UPS Ground' }], {}, order)).toEqual([name, undefined]);
    });

    it.each([
      ['de', 'en', 'UPS Ground'],
      ['en', 'de', 'UPS Ground (de)'],
      ['en', 'DE', 'UPS Ground (de)'],
      // A language that the store does not have: its first one.
      ['de', 'fr', 'UPS Ground'],
    ])(
      'has the name in one language for all orders if that is wanted: %s in %s',
      async (language, wanted, name) => {
        const environment = { SHIPPING_METHOD_LANGUAGE: wanted };
        expect(await shownOf([{ name: 'Als Paket', shippingId: 2 }], environment, { language })).toEqual([
          name,
          undefined,
        ]);
      },
    );

    it('keeps its own name where one language is wanted and the method is gone', async () => {
      const environment = { SHIPPING_METHOD_LANGUAGE: 'en' };
      expect(await shownOf([{ name: 'Old courier', shippingId: 77 }], environment)).toEqual([
        'Old courier',
        undefined,
      ]);
    });

    it('names several beside each other, and one that is chosen twice once', async () => {
      const methods = [
        { name: 'UPS Ground', cost: '5.00' },
        { name: 'FedEx 2Day', cost: '9.00' },
        { name: 'UPS Ground', cost: '1.00' },
      ];
      const found = await shop.exportOne({ shipping: { methods } });
      expect([found.ShippingMethod, found.ShippingAmount]).toEqual(['UPS Ground, FedEx 2Day', '15.00']);
      expect(await shownOf(methods, {}, { orderData: { L: null } })).toEqual([
        'UPS Ground, FedEx 2Day',
        undefined,
      ]);
    });

    it('is not there where an order has none', async () => {
      expect(await shownOf([])).toEqual([undefined, undefined]);
    });

    const MAP =
      'UPS Ground = Ground; FedEx* = FedEx Air (rush); 3=(rush); *worldwide = International; 1 = House = courier';

    it.each([
      ['UPS Ground', 'Ground', undefined],
      ['ups  ground', 'Ground', undefined],
      ['FedEx 2Day', 'FedEx Air', 'RUSH'],
      // By its id, under its own name.
      ['USPS Priority Mail', 'USPS Priority Mail', 'RUSH'],
      ['DHL Express Worldwide', 'International', undefined],
      ['Custom shipping method', 'House = courier', undefined],
      ['Free shipping', 'Free shipping', undefined],
    ])('is called by the table of methods: %s', async (name, shown, rush) => {
      const ids: Readonly<Record<string, number>> = { 'ups  ground': 2 };
      const method = { name, shippingId: ids[name] };
      expect(await shownOf([method], { SHIPPING_METHOD_MAP: MAP })).toEqual([shown, rush]);
    });

    it('is rushed if one of several is, with a mark of the admin and in a field of his', async () => {
      const methods = [{ name: 'UPS Ground' }, { name: 'FedEx 2Day' }];
      const environment = {
        SHIPPING_METHOD_MAP: MAP,
        RUSH_MARK: 'EILT',
        EXPORT_CUSTOM_FIELD_2: 'none',
        EXPORT_CUSTOM_FIELD_3: 'rush',
        EXPORT_INTERNAL_NOTES: 'staff-notes, rush',
      };
      const found = await shop.exportOne({ shipping: { methods }, details: 'Fragile' }, environment);
      expect(found).toMatchObject({
        ShippingMethod: 'Ground, FedEx Air',
        CustomField3: 'EILT',
        InternalNotes: 'Fragile\nEILT',
      });
      expect(found.CustomField2).toBeUndefined();
    });

    it('is mapped by the name in the wanted language', async () => {
      const environment = { SHIPPING_METHOD_LANGUAGE: 'en', SHIPPING_METHOD_MAP: 'UPS Ground = Ground' };
      expect(await shownOf([{ name: 'UPS Boden', shippingId: 2 }], environment, { language: 'de' })).toEqual([
        'Ground',
        undefined,
      ]);
    });

    it('is called by a table in a file', async () => {
      const directory = await mkdtemp(join(tmpdir(), 'methods-'));
      const file = join(directory, 'methods.txt');
      await writeFile(
        file,
        '# store = ShipStation\n\nUPS Ground = Ground; by lorry\r\nFedEx* = Air (rush)\n',
      );
      try {
        const environment = { SHIPPING_METHOD_MAP_FILE: file };
        expect(await shownOf([{ name: 'UPS Ground' }], environment)).toEqual(['Ground; by lorry', undefined]);
        expect(await shownOf([{ name: 'FedEx 2Day' }], environment)).toEqual(['Air', 'RUSH']);
      } finally {
        await rm(directory, { recursive: true });
      }
    });
  },
);
