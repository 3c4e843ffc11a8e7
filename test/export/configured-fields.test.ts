import { describe, expect, it } from 'vitest';
import type { Store } from '../support/store/store.ts';
import { type Environment, exportingStore } from './exporting-store.ts';

/** A field of each type; only the first has a name. */
async function addFields(store: Store): Promise<void> {
  await store.addProfileField({ name: 'gate', label: 'Gate code', labels: { de: 'Türcode' } });
  await store.addProfileField({
    name: '',
    label: 'Wishes',
    labels: { de: 'Wünsche' },
    type: 'T',
    section: 'S',
  });
  await store.addProfileField({
    name: '',
    label: 'Slot',
    labels: { de: 'Zeit' },
    type: 'S',
    section: 'B',
    values: [{ label: 'Morning', labels: { de: 'Vormittag' } }, 'Evening &amp; night'],
  });
  await store.addProfileField({
    name: '',
    label: 'Box',
    labels: { de: 'Karton' },
    type: 'R',
    values: [{ label: 'Small', labels: { de: 'Klein' } }, 'Large'],
  });
  await store.addProfileField({
    name: '',
    label: 'Gift',
    labels: { de: 'Geschenk' },
    type: 'C',
    section: 'S',
  });
  await store.addProfileField({ name: '', label: 'Deliver on', labels: { de: 'Liefern am' }, type: 'D' });
  await store.addProfileField({ name: 'kind', label: 'Kind of address', type: 'N', section: 'S' });
  await store.addColumn('orders', "gift_wrap varchar(16) not null default ''");
  await store.addColumn('orders', 'gift_text text');
  await store.addColumn('orders', 'parcel_count int unsigned');
}

/** Noon of the day in the store's time zone, as the shop keeps a date. */
const LAST_OF_MARCH = String(Date.UTC(2026, 2, 31, 4) / 1000);

const FILLED = {
  gate: '#42 &quot;B&quot;',
  Wishes: 'Ring twice.\nThen wait.',
  Slot: 'Morning',
  Box: 'Small',
  Gift: 'Y',
  'Deliver on': LAST_OF_MARCH,
  kind: 'commercial',
};

const fields = (one: string, two = 'none', three = 'none'): Environment => ({
  EXPORT_CUSTOM_FIELD_1: one,
  EXPORT_CUSTOM_FIELD_2: two,
  EXPORT_CUSTOM_FIELD_3: three,
});

