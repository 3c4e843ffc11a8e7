import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { OrderDocument } from '../../src/shipstation/order-document.ts';
import { orderProblem } from '../../src/shipstation/order-problem.ts';
import { type Cents, createCents } from '../../src/values/cents.ts';
import { anItem, anOrder, anyOrder, aShipTo } from './order-documents.ts';

describe('an order without a problem', () => {
  test.each<[string, Partial<OrderDocument>]>([
    ['is the plain one', {}],
    [
      'has the largest amounts',
      { orderTotal: createCents(999_999_999), taxAmount: createCents(-999_999_999) },
    ],
    ['has keys of 50 characters', { orderId: 'x'.repeat(50), orderNumber: 'y'.repeat(50) }],
    ['has the smallest quantity', { items: [anItem({ quantity: 1 })] }],
    ['has the largest quantity', { items: [anItem({ quantity: 99_999 })] }],
    ['has an adjustment', { items: [anItem({ adjustment: true, unitPrice: createCents(-1) })] }],
    ['has a free item', { items: [anItem({ unitPrice: createCents(0) })] }],
    ['has no line item ids', { items: [anItem({ lineItemId: undefined }), anItem({ lineItemId: '' })] }],
    ['has no postal code and no state', { shipTo: aShipTo({ postalCode: '', state: undefined }) }],
    ['has a country in small letters', { shipTo: aShipTo({ country: 'us' }) }],
    ['has no customer code', { customerCode: '' }],
    [
      'has long texts, which are cut',
      { customerNotes: 'x'.repeat(5000), shipTo: aShipTo({ city: 'x'.repeat(999) }) },
    ],
    [
      'has long texts of the merchant’s choice, which are cut',
      {
        giftMessage: 'x'.repeat(5000),
        customField1: 'x'.repeat(5000),
        customField2: 'x'.repeat(5000),
        customField3: 'x'.repeat(5000),
        items: [anItem({ location: 'x'.repeat(5000) })],
      },
    ],
    ['is a gift without a message', { gift: true }],
    ['has a long UPC, which is left out', { items: [anItem({ upc: '4006381333931' })] }],
    [
      'has more options than ten, and longer ones, which are cut',
      {
        items: [
          anItem({ options: Array.from({ length: 15 }, () => ({ name: '', value: 'x'.repeat(999) })) }),
        ],
      },
    ],
    ['has a bad image, which is left out', { items: [anItem({ imageUrl: 'images/mug.png' })] }],
    [
      'has a bad weight, which is left out',
      { items: [anItem({ weight: { hundredths: -1, units: 'Grams' } })] },
    ],
    ['has a bad bill-to country, which is left out', { billTo: { name: '', country: 'USA' } }],
  ])('%s', (_, changes) => {
    expect(orderProblem(anOrder(changes))).toBeUndefined();
  });
});

