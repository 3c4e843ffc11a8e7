import type { Row } from './tables.ts';

/** The letters of `product_options.option_type`: select, radio, checkbox, input, text, file. */
export type OptionType = 'S' | 'R' | 'C' | 'I' | 'T' | 'F';

interface PlainVariant {
  readonly name: string;
  /** Added to the product's weight. Default 0. */
  readonly weightModifier?: number | string | undefined;
  /** `A`: in the store's weight unit; `P`: percent of the product's weight. Default `A`. */
  readonly weightModifierType?: 'A' | 'P' | undefined;
}

export interface PlainProductOption {
  readonly name: string;
  /** Default `S`. */
  readonly type?: OptionType | undefined;
  readonly variants?: readonly PlainVariant[] | undefined;
}

/** What a product is by one of the store's features, such as `Colour: Red`. */
export interface PlainFeature {
  /** The same name in one store is the same feature. */
  readonly name: string;
  readonly value: string;
  /** By language code, where it differs from `name`. Counts where the feature is named first. */
  readonly names?: Readonly<Record<string, string>> | undefined;
  /** By language code, where it differs from `value`. Counts where the value is named first. */
  readonly values?: Readonly<Record<string, string>> | undefined;
}

/** A product in plain words; every member but the name has a default. */
export interface PlainProduct {
  readonly productId?: number | undefined;
  readonly name: string;
  /** Default: empty. */
  readonly sku?: string | undefined;
  /** In the store's weight unit. Default 1. */
  readonly weight?: number | string | undefined;
  /** What an order line of it costs unless the line says otherwise. Default 10.00. */
  readonly price?: number | string | undefined;
  readonly isDownload?: boolean | undefined;
  /** A download that is shipped too. */
  readonly edpShipping?: boolean | undefined;
  readonly image?: string | PlainImage | undefined;
  readonly options?: readonly PlainProductOption[] | undefined;
  readonly features?: readonly PlainFeature[] | undefined;
  /** Columns of `products` as they are. */
  readonly columns?: Row | undefined;
}

export interface PlainImage {
  readonly path: string;
  /** Decides the folder: the shop keeps 1000 images in each. Default: the next free id. */
  readonly imageId?: number | undefined;
  /** `false`: there is only the small picture. Default true. */
  readonly detailed?: boolean | undefined;
}

interface PlacedVariant {
  readonly variantId: number;
  readonly name: string;
}

export interface PlacedOption {
  readonly optionId: number;
  readonly name: string;
  readonly type: OptionType;
  readonly variants: readonly PlacedVariant[];
}

/** A product as it came into the store. */
export interface PlacedProduct {
  readonly productId: number;
  readonly sku: string;
  readonly name: string;
  readonly price: number | string;
  readonly isDownload: boolean;
  readonly edpShipping: boolean;
  readonly imageId: number | undefined;
  readonly options: readonly PlacedOption[];
  /** `optionId` by the option's name. */
  readonly optionIds: Readonly<Record<string, number>>;
  /** `variantId` by `"option: variant"`, as in `"Size: Large"`. */
  readonly variantIds: Readonly<Record<string, number>>;
}
