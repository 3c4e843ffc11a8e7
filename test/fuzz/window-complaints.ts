import { LEFT_OUT_REASONS } from '../../src/bridge/export-orders/left-out.ts';
import { type ImportedOrder, readOrdersPage } from '../support/imported-order.ts';
import { validateOrders } from '../support/orders-schema.ts';
import type { PolledWindow } from './polled-window.ts';

/** What a polled window is held against. */
export interface ExpectedWindow {
  /** Every order that the window holds, good and bad. */
  readonly orderIds: ReadonlySet<number>;
  /** The good ones, as they are exported when no bad one is near. */
  readonly good: ReadonlyMap<number, ImportedOrder>;
  /** May stand in no log. */
  readonly marker: string;
}

/** Something that should not be; of one order, where it can be said of which. */
export interface Complaint {
  readonly orderId?: number | undefined;
  readonly text: string;
}

/** All that is wrong with a polled window; nothing, when the bad orders in it did no harm. */
export function complaintsAbout(polled: PolledWindow, expected: ExpectedWindow): readonly Complaint[] {
  const orders: ImportedOrder[] = [];
  const complaints: Complaint[] = [];
  for (const [index, { status, body }] of polled.pages.entries()) {
    const problems =
      status === 200
        ? validateOrders(body)
        : [`the status is ${status}: ${withoutIds(body).trim().slice(0, 200)}`];
    complaints.push(...problems.map((problem) => ({ text: `page ${index + 1}: ${problem}` })));
    // Of a page that is not valid nothing is imported, by ShipStation neither.
    if (problems.length === 0) orders.push(...readOrdersPage(body).orders);
  }
  return [
    ...complaints,
    ...aboutPresence(orders, polled, expected),
    ...aboutGoodOrders(orders, expected),
    ...orders.flatMap(aboutOrder),
    ...aboutLogs(polled, expected),
  ];
}

/** So that the same failure reads the same each time. */
function withoutIds(text: string): string {
  return text.replace(/[\da-f]{8}(?:-[\da-f]{4}){3}-[\da-f]{12}/g, '…');
}

/** Each order of the window is exported once, or left out once; nothing else is. */
function aboutPresence(
  orders: readonly ImportedOrder[],
  { leftOut }: PolledWindow,
  { orderIds }: ExpectedWindow,
): Complaint[] {
  if (leftOut === undefined) return [{ text: 'the ledger has nothing of the window' }];
  const complaints: Complaint[] = [];
  const places = new Map<number, string[]>([...orderIds].map((orderId) => [orderId, []]));
  const put = (orderId: number, place: string) => {
    const known = places.get(orderId);
    if (known) known.push(place);
    else complaints.push({ orderId, text: `is ${place}, but not in the window` });
  };
  for (const { OrderNumber } of orders) put(Number(OrderNumber), 'exported');
  let count = orders.length;
  for (const [reason, { count: ofReason, examples }] of Object.entries(leftOut)) {
    if (!isReason(reason)) complaints.push({ text: `no reason that an admin understands: ${reason}` });
    count += ofReason;
    for (const orderId of examples) put(orderId, `left out (${reason})`);
  }
  for (const [orderId, found] of places) {
    if (found.length === 0)
      complaints.push({ orderId, text: 'is neither exported nor left out with a reason' });
    if (found.length > 1) complaints.push({ orderId, text: `is ${found.join(' and ')}` });
  }
  if (count !== orderIds.size) {
    complaints.push({
      text: `${count} orders are exported or left out, but the window holds ${orderIds.size}`,
    });
  }
  return complaints;
}

function aboutGoodOrders(orders: readonly ImportedOrder[], { good }: ExpectedWindow): Complaint[] {
  const exported = new Map(orders.map((order) => [Number(order.OrderNumber), order]));
  return [...good].flatMap(([orderId, before]) => {
    const now = exported.get(orderId);
    if (now === undefined) return [{ orderId, text: 'is good, but not exported' }];
    const [was, is] = [JSON.stringify(before), JSON.stringify(now)];
    return was === is ? [] : [{ orderId, text: `is good, but was ${was} and is ${is}` }];
  });
}