describe('the problem of an order', () => {
  test.each<[string, Partial<OrderDocument>, string]>([
    ['no id', { orderId: '' }, 'The order id is empty.'],
    ['no number', { orderNumber: ' ' }, 'The order number is empty.'],
    ['a long id', { orderId: 'x'.repeat(51) }, 'The order id is longer than 50 characters.'],
    ['a long number', { orderNumber: 'x'.repeat(51) }, 'The order number is longer than 50 characters.'],
    [
      'a control character in a key',
      { orderNumber: '7\u0000' },
      'The order number has a character that XML cannot hold.',
    ],
    ['no ship-to name', { shipTo: aShipTo({ name: '' }) }, 'The ship-to name is empty.'],
    ['a blank ship-to name', { shipTo: aShipTo({ name: ' \t\n' }) }, 'The ship-to name is empty.'],
    [
      'a ship-to name of control characters',
      { shipTo: aShipTo({ name: '\u0001\u0002' }) },
      'The ship-to name is empty.',
    ],
    [
      'a ship-to name of which nothing fits',
      { shipTo: aShipTo({ name: `a${'\u0301'.repeat(120)}` }) },
      'The ship-to name is empty.',
    ],
    [
      'a ship-to name that is blank once it is cut',
      { shipTo: aShipTo({ name: `\u0001${' '.repeat(110)}x` }) },
      'The ship-to name is empty.',
    ],
    [
      'a ship-to city of what .NET takes for white space',
      { shipTo: aShipTo({ city: '\u0085' }) },
      'The ship-to city is empty.',
    ],
    ['no ship-to address', { shipTo: aShipTo({ address1: '' }) }, 'The ship-to address is empty.'],
    ['no ship-to city', { shipTo: aShipTo({ city: '' }) }, 'The ship-to city is empty.'],
    [
      'no ship-to country',
      { shipTo: aShipTo({ country: '' }) },
      'The ship-to country is not a two-letter code.',
    ],
    [
      'a country of three letters',
      { shipTo: aShipTo({ country: 'USA' }) },
      'The ship-to country is not a two-letter code.',
    ],
    [
      'a country of digits',
      { shipTo: aShipTo({ country: '84' }) },
      'The ship-to country is not a two-letter code.',
    ],
    [
      'a country of other letters',
      { shipTo: aShipTo({ country: 'США' }) },
      'The ship-to country is not a two-letter code.',
    ],
    [
      'a country with a line feed',
      { shipTo: aShipTo({ country: 'US\n' }) },
      'The ship-to country is not a two-letter code.',
    ],
    [
      'a large total',
      { orderTotal: createCents(1_000_000_000) },
      'The order total 10000000.00 has more than 7 digits before the point.',
    ],
    [
      'a large negative total',
      { orderTotal: createCents(-1_000_000_000) },
      'The order total -10000000.00 has more than 7 digits before the point.',
    ],
    [
      'a large tax',
      { taxAmount: createCents(1_000_000_000) },
      'The tax amount 10000000.00 has more than 7 digits before the point.',
    ],
    [
      'large shipping costs',
      { shippingAmount: createCents(1_234_567_890) },
      'The shipping amount 12345678.90 has more than 7 digits before the point.',
    ],
    // A cast, because the type forbids what a defect elsewhere could still bring.
    [
      'a total that is no number',
      { orderTotal: Number.NaN as Cents },
      'The order total is not a whole number of cents.',
    ],
    ['no items', { items: [] }, 'The order has no items.'],
    [
      'a quantity of 0',
      { items: [anItem({ quantity: 0 })] },
      'Item 1: The quantity is 0, not a whole number from 1 to 99999.',
    ],
    [
      'a negative quantity',
      { items: [anItem({ quantity: -1 })] },
      'Item 1: The quantity is -1, not a whole number from 1 to 99999.',
    ],
    [
      'a fraction',
      { items: [anItem({ quantity: 0.375 })] },
      'Item 1: The quantity is 0.375, not a whole number from 1 to 99999.',
    ],
    [
      'a large quantity',
      { items: [anItem(), anItem({ quantity: 100_000 })] },
      'Item 2: The quantity is 100000, not a whole number from 1 to 99999.',
    ],
    [
      'a quantity that is no number',
      { items: [anItem({ quantity: Number.NaN })] },
      'Item 1: The quantity is NaN, not a whole number from 1 to 99999.',
    ],
    [
      'a large price',
      { items: [anItem(), anItem({ unitPrice: createCents(1_000_000_000) })] },
      'Item 2: The price 10000000.00 has more than 7 digits before the point.',
    ],
    [
      'a positive adjustment',
      { items: [anItem({ adjustment: true })] },
      'Item 1: The price is 24.00, but an adjustment has to be negative.',
    ],
    [
      'an adjustment of nothing',
      { items: [anItem({ adjustment: true, unitPrice: createCents(0) })] },
      'Item 1: The price is 0.00, but an adjustment has to be negative.',
    ],
    [
      'a long line item id',
      { items: [anItem({ lineItemId: 'x'.repeat(51) })] },
      'Item 1: The line item id is longer than 50 characters.',
    ],
  ])('is told for %s', (_, changes, sentence) => {
    expect(orderProblem(anOrder(changes))).toBe(sentence);
  });

  test('does not tell the name, the address or the e-mail', () => {
    const order = anOrder({
      shipTo: aShipTo({ name: 'Zoe', address1: 'Secret 1', city: 'Hidden', country: 'ZOE' }),
    });
    expect(orderProblem(order)).not.toMatch(/Zoe|Secret|Hidden|ZOE/);
  });
});

test('any order of hostile texts alone is without a problem', () => {
  fc.assert(
    fc.property(anyOrder, (order) => {
      expect(orderProblem(order)).toBeUndefined();
    }),
  );
});
