import { describe, expect, test } from 'vitest';
import {
  toBillTo,
  toPickupPoint,
  toRecipient,
  toShipTo,
} from '../../../../src/bridge/export-orders/order-document/people-and-places.ts';
import type {
  Address,
  Order,
  PickupPoint,
  PurchasedCertificate,
} from '../../../../src/cscart/orders/order.ts';
import type { BillTo, ShipTo } from '../../../../src/shipstation/order-document.ts';
import { aStore } from '../../a-store.ts';
import { aCertificate, anAddress, aStoreOrder } from '../../plain-orders.ts';

const NO_STATES = aStore().states;
const NOBODY = { firstname: '', lastname: '', phone: '' };
const HILL: Partial<Address> = {
  address: '5 Hill Rd',
  city: 'Salem',
  state: 'OR',
  country: 'US',
  zipcode: '97301',
};
const LAKE: Partial<Address> = {
  address: '9 Lake St',
  address2: 'Unit 4',
  city: 'Toronto',
  state: 'ON',
  country: 'CA',
  zipcode: 'M5V',
};
const PAT = { firstname: 'Pat', lastname: 'Doe' };
const SAM = { firstname: 'Sam', lastname: 'Roe' };

const given = (changes: Partial<Order>) =>
  aStoreOrder({ contact: NOBODY, billing: anAddress(), shipping: anAddress(), email: '', ...changes });

describe('ship-to', () => {
  test.each<[string, Partial<Order>, Partial<ShipTo>]>([
    [
      'is the shipping address, whole',
      {
        shipping: anAddress({ ...LAKE, ...PAT, phone: '1' }),
        company: 'Doe Ltd',
        billing: anAddress({ ...HILL, ...SAM }),
      },
      {
        name: 'Pat Doe',
        company: 'Doe Ltd',
        address1: '9 Lake St',
        address2: 'Unit 4',
        city: 'Toronto',
        state: 'ON',
        postalCode: 'M5V',
        country: 'CA',
        phone: '1',
      },
    ],
    // The default checkout of current versions asks for one contact name.
    [
      'takes the contact’s name',
      { shipping: anAddress(HILL), contact: { ...PAT, phone: '' }, billing: anAddress(SAM) },
      { name: 'Pat Doe' },
    ],
    [
      'takes the payer’s name last',
      { shipping: anAddress(HILL), billing: anAddress(SAM) },
      { name: 'Sam Roe' },
    ],
    [
      'takes the company for a name',
      { shipping: anAddress(HILL), company: 'Doe Ltd' },
      { name: 'Doe Ltd', company: 'Doe Ltd' },
    ],
    [
      'keeps one name',
      { shipping: anAddress({ ...HILL, lastname: 'Doe' }), contact: { ...SAM, phone: '' } },
      { name: 'Doe' },
    ],
    [
      'is the billing address where there is no other',
      { billing: anAddress({ ...LAKE, ...SAM }) },
      {
        name: 'Sam Roe',
        address1: '9 Lake St',
        city: 'Toronto',
        state: 'ON',
        postalCode: 'M5V',
        country: 'CA',
      },
    ],
    [
      'is the billing address where the other is only a country and a state',
      {
        shipping: anAddress({ country: 'US', state: 'OR', zipcode: '97301' }),
        billing: anAddress({ ...LAKE, ...SAM }),
      },
      { address1: '9 Lake St', city: 'Toronto', state: 'ON', postalCode: 'M5V', country: 'CA' },
    ],
    [
      'takes a missing country from the other address',
      { shipping: anAddress({ ...HILL, ...PAT, country: '' }), billing: anAddress({ country: 'US' }) },
      { city: 'Salem', country: 'US' },
    ],
    [
      'takes the second line of an address for the first',
      { shipping: anAddress({ ...HILL, ...PAT, address: '', address2: 'PO box 3' }) },
      { address1: 'PO box 3', address2: undefined },
    ],
    [
      'needs no postal code',
      { shipping: anAddress({ ...HILL, ...PAT, zipcode: '', state: '' }) },
      { postalCode: '', state: undefined },
    ],
    [
      'takes the contact’s phone',
      {
        shipping: anAddress({ ...HILL, ...PAT }),
        contact: { ...NOBODY, phone: '2' },
        billing: anAddress({ phone: '3' }),
      },
      { phone: '2' },
    ],
    [
      'takes the payer’s phone last',
      { shipping: anAddress({ ...HILL, ...PAT }), billing: anAddress({ phone: '3' }) },
      { phone: '3' },
    ],
    [
      'needs no phone and no company',
      { shipping: anAddress({ ...HILL, ...PAT }) },
      { phone: undefined, company: undefined },
    ],
  ])('%s', (_, changes, expected) => {
    const shipTo = toShipTo(given(changes), NO_STATES);
    expect(shipTo).toEqual({ ...shipTo, ...expected });
    expect(shipTo).not.toHaveProperty('missing');
  });

  test.each<[string, Partial<Order>]>([
    ['no-name', { shipping: anAddress(HILL) }],
    ['no-address', { shipping: anAddress({ ...HILL, ...PAT, address: '' }) }],
    ['no-address', { contact: { ...PAT, phone: '' } }],
    ['no-city', { shipping: anAddress({ ...HILL, ...PAT, city: '' }) }],
    ['no-country', { shipping: anAddress({ ...HILL, ...PAT, country: '' }) }],
    ['no-country', { shipping: anAddress({ ...HILL, ...PAT, country: 'USA' }) }],
  ])('is missing: %s', (missing, changes) => {
    expect(toShipTo(given(changes), NO_STATES)).toEqual({ missing });
  });

  // A parcel to the street of one address in the city of another would never arrive.
  test.each<[string, Partial<Address>, Partial<Address>, string]>([
    ['no city in one', { ...HILL, ...PAT, city: '' }, LAKE, 'no-city'],
    ['no street in one', { ...HILL, ...PAT, address: '' }, LAKE, 'no-address'],
  ])('is never put together from two addresses: %s', (_, shipping, billing, missing) => {
    const order = given({ shipping: anAddress(shipping), billing: anAddress(billing) });
    expect(toShipTo(order, NO_STATES)).toEqual({ missing });
  });
});

