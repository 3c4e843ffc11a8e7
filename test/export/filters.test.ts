import { describe, expect, it } from 'vitest';
import type { PlainOrder } from '../support/store/plain-order.ts';
import type { Store } from '../support/store/store.ts';
import { type Environment, type ExportingStore, exportingStore } from './exporting-store.ts';

const by = (...names: string[]): PlainOrder => ({ shipping: { methods: names.map((name) => ({ name })) } });

async function translateMethods(store: Store): Promise<void> {
  await store.run(
    `update ${store.table('shipping_descriptions')} set shipping = 'Paketdienst'
      where shipping_id = 2 and lang_code = 'de'`,
  );
}

/** Which of the orders are sent, by their place in the list, and the reasons for the others with how often each is. */
async function partedBy(shop: ExportingStore, orders: readonly PlainOrder[], environment: Environment) {
  const { orders: found, leftOut, placed, pages } = await shop.exportAll(orders, environment);
  const sent = found.flatMap((order, index) => (order === undefined ? [] : index));
  for (const { count, examples } of Object.values(leftOut)) {
    expect(examples).toHaveLength(count);
    for (const orderId of examples) {
      const index = placed.findIndex((order) => order.orderId === orderId);
      expect(sent).not.toContain(index);
    }
  }
  const counts = Object.fromEntries(Object.entries(leftOut).map(([reason, { count }]) => [reason, count]));
  return { sent, counts, pages };
}

