import { commonText } from '../../database/common-text.ts';
import type { Queryable } from '../../database/database.ts';
import { type Cents, parseCents, ZERO_CENTS } from '../../values/cents.ts';
import type { OrderId } from '../../values/order-id.ts';
import type { PhpArray } from '../php-values/php-value.ts';
import { arrayAt, asArray, decimalTextAt, isSetAt, textAt } from '../php-values/readers.ts';
import { serializedColumn } from '../php-values/serialized-column.ts';
import { unserialize } from '../php-values/unserialize.ts';
import { type Wanted, wantedKeys } from '../php-values/wanted.ts';
import type { Store } from '../store/store.ts';
import { storedName, storedText } from '../stored-text.ts';
import type { ChosenMethod, PickupPoint, PurchasedCertificate, UsedCertificate } from './order.ts';

/**
 * What `order_data` says about an order: shippings (L), taxes (T), coupons (C), gift certificates (U used, B bought);
 * and what it says in the merchant's own fields.
 */
export interface OrderData {
  readonly shippingMethods: readonly ChosenMethod[];
  /** Taxes that are not inside the prices. */
  readonly taxesOnTop: readonly Cents[];
  readonly coupons: readonly string[];
  readonly usedGiftCertificates: readonly UsedCertificate[];
  readonly purchasedGiftCertificates: readonly PurchasedCertificate[];
  /** As stored, by the field's id. */
  readonly profileValues: ReadonlyMap<number, string>;
  /** Letters of what is there but could not be read, wholly or in part. */
  readonly damagedParts: readonly string[];
}

const ADDRESS_KEYS = ['address', 'address_2', 'city', 'state', 'country', 'zipcode', 'phone'] as const;

// The other letters are of no use to a shipment; P holds payment details, perhaps card data, and is never read.
const WANTED: Readonly<Record<DataType, Wanted>> = {
  L: ofEach(wantedKeys('shipping_id', 'shipping', 'module', 'store_location_id', 'store_data')),
  T: ofEach(wantedKeys('price_includes_tax', 'tax_subtotal')),
  C: ofEach(wantedKeys()),
  U: ofEach(wantedKeys('cost')),
  B: ofEach(wantedKeys('gift_cert_code', 'amount', 'recipient', 'send_via', 'extra', ...ADDRESS_KEYS)),
};

function ofEach(wanted: Wanted): Wanted {
  return new Map([['*', wanted]]);
}

const TYPES = ['L', 'T', 'C', 'U', 'B'] as const;
type DataType = (typeof TYPES)[number];

interface DataRow {
  readonly orderId: OrderId;
  /** A letter, or the id of a profile field. */
  readonly type: string;
  readonly data: Buffer | null;
}

/**
 * Reads and understands the data of orders, by index (order_id, type), and the given profile fields, by primary key
 * (object_id, object_type, field_id), in one query. `orderIds` must not be empty.
 */
export async function readOrderData(
  database: Queryable,
  store: Store,
  orderIds: readonly OrderId[],
  profileFields: readonly number[],
): Promise<Map<OrderId, OrderData>> {
  const ofOrders = `select order_id as orderId, ${commonText('type')} as type, ${serializedColumn('data')} as data
       from ${store.tables('order_data')} where order_id in (?) and type in (?)`;
  const ofFields = `select object_id, ${commonText('field_id')}, cast(convert(value using utf8mb4) as binary)
       from ${store.tables('profile_fields_data')}
      where object_type = 'O' and object_id in (?) and field_id in (?)`;
  const [sql, values] =
    profileFields.length === 0
      ? [ofOrders, [orderIds, TYPES]]
      : [`${ofOrders} union all ${ofFields}`, [orderIds, TYPES, orderIds, profileFields]];
  const orders = new Map<OrderId, { -readonly [Key in keyof OrderData]: OrderData[Key] }>();
  for (const { orderId, isDamaged, type, says } of await database.queryEach(sql, values, toDataPart)) {
    const data = orders.get(orderId) ?? { ...NO_ORDER_DATA };
    orders.set(orderId, data);
    if (typeof says === 'string') data.profileValues = new Map(data.profileValues).set(Number(type), says);
    else Object.assign(data, says);
    if (isDamaged) data.damagedParts = [...data.damagedParts, type];
  }
  return orders;
}

