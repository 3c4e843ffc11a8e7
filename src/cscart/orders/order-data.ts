import type { Queryable } from '../../database/database.ts';
import { type Cents, parseCents, sumCents, ZERO_CENTS } from '../../values/cents.ts';
import type { OrderId } from '../../values/order-id.ts';
import type { PhpArray } from '../php-values/php-value.ts';
import { asArray, decimalTextAt, textAt } from '../php-values/readers.ts';
import { unserialize } from '../php-values/unserialize.ts';
import { type Wanted, wantedKeys } from '../php-values/wanted.ts';
import type { Store } from '../store/store.ts';

/** What `order_data` says about an order: shippings (L), taxes (T), coupons (C), gift certificates (U used, B bought). */
export interface OrderData {
  readonly shippingMethods: readonly string[];
  readonly taxOnTop: Cents;
  readonly coupons: readonly string[];
  readonly usedGiftCertificates: readonly { readonly code: string; readonly cost: Cents }[];
  readonly purchasedGiftCertificates: readonly { readonly code: string; readonly amount: Cents }[];
}

// The other letters are of no use to a shipment; P holds payment details, perhaps card data, and is never read.
const WANTED: Readonly<Record<DataType, Wanted>> = {
  L: ofEach(wantedKeys('shipping')),
  T: ofEach(wantedKeys('price_includes_tax', 'tax_subtotal')),
  C: ofEach(wantedKeys()),
  U: ofEach(wantedKeys('cost')),
  B: ofEach(wantedKeys('gift_cert_code', 'amount')),
};

function ofEach(wanted: Wanted): Wanted {
  return new Map([['*', wanted]]);
}

const TYPES = ['L', 'T', 'C', 'U', 'B'] as const;
type DataType = (typeof TYPES)[number];

/** Reads and understands the data of orders, by index (order_id, type). `orderIds` must not be empty. */
export async function readOrderData(
  database: Queryable,
  store: Store,
  orderIds: readonly OrderId[],
): Promise<Map<OrderId, OrderData>> {
  const rows = await database.query<{ orderId: OrderId; type: DataType; data: Buffer | null }>(
    `select order_id as orderId, type, cast(data as binary) as data
       from ${store.tables('order_data')} where order_id in (?) and type in (?)`,
    [orderIds, TYPES],
  );
  const values = new Map<OrderId, Map<DataType, PhpArray>>();
  for (const row of rows) {
    const read = unserialize(row.data ?? Buffer.alloc(0), WANTED[row.type]);
    const array = read.ok ? asArray(read.value) : undefined;
    // What is damaged reads as absent: a total that then does not add up gets a line of its own.
    if (!array) continue;
    const ofOrder = values.get(row.orderId) ?? new Map<DataType, PhpArray>();
    values.set(row.orderId, ofOrder.set(row.type, array));
  }
  return new Map([...values].map(([orderId, byType]) => [orderId, understand(byType)]));
}

export const NO_ORDER_DATA: OrderData = understand(new Map());

function understand(byType: ReadonlyMap<DataType, PhpArray>): OrderData {
  return {
    shippingMethods: entries(byType.get('L')).flatMap(
      ([, method]) => textAt(method, 'shipping')?.trim() || [],
    ),
    taxOnTop: sumCents(
      entries(byType.get('T')).map(([, tax]) =>
        textAt(tax, 'price_includes_tax') === 'Y' ? ZERO_CENTS : centsAt(tax, 'tax_subtotal'),
      ),
    ),
    coupons: [...(byType.get('C')?.keys() ?? [])].map(String),
    usedGiftCertificates: entries(byType.get('U')).map(([code, used]) => ({
      code,
      cost: centsAt(used, 'cost'),
    })),
    purchasedGiftCertificates: entries(byType.get('B')).map(([key, bought]) => ({
      code: textAt(bought, 'gift_cert_code') ?? key,
      amount: centsAt(bought, 'amount'),
    })),
  };
}

function entries(array: PhpArray | undefined): [string, PhpArray][] {
  return [...(array ?? [])].flatMap(([key, value]) => {
    const entry = asArray(value);
    return entry ? [[String(key), entry] as [string, PhpArray]] : [];
  });
}

function centsAt(array: PhpArray, key: string): Cents {
  const amount = decimalTextAt(array, key);
  return (amount === undefined ? undefined : parseCents(amount)) ?? ZERO_CENTS;
}
