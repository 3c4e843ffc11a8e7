import type { Order } from '../../cscart/orders/order.ts';
import type { LeftOutSummary } from '../../ledger/exports.ts';
import type { OrderId } from '../../values/order-id.ts';
import type { Log } from '../log.ts';
import { HIDDEN_BY_THE_SHOP, LEFT_OUT_REASONS, type LeftOut, summarizeLeftOut } from './left-out.ts';

/** An order of which parts could not be read, by table and column, or table and type of row. */
export interface DamagedOrder {
  readonly orderId: OrderId;
  readonly parts: readonly string[];
}

/** An order of which texts had to be cut, by the names of their elements. */
export interface CutOrder {
  readonly orderId: OrderId;
  readonly cut: readonly string[];
}

// A page is logged in one line, and so is each of its left-out orders, up to this many.
const MOST_LOGGED = 20;

/** Names the orders that were left out with their reasons; those that the shop hides itself are only counted. */
export function logLeftOut(log: Log, all: readonly LeftOut[]): void {
  const leftOut = all.filter(({ reason }) => !HIDDEN_BY_THE_SHOP.includes(reason));
  for (const { orderId, reason, detail } of leftOut.slice(0, MOST_LOGGED)) {
    log.warn(
      { event: 'order.left_out', orderId, reason, detail },
      `order left out: ${LEFT_OUT_REASONS[reason]}`,
    );
  }
  if (leftOut.length <= MOST_LOGGED) return;
  log.warn(
    {
      event: 'order.left_out_more',
      count: leftOut.length - MOST_LOGGED,
      all: countsOf(summarizeLeftOut(leftOut)),
    },
    'more orders left out',
  );
}

/** How many orders were left out for each reason. */
export function countsOf(summary: LeftOutSummary): Readonly<Record<string, number>> {
  return Object.fromEntries(Object.entries(summary).map(([reason, { count }]) => [reason, count]));
}

/** What had to be cut is marked in the text itself, and named here for whoever asks where the rest is. */
export function logCut(log: Log, orders: readonly CutOrder[]): void {
  for (const { orderId, cut } of orders.slice(0, MOST_LOGGED)) {
    log.warn({ event: 'order.text_cut', orderId, elements: cut }, 'texts are longer than ShipStation takes');
  }
  if (orders.length <= MOST_LOGGED) return;
  log.warn(
    { event: 'order.text_cut_more', count: orders.length - MOST_LOGGED },
    'more orders with texts too long',
  );
}

/** An import or another character set can break what the shop keeps in one column. */
export function logDamage(log: Log, { orderId, parts }: DamagedOrder): void {
  log.warn(
    { event: 'order.damaged', orderId, parts },
    'some of what the store keeps of an order cannot be read',
  );
}

/** What of an order could not be read, by table and column, or table and type of row. */
export function damagedPartsOf({ damagedParts, lines }: Order): readonly string[] {
  const isLineDamaged = lines.some(({ isDamaged }) => isDamaged);
  if (damagedParts.length === 0 && !isLineDamaged) return UNDAMAGED;
  return [
    ...damagedParts.map((type) => `order_data ${type}`),
    ...(isLineDamaged ? ['order_details.extra'] : []),
  ];
}

const UNDAMAGED: readonly string[] = [];
