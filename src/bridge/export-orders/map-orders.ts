import type { Order } from '../../cscart/orders/order.ts';
import type { UnreadableOrder } from '../../cscart/orders/read-orders.ts';
import type { Store } from '../../cscart/store/store.ts';
import type { OrderDocument } from '../../shipstation/order-document.ts';
import { textsToCut } from '../../shipstation/texts-to-cut.ts';
import { AmountOutOfRange } from '../../values/cents.ts';
import type { Log } from '../log.ts';
import { mapStatuses } from '../status-map.ts';
import type { ExportDependencies } from './export-request.ts';
import type { LeftOut } from './left-out.ts';
import { createFieldReaders } from './order-document/configured-fields.ts';
import type { MappingRules } from './order-document/mapping-rules.ts';
import { toOrderDocument } from './order-document/to-order-document.ts';
import { type CutOrder, type DamagedOrder, damagedPartsOf, logDamage } from './page-log.ts';

/** What became of the orders of a page. */
export interface MappedOrders<Written> {
  readonly orders: readonly Written[];
  readonly leftOut: readonly LeftOut[];
  readonly cutOrders: readonly CutOrder[];
  /** Left-out ones included. */
  readonly damagedOrders: readonly DamagedOrder[];
}

/** What the orders of this store are mapped by, whoever asks for them. */
export function mappingRules(
  { statuses, config }: Pick<ExportDependencies, 'statuses' | 'config'>,
  store: Store,
): MappingRules {
  const { meanings } = mapStatuses(statuses, store.statuses);
  return { meanings, store, config, fields: createFieldReaders(config, store) };
}

/** What is made of a document as soon as it is there; the document itself then lives no longer. */
export type WriteOrder<Written> = (document: OrderDocument) => Written;

/** Maps and writes orders as they were read, one by one. Damage is logged as it is met. */
export function mapOrders<Written>(
  read: Iterable<Order | UnreadableOrder>,
  rules: MappingRules,
  log: Log,
  write: WriteOrder<Written>,
): MappedOrders<Written> {
  const orders: Written[] = [];
  const leftOut: LeftOut[] = [];
  const cutOrders: CutOrder[] = [];
  const damagedOrders: DamagedOrder[] = [];
  for (const order of read) {
    const parts = 'lines' in order ? damagedPartsOf(order) : [];
    if (parts.length > 0) {
      const damaged = { orderId: order.orderId, parts };
      logDamage(log, damaged);
      damagedOrders.push(damaged);
    }
    const mapped = mapOrder(order, rules, log, write);
    if ('reason' in mapped) {
      leftOut.push(mapped);
      continue;
    }
    orders.push(mapped.written);
    if (mapped.cut.length > 0) cutOrders.push({ orderId: order.orderId, cut: mapped.cut });
  }
  return { orders, leftOut, cutOrders, damagedOrders };
}

/** One order that breaks a rule nobody thought of never blocks the page. */
function mapOrder<Written>(
  order: Order | UnreadableOrder,
  rules: MappingRules,
  log: Log,
  write: WriteOrder<Written>,
): { readonly written: Written; readonly cut: readonly string[] } | LeftOut {
  const { orderId } = order;
  try {
    if (!('problem' in order)) {
      const document = toOrderDocument(order, rules);
      return 'reason' in document ? document : { written: write(document), cut: textsToCut(document) };
    }
    if (order.problem !== undefined) return { orderId, reason: 'unreadable', detail: order.problem };
    throw order.cause;
  } catch (error) {
    if (error instanceof AmountOutOfRange) return { orderId, reason: 'beyond-format', detail: error.message };
    log.error({ event: 'order.failed', orderId, err: error }, 'an order could not be exported');
    return { orderId, reason: 'unreadable' };
  }
}
