import type { PhpArray } from '../php-values/php-value.ts';
import { asArray, asText, flagAt, textAt } from '../php-values/readers.ts';
import { unserialize } from '../php-values/unserialize.ts';
import { type Wanted, wantedKeys } from '../php-values/wanted.ts';
import type { LineOption } from './order.ts';

/** What `order_details.extra` says about a line. */
export interface LineExtra {
  /** The product's name at ordering. */
  readonly name: string | undefined;
  readonly options: readonly LineOption[];
  /** Variants chosen, for their weight modifiers. */
  readonly variantIds: readonly number[];
  /** `undefined` where the version or an import left the flag out: today's product decides. */
  readonly isDownload: boolean | undefined;
  readonly isDownloadShipped: boolean;
  /** A free gift, or part of a certificate: stands in the order, but is not paid for. */
  readonly isUncharged: boolean;
}

const WANTED: Wanted = new Map<string, Wanted>([
  ['product', 'all'],
  [
    'product_options_value',
    new Map([['*', wantedKeys('option_type', 'option_name', 'value', 'variant_name')]]),
  ],
  ['is_edp', 'all'],
  ['edp_shipping', 'all'],
  ['exclude_from_calculate', 'all'],
]);

const NOTHING: LineExtra = {
  name: undefined,
  options: [],
  variantIds: [],
  isDownload: undefined,
  isDownloadShipped: false,
  isUncharged: false,
};

/** Reads the value; a damaged one says nothing, and the line keeps what its own columns say. Never throws. */
export function readLineExtra(bytes: Buffer): LineExtra {
  const read = unserialize(bytes, WANTED);
  const extra = read.ok ? asArray(read.value) : undefined;
  if (!extra) return NOTHING;
  const options: LineOption[] = [];
  const variantIds: number[] = [];
  for (const value of asArray(extra.get('product_options_value'))?.values() ?? []) {
    const option = asArray(value);
    if (option) readOption(option, options, variantIds);
  }
  return {
    name: textAt(extra, 'product')?.trim() || undefined,
    options,
    variantIds,
    isDownload: extra.has('is_edp') ? flagAt(extra, 'is_edp') : undefined,
    isDownloadShipped: flagAt(extra, 'edp_shipping'),
    isUncharged: flagAt(extra, 'exclude_from_calculate'),
  };
}

function readOption(option: PhpArray, options: LineOption[], variantIds: number[]): void {
  const type = textAt(option, 'option_type') ?? '';
  const chosen = asText(option.get('value')) ?? '';
  // Select, radio and checkbox options name a variant; input and text options hold what the customer typed.
  const isVariant = type === 'S' || type === 'R' || type === 'C';
  if (isVariant && /^\d{1,8}$/.test(chosen) && chosen !== '0') variantIds.push(Number(chosen));
  const value = (isVariant ? textAt(option, 'variant_name')?.trim() || chosen : chosen).trim();
  const name = textAt(option, 'option_name')?.trim() ?? '';
  if (name !== '' && value !== '') options.push({ name, value });
}
