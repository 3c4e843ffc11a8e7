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
  readonly storefrontId: number;
  /** CS-Cart: the storefront's company. Multi-Vendor: the vendor. */
  readonly companyId: number;
  /** Code of the language that it was placed in. */
  readonly language: string;
  readonly email: string;
  /** One company for the whole order: CS-Cart has none per address. */
  readonly company: string;
  readonly contact: PersonName & { readonly phone: string };
  readonly billing: Address;
  readonly shipping: Address;
  /** `residential`, `commercial`, or whatever else the merchant's field says. */
  readonly addressType: string;
  readonly total: Cents;
  /** Of the lines and the purchased gift certificates, as the shop has it. */
  readonly subtotal: Cents;
  readonly shippingCost: Cents;
  /** Order-level discounts; those of single items are inside the prices already. */
  readonly orderDiscount: Cents;
  readonly paymentSurcharge: Cents;
  /** Taxes that are not inside the prices. */
  readonly taxOnTop: Cents;
  /** Codes as the customer typed them, lower-cased by the shop. */
  readonly coupons: readonly string[];
  readonly usedGiftCertificates: readonly UsedCertificate[];
  readonly purchasedGiftCertificates: readonly PurchasedCertificate[];
  readonly customerNotes: string;
  readonly staffNotes: string;
  /** The chosen methods, one per product group. */
  readonly shippingMethods: readonly ChosenMethod[];
  readonly paymentMethod: string;
  readonly lines: readonly OrderLine[];
  /** Letters of `order_data` that could not be read. */
  readonly damagedParts: readonly string[];
  /** What the configuration asks for besides: the merchant's own fields as stored, and columns of add-ons. */
  readonly profileValues: ReadonlyMap<number, string>;
  readonly columns: ReadonlyMap<string, string>;
}

export interface UsedCertificate {
  readonly code: string;
  /** What this order took from it. */
  readonly cost: Cents;
}

/** A gift certificate that was bought: it has no line. */
export interface PurchasedCertificate {
  /** Under which lines that belong to it name it. */
  readonly key: string;
  readonly code: string;
  /** What it cost; 0 for one that was given. */
  readonly amount: Cents;
  /** Sent by post, not by e-mail. */
  readonly isPosted: boolean;
  readonly recipient: string;
  /** Of the recipient; empty unless it is sent by post. The name stands in `recipient`. */
  readonly address: Address;
}

/** A shipping method as the order has it. */
export interface ChosenMethod {
  readonly id: number | undefined;
  /** In the order's language; may be empty. */
  readonly name: string;
  /** Where the buyer fetches the parcel, if it is not shipped. */
  readonly pickup: PickupPoint | undefined;
}

export interface PickupPoint {
  readonly name: string;
  readonly address: string;
  readonly city: string;
  readonly state: string;
  /** Two letters, or empty: not every version keeps it. */
  readonly country: string;
  readonly zipcode: string;
  readonly phone: string;
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
  /** What tells a variation from its sisters, then what the customer chose and typed. */
  readonly options: readonly LineOption[];
  /** What it is a part of, where it belongs to another line or to a gift certificate. */
  readonly partOf: string | undefined;
  /** Whether the customer may have chosen or typed more than could be read. */
  readonly isDamaged: boolean;
  /** The asked-for columns of its product's row. */
  readonly productColumns: ReadonlyMap<string, string>;
  /** The asked-for features of its product, by id, in the order's language. */
  readonly features: ReadonlyMap<number, string>;
}

export interface LineOption {
  readonly name: string;
  readonly value: string;
}
