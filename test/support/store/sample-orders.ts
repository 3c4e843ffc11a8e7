import { phpSerialize } from '../php-serialize.ts';
import type { PlainLine, PlainOrder } from './plain-order.ts';
import type { SampleBuyer } from './sample-buyers.ts';
import type { SampleProducts } from './sample-products.ts';

const FREE = { methods: [{ name: 'Free shipping', cost: 0 }] };

/** The ordinary orders: what most of a store's month looks like. */
export function ordinaryOrders(
  products: SampleProducts,
  buyers: readonly SampleBuyer[],
  count: number,
): PlainOrder[] {
  const { mug, bigMug, shirt, hoodie, cup, notebook, pencil, poster, lamp, chair } = products;
  const size = (value: string) => ({ name: 'Size', value });
  const baskets: readonly (readonly PlainLine[])[] = [
    [{ product: mug, quantity: 2 }],
    [{ product: shirt, options: [size('Large'), { name: 'Colour', value: 'Navy' }] }, { product: mug }],
    [{ product: notebook, quantity: 3 }, { product: pencil }],
    [{ product: lamp }],
    [
      { product: cup, options: [{ name: 'Gift box', value: 'Yes' }] },
      { product: bigMug, quantity: 4 },
    ],
    [
      { product: hoodie, options: [size('Small')] },
      { product: hoodie, options: [size('Large')] },
    ],
    [{ product: poster, quantity: 2 }, { product: notebook }, { product: pencil, quantity: 5 }],
    [{ product: chair, quantity: 4 }],
  ];
  const methods = [
    { name: 'UPS Ground', cost: '7.50' },
    { name: 'USPS Priority Mail', cost: '9.35' },
    { name: 'FedEx 2Day', cost: '18.00' },
    { name: 'Custom shipping method', cost: '5.00' },
    { name: 'Free shipping', cost: '0.00' },
    { name: 'DHL Express Worldwide', cost: '32.40' },
  ];
  const statuses = ['P', 'P', 'O', 'P', 'C', 'P', 'I', 'P', 'C', 'D'];
  const payments = ['Credit card', 'PayPal', 'Credit card', 'C.O.D'];
  return Array.from({ length: count }, (_, index) => ({
    ...turn(buyers, index),
    lines: turn(baskets, index * 3),
    status: turn(statuses, index),
    shipping: { methods: [turn(methods, index)] },
    payment: turn(payments, index),
  }));
}