describe.each(['4.0.1 M', '4.6.1 M', '4.8.1 U', '4.12.2 U', '4.18.2 M', '4.20.1 U'] as const)(
  "the merchant's own fields of %s",
  (version) => {
    const shop = exportingStore({ version, languages: ['en', 'de'], timezone: 'Asia/Tokyo' }, addFields);

    const customOf = async (environment: Environment, order: object = {}) => {
      const found = await shop.exportOne({ profileFields: FILLED, ...order }, environment);
      return [found.CustomField1, found.CustomField2, found.CustomField3];
    };

    it('stand in the custom fields', async () => {
      expect(await customOf(fields('field:gate', 'field:Wishes', 'field:Slot'))).toEqual([
        '#42 "B"',
        'Ring twice. Then wait.',
        'Morning',
      ]);
      expect(await customOf(fields('field:Box', 'field:Gift', 'field:Deliver on'))).toEqual([
        'Small',
        'Yes',
        '2026-03-31',
      ]);
    });

    it("say choices in the order's language, whatever language names the field", async () => {
      const environment = fields('field:Zeit', 'field:box', 'field:WÜNSCHE');
      expect(await customOf(environment, { language: 'de' })).toEqual([
        'Vormittag',
        'Klein',
        'Ring twice. Then wait.',
      ]);
      expect(await customOf(environment, { language: 'fr' })).toEqual([
        'Morning',
        'Small',
        'Ring twice. Then wait.',
      ]);
    });

    it('are found by their ids, and several share a custom field', async () => {
      expect(await customOf(fields('field:1, field:4', 'field:7'))).toEqual([
        '#42 "B", Small',
        'commercial',
        undefined,
      ]);
    });

    it('say nothing where an order leaves them empty, or chose nothing', async () => {
      const profileFields = { gate: '', Gift: '' };
      const environment = fields('field:gate, field:Slot', 'field:Gift', 'field:Deliver on');
      expect(await customOf(environment, { profileFields })).toEqual([undefined, undefined, undefined]);
      const { orders } = await shop.exportAll(
        [{ profileFields: { 'Deliver on': '0', Gift: 'N' } }],
        environment,
      );
      expect([orders[0]?.CustomField2, orders[0]?.CustomField3]).toEqual(['No', undefined]);
    });

    it('stand in the notes below each other, with their labels', async () => {
      const environment = {
        EXPORT_CUSTOMER_NOTES: 'notes, field:Slot, field:Gift',
        EXPORT_INTERNAL_NOTES: 'field:gate, staff-notes, field:Deliver on, field:Wishes',
      };
      const order = { profileFields: FILLED, notes: 'Call me', details: 'Fragile' };
      const english = await shop.exportOne(order, environment);
      expect(english.CustomerNotes).toBe('Call me\nSlot: Morning\nGift: Yes');
      expect(english.InternalNotes).toBe(
        'Gate code: #42 "B"\nFragile\nDeliver on: 2026-03-31\nWishes: Ring twice.\nThen wait.',
      );
      const german = await shop.exportOne({ ...order, language: 'de' }, environment);
      expect(german.CustomerNotes).toBe('Call me\nZeit: Vormittag\nGeschenk: Yes');
      expect(german.InternalNotes).toBe(
        'Türcode: #42 "B"\nFragile\nLiefern am: 2026-03-31\nWünsche: Ring twice.\nThen wait.',
      );
    });

    it('that the store does not have say nothing, and every order is there', async () => {
      const environment = fields('field:Nothing, coupons', 'column:nothing', 'field:99');
      expect(await customOf(environment, { coupons: ['x1'], discount: '1.00' })).toEqual([
        'x1',
        undefined,
        undefined,
      ]);
    });

    it('of other orders are not mixed in', async () => {
      const { orders } = await shop.exportAll(
        [{ profileFields: { gate: 'one' } }, {}, { profileFields: { gate: 'three' } }],
        fields('field:gate'),
      );
      expect(orders.map((order) => order?.CustomField1)).toEqual(['one', undefined, 'three']);
    });

    it('and columns of add-ons stand together', async () => {
      const columns = { gift_wrap: 'Red &amp; gold', parcel_count: 3, gift_text: null };
      expect(
        await customOf(fields('column:gift_wrap', 'column:parcel_count', 'column:gift_text'), { columns }),
      ).toEqual(['Red & gold', '3', undefined]);
    });

    it.each<[string, string, object, boolean]>([
      ['field:Gift', 'field:Wishes', { profileFields: { Gift: 'Y', Wishes: 'Love, Zoë' } }, true],
      ['field:Gift', 'field:Wishes', { profileFields: { Gift: 'N', Wishes: 'Love, Zoë' } }, false],
      ['field:Slot', 'field:Wishes', { profileFields: { Slot: 'Morning', Wishes: 'Love, Zoë' } }, true],
      ['field:Geschenk', 'field:Wünsche', { profileFields: { Gift: 'Y', Wishes: 'Love, Zoë' } }, true],
      [
        'column:gift_wrap',
        'column:gift_text',
        { columns: { gift_wrap: 'Gold', gift_text: 'Love, Zoë' } },
        true,
      ],
      [
        'column:gift_wrap',
        'column:gift_text',
        { columns: { gift_wrap: 'none', gift_text: 'Love, Zoë' } },
        false,
      ],
      [
        'column:parcel_count',
        'column:gift_text',
        { columns: { parcel_count: 0, gift_text: 'Love, Zoë' } },
        false,
      ],
      [
        'column:parcel_count',
        'column:gift_text',
        { columns: { parcel_count: 1, gift_text: 'Love, Zoë' } },
        true,
      ],
    ])('make an order a gift: %s', async (EXPORT_GIFT, EXPORT_GIFT_MESSAGE, order, isGift) => {
      const found = await shop.exportOne(order, { EXPORT_GIFT, EXPORT_GIFT_MESSAGE });
      expect([found.Gift, found.GiftMessage]).toEqual([isGift ? 'true' : undefined, 'Love, Zoë']);
    });

    it('leave an order without them no gift', async () => {
      const found = await shop.exportOne(
        {},
        { EXPORT_GIFT: 'field:Gift', EXPORT_GIFT_MESSAGE: 'field:Wishes' },
      );
      expect([found.Gift, found.GiftMessage]).toEqual([undefined, undefined]);
    });
  },
);

