import { AmountOutOfRange, type Cents, parseCents, sumCents, ZERO_CENTS } from '../../values/cents.ts';
import type { OrderId } from '../../values/order-id.ts';
import type { Store } from '../store/store.ts';
import { storedText } from '../stored-text.ts';
import { translate } from '../translations.ts';
import { isVariantType, type OpenOption } from './line-extra.ts';
import type { FindName } from './method-names.ts';
import { type OptionFacts, type WeightModifier, weightWithOptions } from './option-facts.ts';
import type { Address, ChosenMethod, LineOption, Order, OrderLine } from './order.ts';
import { NO_ORDER_DATA, type OrderData } from './order-data.ts';
import type { OrderRow } from './order-rows.ts';
import type { FeatureValue } from './product-features.ts';
import { columnTexts, type Product } from './products.ts';
import { parseShippingIds } from './shipping-ids.ts';
import { nameOfLine, needsShipping, type StoredLine, statusOf } from './stored-lines.ts';
import type { WantedExtras } from './wanted-extras.ts';

/** Everything that one page of orders needs besides the order rows themselves. */
export interface PageFacts {
  readonly store: Store;
  readonly wanted: WantedExtras;
  readonly lines: ReadonlyMap<OrderId, readonly StoredLine[]>;
  readonly orderData: ReadonlyMap<OrderId, OrderData>;
  readonly products: ReadonlyMap<number, Product>;
  readonly options: OptionFacts;
  readonly features: ReadonlyMap<number, readonly FeatureValue[]>;
  readonly images: ReadonlyMap<number, string>;
  readonly paymentName: FindName;
  readonly shippingName: FindName;
}

/** An order out of the rows of its page. Throws `AmountOutOfRange` for an amount of money that is none. */
export function toOrder(row: OrderRow, facts: PageFacts): Order {
  const { store, wanted } = facts;
  const orderData = facts.orderData.get(row.order_id) ?? NO_ORDER_DATA;
  const language = storedText(row.lang_code);
  const lines = wholesBeforeParts(facts.lines.get(row.order_id) ?? []);
  const imageBase =
    store.imageBase ??
    store.storefronts.find({ storefrontId: row.storefront_id, companyId: row.company_id })?.url;
  const inOrder: LineContext = { lines, orderData, languages: [language, ...store.languages], imageBase };
  return {
    orderId: row.order_id,
    status: statusOf(row.status, lines),
    placedAt: row.timestamp,
    changedAt: row.changed_at,
    storefrontId: row.storefront_id,
    companyId: row.company_id,
    language,
    email: storedText(row.email),
    company: storedText(row.company),
    contact: {
      firstname: storedText(row.firstname),
      lastname: storedText(row.lastname),
      phone: storedText(row.phone),
    },
    billing: billingAddress(row),
    shipping: shippingAddress(row),
    addressType: storedText(row.s_address_type),
    total: storedCents(row.total),
    subtotal: storedCents(row.subtotal),
    shippingCost: storedCents(row.shipping_cost),
    orderDiscount: storedCents(row.subtotal_discount),
    paymentSurcharge: storedCents(row.payment_surcharge),
    taxOnTop: sumCents(orderData.taxesOnTop),
    coupons: orderData.coupons,
    usedGiftCertificates: orderData.usedGiftCertificates,
    purchasedGiftCertificates: orderData.purchasedGiftCertificates,
    customerNotes: storedText(row.notes),
    staffNotes: storedText(row.details),
    shippingMethods: chosenMethods(row, orderData).map((method) => {
      const name = nameOfMethod(method, language, facts);
      return name === method.name ? method : { ...method, name };
    }),
    paymentMethod: facts.paymentName(row.payment_id, language) ?? '',
    lines: lines.map((line) => toLine(line, facts, inOrder)),
    damagedParts: orderData.damagedParts,
    profileValues: orderData.profileValues,
    columns: columnTexts(row, wanted.orderColumns),
  };
}

/** Lines that belong to another one stand behind it, as they are packed. */
function wholesBeforeParts(lines: readonly StoredLine[]): readonly StoredLine[] {
  if (!lines.some(({ extra }) => extra.partOf !== undefined)) return lines;
  const positions = new Map(lines.map(({ itemId }, index) => [String(itemId), index]));
  const ranked = lines.map((line, index) => {
    const whole = line.extra.partOf && positions.get(line.extra.partOf.key);
    return { line, group: whole ?? index, isPart: whole !== undefined && whole !== index };
  });
  // Stable: parts keep their sequence.
  ranked.sort((a, b) => a.group - b.group || Number(a.isPart) - Number(b.isPart));
  return ranked.map(({ line }) => line);
}

/**
 * The methods as the order itself keeps them; where that is damaged or absent, by its list of ids.
 */
export function chosenMethods(row: OrderRow, orderData: OrderData | undefined): readonly ChosenMethod[] {
  if (orderData && orderData.shippingMethods.length > 0) return orderData.shippingMethods;
  return parseShippingIds(row.shipping_ids).map((id) => ({ id, name: '', pickup: undefined }));
}

function nameOfMethod(
  { id, name }: ChosenMethod,
  language: string,
  { shippingName, wanted }: PageFacts,
): string {
  if (wanted.methodLanguage !== undefined && id !== undefined)
    return shippingName(id, wanted.methodLanguage) ?? name;
  return name || (id !== undefined && shippingName(id, language)) || '';
}

