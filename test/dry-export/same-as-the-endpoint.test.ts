import { describe, expect, it } from 'vitest';
import type { DryExport } from '../../src/bridge/dry-export.ts';
import { formatDate } from '../../src/shipstation/dates.ts';
import { createEpochSeconds, type EpochSeconds } from '../../src/values/epoch-seconds.ts';
import { createOrderId } from '../../src/values/order-id.ts';
import type { PlainOrder } from '../support/store/plain-order.ts';
import { asItIs, farFromMinuteEnd, lookingStore, written } from './looking-store.ts';

const ENVIRONMENT = { EXPORT_PAGE_SIZE: '2', ORDER_COUNTRIES: 'US,CA', ORDER_NUMBER_PREFIX: 'S-' };
const nasty = ']]> & <b> "x" \u0001\u0008 ☃';

/** Orders of all kinds, placed on one day. */
const ORDERS: readonly PlainOrder[] = [
  {},
  { status: 'C', shipTo: { country: 'CA', state: 'ON' } },
  { status: 'B' },
  { shipTo: { country: 'DE' } },
  {
    notes: nasty,
    details: nasty.repeat(100),
    lines: [{ name: nasty, options: [{ name: 'A', value: 'B' }] }],
  },
  { shipTo: { city: '' } },
  { orderData: { T: 'a:broken' }, discount: '2.00', coupons: ['x1'] },
  { status: 'N' },
  { isParent: true, status: 'T' },
  { lines: [] },
];
const at = (day: string, minute: number) => new Date(Date.parse(`${day}T10:00:00Z`) + minute * 60_000);
const seconds = (date: Date): EpochSeconds => createEpochSeconds(date.getTime() / 1000);
const placedOn = (day: string) => ORDERS.map((order, index) => ({ placedAt: at(day, index), ...order }));

/** A day of the recent past: orders older than the lookback are not compared. */
const daysAgo = (days: number) => new Date(Date.now() - days * 86_400_000).toISOString().slice(0, 10);

