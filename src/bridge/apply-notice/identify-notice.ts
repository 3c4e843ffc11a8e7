import type { Config } from '../../config/config.ts';
import { readShipNotice } from '../../shipstation/read-ship-notice.ts';
import type { ShipNotice } from '../../shipstation/ship-notice.ts';
import { UnreadableNotice } from '../../shipstation/unreadable-notice.ts';
import type { OrderId } from '../../values/order-id.ts';
import { orderIdOf } from '../order-number.ts';
import type { ArrivedNotice, NoticeQuery } from './notice-answer.ts';
import { noticeFingerprint, unreadableFingerprint } from './notice-fingerprint.ts';

/** What a notice is, by what came alone: which order it means, and what makes it the same as another one. */
export interface IdentifiedNotice {
  /** 64 hex digits. */
  readonly fingerprint: string;
  /** `undefined` where nothing in it can be the number of an order. */
  readonly orderId: OrderId | undefined;
  /** How the order is known; empty where the notice cannot be read. */
  readonly orderKey: string;
  readonly notice: ShipNotice | UnreadableNotice;
  /** The parameters of the query as they are kept. */
  readonly query: string;
}

/** Reads and identifies a notice. The configuration's prefix of order numbers has a say in which order it means. */
export function identifyNotice(
  arrived: ArrivedNotice,
  { orderNumberPrefix }: Pick<Config['export'], 'orderNumberPrefix'>,
): IdentifiedNotice {
  const query = JSON.stringify(noticeParameters(arrived.query));
  const notice = readOrProblem(arrived);
  if (notice instanceof UnreadableNotice) {
    const fingerprint = unreadableFingerprint(query, arrived.body);
    return { fingerprint, orderId: undefined, orderKey: '', notice, query };
  }
  const orderId = findOrderId(notice, orderNumberPrefix);
  const orderKey = String(orderId ?? notice.orderKeys[0]);
  return { fingerprint: noticeFingerprint(orderKey, notice), orderId, orderKey, notice, query };
}

function readOrProblem(arrived: ArrivedNotice): ShipNotice | UnreadableNotice {
  try {
    return readShipNotice(arrived);
  } catch (error) {
    if (error instanceof UnreadableNotice) return error;
    throw error;
  }
}

/** The order that a notice means: `OrderID` is the plain id, the number carries the configured prefix. */
function findOrderId({ orderKeys }: ShipNotice, prefix: string): OrderId | undefined {
  for (const key of orderKeys) {
    const orderId = orderIdOf(key, prefix);
    if (orderId !== undefined) return orderId;
  }
  return undefined;
}

/** Only these are kept: the query can hold the password as well. */
function noticeParameters({ order_number, carrier, service, tracking_number }: NoticeQuery): NoticeQuery {
  return { order_number, carrier, service, tracking_number };
}
