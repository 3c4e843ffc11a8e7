import { describe, expect, it } from 'vitest';
import { previewForMachines } from '../../src/commands/preview-json.ts';
import { previewPage } from '../../src/commands/preview-page.ts';
import { readWrittenOrders } from '../../src/shipstation/written-order.ts';
import { createOrderId } from '../../src/values/order-id.ts';
import { lookingStore, written } from '../dry-export/looking-store.ts';

describe.each(['4.6.1 M', '4.12.2 U', '4.20.1 U'] as const)('a page about an order of %s', (version) => {
  const shop = lookingStore({ version, timezone: 'America/New_York' });

  /** The page and the form for machines. */
  async function shown(orderId: number) {
    const look = await shop.look();
    const preview = await look.previewOrder(createOrderId(orderId));
    if (!preview) throw new Error(`no order ${orderId}`);
    const documents = preview.outcome.kind === 'sent' ? [preview.outcome.document] : [];
    const [order] = readWrittenOrders(written({ pages: 1, orders: documents }));
    return {
      page: `${previewPage(preview, order, look.remarks)}\n`,
      json: previewForMachines(preview, order, look.remarks),
    };
  }

  it('says all that ShipStation gets', async () => {
    const mug = await shop.store.addProduct({ sku: '0012', name: 'Stone mug', weight: 0.5 });
    const { orderId, lines } = await shop.store.addOrder({
      placedAt: '2026-10-01T10:20:30Z',
      customer: { email: 'zoe@example.test' },
      shipTo: { firstname: 'Zoë', lastname: 'Žižek \u009b31m', address2: 'Rear \u202egnp.exe' },
      lines: [
        {
          product: mug,
          quantity: 2,
          price: '23.50',
          options: [{ name: 'Engraving', type: 'I', value: 'For & co' }],
        },
        { name: 'Saucer', sku: '', productId: 99_999, price: '130.00' },
      ],
      discount: '25.70',
      coupons: ['spring10'],
      notes: 'Leave with\nthe porter',
      details: 'long '.repeat(300),
      orderData: { T: 'a:broken' },
    });
    const { page, json } = await shown(orderId);
    for (const part of [
      `Order ${orderId} is sent to ShipStation\n`,
      /Status +P (Processed|Paid) → Awaiting Shipment \(paid\)\n/,
      /Placed +2026-10-01 06:20 \(America\/New_York\)\n/,
      /Shipping +UPS Ground\n/,
      // What would move the cursor or turn the writing is shown, not done.
      'Zoë Žižek \ufffd31m\n',
      'Rear \ufffdgnp.exe\n',
      'zoe@example.test\n',
      /2 × Stone mug: 47.00 \(23.50 each\)\n +Engraving: For & co\n +SKU 0012, [\d.]+ \w+ each, line \d+\n/,
      '1 × Saucer: 130.00\n',
      '1 × Discount (spring10): -25.70\n       adjustment\n',
      'items 177.00 + adjustments -25.70 + shipping 7.50 + tax 0.00 = total 158.80 USD\n',
      'Customer notes\n   Leave with\n   the porter\n',
      /Internal notes\n {3}(?:long ){199}.*…\n/,
      'Custom field 1\n   spring10\n',
      'cut: InternalNotes\n',
      'order_data T. Look at the order in the shop.\n',
      'with start_date up to 10/01/2026 10:30 and end_date from 10/01/2026 10:20: it was placed 2026-10-01 06:20\n',
      'Polls of the last day that had it\n   none\n',
      'Shipment notices\n   none\n',
    ])
      expect(page).toMatch(part);
    expect(page.replaceAll('\n', '')).not.toMatch(/\p{Cc}/u);
    expect(json).toMatchObject({
      order: orderId,
      sent: true,
      leftOut: null,
      document: {
        OrderNumber: String(orderId),
        Customer: { ShipTo: { Country: 'US' } },
        Items: [
          { SKU: '0012', LineItemID: String(lines[0]?.itemId), Options: [{ Name: 'Engraving' }] },
          { Name: 'Saucer' },
          { Adjustment: 'true' },
        ],
      },
      cut: ['InternalNotes'],
      damaged: ['order_data T'],
      changes: [{ at: '2026-10-01T10:20:30.000Z', source: 'timestamp', endFrom: '2026-10-01T10:20:00.000Z' }],
      exports: [],
      notices: [],
    });
  });

  it('says why an order is left out, and what to do', async () => {
    const { orderId } = await shop.store.addOrder({ status: 'B' });
    const { page, json } = await shown(orderId);
    expect(page).toMatch(
      new RegExp(
        `^Order ${orderId} is not sent to ShipStation\\n +Why +its status is mapped to none .* \\(status B\\)\\n +What to do +Put this status into .* shop\\.\\n +Status +B Backordered\\n`,
      ),
    );
    expect(json).toMatchObject({
      sent: false,
      document: null,
      leftOut: { advice: expect.stringMatching(/^Put this/) },
    });
  });

  it("names a parent's orders of vendors", async () => {
    const parent = await shop.store.addOrder({ isParent: true, status: 'T' });
    const child = await shop.store.addOrder({ parentOrderId: parent.orderId });
    const { page } = await shown(parent.orderId);
    expect(page).toMatch(new RegExp(`Vendors' orders +${child.orderId}\\n`));
    expect(page).toMatch(/Status +T Parent order\n/);
  });

  it('says by which polls it went, and which notices came', async () => {
    const { orderId } = await shop.store.addOrder({ placedAt: '2026-09-01T10:00:00Z' });
    const { shipstation } = shop.bridge;
    await shipstation.poll({
      start: new Date('2026-09-01T09:00:00Z'),
      end: new Date('2026-09-01T11:00:00Z'),
    });
    const label = { orderNumber: String(orderId), carrier: 'UPS', service: '', trackingNumber: '1Z' };
    await shipstation.label(label);
    await shipstation.label(label);
    const { page, json } = await shown(orderId);
    expect(page).toMatch(/start_date 09\/01\/2026 09:00, end_date 09\/01\/2026 11:00: page 1\n/);
    expect(page).toMatch(
      /Shipment notices\n +\d+ {2}[\d-]+ [\d:]+ {2}applied, came 2 times\n +1 unit of order \d+ shipped\n/,
    );
    expect(json).toMatchObject({
      exports: [{ start: '2026-09-01T09:00:00.000Z', page: 1, leftOut: null }],
      notices: [{ state: 'applied', attempts: 2, shipment: 1 }],
    });
  });
});
