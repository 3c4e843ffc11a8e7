import { describe, expect, it } from 'vitest';
import { phpSerialize } from '../support/php-serialize.ts';
import type { PlainOrder } from '../support/store/plain-order.ts';
import { exportingStore } from './exporting-store.ts';

const EXTRA = phpSerialize({
  product_options: new Map([
    [8001, 'For Zoë'],
    [8002, 'Ribbon'],
  ]),
  product: 'Silver cup',
  is_edp: 'N',
  product_options_value: [
    { option_id: '8001', option_type: 'I', value: 'For Zoë', option_name: 'Engraving' },
    { option_id: '8002', option_type: 'I', value: 'Ribbon', option_name: 'Wrapping' },
  ],
  edp_shipping: 'N',
});
/** Cut in the middle of the options that the shop has resolved. */
const CUT = EXTRA.subarray(0, EXTRA.indexOf('Wrapping'));
/** The lengths of an emoji's four bytes, in whose place a question mark stands. */
const LENGTHS_OFF = Buffer.from(EXTRA.toString('utf8').replaceAll('s:8:"For Zoë"', 's:11:"For Zo?"'), 'utf8');
/** Far longer than anything that the shop keeps. */
const HUGE = phpSerialize({ product: 'Silver cup', is_edp: 'N', note: 'x'.repeat(2_000_000) });

const NOTE = 'Silver cup: what was chosen could not be read; look at it in the shop';
const ZOE = { firstname: 'Zoë', lastname: 'Secret', email: 'zoe@secret.test' };

describe.each(['4.0.1 M', '4.1.5 U', '4.12.2 U', '4.20.1 U'] as const)(
  'a damaged column of %s',
  (version) => {
    const shop = exportingStore({ version });
    const line = (extra: Buffer): PlainOrder => ({
      customer: ZOE,
      lines: [{ name: 'Silver cup', sku: 'CUP', extra }, { sku: 'MUG' }],
    });

    it('extra that is cut says what stands before the cut, and the packer is told to look', async () => {
      const { orders, logs } = await shop.exportAll([line(CUT), {}]);
      const cup = orders[0]?.Items.find(({ SKU }) => SKU === 'CUP');
      expect(cup?.Name).toBe('Silver cup');
      // The resolved options are the damage; the raw ones stand before it, and the store knows no names for them.
      expect(cup?.Options.map(({ Value }) => Value)).toEqual(['For Zoë', 'Ribbon']);
      expect(orders[0]?.InternalNotes).toBe(NOTE);
      expect(orders[1]?.InternalNotes).toBeUndefined();
      const lines = logs.filter(({ event }) => event === 'order.damaged');
      expect(lines).toMatchObject([{ level: 'warn', parts: ['order_details.extra'] }]);
      expect(JSON.stringify(lines)).not.toMatch(/Zoë|Secret|Ribbon/i);
    });

    it('extra whose lengths are off keeps the order, its SKU and its price, and the packer is told to look', async () => {
      const order = await shop.exportOne(line(LENGTHS_OFF));
      expect(order.Items.find(({ SKU }) => SKU === 'CUP')?.UnitPrice).toBe('12.50');
      expect(order.InternalNotes).toContain('what was chosen could not be read');
    });

    it('order data of taxes, certificates and coupons costs no cent', async () => {
      for (const type of ['T', 'U', 'B', 'C']) {
        const { orders, logs } = await shop.exportAll([
          {
            taxes: [{ description: 'Tax', amount: '3.00', included: false }],
            discount: '1.00',
            total: '22.00',
            orderData: { [type]: Buffer.from('a:1:{i:6;a:9:{s:9:"rate_type"') },
          },
        ]);
        const [order] = orders;
        const cents = (text: string | undefined) => Math.round(Number(text ?? 0) * 100);
        const items = (order?.Items ?? []).reduce(
          (sum, item) => sum + cents(item.UnitPrice) * Number(item.Quantity),
          0,
        );
        expect(items + cents(order?.ShippingAmount) + cents(order?.TaxAmount)).toBe(2200);
        expect(logs.filter(({ event }) => event === 'order.damaged')).toMatchObject([
          { parts: [`order_data ${type}`] },
        ]);
      }
    });

    it('order data of the shipping method is told to the packer: it could have been a pickup', async () => {
      const order = await shop.exportOne({
        orderData: { L: Buffer.from('a:1:{i:0;a:19:{s:11:"shipping_id"') },
      });
      expect(order.ShippingMethod).toBe('UPS Ground');
      expect(order.InternalNotes).toMatch(/^The shipping method could not be read/);
    });
  },
);

describe('a column of bytes', () => {
  const shop = exportingStore({ version: '4.20.1 U' });

  it('of two megabytes is read as far as its beginning goes', async () => {
    const order = await shop.exportOne({ lines: [{ name: 'x', sku: 'CUP', extra: HUGE }] });
    expect(order.Items[0]).toMatchObject({ SKU: 'CUP', Name: 'Silver cup' });
    expect(order.InternalNotes).toBe(NOTE);
  });
});

describe.each(['4.0.1 M', '4.20.1 U'] as const)('a field that stands in both addresses, in %s', (version) => {
  const shop = exportingStore({ version }, async (store) => {
    await store.addProfileField({ name: 'b_gate', label: 'Gate code', section: 'B' });
    await store.addProfileField({ name: 's_gate', label: 'Gate code', section: 'S' });
  });

  it.each(['field:Gate code', 'field:gate'])(
    'counts as the shipping one, else the billing one: %s',
    async (source) => {
      const settings = { EXPORT_CUSTOM_FIELD_3: source };
      const { orders } = await shop.exportAll(
        [
          { profileFields: { b_gate: 'billing', s_gate: 'shipping' } },
          { profileFields: { b_gate: 'billing' } },
          { profileFields: { s_gate: 'shipping' } },
        ],
        settings,
      );
      expect(orders.map((order) => order?.CustomField3)).toEqual(['shipping', 'billing', 'shipping']);
    },
  );
});
