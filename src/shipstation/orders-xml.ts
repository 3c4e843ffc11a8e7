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
  if (!Number.isInteger(page.pages) || page.pages < 1 || page.pages > MOST_PAGES) {
    throw new RangeError(
      `not a number of pages that ShipStation can read (1 … ${MOST_PAGES}): ${page.pages}`,
    );
  }
  const { head, tail } = ordersXmlFrame(page.pages);
  let xml = head;
  for (const order of page.orders) xml += writeOrderXml(order, words);
  return xml + tail;
}

/** What stands before and behind the orders of a page, for one that is written order by order. */
export function ordersXmlFrame(pages: number): { readonly head: string; readonly tail: string } {
  return { head: `${PROLOG}<Orders pages="${pages}">`, tail: '</Orders>' };
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

function orderElement(order: OrderDocument, words: WireWords): string {
  let items = '';
  for (const item of order.items) items += itemElement(item);
  const orderDate = formatDate(order.orderDate);
  return (
    '<Order>' +
    required('OrderID', order.orderId, ORDER_LIMITS.OrderID) +
    required('OrderNumber', order.orderNumber, ORDER_LIMITS.OrderNumber) +
    `<OrderDate>${orderDate}</OrderDate>` +
    `<OrderStatus>${words[order.orderStatus]}</OrderStatus>` +
    `<LastModified>${order.lastModified === order.orderDate ? orderDate : formatDate(order.lastModified)}</LastModified>` +
    optional('ShippingMethod', order.shippingMethod, ORDER_LIMITS.ShippingMethod) +
    optional('PaymentMethod', order.paymentMethod, ORDER_LIMITS.PaymentMethod) +
    matching('CurrencyCode', order.currencyCode, CURRENCY) +
    `<OrderTotal>${formatCents(order.orderTotal)}</OrderTotal>` +
    `<TaxAmount>${formatCents(order.taxAmount)}</TaxAmount>` +
    `<ShippingAmount>${formatCents(order.shippingAmount)}</ShippingAmount>` +
    optionalProse('CustomerNotes', order.customerNotes, ORDER_LIMITS.CustomerNotes) +
    optionalProse('InternalNotes', order.internalNotes, ORDER_LIMITS.InternalNotes) +
    (order.gift === true ? '<Gift>true</Gift>' : '') +
    optionalProse('GiftMessage', order.giftMessage, ORDER_LIMITS.GiftMessage) +
    optional('CustomField1', order.customField1, ORDER_LIMITS.CustomField) +
    optional('CustomField2', order.customField2, ORDER_LIMITS.CustomField) +
    optional('CustomField3', order.customField3, ORDER_LIMITS.CustomField) +
    '<Customer>' +
    required('CustomerCode', order.customerCode, ORDER_LIMITS.CustomerCode) +
    billToElement(order.billTo) +
    shipToElement(order.shipTo) +
    `</Customer><Items>${items}</Items></Order>`
  );
}

function billToElement(billTo: BillTo): string {
  return (
    '<BillTo>' +
    required('Name', billTo.name, ADDRESS_LIMITS.Name) +
    optional('Company', billTo.company, ADDRESS_LIMITS.Company) +
    optional('Phone', billTo.phone, ADDRESS_LIMITS.Phone) +
    optional('Email', billTo.email, ADDRESS_LIMITS.Email) +
    optional('Address1', billTo.address1, ADDRESS_LIMITS.Address1) +
    optional('Address2', billTo.address2, ADDRESS_LIMITS.Address2) +
    optional('City', billTo.city, ADDRESS_LIMITS.City) +
    optional('State', billTo.state, ADDRESS_LIMITS.State) +
    optional('PostalCode', billTo.postalCode, ADDRESS_LIMITS.PostalCode) +
    matching('Country', billTo.country, COUNTRY) +
    '</BillTo>'
  );
}

function shipToElement(shipTo: ShipTo): string {
  return (
    '<ShipTo>' +
    required('Name', shipTo.name, ADDRESS_LIMITS.Name) +
    optional('Company', shipTo.company, ADDRESS_LIMITS.Company) +
    required('Address1', shipTo.address1, ADDRESS_LIMITS.Address1) +
    optional('Address2', shipTo.address2, ADDRESS_LIMITS.Address2) +
    required('City', shipTo.city, ADDRESS_LIMITS.City) +
    optional('State', shipTo.state, ADDRESS_LIMITS.State) +
    required('PostalCode', shipTo.postalCode, ADDRESS_LIMITS.PostalCode) +
    matching('Country', shipTo.country, COUNTRY) +
    optional('Phone', shipTo.phone, ADDRESS_LIMITS.Phone) +
    '</ShipTo>'
  );
}

function itemElement(item: OrderItem): string {
  return (
    '<Item>' +
    optional('LineItemID', item.lineItemId, ITEM_LIMITS.LineItemID) +
    required('SKU', item.sku, ITEM_LIMITS.SKU) +
    prose('Name', item.name, ITEM_LIMITS.Name) +
    upcElement(item.upc) +
    optional('Location', item.location, ITEM_LIMITS.Location) +
    imageElement(item.imageUrl) +
    weightElements(item.weight) +
    `<Quantity>${item.quantity}</Quantity><UnitPrice>${formatCents(item.unitPrice)}</UnitPrice>` +
    (item.adjustment === true ? '<Adjustment>true</Adjustment>' : '') +
    optionsElement(item.options) +
    '</Item>'
  );
}

// Another product's number is worse than none.
function upcElement(upc: string | undefined): string {
  return upc === undefined || upc === '' || upc.length > ITEM_LIMITS.UPC
    ? ''
    : required('UPC', upc, ITEM_LIMITS.UPC);
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

function required(name: string, text: string, limit: number): string {
  const shown = text.length > limit ? cutText(cleanText(text), limit) : text;
  return `<${name}>${escapeText(shown)}</${name}>`;
}

function optional(name: string, text: string | undefined, limit: number): string {
  return text === undefined || text === '' ? '' : required(name, text, limit);
}

/** A text for a reader, with a mark where it was cut. */
function prose(name: string, text: string, limit: number): string {
  return required(name, text.length > limit ? shortenText(cleanText(text), limit) : text, limit);
}

function optionalProse(name: string, text: string | undefined, limit: number): string {
  return text === undefined || text === '' ? '' : prose(name, text, limit);
}

function matching(name: string, code: string | undefined, pattern: RegExp): string {
  return code !== undefined && pattern.test(code) ? `<${name}>${code.toUpperCase()}</${name}>` : '';
}
