import { type PhpValue, phpDouble, phpSerialize } from '../php-serialize.ts';
import { centsOf } from './order-totals.ts';
import type { Money, PlainOrder, PlainPickup, PlainShippingMethod } from './plain-order.ts';

/** A shipping method with every default in place. */
export interface ChosenShipping extends PlainShippingMethod {
  readonly shippingId: number;
  readonly module: string | null;
  /** Major units. */
  readonly cost: Money;
}

/** The id of the promotion behind every coupon of a test. */
const PROMOTION_ID = 4;

/** The id of the pickup point behind every pickup of a test. */
const PICKUP_LOCATION_ID = '7';

/**
 * What an order keeps in `order_data`, by type letter: L chosen shippings, T taxes, C coupons, R the currency that the
 * customer saw, U used and B purchased gift certificates, I reward points in use. The cart snapshot G is {@link CART_SNAPSHOT}, the same for all.
 */
export function orderData(
  order: PlainOrder,
  orderId: number,
  shipping: readonly ChosenShipping[],
  currency: string,
): ReadonlyMap<string, Buffer | string> {
  const rows = new Map<string, Buffer | string>();
  const put = (type: string, members: readonly unknown[] | undefined, value: () => PhpValue) => {
    if (members !== undefined && members.length > 0) rows.set(type, phpSerialize(value()));
  };
  put('L', shipping, () => shipping.map(chosenShipping));
  put('T', order.taxes, () => taxes(order));
  put('C', order.coupons, () =>
    Object.fromEntries((order.coupons ?? []).map((code) => [code.toLowerCase(), [PROMOTION_ID]])),
  );
  rows.set('R', phpSerialize(currency));
  put('U', order.usedCertificates, () => usedCertificates(order));
  put('B', order.purchasedCertificates, () => purchasedCertificates(order, orderId));
  const points = order.pointsInUse;
  if (points !== undefined) {
    rows.set('I', phpSerialize({ points: points.points, cost: phpDouble(centsOf(points.cost) / 100) }));
  }
  for (const [type, value] of Object.entries(order.orderData ?? {})) {
    if (value === null) rows.delete(type);
    else rows.set(type, value);
  }
  return rows;
}

/** The serialized promotions and their ids of an order: one promotion if a coupon or a discount was used. */
export function orderPromotions(order: PlainOrder): { promotions: Buffer; promotion_ids: string } {
  const used = centsOf(order.discount) !== 0 || (order.coupons ?? []).length > 0;
  return used
    ? {
        promotions: phpSerialize({ [PROMOTION_ID]: { bonuses: [{ bonus: 'order_discount' }] } }),
        promotion_ids: String(PROMOTION_ID),
      }
    : { promotions: phpSerialize([]), promotion_ids: '' };
}

function chosenShipping(method: ChosenShipping, groupKey: number): PhpValue {
  return {
    shipping_id: String(method.shippingId),
    shipping: method.name,
    delivery_time: '3-5 days',
    rate_calculation: method.module === null ? 'M' : 'R',
    service_params: {},
    destination: 'I',
    min_weight: '0.000',
    max_weight: '0.000',
    service_id: method.module === null ? '0' : '1',
    free_shipping: centsOf(method.cost) === 0,
    module: method.module,
    service_code: serviceCode(method),
    is_address_required: method.pickup === undefined ? 'Y' : 'N',
    rate_info: { rate_id: '1', rate_value: { C: [{ amount: 0, value: String(method.cost), type: 'F' }] } },
    group_key: groupKey,
    rate: phpDouble(centsOf(method.cost) / 100),
    group_name: 'Acme Goods',
    ...(method.pickup === undefined ? {} : pickupMembers(method.pickup)),
    ...method.extra,
  };
}

function serviceCode({ module, pickup }: ChosenShipping): string | null {
  if (pickup !== undefined) return 'pickup';
  return module === null ? null : 'ground';
}

function pickupMembers({ name, city, address, phone, country, state, zipcode }: PlainPickup) {
  return {
    store_location_id: PICKUP_LOCATION_ID,
    store_data: {
      store_location_id: PICKUP_LOCATION_ID,
      name,
      city,
      pickup_address: address,
      phone,
      pickup_phone: phone,
      country,
      state,
      zipcode,
    },
  };
}

function taxes(order: PlainOrder): PhpValue {
  return new Map(
    (order.taxes ?? []).map(({ description, amount, included }, index) => [
      6 + index,
      {
        rate_type: 'P',
        rate_value: '10.000',
        price_includes_tax: included ? 'Y' : 'N',
        regnumber: '1234242',
        priority: index,
        tax_subtotal: phpDouble(centsOf(amount) / 100),
        description,
        calculation_type: 'subtotal',
        applies: { P: phpDouble(centsOf(amount) / 100), S: 0 },
      },
    ]),
  );
}

function usedCertificates(order: PlainOrder): PhpValue {
  return new Map(
    (order.usedCertificates ?? []).map(({ code, cost }, index) => [
      code,
      {
        gift_cert_id: String(index + 1),
        amount: phpDouble(50 + centsOf(cost) / 100),
        cost: phpDouble(centsOf(cost) / 100),
      },
    ]),
  );
}

function purchasedCertificates(order: PlainOrder, orderId: number): PhpValue {
  return new Map(
    (order.purchasedCertificates ?? []).map(({ code, amount, recipient, sendVia, address, free }, index) => [
      3_000_000_000 + orderId + index,
      {
        gift_cert_id: String(100 + index),
        gift_cert_code: code,
        recipient: recipient ?? 'Sam Recipient',
        sender: 'Ann Baker',
        amount: phpDouble(centsOf(amount) / 100),
        send_via: sendVia ?? 'E',
        email: 'sam@example.com',
        message: 'All the best',
        subtotal: phpDouble(centsOf(amount) / 100),
        display_subtotal: phpDouble(centsOf(amount) / 100),
        ...(sendVia === 'P' ? address : {}),
        ...(free ? { extra: { exclude_from_calculate: 'gift' } } : {}),
      },
    ]),
  );
}

/**
 * The cart snapshot G: in a real store the largest row of an order (5 to 15 kB), which nobody needs to export one. It is
 * here so that a reader that fetches it pays for it.
 */
export const CART_SNAPSHOT: Buffer = phpSerialize([
  {
    name: 'Acme Goods',
    company_id: 1,
    products: new Map(
      Array.from({ length: 6 }, (_, index) => [
        2_147_483_648 + index,
        {
          product_id: String(index + 1),
          product: `Product number ${index + 1} of a cart`,
          amount: 2,
          price: phpDouble(12.5),
          weight: '1.250',
          shipping_params: {
            min_items_in_box: 0,
            max_items_in_box: 0,
            box_length: 0,
            box_width: 0,
            box_height: 0,
          },
          main_pair: {
            pair_id: String(900 + index),
            detailed: {
              image_path: `https://shop.example.com/images/detailed/1/product-${index}.jpg`,
              absolute_path: `/var/www/shop/images/detailed/1/product-${index}.jpg`,
              image_x: '800',
              image_y: '800',
            },
          },
          short_description:
            'A description that is long enough to make the row as heavy as it is in a store. '.repeat(4),
        },
      ]),
    ),
    package_info: {
      C: phpDouble(75),
      W: phpDouble(7.5),
      I: 12,
      packages: [{ weight: phpDouble(7.5), cost: 75 }],
    },
  },
]);
