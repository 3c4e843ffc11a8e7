/**
 * The longest texts that ShipStation's Custom Store Development Guide allows, in UTF-16 units: ShipStation runs on .NET,
 * whose string length and schema facets count these. Where the guide and its printed schema differ (CustomerCode 50 and
 * 100, SKU 50 and 100), the smaller one of the guide is kept, which satisfies both.
 */
export const ORDER_LIMITS = {
  // The guide gives no length; the schema does.
  OrderID: 50,
  OrderNumber: 50,
  ShippingMethod: 100,
  PaymentMethod: 50,
  CustomerNotes: 1000,
  InternalNotes: 1000,
  GiftMessage: 1000,
  CustomField: 100,
  CustomerCode: 50,
} as const;

/** Of `BillTo` and `ShipTo` alike; the street and town of `BillTo` are in the schema only, with the same lengths. */
export const ADDRESS_LIMITS = {
  Name: 100,
  Company: 100,
  Phone: 50,
  Email: 100,
  Address1: 200,
  Address2: 200,
  City: 100,
  State: 100,
  PostalCode: 50,
} as const;

export const ITEM_LIMITS = {
  LineItemID: 50,
  SKU: 50,
  Name: 200,
  ImageUrl: 500,
  UPC: 12,
  Location: 100,
} as const;

export const OPTION_LIMITS = { Name: 100, Value: 100 } as const;

/** Options per item. The schema has room for more, but the guide says 10. */
export const MOST_OPTIONS = 10;

/** Decimals are "9,2": seven digits before the point. In hundredths. */
export const LARGEST_DECIMAL = 999_999_999;

export const LARGEST_QUANTITY = 99_999;

/** `pages` is an `xs:short`. */
export const MOST_PAGES = 32_767;

/** Stands at the end of a text that was cut, so that whoever reads it knows. */
const CUT_MARK = '…';

// Made on first use: most pages never cut anything, and the segmenter takes milliseconds to load.
let graphemes: Intl.Segmenter | undefined;

/**
 * At most `limit` UTF-16 units of a text, never ending inside a surrogate pair or a grapheme cluster (so a family emoji
 * or a letter with its accents is kept whole or dropped whole). Returns the same string exactly when nothing was cut.
 */
export function cutText(text: string, limit: number): string {
  if (text.length <= limit) return text;
  graphemes ??= new Intl.Segmenter('und', { granularity: 'grapheme' });
  // Whether there is a boundary at `limit` depends on what is before and on the one character after it, which may have
  // two units: so the rest, however long, is not looked at.
  const cluster = graphemes.segment(text.slice(0, limit + 2)).containing(limit);
  return text.slice(0, cluster?.index ?? 0);
}

/** A text for a reader: cut like {@link cutText} where it is too long, with a mark at its end that says so. */
export function shortenText(text: string, limit: number): string {
  return text.length <= limit ? text : cutText(text, limit - CUT_MARK.length).trimEnd() + CUT_MARK;
}