describe.each(['4.6.1 M', '4.12.2 U', '4.20.1 U'] as const)('a look at %s', (version) => {
  const shop = lookingStore({ version }, ENVIRONMENT);

  interface Window {
    readonly start: EpochSeconds;
    readonly end: EpochSeconds;
  }
  const dayWindow = (day: string): Window => ({ start: seconds(at(day, 0)), end: seconds(at(day, 60)) });

  const fromEndpoint = async ({ start, end }: Window, page: number) => {
    const [from, to] = [start, end].map((instant) => formatDate(instant).replace(' ', '+'));
    const answer = await shop.bridge.request(`action=export&start_date=${from}&end_date=${to}&page=${page}`);
    expect(answer.status).toBe(200);
    return answer.body;
  };
  const fromLook = async (look: DryExport, window: Window, page: number) =>
    written(await look.exportPage({ ...window, page }, asItIs));

  /** A poll of another time, after which a store of old times has no change that is new. */
  const settle = () => fromEndpoint({ start: createEpochSeconds(60), end: createEpochSeconds(120) }, 1);

  it('answers every page of a window byte for byte as the endpoint will, and leaves no trace', async () => {
    const day = daysAgo(20);
    await shop.store.addOrders(placedOn(day));
    const window = dayWindow(day);
    const before = await shop.everything();
    const look = await shop.look();
    const pages: string[] = [];
    for (const page of [1, 2, 3, 4, 5]) pages.push(await fromLook(look, window, page));
    expect(await shop.everything()).toEqual(before);

    // Three of the seven on its list are left out when their pages are read.
    expect(pages[0]).toContain('<Orders pages="4">');
    expect(pages.join('').match(/<Order>/g)).toHaveLength(4);
    for (const page of [1, 2, 3, 4, 5]) expect(await fromEndpoint(window, page)).toBe(pages[page - 1]);
    const [kept] = await shop.store.query<{ left_out: string }>(
      `select left_out from ${shop.store.prefix}shipstation_exports where window_start = ?`,
      [window.start],
    );
    expect(look.leftOutOf(window)).toEqual(JSON.parse(kept?.left_out ?? ''));
    expect(await shop.everything()).not.toEqual(before);
  });

  it('goes on with the list that somebody is paging through', async () => {
    const day = daysAgo(18);
    const placed = await shop.store.addOrders(
      Array.from({ length: 5 }, (_, i) => ({ placedAt: at(day, i) })),
    );
    const window = dayWindow(day);
    await fromEndpoint(window, 1);
    // Has changed after the window, and another one has come: the places of the others stay.
    await shop.store.run(`delete from ${shop.store.table('orders')} where order_id = ?`, [
      placed[1]?.orderId,
    ]);
    await shop.store.addOrder({ placedAt: at(day, 2) });
    await settle();
    const [first, later] = [await shop.look(), await shop.look()];
    const before = await shop.everything();
    // Page 2 alone is cut from the kept list; page 1 joins it with what is new.
    expect(await fromLook(later, window, 2)).toBe(await fromEndpoint(window, 2));
    const pages = [
      await fromLook(first, window, 1),
      await fromLook(first, window, 2),
      await fromLook(first, window, 3),
    ];
    expect(await shop.everything()).toEqual(before);
    for (const page of [1, 2, 3]) expect(await fromEndpoint(window, page)).toBe(pages[page - 1]);
  });

  it('sees what changed since the last poll, as the next poll will', async () => {
    const day = daysAgo(16);
    const { orderId } = await shop.store.addOrder({ placedAt: at(day, 0) });
    await settle();
    await farFromMinuteEnd();
    const now = seconds(new Date());
    // An hour has all that the tests before have made, too.
    const recent: Window = { start: createEpochSeconds(now - 3600), end: createEpochSeconds(now + 60) };
    await shop.store.setStatus(orderId, 'C');
    const before = await shop.everything();
    const look = await shop.look();
    const preview = await look.previewOrder(createOrderId(orderId));
    const first = await look.exportPage({ ...recent, page: 1 }, asItIs);
    const pages = [written(first)];
    for (let page = 2; page <= first.pages; page += 1) pages.push(await fromLook(look, recent, page));
    expect(await shop.everything()).toEqual(before);

    // The look first, the poll after it: had the look kept anything, the poll would not see the change.
    for (const [index, page] of pages.entries()) expect(await fromEndpoint(recent, index + 1)).toBe(page);
    const order = new RegExp(`<Order><OrderID>${orderId}<.*?</Order>`).exec(pages.join(''))?.[0];
    expect(order).toContain(`<LastModified>${formatDate(now)}<`);
    const document = preview?.outcome.kind === 'sent' ? [preview.outcome.document] : [];
    expect(written({ pages: 1, orders: document })).toContain(order);
    expect(preview?.instants[0]?.endFrom).toBe(Math.floor(now / 60) * 60);
  });

  it('shows one order byte for byte as a window that holds it alone, and says how a poll finds it', async () => {
    const day = daysAgo(14);
    const placed = await shop.store.addOrders(
      ORDERS.map((order, index) => ({ placedAt: at(day, index * 30), ...order })),
    );
    await settle();
    const look = await shop.look();
    const before = await shop.everything();
    const previews = [];
    for (const { orderId } of placed) previews.push(await look.previewOrder(createOrderId(orderId)));
    expect(await shop.everything()).toEqual(before);
    for (const [index, { orderId }] of placed.entries()) {
      const preview = previews[index];
      const instant = preview?.instants.at(-1);
      expect(instant).toMatchObject({ at: seconds(at(day, index * 30)), source: 'timestamp' });
      if (!preview || !instant) continue;
      // The latest start and the earliest end of which the preview says that they have the order.
      const xml = await fromEndpoint(
        { start: instant.startUpTo, end: createEpochSeconds(Math.max(instant.startUpTo, instant.endFrom)) },
        1,
      );
      const narrow = await fromEndpoint({ start: instant.endFrom, end: instant.endFrom }, 1);
      for (const answer of [xml, narrow]) {
        if (preview.outcome.kind === 'sent')
          expect(answer).toBe(written({ pages: 1, orders: [preview.outcome.document] }));
        else expect(answer).toBe('<?xml version="1.0" encoding="utf-8"?><Orders pages="1"></Orders>');
      }
      const later = createEpochSeconds(instant.startUpTo + 60);
      expect(await fromEndpoint({ start: later, end: later }, 1)).not.toContain(`>${orderId}<`);
    }
    const reasons = previews.map((preview) =>
      preview?.outcome.kind === 'left-out' ? preview.outcome.reason : preview?.outcome.kind,
    );
    expect(reasons).toEqual([
      ...['sent', 'sent', 'status-not-mapped', 'country-not-wanted', 'sent', 'no-city', 'sent'],
      ...['incomplete', 'parent', 'no-lines'],
    ]);
    expect(previews[4]?.outcome).toMatchObject({ cut: ['InternalNotes'] });
    expect(previews[6]?.damagedParts).toEqual(['order_data T']);
  });

  it('knows no order that the store does not have', async () => {
    const look = await shop.look();
    expect(await look.previewOrder(createOrderId(999_999))).toBeUndefined();
  });
});