/** One order for each thing that real stores hold and that a bridge can stumble over. */
export function unusualOrders(products: SampleProducts, buyers: readonly SampleBuyer[]) {
  const { mug, bigMug, shirt, cup, notebook, sticker, sample, teapot, redJacket, course, font } = products;
  const [american = {}, , company = {}, german = {}, french = {}, polish = {}, japanese = {}, arab = {}] =
    buyers;
  return {
    failed: { ...american, status: 'F' },
    declined: { ...american, status: 'D' },
    backordered: { ...german, status: 'B', lines: [{ product: teapot, quantity: 2 }] },
    canceled: { ...american, status: 'I' },
    awaitingCall: { ...american, status: 'Y', payment: 'Phone ordering' },
    incomplete: { ...american, status: 'N' },
    coupon: {
      ...american,
      lines: [{ product: shirt, quantity: 2 }],
      discount: '4.10',
      coupons: ['SPRING10'],
    },
    itemDiscount: { ...american, lines: [{ product: mug, price: '10.00', discount: '2.50', quantity: 3 }] },
    taxAdded: { ...company, taxes: [{ description: 'NY sales tax', amount: '1.11', included: false }] },
    taxIncluded: { ...german, taxes: [{ description: 'MwSt.', amount: '2.00', included: true }] },
    bothTaxes: {
      ...french,
      taxes: [
        { description: 'TVA', amount: '2.08', included: true },
        { description: 'Éco-participation', amount: '0.35', included: false },
      ],
    },
    surcharge: { ...polish, payment: 'C.O.D', surcharge: '3.25' },
    usedCertificate: {
      ...american,
      lines: [{ product: bigMug }],
      usedCertificates: [{ code: 'GC-1A2B-3C4D-5E', cost: '10.00' }],
    },
    purchasedCertificate: {
      ...american,
      lines: [{ product: mug }],
      purchasedCertificates: [
        { code: 'GC-9Z8Y-7X6W-5V', amount: '25.00', recipient: 'Sam & Lou', sendVia: 'P' },
      ],
    },
    notes: {
      ...american,
      notes: 'Please ring twice.\nLeave it at "No. 5" if nobody is in ]]> <thanks> & bye',
      details: 'Staff: third order of this customer, add a card.\tControl: \u0001\u0008.',
    },
    zeroTotal: { ...american, lines: [{ product: sample }], shipping: FREE, payment: null },
    guest: { ...japanese, customer: { ...japanese.customer, userId: 0 } },
    arabic: { ...arab, shipping: { methods: [{ name: 'DHL Express Worldwide', cost: '41.00' }] } },
    markup: { ...american, lines: [{ product: teapot, name: `Teapot <1 l> ]]> & "glass" 'bamboo'` }] },
    downloadsOnly: { ...american, lines: [{ product: course }], shipping: { methods: [] } },
    moreDownloadsOnly: {
      ...german,
      lines: [{ product: font }, { product: course }],
      shipping: { methods: [] },
    },
    withDownload: { ...american, lines: [{ product: course }, { product: mug }] },
    emptyShipToName: { ...american, shipTo: { ...american.shipTo, firstname: '', lastname: '' } },
    withoutCountry: {
      ...american,
      shipTo: { ...american.shipTo, country: '' },
      billTo: { ...american.billTo, country: '' },
    },
    damagedExtra: {
      ...american,
      lines: [{ product: mug, extra: phpSerialize({ product: mug.name }).subarray(0, 24) }],
    },
    repeatedSku: {
      ...american,
      lines: [
        { product: shirt, options: [{ name: 'Size', value: 'Small' }] },
        { product: shirt, options: [{ name: 'Size', value: 'Large' }] },
        { product: sample },
      ],
    },
    emptySku: { ...american, lines: [{ product: sticker, quantity: 10 }, { product: notebook }] },
    engraved: {
      ...polish,
      lines: [{ product: shirt, options: [{ name: 'Print on the back', value: 'Für Zoë ♥ & Łukasz' }] }],
    },
    freeGift: { ...american, lines: [{ product: mug }, { product: sticker, excludeFromCalculate: true }] },
    twoMethods: {
      ...american,
      shipping: {
        methods: [
          { name: 'UPS Ground', cost: '7.50' },
          { name: 'FedEx 2Day', cost: '18.00' },
        ],
      },
    },
    variation: { ...american, lines: [{ product: redJacket, quantity: 2 }] },
    bundle: {
      ...german,
      lines: [
        { product: cup, itemId: 2_000_000_011 },
        { product: mug, childOf: { kind: 'buy_together', itemId: 2_000_000_011 } },
      ],
    },
    manyOptions: {
      ...american,
      lines: [
        {
          product: shirt,
          options: Array.from({ length: 12 }, (_, index) => ({
            name: `Name on the back ${index + 1}`,
            type: 'I' as const,
            value: `Player ${index + 1}`,
          })),
        },
      ],
    },
    encoded: {
      ...american,
      customer: { ...american.customer, company: 'Baker &amp; Sons' },
      lines: [{ product: mug, name: 'Mug &quot;11&quot; <b>large</b>', sku: 'MUG &amp; CO' }],
    },
    typedState: { ...american, shipTo: { ...american.shipTo, state: 'florida' } },
    postedCertificate: {
      ...american,
      lines: [],
      shipping: { methods: [] },
      purchasedCertificates: [
        {
          code: 'GC-7T6S-5R4Q-3P',
          amount: '50.00',
          recipient: 'Sam Jones',
          sendVia: 'P',
          address: {
            address: '9 Lake Street',
            city: 'Portland',
            state: 'OR',
            country: 'US',
            zipcode: '97201',
            phone: '',
          },
        },
      ],
    },
    pickup: {
      ...american,
      shipping: { methods: [{ name: 'Pickup', pickup: { name: 'Main Street shop', city: 'Miami Beach' } }] },
    },
  } as const satisfies Readonly<Record<string, PlainOrder>>;
}

/** What is unusual about an order of {@link unusualOrders}. */
export type UnusualOrder = keyof ReturnType<typeof unusualOrders>;

function turn<T>(members: readonly T[], index: number): T {
  const member = members[index % members.length];
  if (member === undefined) throw new RangeError('nothing to take turns with');
  return member;
}
