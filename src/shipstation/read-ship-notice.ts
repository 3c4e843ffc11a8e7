import { parseCalendarDay, parseLabelDate } from './dates.ts';
import { LARGEST_QUANTITY } from './field-limits.ts';
import { parseNoticeXml, type XmlElement } from './notice-xml.ts';
import type { NoticeItem, ShipNotice } from './ship-notice.ts';
import { UnreadableNotice } from './unreadable-notice.ts';
import { cleanText } from './xml-text.ts';

/** The parameters that ShipStation puts into the query string of its POST. */
export interface NoticeQuery {
  readonly order_number?: string | undefined;
  readonly carrier?: string | undefined;
  readonly service?: string | undefined;
  readonly tracking_number?: string | undefined;
}

// CS-Cart keeps a tracking number in varchar(255). ShipStation's guide has 50: beyond 255 it is none.
const LONGEST_TRACKING_NUMBER = 255;

// ShipStation writes "2"; a decimal writer of whole numbers writes "2.0". Leading zeros cost nothing.
const WHOLE_NUMBER = /^\d{1,20}(?:\.0{1,20})?$/;

/**
 * Reads a shipment notice: what its body says first, and the query string where the body is silent. The body may be
 * empty or blank, as it arrives on some hosts; then the query alone is the notice, of everything that is left.
 *
 * Elements are found by name, never by position, and prefixes of namespaces are not looked at. An item with the quantity
 * 0 is not in the result. A list without items is read as no list; one whose items all have the quantity 0 is an empty
 * list, which ships nothing. A date that cannot be read is left out.
 *
 * Throws {@link UnreadableNotice} for a body that is not a notice, when nothing names the order, for a quantity that is
 * not a whole number from 0 to 99999, and for a tracking number beyond 255 characters.
 */
export function readShipNotice({ query, body }: { query: NoticeQuery; body: Buffer }): ShipNotice {
  const notice = parseNoticeXml(body);
  if (notice !== undefined && notice.name !== 'ShipNotice') {
    throw new UnreadableNotice('The body is not a shipment notice: its root element is not ShipNotice.');
  }
  const trackingNumber = textOf(notice, 'TrackingNumber') || trimmed(query.tracking_number);
  if (trackingNumber.length > LONGEST_TRACKING_NUMBER) {
    throw new UnreadableNotice(`The tracking number is longer than ${LONGEST_TRACKING_NUMBER} characters.`);
  }
  return {
    orderKeys: readOrderKeys(notice, query),
    trackingNumber,
    carrier: textOf(notice, 'Carrier') || trimmed(query.carrier),
    service: textOf(notice, 'Service') || trimmed(query.service),
    shipDate: parseCalendarDay(textOf(notice, 'ShipDate')),
    labelCreateDate: parseLabelDate(textOf(notice, 'LabelCreateDate')),
    notesToCustomer: textOf(notice, 'NotesToCustomer'),
    items: readItems(notice),
  };
}

function readOrderKeys(notice: XmlElement | undefined, query: NoticeQuery): ShipNotice['orderKeys'] {
  const named = [textOf(notice, 'OrderID'), textOf(notice, 'OrderNumber'), trimmed(query.order_number)];
  const [first, ...others] = new Set(named.filter((key) => key !== ''));
  if (first === undefined) throw new UnreadableNotice('The shipment notice does not name an order.');
  return [first, ...others];
}

function readItems(notice: XmlElement | undefined): readonly NoticeItem[] | undefined {
  const listed = childrenOf(notice, 'Items').flatMap((list) => childrenOf(list, 'Item'));
  if (listed.length === 0) return undefined;
  return listed.map(readItem).filter((item) => item.quantity > 0);
}

function readItem(item: XmlElement, index: number): NoticeItem {
  return {
    lineItemId: textOf(item, 'LineItemID'),
    sku: textOf(item, 'SKU'),
    name: textOf(item, 'Name'),
    quantity: readQuantity(textOf(item, 'Quantity'), index),
  };
}

function readQuantity(text: string, index: number): number {
  const quantity = WHOLE_NUMBER.test(text) ? Number(text) : Number.NaN;
  if (quantity <= LARGEST_QUANTITY) return quantity;
  throw new UnreadableNotice(
    `The quantity of item ${index + 1} is not a whole number from 0 to ${LARGEST_QUANTITY}.`,
  );
}

function childrenOf(element: XmlElement | undefined, name: string): XmlElement[] {
  return element?.children.filter((child) => child.name === name) ?? [];
}

/** The trimmed text of the first child of a name that has any. */
function textOf(element: XmlElement | undefined, name: string): string {
  for (const child of element?.children ?? []) {
    const text = child.name === name ? child.text.trim() : '';
    if (text !== '') return text;
  }
  return '';
}

/** Cleaned like the texts of the body: a query can hold characters that XML cannot. */
function trimmed(parameter: string | undefined): string {
  return parameter === undefined ? '' : cleanText(parameter).trim();
}
