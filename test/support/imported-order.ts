import { XmlElement } from 'libxml2-wasm';
import { parseXml } from './orders-schema.ts';

type Texts<Name extends string> = { readonly [Key in Name]?: string };

type OrderElement =
  | 'OrderID'
  | 'OrderDate'
  | 'OrderStatus'
  | 'LastModified'
  | 'ShippingMethod'
  | 'PaymentMethod'
  | 'CurrencyCode'
  | 'OrderTotal'
  | 'TaxAmount'
  | 'ShippingAmount'
  | 'CustomerNotes'
  | 'InternalNotes'
  | 'Gift'
  | 'GiftMessage'
  | 'CustomField1'
  | 'CustomField2'
  | 'CustomField3';

type AddressElement =
  | 'Name'
  | 'Company'
  | 'Phone'
  | 'Email'
  | 'Address1'
  | 'Address2'
  | 'City'
  | 'State'
  | 'PostalCode'
  | 'Country';

type ItemElement =
  | 'LineItemID'
  | 'SKU'
  | 'Name'
  | 'UPC'
  | 'ImageUrl'
  | 'Weight'
  | 'WeightUnits'
  | 'Quantity'
  | 'UnitPrice'
  | 'Location'
  | 'Adjustment';

/** An order as ShipStation has it after an import: the text of each element, by the element's name; absent is absent. */
export interface ImportedOrder extends Texts<OrderElement> {
  readonly OrderNumber: string;
  readonly CustomerCode: string;
  readonly BillTo: Texts<AddressElement>;
  readonly ShipTo: Texts<AddressElement>;
  readonly Items: readonly ImportedItem[];
}

export interface ImportedItem extends Texts<ItemElement> {
  readonly Options: readonly { readonly Name: string; readonly Value: string }[];
}

export interface ImportedPage {
  /** Of the `pages` attribute; 1 when there is none, as ShipStation reads it. */
  readonly pages: number;
  readonly orders: readonly ImportedOrder[];
}

/** Reads a valid orders document with libxml2. */
export function readOrdersPage(xml: string): ImportedPage {
  const document = parseXml(xml);
  try {
    return {
      pages: Number(document.root.attr('pages')?.value ?? '1'),
      orders: elements(document.root).map(readOrder),
    };
  } finally {
    document.dispose();
  }
}

function readOrder(order: XmlElement): ImportedOrder {
  const parts = byName(order);
  const customer = byName(parts.get('Customer'));
  return {
    ...texts(parts),
    OrderNumber: parts.get('OrderNumber')?.content ?? '',
    CustomerCode: customer.get('CustomerCode')?.content ?? '',
    BillTo: texts(byName(customer.get('BillTo'))),
    ShipTo: texts(byName(customer.get('ShipTo'))),
    Items: elements(parts.get('Items')).map(readItem),
  };
}

function readItem(item: XmlElement): ImportedItem {
  const parts = byName(item);
  const options = elements(parts.get('Options')).map((option) => {
    const { Name = '', Value = '' }: Texts<'Name' | 'Value'> = texts(byName(option));
    return { Name, Value };
  });
  return { ...texts(parts), Options: options };
}

/** The texts of those elements that hold nothing but text; the containers are read one by one. */
function texts(parts: ReadonlyMap<string, XmlElement>): Record<string, string> {
  const found: Record<string, string> = {};
  for (const [name, element] of parts) {
    if (!CONTAINERS.has(name)) found[name] = element.content;
  }
  return found;
}

const CONTAINERS = new Set(['Customer', 'BillTo', 'ShipTo', 'Items', 'Options']);

function byName(parent: XmlElement | undefined): Map<string, XmlElement> {
  return new Map(elements(parent).map((element) => [element.name, element]));
}

function elements(parent: XmlElement | undefined): XmlElement[] {
  const found: XmlElement[] = [];
  for (let node = parent?.firstChild ?? null; node !== null; node = node.next) {
    if (node instanceof XmlElement) found.push(node);
  }
  return found;
}
