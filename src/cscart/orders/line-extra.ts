import type { PhpArray } from '../php-values/php-value.ts';
import { arrayAt, asArray, asText, flagAt, isSetAt, textAt } from '../php-values/readers.ts';
import { unserialize } from '../php-values/unserialize.ts';
import { type Wanted, wantedKeys } from '../php-values/wanted.ts';
import { storedName, storedText } from '../stored-text.ts';
import type { LineOption } from './order.ts';

/** What `order_details.extra` says about a line. */
export interface LineExtra {
  /** The product's name at ordering. */
  readonly name: string | undefined;
  readonly options: readonly LineOption[];
  /** Chosen options of which this says no names, as some imports and versions leave them: today's rows may. */
  readonly openOptions: readonly OpenOption[];
  /** Variants chosen, for their weight modifiers. */
  readonly variantIds: readonly number[];
  /** `undefined` where the version or an import left the flag out: today's product decides. */
  readonly isDownload: boolean | undefined;
  readonly isDownloadShipped: boolean;
  /** A free gift, or part of a certificate: stands in the order, but is not paid for. */
  readonly isUncharged: boolean;
  /** What the line is a part of, where it belongs to another: a configured product, a bundle, a gift certificate. */
  readonly partOf: { readonly kind: string; readonly key: string } | undefined;
  /** Whether some of it could not be read: the customer may have chosen or typed more than stands here. */
  readonly isDamaged: boolean;
}

export interface OpenOption {
  readonly optionId: number;
  /** A variant's id, or what the customer typed. */
  readonly chosen: string;
  /** Names of the files that the customer has added. */
  readonly files: string;
}

const WANTED: Wanted = new Map<string, Wanted>([
  ['product', 'all'],
  [
    'product_options_value',
    new Map([['*', wantedKeys('option_id', 'option_type', 'option_name', 'value', 'variant_name')]]),
  ],
  ['custom_files', new Map([['*', new Map([['*', wantedKeys('name')]])]])],
  ['is_edp', 'all'],
  ['edp_shipping', 'all'],
  ['exclude_from_calculate', 'all'],
  ['parent', 'all'],
]);

// Where a line has the resolved options, its raw ones say nothing more, and building them would cost time.
const WANTED_RAW_OPTIONS: Wanted = wantedKeys('product_options');
const RAW_OPTIONS = Buffer.from('"product_options"');

const UNREADABLE: LineExtra = {
  name: undefined,
  options: [],
  openOptions: [],
  variantIds: [],
  isDownload: undefined,
  isDownloadShipped: false,
  isUncharged: false,
  partOf: undefined,
  isDamaged: true,
};

const NOTHING: LineExtra = { ...UNREADABLE, isDamaged: false };

/** Reads the value; of a damaged one what stands before the damage. Never throws. */
export function readLineExtra(bytes: Buffer): LineExtra {
  const read = unserialize(bytes, WANTED);
  const extra = read.ok ? asArray(read.value) : read.partial;
  if (!extra) return bytes.length === 0 ? NOTHING : UNREADABLE;
  const files = arrayAt(extra, 'custom_files');
  const options: LineOption[] = [];
  const variantIds: number[] = [];
  const resolved = arrayAt(extra, 'product_options_value');
  for (const value of resolved?.values() ?? []) {
    const option = asArray(value);
    if (option) readOption(option, files, options, variantIds);
  }
  const openOptions = resolved || !bytes.includes(RAW_OPTIONS) ? [] : readOpenOptions(bytes, files);
  for (const { chosen } of openOptions) if (isVariantId(chosen)) variantIds.push(Number(chosen));
  return {
    name: storedName(textAt(extra, 'product')) || undefined,
    options,
    openOptions,
    variantIds,
    isDownload: extra.has('is_edp') ? flagAt(extra, 'is_edp') : undefined,
    isDownloadShipped: flagAt(extra, 'edp_shipping'),
    isUncharged: isSetAt(extra, 'exclude_from_calculate'),
    partOf: readParent(arrayAt(extra, 'parent')),
    isDamaged: !read.ok,
  };
}

function readOption(
  option: PhpArray,
  files: PhpArray | undefined,
  options: LineOption[],
  variantIds: number[],
): void {
  const type = textAt(option, 'option_type') ?? '';
  const chosen = asText(option.get('value')) ?? '';
  if (isVariantType(type) && isVariantId(chosen)) variantIds.push(Number(chosen));
  const value = isVariantType(type)
    ? storedName(textAt(option, 'variant_name')) || storedText(chosen)
    : // What stands in the place of a value is the shop's own key of the files.
      (type === 'F' ? fileNames(files, textAt(option, 'option_id') ?? '') : '') || storedText(chosen);
  const name = storedName(textAt(option, 'option_name'));
  if (value !== '') options.push({ name, value });
}

function readOpenOptions(bytes: Buffer, files: PhpArray | undefined): readonly OpenOption[] {
  const read = unserialize(bytes, WANTED_RAW_OPTIONS);
  const extra = read.ok ? asArray(read.value) : read.partial;
  const chosenByOption = extra && arrayAt(extra, 'product_options');
  return [...(chosenByOption ?? [])].flatMap(([optionId, value]) => {
    const chosen = asText(value) ?? '';
    if (typeof optionId !== 'number' || optionId <= 0 || chosen === '') return [];
    return [{ optionId, chosen, files: fileNames(files, String(optionId)) }];
  });
}

/** Select, radio and checkbox options name a variant; input and text options hold what the customer typed. */
export function isVariantType(type: string): boolean {
  return type === 'S' || type === 'R' || type === 'C';
}

function isVariantId(text: string): boolean {
  return /^\d{1,8}$/.test(text) && Number(text) > 0;
}

function fileNames(files: PhpArray | undefined, optionId: string): string {
  const ofOption = files && (arrayAt(files, optionId) ?? arrayAt(files, Number(optionId)));
  return [...(ofOption?.values() ?? [])]
    .flatMap((file) => storedText(asText(asArray(file)?.get('name'))) || [])
    .join(', ');
}

function readParent(parent: PhpArray | undefined): LineExtra['partOf'] {
  const [first] = parent ?? [];
  const key = first && asText(first[1]);
  return first && key ? { kind: String(first[0]), key } : undefined;
}
