import { randomBytes } from 'node:crypto';
import { shipNoticeXml } from '../test/support/ship-notice-xml.ts';
import { type BenchStore, BLOCK_ORDERS, ORDER_PERIOD, table } from './bench-store.ts';
import type { BenchBridge } from './bridge-process.ts';
import { sendNotice } from './client.ts';

/** An order of the store that nothing has been shipped of. */
export interface OpenOrder {
  readonly orderId: number;
  readonly lines: readonly { readonly itemId: number; readonly amount: number }[];
}

export interface SentNotice {
  readonly trackingNumber: string;
  /** As the endpoint reads it out of the address. */
  readonly query: Readonly<Record<string, string>>;
  readonly xml: string;
}

/**
 * Gives orders that are alike, each once: paid, with a coupon and a note, and two lines.
 *
 * @param from so many orders behind the first; then they are like that one
 */
export function openOrders(store: BenchStore, from = 0): () => Promise<OpenOrder> {
  // From the earliest on: the windows of the other sections are at the end.
  let next = 0;
  return async () => {
    for (;;) {
      const order = await readOpenOrder(store, store.firstOrderId + from + likeTheFirst(next));
      next += 1;
      if (order) return order;
    }
  };
}

const ALIKE_IN_BLOCK = Math.floor(BLOCK_ORDERS / ORDER_PERIOD);

/** How far behind the store's first order the next one stands that is like it: each block begins anew. */
function likeTheFirst(number: number): number {
  const block = Math.floor(number / ALIKE_IN_BLOCK);
  return block * BLOCK_ORDERS + (number % ALIKE_IN_BLOCK) * ORDER_PERIOD;
}

/** The order; `undefined` where an earlier section has shipped it. */
async function readOpenOrder({ database }: BenchStore, orderId: number): Promise<OpenOrder | undefined> {
  const lines = await database.query<OpenOrder['lines'][number]>(
    `select item_id as itemId, amount from ${table('order_details')} where order_id = ? order by item_id`,
    [orderId],
  );
  if (lines.length === 0) throw new Error('the store has no order left that could be shipped');
  const shipped = await database.query(
    `select 1 from ${table('shipment_items')} where order_id = ? limit 1`,
    [orderId],
  );
  return shipped.length > 0 ? undefined : { orderId, lines };
}

/** A notice that ships these lines of an order in one box; all of them where none are named. */
export function noticeOf({ orderId, lines }: OpenOrder, shipped = lines): SentNotice {
  const trackingNumber = `1Z${randomBytes(8).toString('hex').toUpperCase()}`;
  const orderNumber = String(orderId);
  const items = shipped.map(({ itemId, amount }) => ({ lineItemId: String(itemId), quantity: amount }));
  return {
    trackingNumber,
    query: { order_number: orderNumber, carrier: 'UPS', service: 'Ground', tracking_number: trackingNumber },
    xml: shipNoticeXml({ orderNumber, carrier: 'UPS', service: 'Ground', trackingNumber, items }),
  };
}

export function send(bridge: BenchBridge, { query, xml }: SentNotice): Promise<number> {
  return sendNotice(bridge, query, xml);
}
