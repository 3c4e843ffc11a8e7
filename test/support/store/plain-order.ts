import type { PhpValue } from '../php-serialize.ts';
import type { OptionType, PlacedProduct } from './plain-product.ts';
import type { Cell } from './tables.ts';

/** Major units of the store's primary currency: `"12.30"` or `12.3`. */
export type Money = number | string;

/** An instant: a `Date`, or text that `Date` reads, such as `2026-03-01T10:00:00Z`. */
export type Instant = Date | string;

/** Every member may be left out, or be `undefined`, which is the same. */
type Optional<T> = { readonly [Member in keyof T]?: T[Member] | undefined };

export interface PlainCustomer {
  firstname: string;
  lastname: string;
  email: string;
  company: string;
  phone: string;
  /** 0 is a guest. Default 3. */
  userId: number;
}

export interface PlainAddress {
  firstname: string;
  lastname: string;
  address: string;
  address2: string;
  city: string;
  /** A code of `states`, or free text where the country has no list. */
  state: string;
  zip: string;
  /** ISO 3166-1 alpha-2. */
  country: string;
  phone: string;
  /** What kind of address it is, as in `residential`: of a ship-to only. Default: empty. */
  addressType?: string;
}

export interface PlainLineOption {
  readonly name: string;
  /** Default `S`. */
  readonly type?: OptionType | undefined;
  /** The variant's name of an option of type S, R or C, the file's name of type F; else the text that the buyer typed. */
  readonly value: string;
  /** Default: those of the line's product, found by name; else made up. */
  readonly optionId?: number | undefined;
  readonly variantId?: number | undefined;
}

export type PlainLine = Optional<{
  /** Gives sku, name, price, download flags and the ids of options. */
  product: PlacedProduct;
  productId: number;
  sku: string;
  name: string;
  quantity: number;
  /** What one unit was charged, after item-level discounts. */
  price: Money;
  /** Item-level discount of one unit, already taken off `price`. */
  discount: Money;
  options: readonly PlainLineOption[];
  /** Leaves the option's names and texts out of `extra`, as some imports do: there are only ids and typed texts. */
  withoutOptionValues: boolean;
  /** Staff typed the price. */
  storedPrice: boolean;
  isDownload: boolean;
  edpShipping: boolean;
  /** A line that is not charged: a free gift, a part of a certificate. */
  excludeFromCalculate: boolean;
  /** On a line that belongs to another: `{ buy_together: '123' }`. */
  parent: PhpValue;
  /** `parent` in plain words: the add-on that ties the line, and the item id of the line that it belongs to. */
  childOf: {
    readonly kind: 'configuration' | 'buy_together' | 'certificate';
    readonly itemId: number | string;
  };
  /** Members that replace or join those of `extra`; or, as bytes, the whole column. */
  extra: Buffer | Readonly<Record<string, PhpValue>>;
  /** Default: a 32-bit unsigned number, as often above 2^31 as not, that no other line of the store has. */
  itemId: number;
}>;

export interface PlainShippingMethod {
  readonly name: string;
  /** Default 0. */
  readonly cost?: Money | undefined;
  /** The carrier's module; `null` for a method of the merchant's own. Default: that of the store's method of this name. */
  readonly module?: string | null | undefined;
  /** Default: that of the store's method of this name, else 1. */
  readonly shippingId?: number | undefined;
  /** The place where the buyer fetches the order. The module is then `store_locator`, and no address is asked for. */
  readonly pickup?: PlainPickup | undefined;
  /** Further members of the chosen method, such as `store_data` of a pickup point. */
  readonly extra?: Readonly<Record<string, PhpValue>> | undefined;
}

/** A pickup point. */
export interface PlainPickup {
  readonly name: string;
  readonly city?: string | undefined;
  readonly address?: string | undefined;
  readonly phone?: string | undefined;
  /** ISO 3166-1 alpha-2. */
  readonly country?: string | undefined;
  readonly state?: string | undefined;
  readonly zipcode?: string | undefined;
}

interface PlainTax {
  readonly description: string;
  readonly amount: Money;
  /** Whether the prices contain it. */
  readonly included: boolean;
}

interface UsedCertificate {
  readonly code: string;
  /** What this order took from it. */
  readonly cost: Money;
}

interface PurchasedCertificate {
  readonly code: string;
  readonly amount: Money;
  readonly recipient?: string | undefined;
  /** By e-mail or by post. Default `E`. */
  readonly sendVia?: 'E' | 'P' | undefined;
  /** Where it is posted to; kept only if it is. */
  readonly address?: CertificateAddress | undefined;
  /** A gift of a promotion, which is not charged. */
  readonly free?: boolean | undefined;
}

/** By the names that the shop stores. */
interface CertificateAddress {
  readonly address: string;
  readonly address_2?: string | undefined;
  readonly city: string;
  readonly state: string;
  readonly country: string;
  readonly zipcode: string;
  readonly phone: string;
}

/** Reward points that pay a part of an order. */
interface PointsInUse {
  readonly points: number;
  /** What they are worth. */
  readonly cost: Money;
}

/** An order in plain words. `{}` is a paid order of one line from the United States. */
export type PlainOrder = Optional<{
  orderId: number;
  /** Default `P`. */
  status: string;
  /** Default: now. */
  placedAt: Instant;
  /** Default: `placedAt`, as the shop does; `null`: 0, as for orders older than the column. */
  updatedAt: Instant | null;
  /** `orders.last_modify` of the public add-on. Default: `placedAt`; `null`: 0. */
  lastModify: Instant | null;
  customer: Optional<PlainCustomer>;
  billTo: Optional<PlainAddress>;
  shipTo: Optional<PlainAddress>;
  lines: readonly PlainLine[];
  /** Default: UPS Ground for 7.50. An empty list: nothing to ship. */
  shipping: { readonly methods: readonly PlainShippingMethod[] };
  /** The name or id of one of the store's payment methods; `null`: none. Default: Credit card. */
  payment: string | number | null;
  /** Order-level discount: `orders.subtotal_discount`. */
  discount: Money;
  coupons: readonly string[];
  /** Payment surcharge. */
  surcharge: Money;
  taxes: readonly PlainTax[];
  usedCertificates: readonly UsedCertificate[];
  purchasedCertificates: readonly PurchasedCertificate[];
  /** Their cost is a part of `discount`, which says it too. */
  pointsInUse: PointsInUse;
  /**
   * What the order holds in the store's own fields, by the field's name, or by its label where it has none: the label of
   * a value for a field of type S or R, else the text as it is stored.
   */
  profileFields: Readonly<Record<string, string>>;
  /** The customer's note. */
  notes: string;
  /** The staff's note. */
  details: string;
  language: string;
  companyId: number;
  storefrontId: number;
  parentOrderId: number;
  isParent: boolean;
  /** Default: by the shop's own rule. */
  total: Money;
  /** Rows of `order_data` by type letter, over what the rest of the order says; `null` leaves a row out. */
  orderData: Readonly<Record<string, Buffer | string | null>>;
  /** Columns of `orders` as they are. */
  columns: Readonly<Record<string, Cell>>;
}>;

/** A line as it came into the store. */
export interface PlacedLine {
  readonly itemId: number;
  readonly productId: number;
  readonly sku: string;
  readonly name: string;
  readonly quantity: number;
  /** With two decimals. */
  readonly price: string;
}

/** An order as it came into the store. Money has two decimals. */
export interface PlacedOrder {
  readonly orderId: number;
  readonly status: string;
  /** Unix seconds. */
  readonly timestamp: number;
  readonly subtotal: string;
  readonly total: string;
  readonly lines: readonly PlacedLine[];
}
