import { ADDRESS_LIMITS, ITEM_LIMITS, OPTION_LIMITS, ORDER_LIMITS } from './field-limits.ts';
import type { OrderDocument } from './order-document.ts';

/**
 * The elements of an order whose texts are longer than ShipStation's guide allows, so that the writer cuts them, or leaves
 * them out where a part of them would mean something else (UPC, ImageUrl); none of most orders. Names of elements alone, without personal data.
 */
export function textsToCut(order: OrderDocument): readonly string[] {
  const cut: string[] = [];
  look(cut, 'ShippingMethod', order.shippingMethod, ORDER_LIMITS.ShippingMethod);
  look(cut, 'PaymentMethod', order.paymentMethod, ORDER_LIMITS.PaymentMethod);
  look(cut, 'CustomerNotes', order.customerNotes, ORDER_LIMITS.CustomerNotes);
  look(cut, 'InternalNotes', order.internalNotes, ORDER_LIMITS.InternalNotes);
  look(cut, 'GiftMessage', order.giftMessage, ORDER_LIMITS.GiftMessage);
  look(cut, 'CustomField1', order.customField1, ORDER_LIMITS.CustomField);
  look(cut, 'CustomField2', order.customField2, ORDER_LIMITS.CustomField);
  look(cut, 'CustomField3', order.customField3, ORDER_LIMITS.CustomField);
  look(cut, 'CustomerCode', order.customerCode, ORDER_LIMITS.CustomerCode);
  lookAtAddress(cut, 'BillTo', order.billTo);
  lookAtAddress(cut, 'ShipTo', order.shipTo);
  for (const item of order.items) {
    look(cut, 'Item/SKU', item.sku, ITEM_LIMITS.SKU);
    look(cut, 'Item/Name', item.name, ITEM_LIMITS.Name);
    look(cut, 'Item/UPC', item.upc, ITEM_LIMITS.UPC);
    look(cut, 'Item/Location', item.location, ITEM_LIMITS.Location);
    look(cut, 'Item/ImageUrl', item.imageUrl, ITEM_LIMITS.ImageUrl);
    if (item.options === undefined) continue;
    for (const option of item.options) {
      look(cut, 'Item/Option/Name', option.name, OPTION_LIMITS.Name);
      look(cut, 'Item/Option/Value', option.value, OPTION_LIMITS.Value);
    }
  }
  return cut;
}

function look(cut: string[], element: string, text: string | undefined, limit: number): void {
  if (text !== undefined && text.length > limit && !cut.includes(element)) cut.push(element);
}

// Made once: every order is looked at.
const ADDRESS_ELEMENTS = { BillTo: namesIn('BillTo'), ShipTo: namesIn('ShipTo') } as const;

function namesIn(element: string) {
  // The keys are those of the limits, one for one.
  return Object.fromEntries(
    Object.keys(ADDRESS_LIMITS).map((name) => [name, `${element}/${name}`]),
  ) as Record<keyof typeof ADDRESS_LIMITS, string>;
}

function lookAtAddress(
  cut: string[],
  element: 'BillTo' | 'ShipTo',
  address: OrderDocument['billTo' | 'shipTo'],
): void {
  const names = ADDRESS_ELEMENTS[element];
  look(cut, names.Name, address.name, ADDRESS_LIMITS.Name);
  look(cut, names.Company, address.company, ADDRESS_LIMITS.Company);
  look(cut, names.Phone, address.phone, ADDRESS_LIMITS.Phone);
  look(cut, names.Address1, address.address1, ADDRESS_LIMITS.Address1);
  look(cut, names.Address2, address.address2, ADDRESS_LIMITS.Address2);
  look(cut, names.City, address.city, ADDRESS_LIMITS.City);
  look(cut, names.State, address.state, ADDRESS_LIMITS.State);
  look(cut, names.PostalCode, address.postalCode, ADDRESS_LIMITS.PostalCode);
  if ('email' in address) look(cut, names.Email, address.email, ADDRESS_LIMITS.Email);
}
