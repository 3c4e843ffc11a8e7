import type { ImportedOrder } from './imported-order.ts';

/** A label as a merchant makes it in ShipStation. */
export interface Label {
  readonly orderNumber: string;
  readonly carrier: string;
  readonly service: string;
  readonly trackingNumber: string;
  /** Default: today. Its UTC day is printed. */
  readonly shipDate?: Date;
  /** Default: now. */
  readonly labelCreateDate?: Date;
  /** Default: every product of the imported order, as for one box. An empty list is sent as an empty list. */
  readonly items?: readonly LabelItem[];
  readonly notesToCustomer?: string;
  /** Default: the ship-to of the imported order. */
  readonly recipient?: Partial<ImportedOrder['ShipTo']>;
}

interface LabelItem {
  readonly lineItemId?: string;
  readonly sku?: string;
  readonly name?: string;
  readonly quantity: number;
}

/**
 * A notice as real ShipStation writes one: every element there, empty when it has nothing to say, the children of an
 * item in the order Name, SKU, LineItemID, Quantity. The address is that of the imported order.
 */
export function shipNoticeXml(label: Label, order?: ImportedOrder): string {
  const leaf = (name: string, text: string | undefined) => `<${name}>${textOf(text ?? '')}</${name}>`;
  const address = [
    'Name',
    'Company',
    'Address1',
    'Address2',
    'City',
    'State',
    'PostalCode',
    'Country',
  ] as const;
  const items = label.items ?? itemsOf(order);
  return [
    '<?xml version="1.0" encoding="utf-8"?>\r\n<ShipNotice>',
    leaf('OrderNumber', label.orderNumber),
    leaf('OrderID', order?.OrderID ?? label.orderNumber),
    leaf('CustomerCode', order?.CustomerCode),
    leaf('CustomerNotes', order?.CustomerNotes),
    leaf('InternalNotes', order?.InternalNotes),
    leaf('NotesToCustomer', label.notesToCustomer),
    leaf('NotifyCustomer', 'true'),
    leaf('LabelCreateDate', wireDate(label.labelCreateDate ?? new Date())),
    leaf('ShipDate', wireDate(label.shipDate ?? new Date()).slice(0, 10)),
    leaf('Carrier', label.carrier),
    leaf('Service', label.service),
    leaf('TrackingNumber', label.trackingNumber),
    leaf('ShippingCost', '0'),
    ...['CustomField1', 'CustomField2', 'CustomField3'].map((name) => leaf(name, '')),
    '<Recipient>',
    ...address.map((name) => leaf(name, (label.recipient ?? order?.ShipTo)?.[name])),
    '</Recipient><Items>',
    ...items.map(
      (item) =>
        `<Item>${leaf('Name', item.name)}${leaf('SKU', item.sku)}${leaf('LineItemID', item.lineItemId)}` +
        `<Quantity>${item.quantity}</Quantity></Item>`,
    ),
    '</Items></ShipNotice>',
  ].join('');
}

/** `MM/dd/yyyy HH:mm` in UTC, made here anew: a stand-in must not share the code that it is to test. */
export function wireDate(date: Date): string {
  const [, year, month, day, time] = /^(\d+)-(\d+)-(\d+)T(\d+:\d+)/.exec(date.toISOString()) ?? [];
  return `${month}/${day}/${year} ${time}`;
}

function itemsOf(order: ImportedOrder | undefined): LabelItem[] {
  const products = order?.Items.filter((item) => item.Adjustment !== 'true') ?? [];
  return products.map((item) => ({
    lineItemId: item.LineItemID ?? '',
    sku: item.SKU ?? '',
    name: item.Name ?? '',
    quantity: Number(item.Quantity),
  }));
}

function textOf(text: string): string {
  return text.replace(/[&<>\r]/g, (character) => `&#x${character.charCodeAt(0).toString(16)};`);
}
