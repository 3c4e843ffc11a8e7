import { describe, expect, it } from 'vitest';
import { exportingStore, sumsOf } from './exporting-store.ts';

const AT_THE_LAKE = {
  address: '9 Lake Rd',
  address_2: 'Rear',
  city: 'Madison',
  state: 'WI',
  country: 'US',
  zipcode: '53703',
  phone: '608-555-0102',
};
const IN_BERLIN = {
  address: 'Hofweg 3',
  city: 'Berlin',
  state: 'BER',
  country: 'DE',
  zipcode: '10115',
  phone: '',
};
const POSTED = { code: 'GC-1', amount: '25.00', sendVia: 'P' as const, recipient: 'Sam Stone' };
const NO_SHIPPING = { methods: [] };

describe.each(['4.0.1 M', '4.8.1 U', '4.18.2 M'] as const)('a gift certificate bought in %s', (version) => {
  const shop = exportingStore({ version });

  it('alone and by e-mail is nothing to ship', async () => {
    const { orders, leftOut, placed } = await shop.exportAll([
      {
        lines: [],
        shipping: NO_SHIPPING,
        purchasedCertificates: [{ ...POSTED, sendVia: 'E', address: AT_THE_LAKE }],
      },
      {},
    ]);
    expect(orders.map((order) => order !== undefined)).toEqual([false, true]);
    expect(leftOut).toEqual({ 'only-downloads': { count: 1, examples: [placed[0]?.orderId] } });
  });

  it('alone and by post goes to its recipient', async () => {
    const order = await shop.exportOne({
      lines: [],
      shipping: NO_SHIPPING,
      purchasedCertificates: [{ ...POSTED, address: AT_THE_LAKE }],
    });
    expect(order.ShipTo).toEqual({
      Name: 'Sam Stone',
      Address1: '9 Lake Rd',
      Address2: 'Rear',
      City: 'Madison',
      State: 'WI',
      PostalCode: '53703',
      Country: 'US',
      Phone: '608-555-0102',
    });
    expect(order.BillTo).toMatchObject({ Name: 'Ann Baker' });
    expect(order.Items).toEqual([
      {
        LineItemID: expect.stringContaining('certificate:1'),
        SKU: '',
        Name: 'Gift certificate GC-1 for Sam Stone (by post)',
        Quantity: '1',
        UnitPrice: '25.00',
        Options: [],
      },
    ]);
    expect(order.InternalNotes).toBeUndefined();
    expect(sumsOf(order)).toEqual({ parts: 2500, total: 2500 });
  });

  it('alone and by post without a whole address goes to the buyer', async () => {
    const order = await shop.exportOne({
      lines: [],
      shipping: NO_SHIPPING,
      purchasedCertificates: [{ ...POSTED, address: { ...AT_THE_LAKE, city: '' } }],
    });
    expect(order.ShipTo).toMatchObject({ Name: 'Ann Baker', Address1: '44 Main Street', City: 'Boston' });
    expect(order.InternalNotes).toBe(
      'Gift certificate GC-1 goes to: Sam Stone, 9 Lake Rd, Rear, WI, 53703, US',
    );
  });

  it('by post beside goods goes with them, and the notes say for whom it is', async () => {
    const order = await shop.exportOne({
      details: 'Call before delivery',
      purchasedCertificates: [
        { ...POSTED, address: AT_THE_LAKE },
        { code: 'GC-2', amount: '5.00', sendVia: 'E', recipient: 'Kim', address: IN_BERLIN },
      ],
    });
    expect(order.ShipTo).toMatchObject({ Name: 'Ann Baker', Address1: '44 Main Street' });
    expect(order.InternalNotes).toBe(
      'Call before delivery\nGift certificate GC-1 goes to: Sam Stone, 9 Lake Rd, Rear, Madison, WI, 53703, US',
    );
    expect(order.Items.map(({ Name, UnitPrice }) => [Name, UnitPrice])).toEqual([
      ['Coffee mug 11 oz', '12.50'],
      ['Gift certificate GC-1 for Sam Stone (by post)', '25.00'],
      ['Gift certificate GC-2', '5.00'],
    ]);
    expect(sumsOf(order)).toEqual({ parts: 5000, total: 5000 });
  });

  it('by post to two places goes to the first, and the notes name the second', async () => {
    const order = await shop.exportOne({
      lines: [],
      shipping: NO_SHIPPING,
      purchasedCertificates: [
        { ...POSTED, address: AT_THE_LAKE },
        { code: 'GC-2', amount: '5.00', sendVia: 'P', recipient: 'Kim Kraus', address: IN_BERLIN },
      ],
    });
    expect(order.ShipTo).toMatchObject({ Name: 'Sam Stone', City: 'Madison' });
    expect(order.InternalNotes).toBe(
      'Gift certificate GC-2 goes to: Kim Kraus, Hofweg 3, Berlin, BER, 10115, DE',
    );
  });

  it('comes back in a notice of the whole order, and is no line of the shipment', async () => {
    const window = shop.nextWindow();
    const { orderId, lines } = await shop.store.addOrder({
      placedAt: window.start,
      lines: [{ sku: 'MUG', quantity: 1 }],
      purchasedCertificates: [{ ...POSTED, address: AT_THE_LAKE }],
    });
    const { shipstation } = await shop.connect();
    await shipstation.poll(window);
    const orderNumber = String(orderId);
    expect(shipstation.orders.get(orderNumber)?.Items).toHaveLength(2);
    const answer = await shipstation.label({
      orderNumber,
      carrier: 'UPS',
      service: '',
      trackingNumber: '1Z',
    });
    expect(answer.status).toBe(200);
    const [shipment] = await shop.store.shipments(orderId);
    expect(shipment?.items).toMatchObject([{ itemId: lines[0]?.itemId, amount: 1 }]);
    expect((await shop.store.order(orderId)).status).toBe('C');
  });
});