/** Nothing that .NET, on which ShipStation runs, takes for more than white space. */
const BLANK = /^[\s\u0085]*$/;
const WHOLE_NUMBER = /^[1-9]\d{0,4}$/;
const AMOUNT = /^-?\d{1,7}\.\d{2}$/;

/** The sums of one exported order, and what ShipStation asks of it beyond the schema. */
function aboutOrder(order: ImportedOrder): Complaint[] {
  const texts: string[] = [];
  const amount = (name: string, decimal = '') => {
    if (!AMOUNT.test(decimal)) texts.push(`${name} is no amount of at most seven digits: ${decimal}`);
    return Number(decimal.replace('.', ''));
  };
  let sum = amount('ShippingAmount', order.ShippingAmount) + amount('TaxAmount', order.TaxAmount);
  for (const { Quantity = '', UnitPrice, Adjustment } of order.Items) {
    const price = amount('UnitPrice', UnitPrice);
    if (!WHOLE_NUMBER.test(Quantity)) texts.push(`the quantity is ${Quantity}`);
    if (Adjustment === 'true' && price >= 0) texts.push(`an adjustment has the price ${UnitPrice}`);
    sum += price * Number(Quantity);
  }
  const total = amount('OrderTotal', order.OrderTotal);
  if (sum !== total) texts.push(`items, shipping and tax are ${sum} cents, but the total is ${total}`);
  if (order.Items.length === 0) texts.push('has no items');
  const { Name, Address1, City, Country } = order.ShipTo;
  for (const [name, text] of Object.entries({ Name, Address1, City, Country })) {
    if (BLANK.test(text ?? '')) texts.push(`the ship-to has no ${name}`);
  }
  return texts.map((text) => ({ orderId: Number(order.OrderNumber), text }));
}

/** What an engine says of its own accord, not a person to an admin. */
const PROGRAMMERS_WORDS =
  /\w*(?:Error|Exception)\b|undefined|\bnull\b|\bNaN\b|cannot read|is not a function|not iterable|\[object|\bat \S+ \(|\.ts\b|\.js\b|cast|minorUnits/i;
const LONGEST_DETAIL = 200;

function aboutLogs({ logs }: PolledWindow, { marker }: ExpectedWindow): Complaint[] {
  return logs.flatMap((line) => {
    const orderId = typeof line['orderId'] === 'number' ? line['orderId'] : undefined;
    const text = withoutIds(JSON.stringify(line, showErrors));
    const complaints: Complaint[] = [];
    if (line.level === 'error') complaints.push({ orderId, text: `an error is logged: ${text}` });
    if (text.toLowerCase().includes(marker.toLowerCase())) {
      complaints.push({ orderId, text: `a personal datum is logged: ${text}` });
    }
    if (line.event === 'order.left_out') complaints.push(...aboutLeftOutLine(line));
    return complaints;
  });
}

function aboutLeftOutLine(line: PolledWindow['logs'][number]): Complaint[] {
  const orderId = Number(line['orderId']);
  const { reason, detail } = line;
  const complaints: Complaint[] = [];
  if (typeof reason !== 'string' || !isReason(reason)) {
    complaints.push({
      orderId,
      text: `is logged with a reason that no admin understands: ${JSON.stringify(reason)}`,
    });
  }
  if (detail === undefined) return complaints;
  if (typeof detail !== 'string' || detail.length > LONGEST_DETAIL || PROGRAMMERS_WORDS.test(detail)) {
    complaints.push({
      orderId,
      text: `is logged with a detail that no admin understands: ${JSON.stringify(detail)}`,
    });
  }
  return complaints;
}

function isReason(word: string): boolean {
  return Object.hasOwn(LEFT_OUT_REASONS, word);
}

/** Errors have their text in members that JSON passes over. */
function showErrors(_key: string, value: unknown): unknown {
  return value instanceof Error ? `${value.name}: ${value.message} ${value.stack}` : value;
}
