import type { Cents } from '../values/cents.ts';
import type { EpochSeconds } from '../values/epoch-seconds.ts';

/**
 * ShipStation's five statuses, by the words that its Custom Store form suggests; they do not change with the store's
 * language. What is written for each as `OrderStatus` is said by `WIRE_WORDS`.
 */
export const SHIPSTATION_STATUSES = ['unpaid', 'paid', 'shipped', 'cancelled', 'on_hold'] as const;
export type ShipStationStatus = (typeof SHIPSTATION_STATUSES)[number];

/** As ShipStation's own pages call them. */
export const SHIPSTATION_NAMES: Readonly<Record<ShipStationStatus, string>> = {
  unpaid: 'Awaiting Payment',
  paid: 'Awaiting Shipment',
  shipped: 'Shipped',
  cancelled: 'Cancelled',
  on_hold: 'On Hold',
};

/** One `<Order>` of an export, before it becomes text. Absent and `undefined` members are not written at all. */
export interface OrderDocument {
  readonly orderId: string;
  readonly orderNumber: string;
  readonly orderDate: EpochSeconds;
  readonly orderStatus: ShipStationStatus;
  readonly lastModified: EpochSeconds;
  readonly shippingMethod?: string | undefined;
  readonly paymentMethod?: string | undefined;
  /** ISO 4217. In ShipStation's guide, but not in its printed schema. */
  readonly currencyCode?: string | undefined;
  readonly orderTotal: Cents;
  readonly taxAmount: Cents;
  readonly shippingAmount: Cents;
  readonly customerNotes?: string | undefined;
  readonly internalNotes?: string | undefined;
  readonly gift?: boolean | undefined;
  readonly giftMessage?: string | undefined;
  readonly customField1?: string | undefined;
  readonly customField2?: string | undefined;
  readonly customField3?: string | undefined;
  readonly customerCode: string;
  readonly billTo: BillTo;
  readonly shipTo: ShipTo;
  readonly items: readonly OrderItem[];
}

export interface BillTo {
  readonly name: string;
  readonly company?: string | undefined;
  readonly phone?: string | undefined;
  readonly email?: string | undefined;
  readonly address1?: string | undefined;
  readonly address2?: string | undefined;
  readonly city?: string | undefined;
  readonly state?: string | undefined;
  readonly postalCode?: string | undefined;
  /** ISO 3166-1 alpha-2. */
  readonly country?: string | undefined;
}

export interface ShipTo {
  readonly name: string;
  readonly company?: string | undefined;
  readonly address1: string;
  readonly address2?: string | undefined;
  readonly city: string;
  readonly state?: string | undefined;
  readonly postalCode: string;
  /** ISO 3166-1 alpha-2. */
  readonly country: string;
  readonly phone?: string | undefined;
}

export const WEIGHT_UNITS = ['Pounds', 'Ounces', 'Grams'] as const;
export type WeightUnits = (typeof WEIGHT_UNITS)[number];

export interface OrderItem {
  /** Echoed in shipment notices: the only safe key of a line. */
  readonly lineItemId?: string | undefined;
  readonly sku: string;
  readonly name: string;
  /** In ShipStation's guide, but not in its printed schema; left out where it is longer than the guide's 12 characters. */
  readonly upc?: string | undefined;
  /** Shelf or bin. */
  readonly location?: string | undefined;
  /** Absolute and percent-encoded. */
  readonly imageUrl?: string | undefined;
  /** Of one unit, in hundredths of `units`. */
  readonly weight?: { readonly hundredths: number; readonly units: WeightUnits } | undefined;
  /** 1 … 99999. */
  readonly quantity: number;
  /** Of one unit; negative where `adjustment` is true, and for a product that the shop itself counts so. */
  readonly unitPrice: Cents;
  /** A discount, not a product. */
  readonly adjustment?: boolean | undefined;
  readonly options?: readonly { readonly name: string; readonly value: string }[] | undefined;
}

/** One page of an export: its orders as documents, or as what was made of each of them. */
export interface OrdersPage<Written = OrderDocument> {
  /** Total number of pages of the window, at least 1. */
  readonly pages: number;
  readonly orders: readonly Written[];
}
