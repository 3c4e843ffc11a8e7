import { describe, expect, it } from 'vitest';
import type { PlainPickup } from '../support/store/plain-order.ts';
import { exportingStore, sumsOf } from './exporting-store.ts';

const SHOP: PlainPickup = {
  name: 'Corner &amp; Co <b>shop</b>',
  address: '12 Market Sq',
  city: 'Salem',
  state: 'OR',
  country: 'US',
  zipcode: '97301',
  phone: '503-555-0177',
};
const FETCHED = { methods: [{ name: 'Pickup', pickup: SHOP }] };
const BOTH = {
  methods: [
    { name: 'Pickup', pickup: SHOP },
    { name: 'UPS Ground', cost: '5.00' },
  ],
};
const SENT = { EXPORT_PICKUP_ORDERS: 'true' };
/** What the checkout keeps where it asks for no address. */
const NOWHERE = { address: '', city: '', state: '', zip: '', country: '', phone: '' };

describe.each(['4.8.1 U', '4.12.2 U', '4.18.2 M', '4.20.1 U'] as const)(
  'an order of %s that the buyer fetches',
  (version) => {
    const shop = exportingStore({ version });

    it('is left out with its reason, and the others are there', async () => {
      const { orders, leftOut, placed, logs } = await shop.exportAll([{}, { shipping: FETCHED }, {}]);
      expect(orders.map((order) => order !== undefined)).toEqual([true, false, true]);
      const orderId = placed[1]?.orderId;
      expect(leftOut).toEqual({ pickup: { count: 1, examples: [orderId] } });
      expect(logs).toContainEqual(
        expect.objectContaining({ event: 'order.left_out', orderId, reason: 'pickup' }),
      );
    });

    it("is sent to the place where it is fetched if that is wanted, under the buyer's name", async () => {
      const order = await shop.exportOne({ shipping: FETCHED }, SENT);
      expect(order.ShipTo).toEqual({
        Name: 'Ann Baker',
        Company: 'Corner & Co shop',
        Address1: '12 Market Sq',
        City: 'Salem',
        State: 'OR',
        PostalCode: '97301',
        Country: 'US',
        Phone: '617-555-0101',
      });
      expect(order).toMatchObject({ ShippingMethod: 'Pickup', ShippingAmount: '0.00' });
      expect(sumsOf(order)).toEqual({ parts: 1250, total: 1250 });
    });

    it('without any address of the buyer is sent all the same', async () => {
      const { ShipTo } = await shop.exportOne(
        { shipping: FETCHED, shipTo: NOWHERE, billTo: NOWHERE, customer: { phone: '' } },
        SENT,
      );
      expect(ShipTo).toMatchObject({ Address1: '12 Market Sq', Country: 'US', Phone: '503-555-0177' });
    });

    it("takes the buyer's country where the point has none", async () => {
      const point = { ...SHOP, country: undefined, state: undefined, zipcode: undefined };
      const { ShipTo } = await shop.exportOne(
        { shipping: { methods: [{ name: 'Pickup', pickup: point }] }, shipTo: { country: 'CA' } },
        SENT,
      );
      expect(ShipTo).toMatchObject({ Country: 'CA', City: 'Salem', PostalCode: '' });
      expect(ShipTo.State).toBeUndefined();
    });

    it('counts for the country where the point is, not where the buyer lives', async () => {
      const abroad = { shipTo: { country: 'CA' }, billTo: { country: 'CA' } } as const;
      const { orders, leftOut } = await shop.exportAll([abroad, { ...abroad, shipping: FETCHED }], {
        ...SENT,
        ORDER_COUNTRIES: 'US',
      });
      expect(orders.map((order) => order?.ShipTo.Country)).toEqual([undefined, 'US']);
      expect(leftOut).toMatchObject({ 'country-not-wanted': { count: 1 } });
    });

    it('is left out where the point has no address to send to', async () => {
      const point = { name: 'Somewhere', city: 'Salem' };
      const { leftOut } = await shop.exportAll(
        [{ shipping: { methods: [{ name: 'Pickup', pickup: point }] } }],
        SENT,
      );
      expect(Object.keys(leftOut)).toEqual(['no-address']);
    });

    it.each([{}, SENT])('in part goes to the buyer, who is sent the rest (%o)', async (environment) => {
      const order = await shop.exportOne(
        { shipping: BOTH },
        { ...environment, EXPORT_CUSTOM_FIELD_3: 'pickup-point' },
      );
      expect(order.ShipTo).toMatchObject({ Name: 'Ann Baker', Address1: '44 Main Street', City: 'Boston' });
      expect(order).toMatchObject({
        ShippingMethod: 'Pickup, UPS Ground',
        ShippingAmount: '5.00',
        CustomField3: 'Corner & Co shop',
      });
    });

    it('at two points goes to the first', async () => {
      const other = { ...SHOP, name: 'Harbour', address: '1 Quay' };
      const methods = [
        { name: 'Pickup', pickup: other },
        { name: 'Pickup', pickup: SHOP },
      ];
      const order = await shop.exportOne(
        { shipping: { methods } },
        { ...SENT, EXPORT_INTERNAL_NOTES: 'pickup-point' },
      );
      expect(order.ShipTo).toMatchObject({ Company: 'Harbour', Address1: '1 Quay' });
      expect(order.InternalNotes).toBe('Pickup: Harbour, Corner & Co shop');
    });

    it('is known by its method alone where the point is not kept', async () => {
      const { leftOut } = await shop.exportAll([
        { shipping: { methods: [{ name: 'Pickup', module: 'store_locator' }] } },
      ]);
      expect(Object.keys(leftOut)).toEqual(['pickup']);
    });
  },
);
