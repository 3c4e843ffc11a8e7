import type { Address, Order, PersonName } from '../../../cscart/orders/order.ts';
import type { BillTo, ShipTo } from '../../../shipstation/order-document.ts';
import type { LeftOutReason } from '../left-out.ts';

/**
 * The address that a parcel goes to. The default checkout of current versions asks for one contact name and leaves the
 * shipping names empty; old orders may have a billing address alone. A street and a city are never put together from two
 * addresses; only a missing country is taken from the other one.
 */
export function toShipTo(order: Order): ShipTo | { readonly missing: LeftOutReason } {
  const { shipping, billing, contact } = order;
  const place = shipping.address === '' && shipping.city === '' ? billing : shipping;
  const name = firstName(shipping, contact, billing) || order.company;
  // A shop that sells to one country alone may not ask for it in both addresses.
  const country = place.country || billing.country || shipping.country;
  if (name === '') return { missing: 'no-name' };
  if (place.address === '' && place.address2 === '') return { missing: 'no-address' };
  if (place.city === '') return { missing: 'no-city' };
  if (!isCountryCode(country)) return { missing: 'no-country' };
  return {
    name,
    company: order.company || undefined,
    ...(place.address === ''
      ? { address1: place.address2 }
      : { address1: place.address, address2: place.address2 || undefined }),
    city: place.city,
    state: place.state || undefined,
    postalCode: place.zipcode,
    country,
    phone: shipping.phone || contact.phone || billing.phone || undefined,
  };
}

/** Who pays. Only the name is required, and falls back as far as it must. */
export function toBillTo(order: Order): BillTo {
  const { shipping, billing, contact } = order;
  return {
    name: firstName(billing, contact, shipping) || order.company || order.email,
    company: order.company || undefined,
    phone: billing.phone || contact.phone || shipping.phone || undefined,
    email: order.email || undefined,
    address1: billing.address || undefined,
    address2: billing.address2 || undefined,
    city: billing.city || undefined,
    state: billing.state || undefined,
    postalCode: billing.zipcode || undefined,
    country: isCountryCode(billing.country) ? billing.country : undefined,
  };
}

function firstName(...people: readonly (PersonName | Address)[]): string {
  for (const { firstname, lastname } of people) {
    const name = `${firstname} ${lastname}`.trim();
    if (name !== '') return name;
  }
  return '';
}

function isCountryCode(text: string): boolean {
  return /^[A-Z]{2}$/.test(text);
}
