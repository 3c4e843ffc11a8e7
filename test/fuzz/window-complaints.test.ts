import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { TestDatabase } from '../support/database.ts';
import { type ImportedOrder, readOrdersPage } from '../support/imported-order.ts';
import { buildStore } from '../support/store/store.ts';
import { createTestDatabase } from '../support/test-database.ts';
import { reportOf } from './fuzz-report.ts';
import { startFuzzBridge } from './fuzzed-store.ts';
import { ordersInWindow, type PolledWindow, pollWindow } from './polled-window.ts';
import { complaintsAbout } from './window-complaints.ts';

const WINDOW = { start: new Date('2026-03-01T00:00:00Z'), end: new Date('2026-03-01T23:59:00Z') };
const MARKER = 'Wigglybottom';

let database: TestDatabase;
let polled: PolledWindow;
let orderIds: ReadonlySet<number>;
let good: ReadonlyMap<number, ImportedOrder>;

beforeAll(async () => {
  database = await createTestDatabase();
  const store = await buildStore(database, { version: '4.20.1 U', firstOrderId: 101 });
  const placedAt = '2026-03-01T12:00:00Z';
  await store.addOrders([
    { placedAt, discount: '2.00' },
    { placedAt, lines: [{ quantity: 3, price: '4.00' }] },
    { placedAt },
    { placedAt, status: 'B' },
    { placedAt, total: '12345678.00' },
  ]);
  const bridge = await startFuzzBridge(store, 2);
  polled = await pollWindow(bridge, store, WINDOW);
  orderIds = await ordersInWindow(store, WINDOW);
  good = new Map(
    polled.pages
      .flatMap(({ body }) => readOrdersPage(body).orders)
      .map((order) => [Number(order.OrderNumber), order]),
  );
  await bridge.close();
});
afterAll(() => database.drop());

/** What is said of the window after something in it was changed. */
function complaints(change: (before: PolledWindow) => PolledWindow): readonly string[] {
  return complaintsAbout(change(polled), { orderIds, good, marker: MARKER }).map(
    ({ orderId, text }) => `${orderId ?? 'window'}: ${text}`,
  );
}

const inPage =
  (from: string | RegExp, to: string) =>
  (before: PolledWindow): PolledWindow => {
    const pages = before.pages.with(0, {
      status: 200,
      body: (before.pages[0]?.body ?? '').replace(from, to),
    });
    expect(pages).not.toEqual(before.pages);
    return { ...before, pages };
  };
const inLeftOut = (leftOut: PolledWindow['leftOut']) => (before: PolledWindow) => ({ ...before, leftOut });
const withLog = (line: Record<string, unknown>) => (before: PolledWindow) => ({
  ...before,
  logs: [...before.logs, { event: 'order.left_out', level: 'warn', message: '', orderId: 104, ...line }],
});
const MAPPED = { 'status-not-mapped': { count: 1, examples: [104] } };
const BEYOND = { 'beyond-format': { count: 1, examples: [105] } };