describe.each(['4.0.1 M', '4.8.1 U', '4.12.2 U', '4.18.2 M', '4.20.1 U'] as const)(
  'of the orders of %s',
  (version) => {
    const shop = exportingStore(
      { version, languages: ['en', 'de'], timezone: 'America/Los_Angeles' },
      translateMethods,
    );

    it('those of some countries are sent, by where they go', async () => {
      const to = (country: string): PlainOrder => ({ shipTo: { country, state: 'X' } });
      const billedAlone: PlainOrder = {
        shipTo: { address: '', city: '', country: '' },
        billTo: { country: 'CA', state: 'ON' },
      };
      const orders = [to('DE'), to('US'), billedAlone, to('FR'), to('ca')];
      expect(await partedBy(shop, orders, { ORDER_COUNTRIES: 'us, CA' })).toEqual({
        sent: [1, 2, 4],
        counts: { 'country-not-wanted': 2 },
        pages: 1,
      });
    });

    it('those with some shipping methods are sent', async () => {
      const orders = [
        by('UPS Ground'),
        by('FedEx 2Day'),
        by('DHL Express Worldwide'),
        // One of several is enough: the rest of the order is somebody else's affair.
        by('UPS Ground', 'DHL Express Worldwide'),
        by(),
      ];
      for (const wanted of ['UPS Ground, FedEx 2Day', 'ups  ground,4', 'Paketdienst,fedex 2day']) {
        expect(await partedBy(shop, orders, { ORDER_SHIPPING_METHODS: wanted })).toEqual({
          sent: [0, 1, 3],
          counts: { 'method-not-wanted': 2 },
          pages: 1,
        });
      }
    });

    it('those with some shipping methods are left out', async () => {
      const orders = [by('UPS Ground'), by('FedEx 2Day'), by('UPS Ground', 'FedEx 2Day'), by()];
      for (const unwanted of ['!UPS Ground', '! Paketdienst', '!2']) {
        expect(await partedBy(shop, orders, { ORDER_SHIPPING_METHODS: unwanted })).toEqual({
          sent: [1, 2, 3],
          counts: { 'method-not-wanted': 1 },
          pages: 1,
        });
      }
    });

    it('those in some statuses are sent', async () => {
      const orders: PlainOrder[] = ['O', 'P', 'C', 'I', 'F', 'B', 'N'].map((status) => ({ status }));
      const environment = { ORDER_EXPORT_STATUSES: 'paid, shipped' };
      expect(await partedBy(shop, orders, environment)).toEqual({
        sent: [1, 2],
        counts: { 'status-not-wanted': 3, 'status-not-mapped': 1, incomplete: 1 },
        pages: 1,
      });
      expect((await partedBy(shop, orders, { ORDER_EXPORT_STATUSES: 'Awaiting Payment' })).sent).toEqual([0]);
    });

    it('each is counted under its first reason where several filters meet', async () => {
      const good = by('UPS Ground');
      const orders: PlainOrder[] = Array.from({ length: 14 }, (_, index) => {
        if (index % 7 === 1) return { ...good, status: 'I' };
        if (index % 7 === 3) return { ...good, shipTo: { country: 'DE' } };
        if (index % 7 === 5) return by('FedEx 2Day');
        return good;
      });
      const environment = {
        ORDER_EXPORT_STATUSES: 'paid',
        ORDER_COUNTRIES: 'US',
        ORDER_SHIPPING_METHODS: '!FedEx 2Day',
        EXPORT_PAGE_SIZE: '4',
      };
      expect(await partedBy(shop, orders, environment)).toEqual({
        sent: [0, 2, 4, 6, 7, 9, 11, 13],
        counts: { 'status-not-wanted': 2, 'country-not-wanted': 2, 'method-not-wanted': 2 },
        // The country is looked at on the page.
        pages: 3,
      });
    });

    it('those placed before a day are left out, which begins in the time zone of the store', async () => {
      const at = (placedAt: string): PlainOrder => ({ placedAt });
      // Daylight saving time: midnight in Los Angeles is seven o'clock.
      const placed = await shop.store.addOrders([
        at('2026-07-09T06:59:59Z'),
        at('2026-07-09T07:00:00Z'),
        at('2026-07-09T12:00:00Z'),
      ]);
      const bridge = await shop.connect({ ORDER_START_DATE: '2026-07-09' });
      await bridge.shipstation.poll({
        start: new Date('2026-07-09T00:00:00Z'),
        end: new Date('2026-07-10T00:00:00Z'),
      });
      const [, first, second] = placed.map(({ orderId }) => String(orderId));
      expect([...bridge.shipstation.orders.keys()]).toEqual([first, second]);
    });

    it('those placed before a day are counted with their reason', async () => {
      const orders: PlainOrder[] = [{}, { status: 'C' }];
      expect(await partedBy(shop, orders, { ORDER_START_DATE: '2026-03-05' })).toEqual({
        sent: [],
        counts: { 'placed-before-start': 2 },
        pages: 1,
      });
    });

    it('each has a prefix before its number, which a notice brings back', async () => {
      const window = shop.nextWindow();
      const { orderId, lines } = await shop.store.addOrder({ placedAt: window.start });
      const { shipstation } = await shop.connect({ ORDER_NUMBER_PREFIX: 'SHOP1-' });
      await shipstation.poll(window);
      expect(
        [...shipstation.orders.values()].map(({ OrderNumber, OrderID }) => [OrderNumber, OrderID]),
      ).toEqual([[`SHOP1-${orderId}`, String(orderId)]]);
      const label = { orderNumber: `SHOP1-${orderId}`, carrier: 'UPS', service: '', trackingNumber: '1Z' };
      expect((await shipstation.label(label)).status).toBe(200);
      expect(await shop.store.shipments(orderId)).toMatchObject([{ items: [{ itemId: lines[0]?.itemId }] }]);
      expect((await shop.store.order(orderId)).status).toBe('C');
    });
  },
);

/** Some hours before the midnight of a zone, and behind it. */
const ZONES = [
  ['Pacific/Auckland', '2026-03-09T10:59:59Z', '2026-03-09T11:00:00Z'],
  ['Asia/Kolkata', '2026-03-09T18:29:59Z', '2026-03-09T18:30:00Z'],
  ['America/St_Johns', '2026-03-10T02:29:59Z', '2026-03-10T02:30:00Z'],
  // As a damaged setting.
  ['Atlantis/Capital', '2026-03-09T23:59:59Z', '2026-03-10T00:00:00Z'],
] as const;

