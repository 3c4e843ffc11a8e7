import { describe, expect, it } from 'vitest';
import { startTestBridge } from '../support/test-bridge.ts';
import { lacksAddress, type RunningCase, type StoreCase } from './shapes.ts';

const START = new Date('2026-03-01T00:00:00Z');
const END = new Date('2026-03-02T00:00:00Z');
const INSIDE = '2026-03-01T10:20:30Z';

export function testExport({ options }: StoreCase, running: () => RunningCase): void {
  describe('an export', () => {
    it('says of an order all that the store knows', async () => {
      const { store, bridge } = running();
      const mug = await store.addProduct({
        sku: '0012',
        name: 'Stone mug',
        weight: 0.5,
        image: 'stone mug.jpg',
        options: [
          { name: 'Size', variants: [{ name: 'Large', weightModifier: 0.25, weightModifierType: 'A' }] },
        ],
      });
      const { orderId, lines } = await store.addOrder({
        status: 'P',
        placedAt: INSIDE,
        customer: {
          firstname: 'Zoë',
          lastname: 'Žižek',
          email: 'zoe@example.test',
          company: 'Çelik & Söhne <GmbH>',
          phone: '+1 555 0100',
          userId: 0,
        },
        billTo: {
          firstname: 'Zoë',
          lastname: 'Žižek',
          address: '1 Pay St',
          address2: '',
          city: 'Salem',
          state: 'OR',
          zip: '97301',
          country: 'US',
          phone: '+1 555 0101',
        },
        shipTo: {
          firstname: '',
          lastname: '',
          address: '5 Hill Rd',
          address2: 'Rear',
          city: 'Portland',
          state: 'OR',
          zip: '97201',
          country: 'US',
          phone: '',
        },
        lines: [
          {
            product: mug,
            quantity: 2,
            price: '23.50',
            options: [
              { name: 'Size', value: 'Large' },
              { name: 'Engraving', type: 'I', value: 'For Zoë ]]> & co' },
            ],
          },
          { sku: '', name: 'Saucer', productId: 99_999, quantity: 1, price: '130.00' },
        ],
        shipping: { methods: [{ name: 'UPS Ground', cost: '28.00' }] },
        payment: 'Credit card',
        discount: '25.70',
        coupons: ['spring10'],
        surcharge: '1.50',
        taxes: [
          { description: 'Sales tax', amount: '14.36', included: false },
          { description: 'VAT', amount: '9.99', included: true },
        ],
        notes: 'Leave with the porter',
        details: 'Fragile',
      });

      await bridge.shipstation.poll({ start: START, end: END });

      const order = bridge.shipstation.orders.get(String(orderId));
      expect(order).toMatchObject({
        OrderID: String(orderId),
        OrderDate: '03/01/2026 10:20',
        OrderStatus: 'paid',
        LastModified: '03/01/2026 10:20',
        ShippingMethod: 'UPS Ground',
        PaymentMethod: 'Credit card',
        CurrencyCode: 'USD',
        OrderTotal: '195.16',
        TaxAmount: '14.36',
        ShippingAmount: '28.00',
        CustomerNotes: 'Leave with the porter',
        InternalNotes: 'Fragile',
        CustomerCode: 'zoe@example.test',
        BillTo: {
          Name: 'Zoë Žižek',
          Company: 'Çelik & Söhne <GmbH>',
          Phone: '+1 555 0101',
          Email: 'zoe@example.test',
          Address1: '1 Pay St',
          City: 'Salem',
          State: 'OR',
          PostalCode: '97301',
          Country: 'US',
        },
        ShipTo: {
          Name: 'Zoë Žižek',
          Company: 'Çelik & Söhne <GmbH>',
          Address1: '5 Hill Rd',
          Address2: 'Rear',
          City: 'Portland',
          State: 'OR',
          PostalCode: '97201',
          Country: 'US',
          Phone: '+1 555 0100',
        },
      });
      const [product, saucer, surcharge, discount, ...others] = order?.Items ?? [];
      expect(product).toEqual({
        LineItemID: String(lines[0]?.itemId),
        SKU: '0012',
        Name: 'Stone mug',
        ...(lacksAddress(options.version)
          ? {}
          : {
              ImageUrl: expect.stringMatching(
                /^https:\/\/shop\.example\.com\/images\/detailed\/\d+\/stone%20mug\.jpg$/,
              ),
            }),
        // 0.5 lb and a quarter more for the option
        Weight: '12.00',
        WeightUnits: 'Ounces',
        Quantity: '2',
        UnitPrice: '23.50',
        Options: [
          { Name: 'Size', Value: 'Large' },
          { Name: 'Engraving', Value: 'For Zoë ]]> & co' },
        ],
      });
      // Its product is gone: no weight, no picture.
      expect(saucer).toEqual({
        LineItemID: String(lines[1]?.itemId),
        SKU: '',
        Name: 'Saucer',
        Quantity: '1',
        UnitPrice: '130.00',
        Options: [],
      });
      expect(surcharge).toMatchObject({ Name: 'Payment surcharge', UnitPrice: '1.50', Quantity: '1' });
      expect(discount).toMatchObject({
        SKU: '',
        Name: 'Discount (spring10)',
        UnitPrice: '-25.70',
        Adjustment: 'true',
      });
      expect(others).toEqual([]);
    });

    it('is valid against the printed schema without the currency, too', async () => {
      const { store } = running();
      const plain = await startTestBridge(store, { environment: { EXPORT_CURRENCY_CODE: 'false' } });
      try {
        await plain.shipstation.poll({ start: START, end: END });
        expect([...plain.shipstation.orders.values()].map((order) => order.CurrencyCode)).toEqual([
          undefined,
        ]);
      } finally {
        await plain.close();
      }
    });

    it('leaves the store as it was', async () => {
      const { store, bridge } = running();
      const before = await store.snapshot();
      await bridge.shipstation.poll({ start: START, end: END });
      expect(await store.snapshot()).toEqual(before);
    });
  });
}
