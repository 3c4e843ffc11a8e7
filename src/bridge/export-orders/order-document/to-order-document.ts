import type { Order } from '../../../cscart/orders/order.ts';
import type { OrderDocument, ShipTo } from '../../../shipstation/order-document.ts';
import { orderProblem } from '../../../shipstation/order-problem.ts';
import { createEpochSeconds } from '../../../values/epoch-seconds.ts';
import type { LeftOut, LeftOutReason } from '../left-out.ts';
import { meaningOfStatus } from '../status-meaning.ts';
import { chargedLines } from './charged-lines.ts';
import { customField, isGift, notes } from './field-texts.ts';
import type { MappingRules } from './mapping-rules.ts';
import { toMoneyLines } from './money-lines.ts';
import { toItems, toPostedCertificates } from './order-items.ts';
import { toBillTo, toPickupPoint, toRecipient, toShipTo } from './people-and-places.ts';
import { toShippingWords } from './shipping-words.ts';

/**
 * An order of the store as ShipStation takes it, or why it cannot be sent. Pure; one incomplete order would make
 * ShipStation refuse its whole batch, so every doubt leaves the order out, with a reason.
 */
export function toOrderDocument(stored: Order, rules: MappingRules): OrderDocument | LeftOut {
  const { orderId } = stored;
  const leftOut = (reason: LeftOut['reason'], detail?: string): LeftOut => ({ orderId, reason, detail });

  // The status may have changed since the window's list was made.
  const orderStatus = meaningOfStatus(stored.status, rules.meanings, rules.config.filters.statuses);
  if (typeof orderStatus !== 'string') return { orderId, ...orderStatus };

  const lines = chargedLines(stored);
  const order = lines === stored.lines ? stored : { ...stored, lines };
  const products = order.lines.filter((line) => line.needsShipping && line.quantity > 0);
  const certificates = toPostedCertificates(order);
  if (products.length === 0 && certificates.length === 0) {
    // An order of gift certificates alone has no lines either: they go by e-mail.
    const isEmpty = order.lines.length === 0 && order.purchasedGiftCertificates.length === 0;
    return leftOut(isEmpty ? 'no-lines' : 'only-downloads');
  }
  const shipTo = shipToOf(order, products.length > 0, rules);
  if ('missing' in shipTo) return leftOut(shipTo.missing);
  const { countries } = rules.config.filters;
  if (countries && !countries.includes(shipTo.country)) return leftOut('country-not-wanted');

  const { fields } = rules;
  const words = toShippingWords(order, rules.config.methodRules);
  const { items, overflow } = toItems(products, rules);
  const giftMessage = fields.giftMessage?.(order, words).text || undefined;
  const document: OrderDocument = {
    orderId: String(orderId),
    orderNumber: rules.config.orderNumberPrefix + orderId,
    orderDate: order.placedAt,
    orderStatus,
    lastModified: createEpochSeconds(Math.max(order.changedAt, rules.seenChanges?.get(orderId) ?? 0)),
    shippingMethod: words.method || undefined,
    paymentMethod: order.paymentMethod || undefined,
    currencyCode: (rules.config.currencyCode && rules.store.primaryCurrency) || undefined,
    orderTotal: order.total,
    taxAmount: order.taxOnTop,
    shippingAmount: order.shippingCost,
    customerNotes: notes(fields.customerNotes, order, words),
    internalNotes: notes(fields.internalNotes, order, words, [
      ...overflow,
      ...otherRecipients(order, shipTo),
      ...(order.damagedParts.includes('L') ? [UNREAD_METHOD] : []),
    ]),
    // Where nothing else says so, a message does.
    gift: (fields.gift ? isGift(fields.gift, order, words) : giftMessage !== undefined) || undefined,
    giftMessage,
    customField1: customField(fields.customField1, order, words),
    customField2: customField(fields.customField2, order, words),
    customField3: customField(fields.customField3, order, words),
    customerCode: order.email || `order-${orderId}`,
    billTo: toBillTo(order, rules.store.states),
    shipTo,
    items: [...items, ...certificates, ...toMoneyLines(order)],
  };
  const problem = orderProblem(document);
  return problem === undefined ? document : leftOut('beyond-format', problem);
}

const UNREAD_METHOD =
  'The shipping method could not be read; look at the order in the shop before it is shipped.';

/** Where the parcel goes: to the buyer, to where the buyer fetches it, or to whom a gift certificate is given. */
function shipToOf(
  order: Order,
  hasProducts: boolean,
  { store, config }: MappingRules,
): ShipTo | { readonly missing: LeftOutReason } {
  // Of an order with goods of several vendors some may be fetched and some be shipped: then it is shipped.
  const isFetched = order.shippingMethods.every(({ pickup }) => pickup !== undefined);
  const point = isFetched ? order.shippingMethods[0]?.pickup : undefined;
  if (point && hasProducts) {
    return config.pickupOrders ? toPickupPoint(order, point, store.states) : { missing: 'pickup' };
  }
  return (hasProducts ? undefined : toRecipient(order, store.states)) ?? toShipTo(order, store.states);
}

/** The gift certificates that go to somebody else than the parcel does, a line each. */
function otherRecipients(order: Order, shipTo: ShipTo): readonly string[] {
  if (order.purchasedGiftCertificates.length === 0) return [];
  return order.purchasedGiftCertificates.flatMap(({ code, isPosted, recipient, address }) => {
    const isThere = address.address === shipTo.address1 && address.city === shipTo.city;
    if (!isPosted || address.address === '' || isThere) return [];
    const parts = [
      recipient,
      address.address,
      address.address2,
      address.city,
      address.state,
      address.zipcode,
    ];
    return `Gift certificate ${code} goes to: ${[...parts, address.country].filter((part) => part !== '').join(', ')}`;
  });
}
