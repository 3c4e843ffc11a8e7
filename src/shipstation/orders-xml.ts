import { createCents, formatCents } from '../values/cents.ts';
import { formatDate } from './dates.ts';
import {
  ADDRESS_LIMITS,
  cutText,
  ITEM_LIMITS,
  LARGEST_DECIMAL,
  MOST_OPTIONS,
  MOST_PAGES,
  OPTION_LIMITS,
  ORDER_LIMITS,
  shortenText,
} from './field-limits.ts';
import type { BillTo, OrderDocument, OrderItem, OrdersPage, ShipTo } from './order-document.ts';
import type { WireWords } from './wire-words.ts';
import { cleanText, escapeText } from './xml-text.ts';

const PROLOG = '<?xml version="1.0" encoding="utf-8"?>';

const COUNTRY = /^[A-Z]{2}$/i;
const CURRENCY = /^[A-Z]{3}$/;

// What RFC 3986 allows in an absolute http address, without brackets (IPv6 hosts) and fragments, which no image of a
// store has: the schema's anyURI is read more strictly by some validators than by others.
const WEB_ADDRESS = /^https?:\/\/(?:[\w\-.~:/?@!$&'()*+,;=]|%[\dA-F]{2})+$/i;

/**
 * One page of an export as ShipStation's Custom Store XML, to be sent as UTF-8, with the statuses in these words.
 *
 * Every document has to be one that `orderProblem` finds nothing wrong with; whatever the texts hold, the answer is
 * well-formed then, and valid against the schema of the guide's appendix, plus the optional `CurrencyCode` and `UPC` of the guide
 * itself. Texts longer than the guide's lengths are cut; `textsToCut` names them. Optional elements without a text are left out; required texts
 * are always there, if need be empty. Nothing is indented: the schema's date and word types keep blanks.
 *
 * Left out because ShipStation would refuse the page for them: a bill-to country that is not two letters, an image
 * address that is not absolute or too long to be kept whole, a UPC of more than 12 characters, a weight outside of 0 … 9999999.99, a currency that is not
 * three letters.
 *
 * Throws `RangeError` for a number of pages outside of 1 … 32767 (`xs:short`).
 */
export function writeOrdersXml(page: OrdersPage, words: WireWords): string {
  const { head, tail } = ordersXmlFrame(page.pages);
  let xml = head;
  for (const order of page.orders) xml += writeOrderXml(order, words);
  return xml + tail;
}

/**
 * The same page as bytes, of orders that were written one by one by {@link encodeOrderXml}: so no text is as long as a page,
 * and no document is kept until the last one is there. Throws as {@link writeOrdersXml}.
 */
export function joinOrdersXml({ pages, orders }: OrdersPage<Buffer>): Buffer {
  const { head, tail } = ordersXmlFrame(pages);
  return Buffer.concat([Buffer.from(head), ...orders, Buffer.from(tail)]);
}

/** What stands before and behind the orders of a page. Throws as {@link writeOrdersXml}. */
export function ordersXmlFrame(pages: number): { readonly head: string; readonly tail: string } {
  if (!Number.isInteger(pages) || pages < 1 || pages > MOST_PAGES)
    throw new RangeError(`not a number of pages that ShipStation can read (1 … ${MOST_PAGES}): ${pages}`);
  return { head: `${PROLOG}<Orders pages="${pages}">`, tail: '</Orders>' };
}

/** One order of a page in UTF-8; see {@link writeOrdersXml}. */
export function encodeOrderXml(order: OrderDocument, words: WireWords): Buffer {
  return Buffer.from(writeOrderXml(order, words));
}

/** One order of a page; see {@link writeOrdersXml}. */
export function writeOrderXml(order: OrderDocument, words: WireWords): string {
  return flat(orderElement(order, words));
}

/**
 * The same text as one piece of memory. V8 keeps a concatenation as a tree of its parts until a character of it is looked
 * at; the trees of a large page would be copied by the garbage collector again and again.
 */
function flat(text: string): string {
  text.charCodeAt(0);
  return text;
}

/** An element for text, with the longest text that may stand in it. Its tags are put together once, not for each order. */
interface TextElement {
  readonly open: string;
  readonly close: string;
  readonly limit: number;
}

function textElement(name: string, limit: number): TextElement {
  return { open: `<${name}>`, close: `</${name}>`, limit };
}

const ORDER = {
  id: textElement('OrderID', ORDER_LIMITS.OrderID),
  number: textElement('OrderNumber', ORDER_LIMITS.OrderNumber),
  shippingMethod: textElement('ShippingMethod', ORDER_LIMITS.ShippingMethod),
  paymentMethod: textElement('PaymentMethod', ORDER_LIMITS.PaymentMethod),
  customerNotes: textElement('CustomerNotes', ORDER_LIMITS.CustomerNotes),
  internalNotes: textElement('InternalNotes', ORDER_LIMITS.InternalNotes),
  giftMessage: textElement('GiftMessage', ORDER_LIMITS.GiftMessage),
  customField1: textElement('CustomField1', ORDER_LIMITS.CustomField),
  customField2: textElement('CustomField2', ORDER_LIMITS.CustomField),
  customField3: textElement('CustomField3', ORDER_LIMITS.CustomField),
  customerCode: textElement('CustomerCode', ORDER_LIMITS.CustomerCode),
} as const;

function orderElement(order: OrderDocument, words: WireWords): string {
  let items = '';
  for (const item of order.items) items += itemElement(item);
  const orderDate = formatDate(order.orderDate);
  return (
    '<Order>' +
    required(ORDER.id, order.orderId) +
    required(ORDER.number, order.orderNumber) +
    '<OrderDate>' +
    orderDate +
    '</OrderDate><OrderStatus>' +
    words[order.orderStatus] +
    '</OrderStatus><LastModified>' +
    (order.lastModified === order.orderDate ? orderDate : formatDate(order.lastModified)) +
    '</LastModified>' +
    optional(ORDER.shippingMethod, order.shippingMethod) +
    optional(ORDER.paymentMethod, order.paymentMethod) +
    (isCurrency(order.currencyCode)
      ? `<CurrencyCode>${order.currencyCode.toUpperCase()}</CurrencyCode>`
      : '') +
    '<OrderTotal>' +
    formatCents(order.orderTotal) +
    '</OrderTotal><TaxAmount>' +
    formatCents(order.taxAmount) +
    '</TaxAmount><ShippingAmount>' +
    formatCents(order.shippingAmount) +
    '</ShippingAmount>' +
    optionalProse(ORDER.customerNotes, order.customerNotes) +
    optionalProse(ORDER.internalNotes, order.internalNotes) +
    (order.gift === true ? '<Gift>true</Gift>' : '') +
    optionalProse(ORDER.giftMessage, order.giftMessage) +
    optional(ORDER.customField1, order.customField1) +
    optional(ORDER.customField2, order.customField2) +
    optional(ORDER.customField3, order.customField3) +
    '<Customer>' +
    required(ORDER.customerCode, order.customerCode) +
    billToElement(order.billTo) +
    shipToElement(order.shipTo) +
    '</Customer><Items>' +
    items +
    '</Items></Order>'
  );
}

const ADDRESS = {
  name: textElement('Name', ADDRESS_LIMITS.Name),
  company: textElement('Company', ADDRESS_LIMITS.Company),
  phone: textElement('Phone', ADDRESS_LIMITS.Phone),
  email: textElement('Email', ADDRESS_LIMITS.Email),
  address1: textElement('Address1', ADDRESS_LIMITS.Address1),
  address2: textElement('Address2', ADDRESS_LIMITS.Address2),
  city: textElement('City', ADDRESS_LIMITS.City),
  state: textElement('State', ADDRESS_LIMITS.State),
  postalCode: textElement('PostalCode', ADDRESS_LIMITS.PostalCode),
} as const;

function billToElement(billTo: BillTo): string {
  return (
    '<BillTo>' +
    required(ADDRESS.name, billTo.name) +
    optional(ADDRESS.company, billTo.company) +
    optional(ADDRESS.phone, billTo.phone) +
    optional(ADDRESS.email, billTo.email) +
    optional(ADDRESS.address1, billTo.address1) +
    optional(ADDRESS.address2, billTo.address2) +
    optional(ADDRESS.city, billTo.city) +
    optional(ADDRESS.state, billTo.state) +
    optional(ADDRESS.postalCode, billTo.postalCode) +
    countryElement(billTo.country) +
    '</BillTo>'
  );
}

function shipToElement(shipTo: ShipTo): string {
  return (
    '<ShipTo>' +
    required(ADDRESS.name, shipTo.name) +
    optional(ADDRESS.company, shipTo.company) +
    required(ADDRESS.address1, shipTo.address1) +
    optional(ADDRESS.address2, shipTo.address2) +
    required(ADDRESS.city, shipTo.city) +
    optional(ADDRESS.state, shipTo.state) +
    required(ADDRESS.postalCode, shipTo.postalCode) +
    countryElement(shipTo.country) +
    optional(ADDRESS.phone, shipTo.phone) +
    '</ShipTo>'
  );
}

const ITEM = {
  lineItemId: textElement('LineItemID', ITEM_LIMITS.LineItemID),
  sku: textElement('SKU', ITEM_LIMITS.SKU),
  name: textElement('Name', ITEM_LIMITS.Name),
  upc: textElement('UPC', ITEM_LIMITS.UPC),
  location: textElement('Location', ITEM_LIMITS.Location),
} as const;

function itemElement(item: OrderItem): string {
  return (
    '<Item>' +
    optional(ITEM.lineItemId, item.lineItemId) +
    required(ITEM.sku, item.sku) +
    prose(ITEM.name, item.name) +
    upcElement(item.upc) +
    optional(ITEM.location, item.location) +
    imageElement(item.imageUrl) +
    weightElements(item.weight) +
    '<Quantity>' +
    item.quantity +
    '</Quantity><UnitPrice>' +
    formatCents(item.unitPrice) +
    (item.adjustment === true ? '</UnitPrice><Adjustment>true</Adjustment>' : '</UnitPrice>') +
    optionsElement(item.options) +
    '</Item>'
  );
}

// Another product's number is worse than none.
function upcElement(upc: string | undefined): string {
  return upc !== undefined && upc.length > ITEM.upc.limit ? '' : optional(ITEM.upc, upc);
}

// A cut address leads nowhere, so a long one is left out whole.
function imageElement(url: string | undefined): string {
  if (url === undefined || url.length > ITEM_LIMITS.ImageUrl) return '';
  return WEB_ADDRESS.test(url) && hasRealHost(url) ? `<ImageUrl>${escapeText(url)}</ImageUrl>` : '';
}

// A page's images lie on one or two hosts; parsing each address would be much of the work of writing an item.
let lastHost = { part: '', isReal: false };

function hasRealHost(url: string): boolean {
  const path = url.indexOf('/', 'https://'.length);
  const part = path < 0 ? url : url.slice(0, path);
  if (part !== lastHost.part) lastHost = { part, isReal: URL.canParse(part) };
  return lastHost.isReal;
}

// A weight that cannot be written costs its own elements, not the order.
function weightElements(weight: OrderItem['weight']): string {
  if (weight === undefined || !Number.isInteger(weight.hundredths)) return '';
  if (weight.hundredths < 0 || weight.hundredths > LARGEST_DECIMAL) return '';
  // Hundredths are printed like cents: two digits behind the point.
  const amount = formatCents(createCents(weight.hundredths));
  return `<Weight>${amount}</Weight><WeightUnits>${weight.units}</WeightUnits>`;
}

// The guide demands 1 … 100 characters of both. An option without a value says that nothing was chosen: it is left out.
// A value without a name says something to the packer: it is kept under a neutral name.
function optionsElement(options: OrderItem['options']): string {
  if (options === undefined || options.length === 0) return '';
  let xml = '';
  let count = 0;
  for (const option of options) {
    const value = shortenText(cleanText(option.value), OPTION_LIMITS.Value);
    if (value.trim() === '') continue;
    const name = cutText(cleanText(option.name), OPTION_LIMITS.Name);
    const shownName = name.trim() === '' ? 'Option' : name;
    xml += `<Option><Name>${escapeText(shownName)}</Name><Value>${escapeText(value)}</Value></Option>`;
    count += 1;
    if (count === MOST_OPTIONS) break;
  }
  return count === 0 ? '' : `<Options>${xml}</Options>`;
}

function required({ open, close, limit }: TextElement, text: string): string {
  const shown = text.length > limit ? cutText(cleanText(text), limit) : text;
  return open + escapeText(shown) + close;
}

function optional(element: TextElement, text: string | undefined): string {
  return text === undefined || text === '' ? '' : required(element, text);
}

/** A text for a reader, with a mark where it was cut. */
function prose(element: TextElement, text: string): string {
  return required(element, text.length > element.limit ? shortenText(cleanText(text), element.limit) : text);
}

function optionalProse(element: TextElement, text: string | undefined): string {
  return text === undefined || text === '' ? '' : prose(element, text);
}

function countryElement(code: string | undefined): string {
  return code !== undefined && COUNTRY.test(code) ? `<Country>${code.toUpperCase()}</Country>` : '';
}

function isCurrency(code: string | undefined): code is string {
  return code !== undefined && CURRENCY.test(code);
}