describe('a polled window', () => {
  it('gives no complaint when every order is sent or left out', () => {
    expect(polled.pages.length).toBe(2);
    expect(polled.leftOut).toEqual({ ...MAPPED, ...BEYOND });
    expect(complaints((before) => before)).toEqual([]);
  });

  it.each<[string, (before: PolledWindow) => PolledWindow, RegExp]>([
    ['an order that is gone', inPage(/<Order>.*?<\/Order>/, ''), /101: is neither exported nor left out/],
    ['a good order that is gone', inPage(/<Order>.*?<\/Order>/, ''), /101: is good, but not exported/],
    ['an order twice', inPage(/(<Order>.*?<\/Order>)/, '$1$1'), /101: is exported and exported/],
    [
      'a total off by a cent',
      inPage('<OrderTotal>18.00', '<OrderTotal>18.01'),
      /101: items, shipping and tax are 1800 cents/,
    ],
    ['a price off by a cent', inPage('<UnitPrice>4.00', '<UnitPrice>4.01'), /102: items, shipping and tax/],
    ['a quantity that is no whole number', inPage('<Quantity>3<', '<Quantity>0<'), /102: the quantity is 0/],
    [
      'an adjustment that adds',
      inPage('<UnitPrice>-2.00', '<UnitPrice>2.00'),
      /101: an adjustment has the price 2.00/,
    ],
    [
      'an amount of too many digits',
      inPage('<TaxAmount>0.00', '<TaxAmount>10000000.00'),
      /TaxAmount is no amount/,
    ],
    [
      'a good order that is not as it was',
      inPage('<City>Boston', '<City>Bostom'),
      /101: is good, but was .*Boston.* and is .*Bostom/,
    ],
    ['a ship-to without a city', inPage(/(<ShipTo>.*?<City>)Boston/, '$1 '), /101: the ship-to has no City/],
    ['an order that is not of the window', inPage(/101/g, '999'), /999: is exported, but not in the window/],
    [
      'an element that the schema lacks',
      inPage('<OrderStatus>', '<Colour>red</Colour><OrderStatus>'),
      /window: page 1: .*Colour/,
    ],
    ['a character that XML forbids', inPage('Coffee mug', 'Coffee \u0001mug'), /window: page 1: /],
    ['a page that is cut', inPage('</Orders>', ''), /window: page 1: /],
    [
      'a refused page',
      (before) => ({ ...before, pages: before.pages.with(1, { status: 500, body: 'Oh' }) }),
      /window: page 2: the status is 500: Oh/,
    ],
    [
      'a reason that nobody wrote',
      inLeftOut({ odd: { count: 1, examples: [104] }, ...BEYOND }),
      /no reason that an admin understands: odd/,
    ],
    ['a left-out order that is not kept', inLeftOut(MAPPED), /105: is neither exported nor left out/],
    [
      'an order both sent and left out',
      inLeftOut({ ...MAPPED, 'beyond-format': { count: 2, examples: [105, 101] } }),
      /101: is exported and left out \(beyond-format\)/,
    ],
    [
      'a wrong number of orders',
      inLeftOut({ ...MAPPED, 'beyond-format': { count: 2, examples: [105] } }),
      /window: 6 orders are exported or left out, but the window holds 5/,
    ],
    ['a window of which nothing is kept', inLeftOut(undefined), /the ledger has nothing/],
    ['an error in the log', withLog({ level: 'error', event: 'request.failed' }), /104: an error is logged/],
    [
      'a personal datum in the log',
      withLog({ reason: 'no-name', text: `of ${MARKER.toUpperCase()}` }),
      /104: a personal datum is logged/,
    ],
    [
      'a personal datum in a logged error',
      withLog({ reason: 'no-name', err: new Error(MARKER) }),
      /104: a personal datum is logged/,
    ],
    [
      'an unknown reason in the log',
      withLog({ reason: 'toString' }),
      /104: is logged with a reason that no admin understands/,
    ],
    [
      'a detail out of an engine',
      withLog({ reason: 'unreadable', detail: "Cannot read properties of undefined (reading 'trim')" }),
      /104: is logged with a detail that no admin understands/,
    ],
    [
      'the name of an error as detail',
      withLog({ reason: 'unreadable', detail: 'RangeError' }),
      /104: is logged with a detail that no admin understands/,
    ],
    [
      'a detail that is no text',
      withLog({ reason: 'unreadable', detail: { a: 1 } }),
      /104: is logged with a detail that no admin understands/,
    ],
  ])('gives one for %s', (_, change, expected) => {
    expect(complaints(change).filter((text) => expected.test(text))).not.toEqual([]);
  });
});

describe('a report', () => {
  const run = { seed: 7, orders: 10, times: 1 };

  it('is empty without complaints', () => {
    expect(reportOf([], run)).toBe('');
  });

  it('names the seed, and shows some complaints of each kind', () => {
    const many = Array.from(
      { length: 50 },
      (_, index) => `order ${index} has no "${index}" items\n    (why)`,
    );
    const report = reportOf([...many, 'window: page 1 is cut'], run);
    expect(report).toContain('51 complaints; FUZZ_SEED=7 FUZZ_ORDERS=10 repeats them');
    expect(report).toContain('50 like these:\n  order 0 has no "0" items\n    (why)');
    expect(report).toContain('1 like these:\n  window: page 1 is cut');
    expect(report).not.toContain('order 3 ');
  });
});
