import { describe, expect, it } from 'vitest';
import type { RunningCase, StoreCase } from './shapes.ts';

/** Codes under which each version knows UPS. */
const UPS: Readonly<Record<string, string>> = { '4.0.1 M': 'UPS' };

export function testNotices({ options, takesFourBytes }: StoreCase, running: () => RunningCase): void {
  describe('a notice', () => {
    const twoLines = [
      { sku: 'MUG', name: 'Mug', quantity: 2, price: '10.00' },
      { sku: 'SHIRT', name: 'Shirt', quantity: 3, price: '20.00' },
    ];

    it('becomes a shipment of all its lines, and the order is complete', async () => {
      const { store, bridge } = running();
      const { orderId, lines } = await store.addOrder({ lines: twoLines, placedAt: '2026-03-01T10:00:00Z' });
      const answer = await bridge.shipstation.label({
        orderNumber: String(orderId),
        carrier: 'UPS',
        service: 'UPS® Ground',
        trackingNumber: '1Z999AA10123456784',
        shipDate: new Date('2026-03-03T00:00:00Z'),
        notesToCustomer: 'Thank you, Zoë! 🎁',
        items: lines.map(({ itemId, sku, name, quantity }) => ({
          lineItemId: String(itemId),
          sku,
          name,
          quantity,
        })),
      });

      expect(answer.status).toBe(200);
      const [shipment, ...others] = await store.shipments(orderId);
      expect(others).toEqual([]);
      expect(shipment).toMatchObject({
        shippingId: expect.any(Number),
        trackingNumber: '1Z999AA10123456784',
        carrier: UPS[options.version] ?? 'ups',
        // The emoji does not fit into three-byte UTF-8.
        comments: `Thank you, Zoë! ${takesFourBytes ? '🎁' : '\ufffd'}\nService: UPS® Ground`,
        // Noon in Auckland, which is still in daylight saving time: the shop shows the third of March.
        timestamp: Date.UTC(2026, 2, 2, 23) / 1000 + (orderId % 3600),
      });
      expect(new Map(shipment?.items.map(({ itemId, amount }) => [itemId, amount]))).toEqual(
        new Map(lines.map(({ itemId, quantity }) => [itemId, quantity])),
      );
      expect(new Set(shipment?.items.map(({ productId }) => productId))).toEqual(
        new Set(lines.map(({ productId }) => productId)),
      );
      const order = await store.order(orderId);
      expect(order.status).toBe('C');
      const now = Date.now() / 1000;
      for (const stamp of [order.updatedAt, order.lastModify]) {
        if (stamp !== undefined) expect(now - stamp).toBeLessThan(60);
      }
    });

    it('writes nothing when it comes again', async () => {
      const { store, bridge } = running();
      const { orderId } = await store.addOrder({ lines: twoLines });
      const label = { orderNumber: String(orderId), carrier: 'UPS', service: '', trackingNumber: '1ZAGAIN' };
      expect((await bridge.shipstation.label(label, { withoutBody: true })).status).toBe(200);
      const before = await store.snapshot();
      const repeated = await bridge.shipstation.label(label, { withoutBody: true });
      expect(repeated.status).toBe(200);
      expect(await store.snapshot()).toEqual(before);
    });

    it('of a part leaves the status, and the rest completes the order', async () => {
      const { store, bridge } = running();
      const { orderId, lines } = await store.addOrder({ lines: twoLines });
      const [mug, shirt] = lines;
      const label = { orderNumber: String(orderId), carrier: 'USPS', service: '' };
      await bridge.shipstation.label({
        ...label,
        trackingNumber: 'PART-1',
        items: [
          { lineItemId: String(mug?.itemId), quantity: 2 },
          { sku: 'SHIRT', quantity: 1 },
        ],
      });
      expect((await store.order(orderId)).status).toBe('P');
      await bridge.shipstation.label({
        ...label,
        trackingNumber: 'PART-2',
        items: [{ name: 'Shirt', quantity: 9 }],
      });

      const shipments = await store.shipments(orderId);
      expect(
        shipments.map(({ trackingNumber, items }) => [
          trackingNumber,
          items.reduce((sum, { amount }) => sum + amount, 0),
        ]),
      ).toEqual([
        ['PART-1', 3],
        ['PART-2', 2],
      ]);
      expect(shipments[1]?.items).toMatchObject([{ itemId: shirt?.itemId, amount: 2 }]);
      expect((await store.order(orderId)).status).toBe('C');
    });

    it('changes no other table and no other order', async () => {
      const { store, bridge } = running();
      const { orderId } = await store.addOrder({ lines: twoLines });
      const other = await store.addOrder({ lines: twoLines });
      const otherBefore = await store.order(other.orderId);
      const before = await store.snapshot();
      await bridge.shipstation.label(
        { orderNumber: String(orderId), carrier: 'UPS', service: '', trackingNumber: '1ZONLY' },
        { withoutBody: true },
      );
      const after = await store.snapshot();
      const changed = Object.keys(after).filter(
        (table) => JSON.stringify(after[table]) !== JSON.stringify(before[table]),
      );
      expect(changed.sort()).toEqual(['orders', 'shipment_items', 'shipments']);
      expect(await store.order(other.orderId)).toEqual(otherBefore);
    });
  });
}
