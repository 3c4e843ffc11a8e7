import { describe, expect, it } from 'vitest';
import type { ImportedOrder } from '../support/imported-order.ts';
import type { PlainOrder } from '../support/store/plain-order.ts';
import { exportingStore, sumsOf } from './exporting-store.ts';

const VERSIONS = ['4.0.1 M', '4.6.1 M', '4.12.2 U', '4.18.2 M', '4.20.1 U'] as const;

/** What ShipStation shows of the money lines: name and price, an adjustment by its minus. */
const moneyOf = (order: ImportedOrder) => order.Items.map(({ Name, UnitPrice }) => [Name, UnitPrice]);

const MUG = { name: 'Mug', sku: 'MUG', quantity: 2, price: '20.00' };
const BY_UPS = { methods: [{ name: 'UPS Ground', cost: '5.00' }] };
const POST = {
  address: '9 Lake Rd',
  city: 'Madison',
  state: 'WI',
  country: 'US',
  zipcode: '53703',
  phone: '608-555-0102',
};

interface Expected {
  readonly total: string;
  readonly tax?: string;
  readonly shipping?: string;
  /** Beside the mug. */
  readonly lines?: readonly (readonly [name: string, price: string])[];
  readonly coupons?: string;
}

const CASES: Readonly<Record<string, readonly [PlainOrder, Expected]>> = {
  'no discount at all': [{}, { total: '45.00' }],
  'a discount inside the prices': [
    { lines: [{ ...MUG, price: '18.00', discount: '2.00' }] },
    { total: '41.00' },
  ],
  'a discount of the order without a coupon': [
    { discount: '4.50' },
    { total: '40.50', lines: [['Discount', '-4.50']] },
  ],
  'a discount of the order with coupons': [
    { discount: '4.50', coupons: ['SPRING10', 'Friend'] },
    { total: '40.50', lines: [['Discount (spring10, friend)', '-4.50']], coupons: 'spring10, friend' },
  ],
  'a coupon that gave no discount': [{ coupons: ['freeship'] }, { total: '45.00', coupons: 'freeship' }],
  'both discounts': [
    { lines: [{ ...MUG, price: '15.25', discount: '4.75' }], discount: '0.50' },
    { total: '35.00', lines: [['Discount', '-0.50']] },
  ],
  'a tax inside the prices': [
    { taxes: [{ description: 'VAT', amount: '7.18', included: true }] },
    { total: '45.00' },
  ],
  'a tax on top': [
    { taxes: [{ description: 'Sales tax', amount: '3.60', included: false }] },
    { total: '48.60', tax: '3.60' },
  ],
  'several taxes on top': [
    {
      taxes: [
        { description: 'State', amount: '2.40', included: false },
        { description: 'City', amount: '1.15', included: false },
        { description: 'County', amount: '0.01', included: false },
      ],
    },
    { total: '48.56', tax: '3.56' },
  ],
  'taxes inside and on top': [
    {
      taxes: [
        { description: 'VAT', amount: '7.18', included: true },
        { description: 'Eco', amount: '0.75', included: false },
      ],
    },
    { total: '45.75', tax: '0.75' },
  ],
  'a payment surcharge': [{ surcharge: '1.95' }, { total: '46.95', lines: [['Payment surcharge', '1.95']] }],
  'used gift certificates': [
    {
      usedCertificates: [
        { code: 'GC-AAAA', cost: '10.00' },
        { code: 'GC-BBBB', cost: '2.50' },
      ],
    },
    {
      total: '32.50',
      lines: [
        ['Gift certificate GC-AAAA', '-10.00'],
        ['Gift certificate GC-BBBB', '-2.50'],
      ],
    },
  ],
  'a gift certificate bought to be sent by e-mail': [
    { purchasedCertificates: [{ code: 'GC-MAIL', amount: '25.00' }] },
    { total: '70.00', lines: [['Gift certificate GC-MAIL', '25.00']] },
  ],
  'a gift certificate bought to be sent by post': [
    {
      purchasedCertificates: [
        { code: 'GC-POST', amount: '25.00', sendVia: 'P', recipient: 'Sam Stone', address: POST },
      ],
    },
    { total: '70.00', lines: [['Gift certificate GC-POST for Sam Stone (by post)', '25.00']] },
  ],
  'a gift certificate that is a gift itself': [
    { purchasedCertificates: [{ code: 'GC-FREE', amount: '25.00', free: true }] },
    { total: '45.00' },
  ],
  'reward points, whose worth stands in the discount': [
    { discount: '6.00', pointsInUse: { points: 600, cost: '6.00' } },
    { total: '39.00', lines: [['Discount', '-6.00']] },
  ],
  'free shipping': [
    { shipping: { methods: [{ name: 'Free shipping', cost: 0 }] } },
    { total: '40.00', shipping: '0.00' },
  ],
  'nothing left to pay': [
    { discount: '40.00', shipping: { methods: [{ name: 'Free shipping' }] } },
    { total: '0.00', shipping: '0.00', lines: [['Discount', '-40.00']] },
  ],
  'more discount than there is to pay': [
    { discount: '50.00' },
    {
      total: '0.00',
      lines: [
        ['Discount', '-50.00'],
        ['Order adjustment', '5.00'],
      ],
    },
  ],
  'a price that staff typed': [
    { lines: [{ ...MUG, price: '17.77', storedPrice: true }] },
    { total: '40.54' },
  ],
  'a price that staff typed, and a discount': [
    { lines: [{ ...MUG, price: '17.77', storedPrice: true, discount: '2.23' }], discount: '1.00' },
    { total: '39.54', lines: [['Discount', '-1.00']] },
  ],
  'a rest of rounding upward': [{ total: '45.02' }, { total: '45.02', lines: [['Rounding', '0.02']] }],
  'a rest of rounding downward': [{ total: '44.95' }, { total: '44.95', lines: [['Rounding', '-0.05']] }],
  'a difference that no rule explains': [
    { total: '24.15' },
    { total: '24.15', lines: [['Order adjustment', '-20.85']] },
  ],
  'a damaged list of taxes': [
    { taxes: [{ description: 'Sales tax', amount: '3.60', included: false }], orderData: { T: 'a:1:{' } },
    { total: '48.60', lines: [['Order adjustment', '3.60']] },
  ],
  'a downloadable product beside the mug': [
    { lines: [MUG, { name: 'E-book', isDownload: true, price: '9.99', quantity: 3 }] },
    { total: '74.97', lines: [['Downloadable items', '29.97']] },
  ],
};

