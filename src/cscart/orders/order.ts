import type { Cents } from '../../values/cents.ts';
import type { EpochSeconds } from '../../values/epoch-seconds.ts';
import type { OrderId } from '../../values/order-id.ts';

/** An order as the store means it, free of how a CS-Cart version keeps it. All money is in the primary currency. */
export interface Order {
  readonly orderId: OrderId;
  /** Letter of its status. */
  readonly status: string;
  readonly placedAt: EpochSeconds;
  readonly changedAt: EpochSeconds;
  readonly email: string;
  /** One company for the whole order: CS-Cart has none per address. */
  readonly company: string;
  readonly contact: PersonName & { readonly phone: string };
  readonly billing: Address;
  readonly shipping: Address;
  readonly total: Cents;
  readonly shippingCost: Cents;
  /** Order-level discounts; those of single items are inside the prices already. */
  readonly orderDiscount: Cents;
  readonly paymentSurcharge: Cents;
  /** Taxes that are not inside the prices. */
  readonly taxOnTop: Cents;
  /** Codes as the customer typed them, lower-cased by the shop. */
  readonly coupons: readonly string[];
  readonly usedGiftCertificates: readonly { readonly code: string; readonly cost: Cents }[];
  readonly purchasedGiftCertificates: readonly { readonly code: string; readonly amount: Cents }[];
  readonly customerNotes: string;
  readonly staffNotes: string;
  /** Names of the chosen methods, one per product group. */
  readonly shippingMethods: readonly string[];
  readonly paymentMethod: string;
  readonly lines: readonly OrderLine[];
}

export interface PersonName {
  readonly firstname: string;
  readonly lastname: string;
}

export interface Address extends PersonName {
  readonly address: string;
  readonly address2: string;
  readonly city: string;
  /** A code of the store's states table, or free text. */
  readonly state: string;
  /** ISO 3166-1 alpha-2, or empty. */
  readonly country: string;
  readonly zipcode: string;
  readonly phone: string;
}

export interface OrderLine {
  /** An unsigned 32-bit hash, unique only within its order. */
  readonly itemId: number;
  readonly productId: number;
  readonly sku: string;
  /** As it was ordered. */
  readonly name: string;
  /** Of one unit, after item-level discounts; 0 for a line that the shop does not charge. */
  readonly unitPrice: Cents;
  readonly quantity: number;
  /** False for a downloadable product that is not shipped. */
  readonly needsShipping: boolean;
  /** Of one unit with its options, in the store's weight unit; `undefined` when the product is gone. */
  readonly weight: number | undefined;
  /** Absolute and percent-encoded. */
  readonly imageUrl: string | undefined;
  readonly options: readonly LineOption[];
}

export interface LineOption {
  readonly name: string;
  readonly value: string;
}
