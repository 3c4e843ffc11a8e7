import { type Cents, createCents, formatCents } from '../../../src/values/cents.ts';
import { type PhpValue, phpDouble, phpSerialize } from '../php-serialize.ts';
import { centsOf } from './order-totals.ts';
import type { PlacedLine, PlainLine, PlainLineOption } from './plain-order.ts';
import type { PlacedProduct } from './plain-product.ts';

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
          ...optionMembers(line.options ?? [], product),
          product: name,
          company_id: String(companyId),
          is_edp: isDownload ? 'Y' : 'N',
          edp_shipping: (line.edpShipping ?? product?.edpShipping ?? false) ? 'Y' : 'N',
          discount: discount === 0 ? 0 : phpDouble(discount / 100),
          base_price: phpDouble(createCents(priceCents + discount) / 100),
          stored_price: 'N',
          ...(charged ? {} : { exclude_from_calculate: 'free_gift' }),
          ...(line.parent === undefined ? {} : { parent: line.parent }),
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

function optionMembers(
  options: readonly PlainLineOption[],
  product: PlacedProduct | undefined,
): Record<string, PhpValue> {
  if (options.length === 0) return {};
  const chosen = options.map((option, index) => choose(option, index, product));
  return {
    product_options: new Map(chosen.map(({ optionId, stored }) => [optionId, stored])),
    product_options_value: chosen.map(({ option, optionId, type, stored, hasVariants }) => ({
      option_id: String(optionId),
      option_type: type,
      value: stored,
      option_name: option.name,
      modifier: '0.000',
      modifier_type: 'A',
      ...(hasVariants ? { variant_name: option.value } : {}),
    })),
  };
}

function choose(option: PlainLineOption, index: number, product: PlacedProduct | undefined) {
  const known = product?.options.find(({ name }) => name === option.name);
  const type = option.type ?? known?.type ?? 'S';
  const hasVariants = type === 'S' || type === 'R' || type === 'C';
  const variantId =
    option.variantId ?? known?.variants.find(({ name }) => name === option.value)?.variantId ?? 9000 + index;
  return {
    option,
    type,
    hasVariants,
    optionId: option.optionId ?? known?.optionId ?? 8000 + index,
    // Typed text is kept in the place of a variant's id.
    stored: hasVariants ? String(variantId) : option.value,
  };
}