/** What a line's meaning depends on besides the page. */
interface LineContext {
  readonly lines: readonly StoredLine[];
  readonly orderData: OrderData;
  /** By preference: the order's, then the store's. */
  readonly languages: readonly string[];
  readonly imageBase: string | undefined;
}

function toLine(line: StoredLine, facts: PageFacts, inOrder: LineContext): OrderLine {
  const { extra } = line;
  const { products, options, images } = facts;
  const { imageBase, languages } = inOrder;
  const product = products.get(line.productId);
  const image = images.get(line.productId);
  const features = facts.features.get(line.productId) ?? NO_FEATURES;
  return {
    itemId: line.itemId,
    productId: line.productId,
    sku: line.productCode,
    name: nameOfLine(line, product, languages),
    unitPrice: extra.isUncharged ? ZERO_CENTS : storedCents(line.price),
    quantity: line.amount,
    needsShipping: needsShipping(line, product),
    weight: product && weightOf(line, product, options),
    imageUrl: imageBase !== undefined && image !== undefined ? imageBase + image : undefined,
    options:
      features.length === 0 && extra.openOptions.length === 0
        ? extra.options
        : [
            ...variationOptions(features, languages),
            ...extra.options,
            ...extra.openOptions.map((option) => openOption(option, options, languages)),
          ],
    isDamaged: extra.isDamaged,
    partOf: extra.partOf && nameOfWhole(extra.partOf, facts, inOrder),
    productColumns: product?.columns ?? NO_COLUMNS,
    features: featureTexts(features, languages),
  };
}

const NO_FEATURES: readonly FeatureValue[] = [];
const NO_COLUMNS: ReadonlyMap<string, string> = new Map();

function weightOf({ extra }: StoredLine, product: Product, { variants }: OptionFacts): number {
  if (extra.variantIds.length === 0) return product.weight;
  const modifiers: WeightModifier[] = [];
  for (const id of extra.variantIds) {
    const variant = variants.get(id);
    // A number that the customer typed is no variant of another option.
    const open =
      extra.openOptions.length > 0
        ? extra.openOptions.find(({ chosen }) => Number(chosen) === id)
        : undefined;
    if (variant && (!open || open.optionId === variant.optionId)) modifiers.push(variant);
  }
  return weightWithOptions(product.weight, modifiers);
}

function variationOptions(features: readonly FeatureValue[], languages: readonly string[]): LineOption[] {
  return features
    .filter(({ isVariation }) => isVariation)
    .map(({ names, values }) => ({
      name: translate(names, languages) ?? '',
      value: translate(values, languages) ?? '',
    }))
    .filter(({ value }) => value !== '');
}

/** An option that the line keeps as numbers alone, by the names of today's rows. */
function openOption(
  { optionId, chosen, files }: OpenOption,
  { options, variants, variantNames }: OptionFacts,
  languages: readonly string[],
): LineOption {
  const option = options.get(optionId);
  const name = translate(option?.names, languages) ?? '';
  const isVariant = option ? isVariantType(option.type) : variants.get(Number(chosen))?.optionId === optionId;
  const variantName = isVariant ? translate(variantNames.get(Number(chosen)), languages) : undefined;
  // The number of a variant that is gone says nothing to a packer, but that there was one.
  return { name, value: variantName ?? (files || storedText(chosen)) };
}

function featureTexts(
  features: readonly FeatureValue[],
  languages: readonly string[],
): ReadonlyMap<number, string> {
  if (features.length === 0) return NO_FEATURE_TEXTS;
  return new Map(
    features
      .filter(({ isVariation }) => !isVariation)
      .map(({ featureId, values }) => [featureId, translate(values, languages) ?? '']),
  );
}

const NO_FEATURE_TEXTS: ReadonlyMap<number, string> = new Map();

/** The name of the line or of the certificate that a line belongs to. */
function nameOfWhole(
  { kind, key }: NonNullable<StoredLine['extra']['partOf']>,
  { products }: PageFacts,
  { lines, orderData, languages }: LineContext,
): string {
  if (kind === 'certificate') {
    const certificate = orderData.purchasedGiftCertificates.find((bought) => bought.key === key);
    return certificate ? `Gift certificate ${certificate.code}` : 'Gift certificate';
  }
  const whole = lines.find(({ itemId }) => String(itemId) === key);
  return whole ? nameOfLine(whole, products.get(whole.productId), languages) : 'Bundle';
}

function billingAddress(row: OrderRow): Address {
  return {
    firstname: storedText(row.b_firstname),
    lastname: storedText(row.b_lastname),
    address: storedText(row.b_address),
    address2: storedText(row.b_address_2),
    city: storedText(row.b_city),
    state: storedText(row.b_state),
    country: storedText(row.b_country).toUpperCase(),
    zipcode: storedText(row.b_zipcode),
    phone: storedText(row.b_phone),
  };
}

function shippingAddress(row: OrderRow): Address {
  return {
    firstname: storedText(row.s_firstname),
    lastname: storedText(row.s_lastname),
    address: storedText(row.s_address),
    address2: storedText(row.s_address_2),
    city: storedText(row.s_city),
    state: storedText(row.s_state),
    country: storedText(row.s_country).toUpperCase(),
    zipcode: storedText(row.s_zipcode),
    phone: storedText(row.s_phone),
  };
}

function storedCents(decimal: string): Cents {
  const cents = parseCents(decimal);
  if (cents === undefined) throw new AmountOutOfRange();
  return cents;
}