describe.each(['4.8.1 U', '4.18.2 M', '4.20.1 U'] as const)('what every order of %s has', (version) => {
  const shop = exportingStore({
    version,
    companies: [
      { companyId: 1, name: 'Acme &amp; Co', storefront: 'acme.example' },
      { companyId: 2, name: 'Bolt Works', storefront: 'bolt.example' },
    ],
    storefronts: [
      { storefrontId: 1, url: 'acme.example', name: 'Acme Shop', companyId: 1 },
      { storefrontId: 5, url: 'bolt.example', name: 'Bolt Shop', companyId: 2, isDefault: false },
    ],
    languages: ['en', 'de'],
  });
  const hasStorefronts = version !== '4.8.1 U';

  it('can stand in any field', async () => {
    const found = await shop.exportOne(
      {
        companyId: 2,
        storefrontId: 5,
        language: 'de',
        shipTo: { addressType: 'residential' },
        usedCertificates: [{ code: 'GC-1', cost: '1.00' }],
        shipping: { methods: [{ name: 'UPS Ground', cost: '5.00' }] },
        notes: 'Call',
        details: 'Fragile',
      },
      {
        ...fields('vendor, storefront', 'address-type, gift-certificates, language', 'payment-method, rush'),
        EXPORT_CUSTOMER_NOTES: 'address-type, vendor, payment-method, shipping-method',
        EXPORT_INTERNAL_NOTES:
          'gift-certificates, language, storefront, notes, staff-notes, pickup-point, coupons',
        SHIPPING_METHOD_MAP: 'UPS* = Ground (rush)',
        RUSH_MARK: 'Hurry',
      },
    );
    const storefront = hasStorefronts ? 'Bolt Shop' : 'Bolt Works';
    expect([found.CustomField1, found.CustomField2, found.CustomField3]).toEqual([
      `Bolt Works, ${storefront}`,
      'residential, GC-1, de',
      'Kreditkarte, Hurry',
    ]);
    expect(found.CustomerNotes).toBe(
      'Address type: residential\nVendor: Bolt Works\nPayment: Kreditkarte\nShipping: Ground',
    );
    expect(found.InternalNotes).toBe(
      `Gift certificates: GC-1\nLanguage: de\nStorefront: ${storefront}\nCall\nFragile`,
    );
  });

  it('is decoded where the store keeps it with entities, and nothing where a vendor is gone', async () => {
    const { orders } = await shop.exportAll([{ companyId: 1 }, { companyId: 77 }], fields('vendor'));
    expect(orders.map((order) => order?.CustomField1)).toEqual(['Acme & Co', undefined]);
  });

  it('is not there where a field is switched off', async () => {
    const found = await shop.exportOne(
      { coupons: ['x1'], discount: '1.00', notes: 'Call', details: 'Fragile' },
      { ...fields('none'), EXPORT_CUSTOMER_NOTES: 'none', EXPORT_INTERNAL_NOTES: 'none' },
    );
    expect([found.CustomField1, found.CustomerNotes, found.InternalNotes]).toEqual([
      undefined,
      undefined,
      undefined,
    ]);
  });
});