describe('the place where a parcel is fetched', () => {
  const LOCKER: PickupPoint = {
    name: 'Locker 5',
    address: '1 Main St',
    city: 'Portland',
    state: 'Oregon',
    country: 'US',
    zipcode: '97201',
    phone: '9',
  };

  test.each<[string, Partial<PickupPoint>, Partial<Order>, Partial<ShipTo>]>([
    [
      'is the point, under the buyer’s name',
      {},
      { shipping: anAddress({ ...LAKE, ...PAT, phone: '1' }), company: 'Doe Ltd' },
      {
        name: 'Pat Doe',
        company: 'Locker 5',
        address1: '1 Main St',
        address2: undefined,
        city: 'Portland',
        state: 'OR',
        postalCode: '97201',
        country: 'US',
        phone: '1',
      },
    ],
    [
      'takes the contact’s name',
      {},
      { contact: { ...PAT, phone: '' }, billing: anAddress(SAM) },
      { name: 'Pat Doe' },
    ],
    ['takes the payer’s name', {}, { billing: anAddress(SAM) }, { name: 'Sam Roe' }],
    ['takes the company for a name', {}, { company: 'Doe Ltd' }, { name: 'Doe Ltd', company: 'Locker 5' }],
    [
      'has no company without a name of its own',
      { name: '' },
      { company: 'Doe Ltd' },
      { company: undefined },
    ],
    [
      'lies in the country of the buyer',
      { country: '' },
      { shipping: anAddress({ ...PAT, country: 'CA' }), billing: anAddress({ country: 'US' }) },
      { country: 'CA', state: 'Oregon' },
    ],
    [
      'lies in the country of the payer',
      { country: '' },
      { shipping: anAddress(PAT), billing: anAddress({ country: 'US' }) },
      { country: 'US', state: 'OR' },
    ],
    [
      'has the contact’s phone',
      {},
      { contact: { ...PAT, phone: '2' }, billing: anAddress({ phone: '3' }) },
      { phone: '2' },
    ],
    ['has the payer’s phone', {}, { billing: anAddress({ ...SAM, phone: '3' }) }, { phone: '3' }],
    ['has its own phone last', {}, { billing: anAddress(SAM) }, { phone: '9' }],
    [
      'needs neither state nor postal code',
      { state: '', zipcode: '' },
      { billing: anAddress(SAM) },
      { state: undefined, postalCode: '' },
    ],
  ])('%s', (_, point, changes, expected) => {
    const shipTo = toPickupPoint(given(changes), { ...LOCKER, ...point }, NO_STATES);
    expect(shipTo).toEqual({ ...shipTo, ...expected });
    expect(shipTo).not.toHaveProperty('missing');
  });

  test.each<[string, Partial<PickupPoint>, Partial<Order>]>([
    ['no-name', {}, {}],
    ['no-address', { address: '' }, { shipping: anAddress({ ...HILL, ...PAT }) }],
    ['no-city', { city: '' }, { shipping: anAddress({ ...HILL, ...PAT }) }],
    ['no-country', { country: '' }, { shipping: anAddress(PAT) }],
    ['no-country', { country: 'USA' }, { shipping: anAddress({ ...HILL, ...PAT }) }],
  ])('is missing, whatever the buyer’s address says: %s', (missing, point, changes) => {
    expect(toPickupPoint(given(changes), { ...LOCKER, ...point }, NO_STATES)).toEqual({ missing });
  });
});

