import { createHash } from 'node:crypto';
import { type Cents, createCents, formatCents } from '../../../src/values/cents.ts';
import { type PhpValue, phpDouble, phpSerialize } from '../php-serialize.ts';
import { centsOf } from './order-totals.ts';
import type { PlacedLine, PlainLine, PlainLineOption } from './plain-order.ts';
import type { OptionType, PlacedOption, PlacedProduct } from './plain-product.ts';

/** A line with every default in place. */
export interface OrderLine extends PlacedLine {
  readonly priceCents: Cents;
  /** Item-level discount of one unit. */
  readonly discount: Cents;
  readonly charged: boolean;
  readonly isDownload: boolean;
  /** The column `extra`. */
  readonly extra: Buffer;
}

const DEFAULT_LINE = { sku: 'MUG-11', name: 'Coffee mug 11 oz', price: '12.50' };

/**
 * Fills in what a line leaves open.
 *
 * @param position - of the line in its order, from 0 to 63
 */
export function placeLine(line: PlainLine, orderId: number, position: number, companyId: number): OrderLine {
  const product = line.product;
  const priceCents = centsOf(line.price ?? product?.price ?? DEFAULT_LINE.price);
  const discount = centsOf(line.discount);
  const name = line.name ?? product?.name ?? DEFAULT_LINE.name;
  const isDownload = line.isDownload ?? product?.isDownload ?? false;
  const charged = !(line.excludeFromCalculate ?? false);
  return {
    itemId: line.itemId ?? itemIdOf(orderId, position),
    productId: line.productId ?? product?.productId ?? 0,
    sku: line.sku ?? product?.sku ?? DEFAULT_LINE.sku,
    name,
    quantity: line.quantity ?? 1,
    price: formatCents(priceCents),
    priceCents,
    discount,
    charged,
    isDownload,
    extra: Buffer.isBuffer(line.extra)
      ? line.extra
      : phpSerialize({
          ...optionMembers(line),
          product: name,
          company_id: String(companyId),
          is_edp: isDownload ? 'Y' : 'N',
          edp_shipping: (line.edpShipping ?? product?.edpShipping ?? false) ? 'Y' : 'N',
          discount: discount === 0 ? 0 : phpDouble(discount / 100),
          base_price: phpDouble(createCents(priceCents + discount) / 100),
          stored_price: (line.storedPrice ?? false) ? 'Y' : 'N',
          ...(charged ? {} : { exclude_from_calculate: 'free_gift' }),
          ...parentMember(line),
          ...line.extra,
        }),
  };
}

/**
 * The shop hashes the contents of the cart line to an unsigned 32-bit number. Multiplying by an odd constant (the
 * golden ratio's 32 bits) spreads as well, and never gives the same number twice for ids that CS-Cart can hold.
 */
function itemIdOf(orderId: number, position: number): number {
  return Math.imul(orderId * 64 + position, 0x9e37_79b1) >>> 0;
}

function parentMember({ parent, childOf }: PlainLine): Record<string, PhpValue> {
  if (parent !== undefined) return { parent };
  return childOf === undefined ? {} : { parent: { [childOf.kind]: String(childOf.itemId) } };
}

function optionMembers({ options = [], product, withoutOptionValues }: PlainLine): Record<string, PhpValue> {
  if (options.length === 0) return {};
  const chosen = options.map((option, index) => choose(option, index, product));
  const files = chosen.filter(({ type }) => type === 'F');
  return {
    product_options: new Map(chosen.map(({ optionId, stored }) => [optionId, stored])),
    ...(withoutOptionValues ? {} : { product_options_value: chosen.map(optionValue) }),
    ...(files.length === 0 ? {} : { custom_files: new Map(files.map(customFiles)) }),
  };
}

interface ChosenOption {
  readonly option: PlainLineOption;
  readonly type: OptionType;
  readonly optionId: number;
  /** The variant's id, the typed text, or what stands for a file. */
  readonly stored: string;
}

const TYPES_WITH_VARIANTS: ReadonlySet<OptionType> = new Set(['S', 'R', 'C']);

function choose(option: PlainLineOption, index: number, product: PlacedProduct | undefined): ChosenOption {
  const known = product?.options.find(({ name }) => name === option.name);
  const type = option.type ?? known?.type ?? 'S';
  return {
    option,
    type,
    optionId: option.optionId ?? known?.optionId ?? 8000 + index,
    stored: storedValue(option, type, index, known),
  };
}

function storedValue(
  option: PlainLineOption,
  type: OptionType,
  index: number,
  known: PlacedOption | undefined,
): string {
  if (type === 'F') return hashOf(option.value);
  // Typed text is kept in the place of a variant's id.
  if (!TYPES_WITH_VARIANTS.has(type)) return option.value;
  const variant = known?.variants.find(({ name }) => name === option.value);
  return String(option.variantId ?? variant?.variantId ?? 9000 + index);
}

function optionValue({ option, type, optionId, stored }: ChosenOption): PhpValue {
  return {
    option_id: String(optionId),
    option_type: type,
    value: stored,
    option_name: option.name,
    modifier: '0.000',
    modifier_type: 'A',
    ...(TYPES_WITH_VARIANTS.has(type) ? { variant_name: option.value } : {}),
  };
}

/** The uploaded files of an option; their names are here alone. */
function customFiles({ option, optionId, stored }: ChosenOption): readonly [number, PhpValue] {
  const file = `order_data/${stored}`;
  return [
    optionId,
    [{ file, name: option.value, path: `/var/www/shop/var/custom_files/${file}`, size: 2048 }],
  ];
}

/** The shop keeps a hash where other options have their value. */
function hashOf(fileName: string): string {
  return createHash('md5').update(fileName).digest('hex');
}
