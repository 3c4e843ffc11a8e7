import { describe, expect, it } from 'vitest';
import { convertToUtf8mb4 } from '../matrix/altered-stores.ts';
import type { PlacedProduct } from '../support/store/plain-product.ts';
import type { Store } from '../support/store/store.ts';
import { exportingStore } from './exporting-store.ts';

const COLLATIONS = [
  ...['utf8mb4_unicode_ci', 'utf8mb4_general_ci', 'utf8mb3_unicode_ci'],
  ...['utf8mb4_unicode_520_ci', 'utf8mb4_bin'],
];

/** Gives each table another collation than the tables before and behind it have. */
async function mixCollations(store: Store): Promise<void> {
  const tables = await store.query<{ name: string }>(
    'select table_name as name from information_schema.tables where table_schema = database() order by 1',
  );
  for (const [index, { name }] of tables.entries()) {
    const collation = COLLATIONS[index % COLLATIONS.length] ?? '';
    await store.run(
      `alter table \`${name}\` engine = InnoDB,
         convert to character set ${collation.slice(0, 7)} collate ${collation}`,
    );
  }
}

/** What hosts do to a store. */
const CONVERSIONS: Readonly<Record<string, (store: Store) => Promise<void>>> = {
  'every table to four-byte UTF-8': convertToUtf8mb4,
  'each table to another collation': mixCollations,
  'some tables to Latin-1': async (store) => {
    for (const table of ['profile_fields_data', 'product_features_values', 'shipping_descriptions', 'states'])
      await store.run(`alter table ${store.table(table)} convert to character set latin1`);
  },
};

const ENVIRONMENT = {
  EXPORT_CUSTOM_FIELD_3: 'field:gate, field:Slot, column:gift_wrap',
  EXPORT_UPC: 'column:upc',
  EXPORT_LOCATION: 'feature:Größe',
};

describe.each(['4.0.1 M', '4.6.1 M', '4.12.2 U', '4.20.1 U'] as const)('a store of %s', (version) => {
  describe.each(Object.entries(CONVERSIONS))('of which a host has converted %s', (_, convert) => {
    let shirt: PlacedProduct;
    const shop = exportingStore({ version, languages: ['de', 'en'] }, async (store) => {
      await store.addColumn('orders', "gift_wrap varchar(16) not null default ''");
      await store.addColumn('products', "upc varchar(64) not null default ''");
      await convert(store);
      await store.addProfileField({ name: 'gate', label: 'Tür' });
      await store.addProfileField({ name: '', label: 'Slot', type: 'S', values: ['Früh'] });
      shirt = await store.addProduct({
        name: 'Shirt',
        sku: 'TEE',
        columns: { upc: '036000291452' },
        options: [{ name: 'Größe', variants: [{ name: 'Übergroß', weightModifier: 1 }] }],
        features: [{ name: 'Größe', value: 'Übergröße' }],
      });
      await store.addVariationGroup({ products: [shirt], features: ['Größe'] });
    });

    it('is exported with all that is configured', async () => {
      const order = await shop.exportOne(
        {
          lines: [
            { product: shirt, options: [{ name: 'Größe', value: 'Übergroß' }], withoutOptionValues: true },
          ],
          profileFields: { gate: 'Zoë', Slot: 'Früh' },
          columns: { gift_wrap: 'Grün' },
          shipTo: { country: 'CH', state: 'ZH' },
          // So that its names are looked up, and both at once.
          orderData: { L: null },
        },
        ENVIRONMENT,
      );
      expect(order).toMatchObject({
        ShippingMethod: 'UPS Ground',
        PaymentMethod: 'Kreditkarte',
        CustomField3: 'Zoë, Früh, Grün',
        ShipTo: { State: 'Zürich' },
      });
      expect(order.Items[0]).toMatchObject({
        UPC: '036000291452',
        Location: 'Übergröße',
        Weight: '2.00',
        Options: expect.arrayContaining([{ Name: 'Größe', Value: 'Übergroß' }]),
      });
    });

    it('is found by its statuses, and its changes are seen', async () => {
      const bridge = await shop.connect({ ...ENVIRONMENT, CHANGE_DETECTION: 'fingerprints' });
      const { orderId } = await shop.store.addOrder({
        placedAt: new Date(Date.now() - 86_400_000),
        profileFields: { gate: 'one' },
        status: 'P',
      });
      const poll = async () => {
        const shipstation = bridge.connect();
        await shipstation.poll({ start: new Date(Date.now() - 60_000), end: new Date() });
        return shipstation.orders.get(String(orderId));
      };
      expect(await poll()).toBeUndefined();
      await shop.store.run(
        `update ${shop.store.table('profile_fields_data')} set value = 'two' where object_id = ?`,
        [orderId],
      );
      expect(await poll()).toMatchObject({ OrderStatus: 'paid', CustomField3: 'two' });
    });
  });
});
