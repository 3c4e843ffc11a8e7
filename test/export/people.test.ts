import { describe, expect, it } from 'vitest';
import type { PlainAddress, PlainOrder } from '../support/store/plain-order.ts';
import { exportingStore } from './exporting-store.ts';

const NOBODY: Partial<PlainAddress> = { firstname: '', lastname: '', phone: '' };
const NOWHERE: Partial<PlainAddress> = {
  ...NOBODY,
  address: '',
  address2: '',
  city: '',
  state: '',
  zip: '',
  country: '',
};
const NO_CONTACT = { firstname: '', lastname: '', phone: '' };
const ANN = { firstname: 'Ann', lastname: 'Baker', phone: '1' };
const BEN = { firstname: 'Ben', lastname: 'Clark', phone: '2' };
const CEM = { firstname: 'Cem', lastname: 'Demir', phone: '3' };

interface Names {
  readonly bill: readonly [name: string, phone: string | undefined];
  readonly ship: readonly [name: string, phone: string | undefined];
}

const NAMES: Readonly<Record<string, readonly [PlainOrder, Names]>> = {
  'all three': [
    { customer: ANN, billTo: BEN, shipTo: CEM },
    { bill: ['Ben Clark', '2'], ship: ['Cem Demir', '3'] },
  ],
  'contact alone, as the checkout of today asks for it': [
    { customer: ANN, billTo: NOBODY, shipTo: NOBODY },
    { bill: ['Ann Baker', '1'], ship: ['Ann Baker', '1'] },
  ],
  'billing alone': [
    { customer: NO_CONTACT, billTo: BEN, shipTo: NOBODY },
    { bill: ['Ben Clark', '2'], ship: ['Ben Clark', '2'] },
  ],
  'shipping alone': [
    { customer: NO_CONTACT, billTo: NOBODY, shipTo: CEM },
    { bill: ['Cem Demir', '3'], ship: ['Cem Demir', '3'] },
  ],
  'contact and billing': [
    { customer: ANN, billTo: BEN, shipTo: NOBODY },
    { bill: ['Ben Clark', '2'], ship: ['Ann Baker', '1'] },
  ],
  'a last name alone': [
    { customer: NO_CONTACT, billTo: NOBODY, shipTo: { ...NOBODY, lastname: 'Demir' } },
    { bill: ['Demir', undefined], ship: ['Demir', undefined] },
  ],
  'a company alone': [
    { customer: { ...NO_CONTACT, company: 'Acme Ltd' }, billTo: NOBODY, shipTo: NOBODY },
    { bill: ['Acme Ltd', undefined], ship: ['Acme Ltd', undefined] },
  ],
};

describe.each(['4.0.1 M', '4.6.1 M', '4.20.1 U'] as const)('the people of an order of %s', (version) => {
  const shop = exportingStore({ version });

  it.each(Object.entries(NAMES))('by %s', async (_, [order, names]) => {
    const { BillTo, ShipTo } = await shop.exportOne(order);
    expect([BillTo.Name, BillTo.Phone]).toEqual(names.bill);
    expect([ShipTo.Name, ShipTo.Phone]).toEqual(names.ship);
  });

  it('by nothing at all is left out, and the next order is there', async () => {
    const { orders, leftOut } = await shop.exportAll([
      { customer: NO_CONTACT, billTo: NOBODY, shipTo: NOBODY },
      {},
    ]);
    expect(orders.map((order) => order !== undefined)).toEqual([false, true]);
    expect(Object.keys(leftOut)).toEqual(['no-name']);
  });

  it('whose e-mail is missing have a customer code all the same', async () => {
    const { orders, placed } = await shop.exportAll([
      { customer: { email: '' } },
      { customer: { email: 'x@y.example' } },
    ]);
    expect(orders.map((order) => [order?.CustomerCode, order?.BillTo.Email])).toEqual([
      [`order-${placed[0]?.orderId}`, undefined],
      ['x@y.example', 'x@y.example'],
    ]);
  });
});

describe.each(['4.0.1 M', '4.8.1 U', '4.18.2 M'] as const)('the places of an order of %s', (version) => {
  const shop = exportingStore({ version });
  const HOME = {
    ...ANN,
    address: '1 Pay St',
    address2: 'Rear',
    city: 'Salem',
    state: 'OR',
    zip: '97301',
    country: 'US',
  };

  it('are the shipping address, and the billing one beside it', async () => {
    const { BillTo, ShipTo } = await shop.exportOne({
      billTo: HOME,
      shipTo: { ...CEM, address: '5 Hill Rd', address2: '', city: 'Portland', state: 'OR', zip: '97201' },
    });
    expect(ShipTo).toEqual({
      Name: 'Cem Demir',
      Address1: '5 Hill Rd',
      City: 'Portland',
      State: 'OR',
      PostalCode: '97201',
      Country: 'US',
      Phone: '3',
    });
    expect(BillTo).toMatchObject({ Address1: '1 Pay St', Address2: 'Rear', City: 'Salem', Country: 'US' });
  });

  it('are the billing address where nothing else is known', async () => {
    const { ShipTo } = await shop.exportOne({ customer: NO_CONTACT, billTo: HOME, shipTo: NOWHERE });
    expect(ShipTo).toEqual({
      Name: 'Ann Baker',
      Address1: '1 Pay St',
      Address2: 'Rear',
      City: 'Salem',
      State: 'OR',
      PostalCode: '97301',
      Country: 'US',
      Phone: '1',
    });
  });

  it('have the second line of an address as the first where that is empty', async () => {
    const { ShipTo } = await shop.exportOne({ shipTo: { address: '', address2: 'Building 7' } });
    expect([ShipTo.Address1, ShipTo.Address2]).toEqual(['Building 7', undefined]);
  });

  it('have the country of the other address where a shop does not ask twice', async () => {
    const { ShipTo } = await shop.exportOne({ shipTo: { country: '' }, billTo: { country: 'US' } });
    expect(ShipTo.Country).toBe('US');
  });

  it('have a country in capitals', async () => {
    const { ShipTo } = await shop.exportOne({ shipTo: { country: 'us' } });
    expect(ShipTo).toMatchObject({ Country: 'US', State: 'MA' });
  });

  it.each([
    ['no-address', { address: '', address2: '' }],
    ['no-city', { city: '' }],
    ['no-country', { country: '1A' }],
  ])('leave their order out when a part is missing that ShipStation insists on: %s', async (reason, part) => {
    const { orders, leftOut, placed } = await shop.exportAll([{ shipTo: part, billTo: { country: '' } }, {}]);
    expect(orders.map((order) => order !== undefined)).toEqual([false, true]);
    expect(leftOut).toEqual({ [reason]: { count: 1, examples: [placed[0]?.orderId] } });
  });
});
