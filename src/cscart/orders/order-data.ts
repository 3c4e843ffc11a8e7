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
  readonly damagedParts: readonly DataType[];
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
  const rows = await (profileFields.length === 0
    ? database.query<DataRow>(ofOrders, [orderIds, TYPES])
    : database.query<DataRow>(`${ofOrders} union all ${ofFields}`, [
        orderIds,
        TYPES,
        orderIds,
        profileFields,
      ]));
  const found = new Map<OrderId, Map<DataType, PhpArray>>();
  const profileValues = new Map<OrderId, Map<number, string>>();
  const damaged = new Map<OrderId, readonly DataType[]>();
  for (const { orderId, type, data } of rows) {
    if (!isDataType(type)) {
      const ofOrder = profileValues.get(orderId) ?? new Map<number, string>();
      profileValues.set(orderId, ofOrder.set(Number(type), data?.toString('utf8') ?? ''));
      continue;
    }
    const read = unserialize(data ?? Buffer.alloc(0), WANTED[type]);
    if (!read.ok) damaged.set(orderId, [...(damaged.get(orderId) ?? []), type]);
    // What is damaged reads as far as it goes: a total that then does not add up gets a line of its own.
    const array = read.ok ? asArray(read.value) : read.partial;
    if (!array) continue;
    const ofOrder = found.get(orderId) ?? new Map<DataType, PhpArray>();
    found.set(orderId, ofOrder.set(type, array));
  }
  const understood = new Map<OrderId, OrderData>();
  for (const orderId of new Set([...found.keys(), ...profileValues.keys(), ...damaged.keys()])) {
    understood.set(orderId, understand(found.get(orderId), profileValues.get(orderId), damaged.get(orderId)));
  }
  return understood;
}

const NO_ARRAYS: ReadonlyMap<DataType, PhpArray> = new Map();
const NO_PARTS: readonly DataType[] = [];
const NO_VALUES: ReadonlyMap<number, string> = new Map();

function isDataType(type: string): type is DataType {
  return type in WANTED;
}

export const NO_ORDER_DATA: OrderData = understand();

function understand(arrays = NO_ARRAYS, profileValues = NO_VALUES, damagedParts = NO_PARTS): OrderData {
  return {
    shippingMethods: entries(arrays.get('L')).map(([, method]) => readMethod(method)),
    taxesOnTop: entries(arrays.get('T')).flatMap(([, tax]) =>
      textAt(tax, 'price_includes_tax') === 'Y' ? [] : centsAt(tax, 'tax_subtotal'),
    ),
    coupons: [...(arrays.get('C')?.keys() ?? [])].flatMap((code) => storedText(String(code)) || []),
    usedGiftCertificates: entries(arrays.get('U')).map(([code, used]) => ({
      code: storedText(code),
      cost: centsAt(used, 'cost'),
    })),
    purchasedGiftCertificates: entries(arrays.get('B')).map(([key, bought]) => readCertificate(key, bought)),
    profileValues,
    damagedParts,
  };
}

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

function entries(array: PhpArray | undefined): readonly [string, PhpArray][] {
  const found: [string, PhpArray][] = [];
  for (const [key, value] of array ?? []) {
    const entry = asArray(value);
    if (entry) found.push([String(key), entry]);
  }
  return found;
}

function centsAt(array: PhpArray, key: string): Cents {
  const amount = decimalTextAt(array, key);
  return (amount === undefined ? undefined : parseCents(amount)) ?? ZERO_CENTS;
}
