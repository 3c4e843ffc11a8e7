/** Where the text of a field that ShipStation shows comes from. */
export type FieldSource =
  | { readonly kind: 'word'; readonly word: FieldWord }
  /** A field that the merchant has added to the checkout: its id, name or label. */
  | { readonly kind: 'profile-field'; readonly key: string }
  /** A column that an add-on has put into the store's table of orders. */
  | { readonly kind: 'column'; readonly column: string };

/** What every order has, by the words of the configuration. */
const FIELD_WORDS = [
  'coupons',
  'rush',
  'notes',
  'staff-notes',
  'address-type',
  'vendor',
  'storefront',
  'gift-certificates',
  'payment-method',
  'shipping-method',
  'pickup-point',
  'language',
] as const;
export type FieldWord = (typeof FIELD_WORDS)[number];

/** Where an item's UPC or location comes from: a column of the products, or a feature by id or name. */
export type ItemSource =
  | { readonly kind: 'column'; readonly column: string }
  | { readonly kind: 'feature'; readonly key: string };

const COLUMN = /^[a-z_][a-z0-9_]{0,63}$/i;

/** Reads one source, as `coupons`, `field:Gift message`, `column:gift_wrap`. Gives a sentence for what is none. */
export function parseFieldSource(text: string): FieldSource | { readonly problem: string } {
  const { kind, key } = partsOf(text);
  if (kind === 'field' && key !== '') return { kind: 'profile-field', key };
  if (kind === 'column') return COLUMN.test(key) ? { kind, column: key } : { problem: noColumn(key) };
  const word = FIELD_WORDS.find((known) => known === text.toLowerCase());
  if (word !== undefined) return { kind: 'word', word };
  return {
    problem: `has "${text}", which is none of ${FIELD_WORDS.join(', ')}, field:NAME, column:NAME`,
  };
}

/** Reads `column:upc` or `feature:Shelf`. Gives a sentence for what is neither. */
export function parseItemSource(text: string): ItemSource | { readonly problem: string } {
  const { kind, key } = partsOf(text);
  if (kind === 'feature' && key !== '') return { kind, key };
  if (kind !== 'column') return { problem: 'must be column:NAME or feature:NAME' };
  return COLUMN.test(key) ? { kind, column: key } : { problem: noColumn(key) };
}

function partsOf(text: string): { kind: string; key: string } {
  const colon = text.indexOf(':');
  return { kind: text.slice(0, Math.max(colon, 0)).trim().toLowerCase(), key: text.slice(colon + 1).trim() };
}

function noColumn(key: string): string {
  return `names a column "${key}", but a column's name has letters, digits and _ only`;
}
