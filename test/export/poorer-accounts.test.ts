import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createLeastPrivilegeAccount, type TestAccount } from '../support/least-privilege-account.ts';
import type { PlainOrder } from '../support/store/plain-order.ts';
import type { PlacedProduct } from '../support/store/plain-product.ts';
import type { Store } from '../support/store/store.ts';
import { type ExportingStore, exportingStore } from './exporting-store.ts';

/** What an account that was made before the bridge read these tables has no right to. */
const NEWER_TABLES = [
  ...['states', 'state_descriptions'],
  ...['profile_fields', 'profile_field_descriptions', 'profile_field_values', 'profile_fields_data'],
  ...['product_features_descriptions', 'product_features_values', 'product_feature_variant_descriptions'],
  ...['product_variation_group_features', 'product_variation_group_products'],
  ...['product_options', 'product_options_descriptions', 'product_option_variants_descriptions'],
  ...['storefronts_companies', 'ult_objects_sharing', 'vendor_payouts'],
] as const;

const ENVIRONMENT = {
  EXPORT_CUSTOM_FIELD_3: 'field:Slot, language',
  EXPORT_LOCATION: 'feature:Place',
  EXPORT_GIFT: 'field:Slot',
};

interface Products {
  readonly shirt: PlacedProduct;
  readonly parent: PlacedProduct;
  readonly red: PlacedProduct;
}

async function fill(store: Store): Promise<Products> {
  await store.addProfileField({ name: '', label: 'Slot', type: 'S', values: ['Morning'] });
  const shirt = await store.addProduct({
    name: 'Shirt',
    sku: 'TEE',
    options: [{ name: 'Size', variants: [{ name: 'Large', weightModifier: 1 }] }],
    features: [{ name: 'Place', value: 'A-12' }],
  });
  const parent = await store.addProduct({
    name: 'Cup',
    sku: 'CUP',
    image: 'cup.jpg',
    features: [{ name: 'Colour', value: 'White' }],
  });
  const red = await store.addProduct({
    name: 'Red cup',
    sku: 'CUP-R',
    features: [{ name: 'Colour', value: 'Red' }],
  });
  await store.addVariationGroup({ products: [red], features: ['Colour'], parent });
  return { shirt, parent, red };
}

const richOrder = ({ shirt, red }: Products): PlainOrder => ({
  shipTo: { country: 'DE', state: 'BAY' },
  profileFields: { Slot: 'Morning' },
  lines: [
    { product: shirt, options: [{ name: 'Size', value: 'Large' }], withoutOptionValues: true },
    { product: red },
  ],
  discount: '1.00',
  coupons: ['x1'],
});

/** Gives an account of `install --print` rights to the newer tables, or takes them away. */
async function setRights(
  store: Store,
  { user }: TestAccount,
  mayRead: (table: string) => boolean,
): Promise<void> {
  const granted = await store.query<{ name: string }>(
    `select table_name as name from information_schema.table_privileges
      where grantee = ? and table_schema = database() and privilege_type = 'SELECT'`,
    [`'${user}'@'%'`],
  );
  const names = new Set(granted.map(({ name }) => name));
  for (const table of NEWER_TABLES) {
    // Not every version has them all.
    const isThere = (await store.query(`show tables like '${store.prefix}${table}'`)).length > 0;
    const isGranted = names.has(store.prefix + table);
    if (!isThere || isGranted === mayRead(table)) continue;
    await store.run(
      mayRead(table)
        ? `grant select on ${store.table(table)} to '${user}'@'%'`
        : `revoke select on ${store.table(table)} from '${user}'@'%'`,
    );
  }
}

/** The store, an account of it and its products, for the tests of a block. */
function withAccount(shop: ExportingStore, products: () => Products) {
  let account: TestAccount;
  beforeAll(async () => {
    account = await createLeastPrivilegeAccount(shop.store);
  });
  afterAll(() => account.drop());
  return async (mayRead: (table: string) => boolean) => {
    await setRights(shop.store, account, mayRead);
    const { databaseUrl } = account;
    const { orders, leftOut } = await shop.exportAll([richOrder(products()), {}], ENVIRONMENT, {
      databaseUrl,
    });
    expect(leftOut).toEqual({});
    return orders;
  };
}

describe.each(['4.0.1 M', '4.8.1 U', '4.12.2 U', '4.18.2 M', '4.20.1 U'] as const)(
  'an account of %s',
  (version) => {
    let products: Products;
    const shop = exportingStore({ version }, async (store) => {
      products = await fill(store);
    });
    const exportWith = withAccount(shop, () => products);
    const hasVariations = version !== '4.0.1 M' && version !== '4.8.1 U';

    it('with every right says all that there is', async () => {
      const [rich, plain] = await exportWith(() => true);
      expect(plain).toBeDefined();
      expect(rich).toMatchObject({
        ShipTo: { State: 'Bayern' },
        CustomField3: 'Morning, en',
        Gift: 'true',
        Items: [
          { SKU: 'TEE', Location: 'A-12', Weight: '2.00', Options: [{ Name: 'Size', Value: 'Large' }] },
          { SKU: 'CUP-R', Options: hasVariations ? [{ Name: 'Colour', Value: 'Red' }] : [] },
          { Name: 'Discount (x1)' },
        ],
      });
    });

    it('that is older than these tables sends every order, only poorer', async () => {
      const [rich, plain] = await exportWith(() => false);
      expect(plain).toBeDefined();
      const variant = String(products.shirt.variantIds['Size: Large']);
      expect(rich).toMatchObject({
        OrderTotal: '26.50',
        ShipTo: { State: 'BAY', Country: 'DE' },
        CustomField1: 'x1',
        CustomField3: 'en',
        Items: [
          { SKU: 'TEE', Name: 'Shirt', Weight: '2.00', Options: [{ Name: 'Option', Value: variant }] },
          { SKU: 'CUP-R', Name: 'Red cup', Options: [] },
          { Name: 'Discount (x1)' },
        ],
      });
      expect(rich?.Gift).toBeUndefined();
      expect(rich?.Items[0]?.Location).toBeUndefined();
      expect(rich?.Items[1]?.ImageUrl).toBeUndefined();
    });

    it.each(NEWER_TABLES)('that lacks the right to %s alone sends every order', async (lacking) => {
      const [rich, plain] = await exportWith((table) => table !== lacking);
      expect([rich?.OrderTotal, plain?.OrderTotal]).toEqual(['26.50', '20.00']);
    });
  },
);
