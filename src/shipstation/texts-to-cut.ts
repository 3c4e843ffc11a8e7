import { ADDRESS_LIMITS, ITEM_LIMITS, OPTION_LIMITS, ORDER_LIMITS } from './field-limits.ts';
import type { OrderDocument } from './order-document.ts';

/**
 * The elements of an order whose texts are longer than ShipStation's guide allows, so that the writer cuts them, or leaves
 * them out where a part of them would mean something else (UPC, ImageUrl); none of most orders. Names of elements alone, without personal data.
 */
export function textsToCut(order: OrderDocument): readonly string[] {
  const cut: string[] = [];
  const look = (element: string, text: string | undefined, limit: number) => {
    if (text !== undefined && text.length > limit && !cut.includes(element)) cut.push(element);
  };
  look('ShippingMethod', order.shippingMethod, ORDER_LIMITS.ShippingMethod);
  look('PaymentMethod', order.paymentMethod, ORDER_LIMITS.PaymentMethod);
  look('CustomerNotes', order.customerNotes, ORDER_LIMITS.CustomerNotes);
  look('InternalNotes', order.internalNotes, ORDER_LIMITS.InternalNotes);
  look('GiftMessage', order.giftMessage, ORDER_LIMITS.GiftMessage);
  look('CustomField1', order.customField1, ORDER_LIMITS.CustomField);
  look('CustomField2', order.customField2, ORDER_LIMITS.CustomField);
  look('CustomField3', order.customField3, ORDER_LIMITS.CustomField);
  look('CustomerCode', order.customerCode, ORDER_LIMITS.CustomerCode);
  lookAtAddress('BillTo', order.billTo, look);
  lookAtAddress('ShipTo', order.shipTo, look);
  for (const item of order.items) {
    look('Item/SKU', item.sku, ITEM_LIMITS.SKU);
    look('Item/Name', item.name, ITEM_LIMITS.Name);
    look('Item/UPC', item.upc, ITEM_LIMITS.UPC);
    look('Item/Location', item.location, ITEM_LIMITS.Location);
    look('Item/ImageUrl', item.imageUrl, ITEM_LIMITS.ImageUrl);
    for (const option of item.options ?? []) {
      look('Item/Option/Name', option.name, OPTION_LIMITS.Name);
      look('Item/Option/Value', option.value, OPTION_LIMITS.Value);
    }
  }
  return cut;
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
  element: 'BillTo' | 'ShipTo',
  address: OrderDocument['billTo' | 'shipTo'],
  look: (element: string, text: string | undefined, limit: number) => void,
): void {
  const names = ADDRESS_ELEMENTS[element];
  look(names.Name, address.name, ADDRESS_LIMITS.Name);
  look(names.Company, address.company, ADDRESS_LIMITS.Company);
  look(names.Phone, address.phone, ADDRESS_LIMITS.Phone);
  look(names.Address1, address.address1, ADDRESS_LIMITS.Address1);
  look(names.Address2, address.address2, ADDRESS_LIMITS.Address2);
  look(names.City, address.city, ADDRESS_LIMITS.City);
  look(names.State, address.state, ADDRESS_LIMITS.State);
  look(names.PostalCode, address.postalCode, ADDRESS_LIMITS.PostalCode);
  if ('email' in address) look(names.Email, address.email, ADDRESS_LIMITS.Email);
}
