import type { IdSequence } from './id-sequence.ts';
import type {
  PlacedOption,
  PlacedProduct,
  PlainImage,
  PlainProduct,
  PlainProductOption,
} from './plain-product.ts';
import type { Row } from './tables.ts';

export interface ProductIds {
  readonly products: IdSequence;
  readonly options: IdSequence;
  readonly variants: IdSequence;
  readonly images: IdSequence;
}

export interface ProductRows {
  readonly placed: PlacedProduct;
  readonly rows: Readonly<Record<string, readonly Row[]>>;
}

/** The rows of a product, its options and its image. */
export function productRows(
  product: PlainProduct,
  ids: ProductIds,
  languages: readonly string[],
): ProductRows {
  const productId = ids.products.take(product.productId);
  const sku = product.sku ?? '';
  const isDownload = product.isDownload ?? false;
  const edpShipping = product.edpShipping ?? false;
  const options = (product.options ?? []).map((option) => ({
    given: option,
    placed: placeOption(option, ids),
  }));
  const image: PlainImage | undefined =
    typeof product.image === 'string' ? { path: product.image } : product.image;
  const imageId = image === undefined ? undefined : ids.images.take(image.imageId);
  const perLanguage = (row: Row): Row[] => languages.map((language) => ({ ...row, lang_code: language }));
  return {
    placed: {
      productId,
      sku,
      name: product.name,
      price: product.price ?? '10.00',
      isDownload,
      edpShipping,
      imageId,
      options: options.map(({ placed }) => placed),
      optionIds: Object.fromEntries(options.map(({ placed }) => [placed.name, placed.optionId])),
      variantIds: Object.fromEntries(
        options.flatMap(({ placed }) =>
          placed.variants.map((variant) => [`${placed.name}: ${variant.name}`, variant.variantId]),
        ),
      ),
    },
    rows: {
      products: [
        {
          product_id: productId,
          product_code: sku,
          company_id: 1,
          amount: 100,
          weight: product.weight ?? 1,
          is_edp: isDownload ? 'Y' : 'N',
          edp_shipping: edpShipping ? 'Y' : 'N',
          ...product.columns,
        },
      ],
      product_descriptions: perLanguage({ product_id: productId, product: product.name }),
      product_options: options.map(({ placed }) => ({
        option_id: placed.optionId,
        product_id: productId,
        company_id: 1,
        option_type: placed.type,
      })),
      product_options_descriptions: options.flatMap(({ placed }) =>
        perLanguage({ option_id: placed.optionId, option_name: placed.name }),
      ),
      product_option_variants: options.flatMap(({ given, placed }) =>
        placed.variants.map(({ variantId }, position) => ({
          variant_id: variantId,
          option_id: placed.optionId,
          position,
          weight_modifier: given.variants?.[position]?.weightModifier ?? 0,
          weight_modifier_type: given.variants?.[position]?.weightModifierType ?? 'A',
        })),
      ),
      product_option_variants_descriptions: options.flatMap(({ placed }) =>
        placed.variants.flatMap((variant) =>
          perLanguage({ variant_id: variant.variantId, variant_name: variant.name }),
        ),
      ),
      ...imageRows(productId, imageId, image),
    },
  };
}

function placeOption(option: PlainProductOption, ids: ProductIds): PlacedOption {
  return {
    optionId: ids.options.take(),
    name: option.name,
    type: option.type ?? 'S',
    variants: (option.variants ?? []).map(({ name }) => ({ variantId: ids.variants.take(), name })),
  };
}

function imageRows(
  productId: number,
  imageId: number | undefined,
  image: PlainImage | undefined,
): Readonly<Record<string, readonly Row[]>> {
  if (imageId === undefined || image === undefined) return {};
  const detailed = image.detailed ?? true;
  return {
    images: [{ image_id: imageId, image_path: image.path, image_x: 800, image_y: 800 }],
    images_links: [
      {
        object_id: productId,
        object_type: 'product',
        image_id: detailed ? 0 : imageId,
        detailed_id: detailed ? imageId : 0,
        type: 'M',
      },
    ],
  };
}
