import { expect, it } from 'vitest';
import { LEFT_OUT_REASONS, type LeftOutReason } from '../../src/bridge/export-orders/left-out.ts';
import { LEFT_OUT_ADVICE } from '../../src/bridge/export-orders/left-out-advice.ts';
import { VARIABLE_NAMES } from '../../src/config/read-config.ts';
import { createOrderId } from '../../src/values/order-id.ts';
import type { PlainOrder } from '../support/store/plain-order.ts';
import { type Environment, lookingStore } from './looking-store.ts';

const shop = lookingStore({ version: '4.20.1 U' });

/** An order for each reason, with what the setting has to be for it, and what the preview says besides. */
const CASES: Readonly<Record<LeftOutReason, readonly [PlainOrder, Environment?, (string | RegExp)?]>> = {
  'status-not-mapped': [{ status: 'B' }, {}, 'status B'],
  'placed-before-start': [{ placedAt: '2026-03-01T12:00:00Z' }, { ORDER_START_DATE: '2026-03-02' }],
  'country-not-wanted': [{ shipTo: { country: 'DE' } }, { ORDER_COUNTRIES: 'US' }],
  'vendor-not-wanted': [{ companyId: 1 }, { ORDER_VENDORS: '7' }],
  'storefront-not-wanted': [{ storefrontId: 1 }, { ORDER_STOREFRONTS: '7' }],
  'method-not-wanted': [{}, { ORDER_SHIPPING_METHODS: '!UPS Ground' }],
  'status-not-wanted': [{}, { ORDER_EXPORT_STATUSES: 'shipped' }, 'paid'],
  pickup: [{ shipping: { methods: [{ name: 'Pickup', pickup: { name: 'Shop', city: 'Boston' } }] } }],
  incomplete: [{ status: 'N' }],
  parent: [{ isParent: true, status: 'T' }],
  'no-lines': [{ lines: [] }],
  'only-downloads': [{ lines: [{ isDownload: true, name: 'Book' }] }],
  'no-name': [
    {
      shipTo: { firstname: '', lastname: '' },
      billTo: { firstname: '', lastname: '' },
      customer: { firstname: '', lastname: '' },
    },
  ],
  'no-address': [{ shipTo: { address: '' } }],
  'no-city': [{ shipTo: { city: '' } }],
  'no-country': [{ shipTo: { country: '' }, billTo: { country: '' } }],
  'beyond-format': [{ total: '12345678.00' }, {}, /7 digits/],
  unreadable: [{ columns: { total: 'a lot' } }, {}, /amount of money/],
};

it.each(Object.entries(CASES))(
  'an order is left out, and why: %s',
  async (reason, [order, environment, detail]) => {
    if (reason === 'unreadable')
      await shop.store.run(`alter table ${shop.store.table('orders')} modify total varchar(20) not null`);
    const { orderId } = await shop.store.addOrder(order);
    const look = await shop.look(environment);
    const preview = await look.previewOrder(createOrderId(orderId));
    expect(preview?.outcome).toMatchObject({ kind: 'left-out', reason });
    if (preview?.outcome.kind === 'left-out' && detail) expect(preview.outcome.detail).toMatch(detail);
  },
);

it('every reason has an advice, which names no setting that there is not', () => {
  const settings = new Set(VARIABLE_NAMES);
  expect(Object.keys(LEFT_OUT_ADVICE)).toEqual(Object.keys(LEFT_OUT_REASONS));
  for (const advice of Object.values(LEFT_OUT_ADVICE)) {
    expect(advice).toMatch(/^[A-Z].*\.$/);
    for (const [name] of advice.matchAll(/\b[A-Z]+_[A-Z_]+\b/g))
      expect(name === 'STATUS_' || settings.has(name)).toBe(true);
  }
});

it("names a parent's orders of vendors, and nobody else's", async () => {
  const parent = await shop.store.addOrder({ isParent: true, status: 'T' });
  const first = await shop.store.addOrder({ parentOrderId: parent.orderId });
  await shop.store.addOrder({});
  const second = await shop.store.addOrder({ parentOrderId: parent.orderId });
  const look = await shop.look();
  expect((await look.previewOrder(createOrderId(parent.orderId)))?.outcome).toMatchObject({
    reason: 'parent',
    children: [first.orderId, second.orderId],
  });
});