describe('the recipient of gift certificates', () => {
  const posted = (changes: Partial<PurchasedCertificate> = {}) =>
    aCertificate({ isPosted: true, recipient: 'Kim Poe', address: anAddress(HILL), ...changes });
  const recipientOf = (...purchasedGiftCertificates: readonly PurchasedCertificate[]) =>
    toRecipient(aStoreOrder({ purchasedGiftCertificates, company: 'Doe Ltd' }), NO_STATES);

  test('is whose name and address were typed with the certificate, and nothing of the order', () => {
    expect(recipientOf(posted({ address: anAddress({ ...LAKE, state: 'Ontario', phone: '7' }) }))).toEqual({
      name: 'Kim Poe',
      address1: '9 Lake St',
      address2: 'Unit 4',
      city: 'Toronto',
      state: 'ON',
      postalCode: 'M5V',
      country: 'CA',
      phone: '7',
    });
  });

  test('is that of the first one that goes by post', () => {
    const others = [aCertificate({ recipient: 'A' }), posted({ recipient: 'B' }), posted({ recipient: 'C' })];
    expect(recipientOf(...others)?.name).toBe('B');
  });

  test.each<[string, readonly PurchasedCertificate[]]>([
    ['none was bought', []],
    ['all go by e-mail', [aCertificate({ recipient: 'Kim Poe', address: anAddress(HILL) })]],
    ['it has no name', [posted({ recipient: '' })]],
    ['it has no address', [posted({ address: anAddress({ ...HILL, address: '' }) })]],
    ['it has no city', [posted({ address: anAddress({ ...HILL, city: '' }) })]],
    ['it has no country', [posted({ address: anAddress({ ...HILL, country: '' }) })]],
    // The second one’s address would send the first one to a stranger.
    ['the first one has no address', [posted({ address: anAddress() }), posted()]],
  ])('is the buyer where %s', (_, certificates) => {
    expect(recipientOf(...certificates)).toBeUndefined();
  });
});

describe('the state of an address', () => {
  const states = {
    nameOf: (country: string, code: string) => (country === 'GB' && code === 'KEN' ? 'Kent' : undefined),
    codeOf: () => undefined,
  };

  test.each<[string, string, string]>([
    ['US', 'oregon', 'OR'],
    ['CA', 'Québec', 'QC'],
    ['GB', 'KEN', 'Kent'],
    ['GB', 'Essex', 'Essex'],
  ])('in %s is for %s sent as %s', (country, state, sent) => {
    const address = anAddress({ ...HILL, ...PAT, country, state });
    const order = given({ shipping: address, billing: address });
    expect(toShipTo(order, states)).toMatchObject({ state: sent });
    expect(toBillTo(order, states)).toMatchObject({ state: sent });
  });

  test('is read in the country that was taken from the other address', () => {
    const shipping = anAddress({ ...HILL, ...PAT, state: 'Oregon', country: '' });
    expect(toShipTo(given({ shipping, billing: anAddress({ country: 'US' }) }), states)).toMatchObject({
      state: 'OR',
      country: 'US',
    });
  });
});

describe('bill-to', () => {
  test.each<[string, Partial<Order>, Partial<BillTo>]>([
    [
      'is the billing address, whole',
      {
        billing: anAddress({ ...LAKE, ...SAM, phone: '3' }),
        shipping: anAddress({ ...HILL, ...PAT }),
        company: 'Roe Ltd',
        email: 'sam@example.test',
      },
      {
        name: 'Sam Roe',
        company: 'Roe Ltd',
        phone: '3',
        email: 'sam@example.test',
        address1: '9 Lake St',
        address2: 'Unit 4',
        city: 'Toronto',
        state: 'ON',
        postalCode: 'M5V',
        country: 'CA',
      },
    ],
    [
      'takes the contact’s name and phone',
      { contact: { ...PAT, phone: '2' }, shipping: anAddress({ ...SAM, phone: '1' }) },
      { name: 'Pat Doe', phone: '2' },
    ],
    [
      'takes the receiver’s name and phone last',
      { shipping: anAddress({ ...PAT, phone: '1' }) },
      { name: 'Pat Doe', phone: '1' },
    ],
    ['takes the company for a name', { company: 'Doe Ltd', email: 'a@example.test' }, { name: 'Doe Ltd' }],
    ['takes the e-mail for a name', { email: 'a@example.test' }, { name: 'a@example.test' }],
    [
      'has no country that is not two letters',
      { billing: anAddress({ country: 'USA' }) },
      { country: undefined },
    ],
    [
      'has nothing where the order has nothing',
      {},
      { name: '', email: undefined, phone: undefined, address1: undefined, city: undefined },
    ],
  ])('%s', (_, changes, expected) => {
    const billTo = toBillTo(given(changes), NO_STATES);
    expect(billTo).toEqual({ ...billTo, ...expected });
  });
});
