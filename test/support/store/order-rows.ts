import { formatCents, sumCents } from '../../../src/values/cents.ts';
import { createEpochSeconds, nowInSeconds } from '../../../src/values/epoch-seconds.ts';
import type { ShippingMethod } from './carriers.ts';
import { type ChosenShipping, orderData, orderPromotions } from './order-data.ts';
import { placeLine } from './order-lines.ts';
import { centsOf, orderTotals } from './order-totals.ts';
import { PAYMENT_METHODS } from './payments.ts';
import type {
  Instant,
  PlacedOrder,
  PlainAddress,
  PlainCustomer,
  PlainOrder,
  PlainShippingMethod,
} from './plain-order.ts';
import type { ProfileFields } from './profile-fields.ts';
import type { Row } from './tables.ts';

/** What the store around an order decides. */
export interface OrderContext {
  readonly shippingMethods: readonly ShippingMethod[];
  readonly currency: string;
  readonly language: string;
  readonly profileFields: ProfileFields;
  /** From 4.2.4 on the shop packs the address of the customer's computer. */
  readonly packsIpAddress: boolean;
}

export interface OrderRows {
  readonly placed: PlacedOrder;
  readonly orders: Row;
  readonly orderDetails: readonly Row[];
  readonly orderData: readonly Row[];
  readonly profileFieldsData: readonly Row[];
  /** Whether the order brings a row G of its own, or none. */
  readonly bringsSnapshot: boolean;
}

const DEFAULT_CUSTOMER: PlainCustomer = {
  firstname: 'Ann',
  lastname: 'Baker',
  email: 'ann.baker@example.com',
  company: '',
  phone: '617-555-0100',
  userId: 3,
};

const DEFAULT_ADDRESS: PlainAddress = {
  firstname: 'Ann',
  lastname: 'Baker',
  address: '44 Main Street',
  address2: '',
  city: 'Boston',
  state: 'MA',
  zip: '02134',
  country: 'US',
  phone: '617-555-0101',
};

const DEFAULT_SHIPPING: readonly PlainShippingMethod[] = [{ name: 'UPS Ground', cost: '7.50' }];

/** The rows of an order in `orders`, `order_details` and `order_data`. */
export function orderRows(order: PlainOrder, orderId: number, context: OrderContext): OrderRows {
  const companyId = order.companyId ?? 1;
  const lines = (order.lines ?? [{}]).map((line, position) => placeLine(line, orderId, position, companyId));
  const shipping = (order.shipping?.methods ?? DEFAULT_SHIPPING).map((method): ChosenShipping => {
    const known = context.shippingMethods.find(({ name }) => name === method.name);
    return {
      ...method,
      cost: method.cost ?? 0,
      shippingId: method.shippingId ?? known?.shippingId ?? 1,
      module: method.module === undefined ? (known?.module ?? moduleOfOwnMethod(method)) : method.module,
    };
  });
  const totals = orderTotals(
    order,
    lines.map(({ priceCents, quantity, discount, charged }) => ({
      price: priceCents,
      quantity,
      discount,
      charged,
    })),
    sumCents(shipping.map(({ cost }) => centsOf(cost))),
  );
  const timestamp = order.placedAt === undefined ? nowInSeconds() : secondsOf(order.placedAt);
  const status = order.status ?? 'P';
  const stored = orderData(order, orderId, shipping, context.currency);
  return {
    placed: {
      orderId,
      status,
      timestamp,
      subtotal: formatCents(totals.subtotal),
      total: formatCents(totals.total),
      lines: lines.map(({ itemId, productId, sku, name, quantity, price }) => ({
        itemId,
        productId,
        sku,
        name,
        quantity,
        price,
      })),
    },
    orders: {
      order_id: orderId,
      is_parent_order: (order.isParent ?? false) ? 'Y' : 'N',
      parent_order_id: order.parentOrderId ?? 0,
      company_id: companyId,
      storefront_id: order.storefrontId ?? 1,
      total: formatCents(totals.total),
      subtotal: formatCents(totals.subtotal),
      discount: formatCents(totals.itemDiscount),
      subtotal_discount: formatCents(totals.subtotalDiscount),
      payment_surcharge: formatCents(totals.surcharge),
      shipping_ids: shipping.map(({ shippingId }) => shippingId).join(','),
      shipping_cost: formatCents(totals.shippingCost),
      timestamp,
      updated_at: laterInstant(order.updatedAt, timestamp),
      last_modify: laterInstant(order.lastModify, timestamp),
      status,
      notes: order.notes ?? '',
      details: order.details ?? '',
      ...orderPromotions(order),
      ...customerColumns(withDefaults(DEFAULT_CUSTOMER, order.customer)),
      ...addressColumns('b', withDefaults(DEFAULT_ADDRESS, order.billTo)),
      ...addressColumns('s', withDefaults(DEFAULT_ADDRESS, order.shipTo)),
      payment_id: paymentId(order.payment),
      lang_code: order.language ?? context.language,
      ip_address: context.packsIpAddress ? '7f000001' : '127.0.0.1',
      ...order.columns,
    },
    orderDetails: lines.map((line) => ({
      item_id: line.itemId,
      order_id: orderId,
      product_id: line.productId,
      product_code: line.sku,
      price: line.price,
      amount: line.quantity,
      extra: line.extra,
    })),
    orderData: [...stored].map(([type, data]) => ({ order_id: orderId, type, data })),
    profileFieldsData: context.profileFields.rowsOfOrder(orderId, order.profileFields ?? {}),
    bringsSnapshot: order.orderData?.['G'] !== undefined,
  };
}

function moduleOfOwnMethod({ pickup }: PlainShippingMethod): string | null {
  return pickup === undefined ? null : 'store_locator';
}

/** Unix seconds of an instant. Throws `RangeError` for text that names none. */
export function secondsOf(instant: Instant): number {
  const milliseconds = new Date(instant).getTime();
  if (Number.isNaN(milliseconds)) throw new RangeError(`not an instant: ${String(instant)}`);
  return createEpochSeconds(milliseconds / 1000);
}

function laterInstant(instant: Instant | null | undefined, timestamp: number): number {
  if (instant === undefined) return timestamp;
  return instant === null ? 0 : secondsOf(instant);
}

function customerColumns(customer: PlainCustomer): Row {
  const { userId, ...columns } = customer;
  return { ...columns, user_id: userId };
}

function addressColumns(kind: 'b' | 's', address: PlainAddress): Row {
  return {
    [`${kind}_firstname`]: address.firstname,
    [`${kind}_lastname`]: address.lastname,
    [`${kind}_address`]: address.address,
    [`${kind}_address_2`]: address.address2,
    [`${kind}_city`]: address.city,
    [`${kind}_state`]: address.state,
    [`${kind}_zipcode`]: address.zip,
    [`${kind}_country`]: address.country,
    [`${kind}_phone`]: address.phone,
    ...(address.addressType === undefined ? {} : { [`${kind}_address_type`]: address.addressType }),
  };
}

function paymentId(payment: PlainOrder['payment']): number {
  if (payment === undefined) return 1;
  if (payment === null) return 0;
  if (typeof payment === 'number') return payment;
  const known = PAYMENT_METHODS.find(({ name }) => name === payment);
  if (known === undefined) throw new RangeError(`the store has no payment method ${payment}`);
  return known.paymentId;
}

function withDefaults<T extends object>(
  defaults: T,
  given: { readonly [Member in keyof T]?: T[Member] | undefined } | undefined,
): T {
  const set = Object.entries(given ?? {}).filter(([, value]) => value !== undefined);
  return { ...defaults, ...Object.fromEntries(set) };
}
