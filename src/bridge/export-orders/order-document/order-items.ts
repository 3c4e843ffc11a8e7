import type { LineOption, Order, OrderLine } from '../../../cscart/orders/order.ts';
import { MOST_OPTIONS, OPTION_LIMITS } from '../../../shipstation/field-limits.ts';
import type { OrderItem } from '../../../shipstation/order-document.ts';
import { NOT_A_PRODUCT } from '../../not-a-product.ts';
import type { MappingRules } from './mapping-rules.ts';
import { toUnitWeight } from './unit-weight.ts';

/** The products of an order as ShipStation takes them, and what did not fit into them. */
export interface MappedItems {
  readonly items: readonly OrderItem[];
  /** A line each, for the notes: nothing that a customer chose or typed is dropped in silence. */
  readonly overflow: readonly string[];
}

/** The lines that are shipped. */
export function toItems(lines: readonly OrderLine[], rules: MappingRules): MappedItems {
  const overflow: string[] = [];
  const items = lines.map((line): OrderItem => {
    const { shown, rest } = partOptions(allOptions(line));
    if (line.isDamaged)
      overflow.push(`${line.name}: what was chosen could not be read; look at it in the shop`);
    if (rest.length > 0) {
      const texts = rest.map(({ name, value }) => `${name || 'Option'}: ${value}`);
      overflow.push(`${line.name}: ${texts.join('; ')}`);
    }
    return {
      lineItemId: String(line.itemId),
      sku: line.sku,
      name: line.name,
      upc: rules.fields.upc && toUpc(rules.fields.upc(line)),
      location: rules.fields.location?.(line),
      imageUrl: line.imageUrl,
      weight: toUnitWeight(line.weight, rules.store.gramsPerWeightUnit, rules.config.weightUnit),
      quantity: line.quantity,
      unitPrice: line.unitPrice,
      options: shown,
    };
  });
  return { items, overflow };
}

function allOptions({ options, partOf }: OrderLine): readonly LineOption[] {
  return partOf === undefined ? options : [...options, { name: 'Part of', value: partOf }];
}

/**
 * ShipStation takes ten options of an item, of a hundred characters each. The rest, and what is longer, whole, goes
 * where there is room.
 */
function partOptions(options: readonly LineOption[]): {
  shown: readonly LineOption[];
  rest: readonly LineOption[];
} {
  // Nearly every line: nothing to part.
  if (options.length <= MOST_OPTIONS && !options.some(isTooLong)) return { shown: options, rest: NO_REST };
  return {
    shown: options.slice(0, MOST_OPTIONS),
    rest: options.filter((option, index) => index >= MOST_OPTIONS || isTooLong(option)),
  };
}

const NO_REST: readonly LineOption[] = [];

function isTooLong({ name, value }: LineOption): boolean {
  return name.length > OPTION_LIMITS.Name || value.length > OPTION_LIMITS.Value;
}

/** Digits without what groups them; a UPC-A in the form of an EAN-13 has a zero before it. */
function toUpc(code: string | undefined): string | undefined {
  return code?.replace(/[\s-]/g, '').replace(/^0(?=\d{12}$)/, '');
}

/** The gift certificates that are sent by post: they are packed, but the shop knows no line of them. */
export function toPostedCertificates(order: Order): readonly OrderItem[] {
  return order.purchasedGiftCertificates.flatMap(({ code, amount, isPosted, recipient }, index) =>
    isPosted
      ? {
          lineItemId: `${NOT_A_PRODUCT}certificate:${index + 1}`,
          sku: '',
          name: `Gift certificate ${code}${recipient === '' ? '' : ` for ${recipient}`} (by post)`,
          quantity: 1,
          unitPrice: amount,
        }
      : [],
  );
}
