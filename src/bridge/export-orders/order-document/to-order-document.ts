import type { ExportConfig } from '../../../config/config.ts';
import type { Order, OrderLine } from '../../../cscart/orders/order.ts';
import { INCOMPLETE, PARENT } from '../../../cscart/store/order-statuses.ts';
import type { Store } from '../../../cscart/store/store.ts';
import type { OrderDocument, OrderItem, ShipStationStatus } from '../../../shipstation/order-document.ts';
import { orderProblem } from '../../../shipstation/order-problem.ts';
import { createEpochSeconds, type EpochSeconds } from '../../../values/epoch-seconds.ts';
import type { OrderId } from '../../../values/order-id.ts';
import type { LeftOut } from '../left-out.ts';
import { toMoneyLines } from './money-lines.ts';
import { toBillTo, toShipTo } from './people-and-places.ts';
import { toUnitWeight } from './unit-weight.ts';

/** What a mapping needs besides the order. */
export interface MappingRules {
  readonly meanings: ReadonlyMap<string, ShipStationStatus>;
  readonly store: Pick<Store, 'gramsPerWeightUnit' | 'primaryCurrency'>;
  readonly config: Pick<ExportConfig, 'currencyCode' | 'orderNumberPrefix'>;
  /** When the bridge saw orders change, for a store that keeps no such instant. */
  readonly seenChanges?: ReadonlyMap<OrderId, EpochSeconds> | undefined;
}

/**
 * An order of the store as ShipStation takes it, or why it cannot be sent. Pure; one incomplete order would make
 * ShipStation refuse its whole batch, so every doubt leaves the order out, with a reason.
 */
export function toOrderDocument(order: Order, rules: MappingRules): OrderDocument | LeftOut {
  const { orderId } = order;
  const leftOut = (reason: LeftOut['reason'], detail?: string): LeftOut => ({ orderId, reason, detail });

  // The status may have changed since the window's list was made: an admin's save makes an order incomplete meanwhile.
  if (order.status === INCOMPLETE) return leftOut('incomplete');
  if (order.status === PARENT) return leftOut('parent');
  const orderStatus = rules.meanings.get(order.status);
  if (!orderStatus) return leftOut('status-not-mapped', `status ${order.status}`);
  if (order.lines.length === 0) return leftOut('no-lines');
  const products = order.lines.filter((line) => line.needsShipping && line.quantity > 0);
  if (products.length === 0) return leftOut('only-downloads');
  const shipTo = toShipTo(order);
  if ('missing' in shipTo) return leftOut(shipTo.missing);

  const document: OrderDocument = {
    orderId: String(orderId),
    orderNumber: rules.config.orderNumberPrefix + orderId,
    orderDate: order.placedAt,
    orderStatus,
    lastModified: createEpochSeconds(Math.max(order.changedAt, rules.seenChanges?.get(orderId) ?? 0)),
    shippingMethod: order.shippingMethods.join(', ') || undefined,
    paymentMethod: order.paymentMethod || undefined,
    currencyCode: (rules.config.currencyCode && rules.store.primaryCurrency) || undefined,
    orderTotal: order.total,
    taxAmount: order.taxOnTop,
    shippingAmount: order.shippingCost,
    customerNotes: order.customerNotes || undefined,
    internalNotes: order.staffNotes || undefined,
    customerCode: order.email || `order-${orderId}`,
    billTo: toBillTo(order),
    shipTo,
    items: [...products.map((line) => toItem(line, rules.store.gramsPerWeightUnit)), ...toMoneyLines(order)],
  };
  const problem = orderProblem(document);
  return problem === undefined ? document : leftOut('beyond-format', problem);
}

function toItem(line: OrderLine, gramsPerWeightUnit: number): OrderItem {
  return {
    lineItemId: String(line.itemId),
    sku: line.sku,
    name: line.name,
    imageUrl: line.imageUrl,
    weight: toUnitWeight(line.weight, gramsPerWeightUnit),
    quantity: line.quantity,
    unitPrice: line.unitPrice,
    options: line.options,
  };
}
