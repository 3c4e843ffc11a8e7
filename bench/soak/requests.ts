import { shipNoticeXml, wireDate } from '../../test/support/ship-notice-xml.ts';
import type { PlacedOrder } from '../../test/support/store/plain-order.ts';
import { FIRST_ORDER_MS, MINUTE_MS } from './soak-store.ts';

export const USERNAME = 'soak';
export const PASSWORD = 'soak-for-a-hundred-thousand';
export const PAGE_SIZE = 10;

/** One request of the soak, and the statuses that it may be answered with. */
export interface SoakRequest {
  readonly kind: string;
  readonly to: 'endpoint' | 'ops';
  readonly path: string;
  readonly method: 'GET' | 'POST';
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string;
  readonly expected: readonly number[];
}

const RIGHT = { authorization: basic(PASSWORD) };
// The windows of one page to four.
const LONGEST_WINDOW_MINUTES = 40;
// More than the bridge remembers: this memory has to be seen full.
const STRANGERS = 25_000;

/** The shares of a hundred requests, so that a short run has of each. */
const SHARES: readonly (readonly [
  number,
  (number: number, orders: readonly PlacedOrder[]) => SoakRequest,
])[] = [
  [20, poll],
  [21, testConnection],
  [8, newNotice],
  [7, repeatedNotice],
  [3, unknownOrder],
  [3, unreadableNotice],
  [15, wrongPassword],
  [5, noCredentials],
  [8, elsewhere],
  [6, badParameter],
  [2, (number) => ops(number % 2 === 0 ? '/metrics' : '/readyz')],
  [2, () => ops('/livez')],
];

const OF_HUNDRED = SHARES.flatMap(([share, make]) => Array.from({ length: share }, () => make));

/** The request of this number: the kinds are mixed, and those of one kind differ from each other. */
export function requestOf(number: number, orders: readonly PlacedOrder[]): SoakRequest {
  // 37 and 100 have no common factor: each kind comes in its share within a hundred.
  const make = OF_HUNDRED[(number * 37) % OF_HUNDRED.length] ?? testConnection;
  return make(number, orders);
}

function poll(number: number, orders: readonly PlacedOrder[]): SoakRequest {
  const minutes = 1 + (number % LONGEST_WINDOW_MINUTES);
  const start = FIRST_ORDER_MS + (number % orders.length) * MINUTE_MS;
  const page = 1 + (number % Math.ceil(minutes / PAGE_SIZE));
  return get('poll', {
    action: 'export',
    start_date: wireDate(new Date(start)),
    end_date: wireDate(new Date(start + minutes * MINUTE_MS)),
    page: String(page),
  });
}

function testConnection(): SoakRequest {
  return get('test connection', { action: 'export' });
}

/** A unit of an order; when all of them have left, there is nothing left, which is a 200 as well. */
function newNotice(number: number, orders: readonly PlacedOrder[]): SoakRequest {
  return notice('notice', orderOf(number, orders), `NEW-${number}`, [200]);
}

function repeatedNotice(number: number, orders: readonly PlacedOrder[]): SoakRequest {
  // Of a hundred parcels again and again; 503 while another one of the same is being applied.
  const one = number % 100;
  return notice('repeated notice', orderOf(one, orders), `AGAIN-${one}`, [200, 503]);
}

function unknownOrder(number: number): SoakRequest {
  return notice('unknown order', undefined, `NOBODY-${number}`, [404]);
}

function unreadableNotice(number: number): SoakRequest {
  return {
    ...notice('unreadable notice', undefined, '', [400]),
    body: `<ShipNotice><OrderNumber>${number}</Order></ShipNotice>`,
  };
}

function wrongPassword(number: number): SoakRequest {
  return {
    ...testConnection(),
    kind: 'wrong password',
    headers: { authorization: basic(`guess ${number}`), ...from(number) },
    expected: [401, 429],
  };
}

function noCredentials(number: number): SoakRequest {
  return { ...testConnection(), kind: 'no credentials', headers: from(number), expected: [401] };
}

function elsewhere(number: number): SoakRequest {
  return {
    ...testConnection(),
    kind: 'elsewhere',
    path: `/wp-content/${number}.php?file=${'x'.repeat(number % 500)}`,
    headers: from(number),
    expected: [404, 429],
  };
}

function badParameter(number: number): SoakRequest {
  return { ...get('bad parameter', { action: 'export', start_date: `day ${number}` }), expected: [400] };
}

function ops(path: string): SoakRequest {
  return { kind: path.slice(1), to: 'ops', path, method: 'GET', headers: {}, body: '', expected: [200] };
}

function get(kind: string, parameters: Readonly<Record<string, string>>): SoakRequest {
  return {
    kind,
    to: 'endpoint',
    path: `/shipstation?${new URLSearchParams(parameters)}`,
    method: 'GET',
    headers: RIGHT,
    body: '',
    expected: [200],
  };
}

function notice(
  kind: string,
  order: PlacedOrder | undefined,
  trackingNumber: string,
  expected: readonly number[],
): SoakRequest {
  // No store of the soak has so many orders.
  const orderNumber = String(order?.orderId ?? 900_000_000);
  const items =
    order?.lines.slice(0, 1).map(({ itemId }) => ({ lineItemId: String(itemId), quantity: 1 })) ?? [];
  const label = { orderNumber, carrier: 'UPS', service: 'Ground', trackingNumber, items };
  const parameters = { action: 'shipnotify', order_number: orderNumber, tracking_number: trackingNumber };
  return {
    ...get(kind, parameters),
    method: 'POST',
    body: shipNoticeXml({ ...label, notesToCustomer: 'Thank you for your order!' }),
    expected,
  };
}

/** Of as many clients as there are, by what a trusted proxy says of them. */
function from(number: number): { readonly 'x-forwarded-for': string } {
  const client = number % STRANGERS;
  return { 'x-forwarded-for': `2001:db8:${(client >> 8).toString(16)}:${(client & 255).toString(16)}::1` };
}

function orderOf(number: number, orders: readonly PlacedOrder[]): PlacedOrder {
  const order = orders[number % orders.length];
  if (!order) throw new RangeError('the store has no orders');
  return order;
}

function basic(password: string): string {
  return `Basic ${Buffer.from(`${USERNAME}:${password}`).toString('base64')}`;
}
