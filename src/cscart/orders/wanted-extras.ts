/** What a configuration wants of orders and their lines beyond what every order is read with. */
export interface WantedExtras {
  /** Ids of profile fields. */
  readonly profileFields: readonly number[];
  /** Columns of `orders` and of `products` that the store has; add-ons put some of their own there. */
  readonly orderColumns: readonly string[];
  readonly productColumns: readonly string[];
  /** Ids of product features. */
  readonly features: readonly number[];
  /** The names of shipping methods in this language, whatever the order's. */
  readonly methodLanguage: string | undefined;
}

export const NO_EXTRAS: WantedExtras = {
  profileFields: [],
  orderColumns: [],
  productColumns: [],
  features: [],
  methodLanguage: undefined,
};
