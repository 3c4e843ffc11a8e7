import type { Address, Order, PersonName, PickupPoint } from '../../../cscart/orders/order.ts';
import type { States } from '../../../cscart/store/states.ts';
import type { BillTo, ShipTo } from '../../../shipstation/order-document.ts';
import type { LeftOutReason } from '../left-out.ts';
import { stateName } from './state-name.ts';

type MissingPart = { readonly missing: LeftOutReason };

/**
 * The address that a parcel goes to. The default checkout of current versions asks for one contact name and leaves the
 * shipping names empty; old orders may have a billing address alone. A street and a city are never put together from two
 * addresses; only a missing country is taken from the other one.
 */
export function toShipTo(order: Order, states: States): ShipTo | MissingPart {
  const { shipping, billing, contact } = order;
  const place = shipping.address === '' && shipping.city === '' ? billing : shipping;
  return completed(
    {
      name: firstName(shipping, contact, billing) || order.company,
      company: order.company,
      place,
      // A shop that sells to one country alone may not ask for it in both addresses.
      country: place.country || billing.country || shipping.country,
      phone: shipping.phone || contact.phone || billing.phone,
    },
    states,
  );
}

/** The place where the buyer fetches the parcel, under the buyer's name. */
export function toPickupPoint(order: Order, point: PickupPoint, states: States): ShipTo | MissingPart {
  const { shipping, billing, contact } = order;
  return completed(
    {
      name: firstName(shipping, contact, billing) || order.company,
      company: point.name,
      place: { ...point, address2: '' },
      // Not every version keeps the point's country: a buyer fetches where he lives.
      country: point.country || shipping.country || billing.country,
      phone: shipping.phone || contact.phone || billing.phone || point.phone,
    },
    states,
  );
}

/**
 * Where the gift certificates of an order go that holds nothing else to ship: to the recipient whose address was typed
 * with the first one, if it is whole. `undefined`: to the order's own address.
 */
export function toRecipient(order: Order, states: States): ShipTo | undefined {
  const [first] = order.purchasedGiftCertificates.filter(({ isPosted }) => isPosted);
  if (!first) return undefined;
  const { recipient, address } = first;
  const shipTo = completed(
    { name: recipient, company: '', place: address, country: address.country, phone: address.phone },
    states,
  );
  return 'missing' in shipTo ? undefined : shipTo;
}

interface Destination {
  readonly name: string;
  readonly company: string;
  readonly place: Pick<Address, 'address' | 'address2' | 'city' | 'state' | 'zipcode'>;
  readonly country: string;
  readonly phone: string;
}

function completed(
  { name, company, place, country, phone }: Destination,
  states: States,
): ShipTo | MissingPart {
  if (name === '') return { missing: 'no-name' };
  if (place.address === '' && place.address2 === '') return { missing: 'no-address' };
  if (place.city === '') return { missing: 'no-city' };
  if (!isCountryCode(country)) return { missing: 'no-country' };
  return {
    name,
    company: company || undefined,
    address1: place.address || place.address2,
    address2: (place.address !== '' && place.address2) || undefined,
    city: place.city,
    state: stateName(place.state, country, states) || undefined,
    postalCode: place.zipcode,
    country,
    phone: phone || undefined,
  };
}

/** Who pays. Only the name is required, and falls back as far as it must. */
export function toBillTo(order: Order, states: States): BillTo {
  const { shipping, billing, contact } = order;
  return {
    name: firstName(billing, contact, shipping) || order.company || order.email,
    company: order.company || undefined,
    phone: billing.phone || contact.phone || shipping.phone || undefined,
    email: order.email || undefined,
    address1: billing.address || undefined,
    address2: billing.address2 || undefined,
    city: billing.city || undefined,
    state: stateName(billing.state, billing.country, states) || undefined,
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