describe.each(VERSIONS)('the money of an order of %s', (version) => {
  const shop = exportingStore({ version });

  it.each(Object.entries(CASES))('adds up with %s', async (_, [order, expected]) => {
    const found = await shop.exportOne({ lines: [MUG], shipping: BY_UPS, ...order });
    const { total, tax = '0.00', shipping = '5.00', lines = [], coupons } = expected;
    expect(found).toMatchObject({ OrderTotal: total, TaxAmount: tax, ShippingAmount: shipping });
    expect(found.CustomField1).toBe(coupons);
    const [mug, ...others] = moneyOf(found);
    expect(mug?.[0]).toBe('Mug');
    expect(others).toEqual(lines);
    for (const { UnitPrice, Adjustment } of found.Items)
      expect(Adjustment === 'true').toBe(Number(UnitPrice) < 0);
    expect(sumsOf(found)).toEqual({ parts: sumsOf(found).total, total: sumsOf(found).total });
  });
});

describe('amounts', () => {
  const shop = exportingStore({ version: '4.18.2 M' });

  it('that the format has no room for leave their order out, and the others are there', async () => {
    const { placed, orders, leftOut, logs } = await shop.exportAll([
      { lines: [{ price: '9999990.00' }] },
      { lines: [{ price: '99999999.99' }] },
      { lines: [{ price: '1.00' }], discount: '12345678.90', total: '0' },
      { lines: [{ price: '12345.67', quantity: 99_999 }], total: '1.00' },
      {},
    ]);
    expect(orders.map((order) => order !== undefined)).toEqual([true, false, false, false, true]);
    const examples = placed.slice(1, 4).map(({ orderId }) => orderId);
    expect(leftOut).toEqual({ 'beyond-format': { count: 3, examples } });
    expect(logs).toContainEqual(
      expect.objectContaining({
        event: 'order.left_out',
        orderId: examples[0],
        detail: 'The order total 100000007.49 has more than 7 digits before the point.',
      }),
    );
  });
});