export const NO_ORDER_DATA: OrderData = {
  shippingMethods: [],
  taxesOnTop: [],
  coupons: [],
  usedGiftCertificates: [],
  purchasedGiftCertificates: [],
  profileValues: new Map(),
  damagedParts: [],
};

/** What one row says of its order: a part of its data, or the text of a profile field. */
interface DataPart extends Pick<DataRow, 'orderId' | 'type'> {
  readonly says: Partial<OrderData> | string;
  readonly isDamaged: boolean;
}

function toDataPart({ orderId, type, data }: DataRow): DataPart {
  if (!isDataType(type)) return { orderId, type, says: data?.toString('utf8') ?? '', isDamaged: false };
  const read = unserialize(data ?? Buffer.alloc(0), WANTED[type]);
  // What is damaged reads as far as it goes: a total that then does not add up gets a line of its own.
  const array = read.ok ? asArray(read.value) : read.partial;
  return { orderId, type, says: array ? UNDERSTAND[type](array) : {}, isDamaged: !read.ok };
}

function isDataType(type: string): type is DataType {
  return type in WANTED;
}

const UNDERSTAND: Readonly<Record<DataType, (array: PhpArray) => Partial<OrderData>>> = {
  L: (methods) => ({ shippingMethods: entries(methods).map(([, method]) => readMethod(method)) }),
  T: (taxes) => ({
    taxesOnTop: entries(taxes).flatMap(([, tax]) =>
      textAt(tax, 'price_includes_tax') === 'Y' ? [] : centsAt(tax, 'tax_subtotal'),
    ),
  }),
  C: (coupons) => ({ coupons: [...coupons.keys()].flatMap((code) => storedText(String(code)) || []) }),
  U: (certificates) => ({
    usedGiftCertificates: entries(certificates).map(([code, used]) => ({
      code: storedText(code),
      cost: centsAt(used, 'cost'),
    })),
  }),
  B: (certificates) => ({
    purchasedGiftCertificates: entries(certificates).map(([key, bought]) => readCertificate(key, bought)),
  }),
};

function readMethod(method: PhpArray): ChosenMethod {
  const id = Number(textAt(method, 'shipping_id'));
  return {
    id: Number.isInteger(id) && id > 0 ? id : undefined,
    name: storedName(textAt(method, 'shipping')),
    pickup: readPickup(method),
  };
}

/** Where the buyer fetches the parcel: methods of the add-on store_locator keep a copy of the point. */
function readPickup(method: PhpArray): PickupPoint | undefined {
  const point = arrayAt(method, 'store_data');
  if (!point && textAt(method, 'module') !== 'store_locator' && !method.has('store_location_id'))
    return undefined;
  const at = (key: string) => (point ? storedText(textAt(point, key)) : '');
  return {
    name: storedName(point && textAt(point, 'name')),
    address: at('pickup_address') || at('address'),
    city: at('city'),
    state: at('state'),
    country: at('country').toUpperCase(),
    zipcode: at('zipcode') || at('pickup_zipcode'),
    phone: at('pickup_phone') || at('phone'),
  };
}

function readCertificate(key: string, bought: PhpArray): PurchasedCertificate {
  const [address = '', address2 = '', city = '', state = '', country = '', zipcode = '', phone = ''] =
    ADDRESS_KEYS.map((name) => storedText(textAt(bought, name)));
  const extra = arrayAt(bought, 'extra');
  const isFree = extra !== undefined && isSetAt(extra, 'exclude_from_calculate');
  return {
    key,
    code: storedText(textAt(bought, 'gift_cert_code')) || key,
    amount: isFree ? ZERO_CENTS : centsAt(bought, 'amount'),
    isPosted: textAt(bought, 'send_via') === 'P',
    recipient: storedText(textAt(bought, 'recipient')),
    address: {
      firstname: '',
      lastname: '',
      address,
      address2,
      city,
      state,
      country: country.toUpperCase(),
      zipcode,
      phone,
    },
  };
}

function entries(array: PhpArray): readonly [string, PhpArray][] {
  const found: [string, PhpArray][] = [];
  for (const [key, value] of array) {
    const entry = asArray(value);
    if (entry) found.push([String(key), entry]);
  }
  return found;
}

function centsAt(array: PhpArray, key: string): Cents {
  const amount = decimalTextAt(array, key);
  return (amount === undefined ? undefined : parseCents(amount)) ?? ZERO_CENTS;
}