describe.each(ZONES)('the start date in %s', (timezone, before, after) => {
  const shop = exportingStore({ version: '4.12.2 U', timezone });

  it('begins at midnight there', async () => {
    const [, wanted] = await shop.store.addOrders([{ placedAt: before }, { placedAt: after }]);
    const { shipstation } = await shop.connect({ ORDER_START_DATE: '2026-03-10' });
    await shipstation.poll({ start: new Date(before), end: new Date(after) });
    expect([...shipstation.orders.keys()]).toEqual([String(wanted?.orderId)]);
  });
});

describe.each(['4.6.1 M', '4.18.2 M'] as const)('of the vendors of %s', (version) => {
  const shop = exportingStore({ version });

  it('some are wanted, and parents never', async () => {
    const orders: PlainOrder[] = [1, 2, 7, 12, 2].map((companyId) => ({ companyId }));
    orders.push({ companyId: 0, isParent: true, status: 'T' });
    expect(await partedBy(shop, orders, { ORDER_VENDORS: '2, 7' })).toEqual({
      sent: [1, 2, 4],
      counts: { 'vendor-not-wanted': 2, parent: 1 },
      pages: 1,
    });
  });
});

describe.each(['4.8.1 U', '4.11.3 U', '4.20.1 U'] as const)('of the storefronts of %s', (version) => {
  const hasTable = version !== '4.8.1 U';
  const shop = exportingStore({
    version,
    companies: [
      { companyId: 1, name: 'A', storefront: 'a.example' },
      { companyId: 2, name: 'B', storefront: 'b.example' },
    ],
    storefronts: [
      { storefrontId: 4, url: 'a.example', companyId: 1 },
      { storefrontId: 9, url: 'b.example', companyId: 2, isDefault: false },
    ],
  });

  it('some are wanted', async () => {
    const orders: PlainOrder[] = [
      { companyId: 1, storefrontId: 4 },
      { companyId: 2, storefrontId: 9 },
      // Older than the table of storefronts: its company says which it was.
      { companyId: 2, storefrontId: 0 },
    ];
    expect(await partedBy(shop, orders, { ORDER_STOREFRONTS: hasTable ? '9' : '2' })).toEqual({
      sent: [1, 2],
      counts: { 'storefront-not-wanted': 1 },
      pages: 1,
    });
  });
});

/** What the operator can look up is kept for every window, page after page. */
describe('what is left out of several pages', () => {
  const shop = exportingStore({ version: '4.18.2 M' });

  async function countsAfter(store: Store) {
    const rows = await store.query<{ left_out: string }>(
      `select left_out from ${store.prefix}shipstation_exports order by window_start desc limit 1`,
    );
    return JSON.parse(rows[0]?.left_out ?? '{}') as Record<string, { count: number }>;
  }

  it('is counted once, however often a page is asked', async () => {
    const window = shop.nextWindow();
    const orders: PlainOrder[] = Array.from({ length: 9 }, (_, index) => ({
      placedAt: window.start,
      ...(index % 3 === 0 ? { shipTo: { city: '' } } : {}),
      ...(index % 3 === 1 ? { status: 'B' } : {}),
    }));
    await shop.store.addOrders(orders);
    const bridge = await shop.connect({ EXPORT_PAGE_SIZE: '2' });
    for (const again of [1, 2, 3]) {
      const { pages, orders: received } = await bridge.connect().poll(window);
      expect([again, pages, received]).toEqual([again, 3, 3]);
    }
    const counts = await countsAfter(shop.store);
    expect(counts).toMatchObject({ 'no-city': { count: 3 }, 'status-not-mapped': { count: 3 } });
  });
});
