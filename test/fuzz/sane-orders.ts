import type { Random } from '../support/random.ts';
import type { PlainLine, PlainOrder } from '../support/store/plain-order.ts';
import type { PlacedProduct } from '../support/store/plain-product.ts';
import type { Store } from '../support/store/store.ts';

/** Stands in every name, address, note and e-mail of these orders, and may stand in no log. */
export const PERSONAL_MARKER = 'Xyzzywig';

/** The products that sane orders are of, by what is special about them. */
export interface SaneProducts {
  readonly mug: PlacedProduct;
  /** Has options of every type. */
  readonly shirt: PlacedProduct;
  /** One of two variations, told apart by a feature. */
  readonly redCup: PlacedProduct;
  /** A download. */
  readonly font: PlacedProduct;
}

/** Fills a new store with products, and with fields on the checkout's form. */
export async function addSaneThings(store: Store): Promise<SaneProducts> {
  await store.addProfileField({ name: 'gate_code', label: 'Gate code', section: 'S' });
  await store.addProfileField({
    name: '',
    label: 'Entrance',
    type: 'S',
    section: 'S',
    values: ['Front door', 'Back door'],
  });
  const shirt = await store.addProduct({
    sku: 'SHIRT',
    name: 'Shirt',
    weight: 0.4,
    price: '20.00',
    image: { path: 'shirt.png', imageId: 2_345, detailed: false },
    options: [
      {
        name: 'Size',
        variants: [{ name: 'Small' }, { name: 'Large', weightModifier: 10, weightModifierType: 'P' }],
      },
      { name: 'Gift box', type: 'C', variants: [{ name: 'No' }, { name: 'Yes', weightModifier: 0.2 }] },
      { name: 'Engraving', type: 'I' },
      { name: 'Print', type: 'F' },
    ],
  });
  const cup = (colour: string) =>
    store.addProduct({
      sku: `CUP-${colour}`,
      name: 'Cup',
      features: [
        { name: 'Colour', value: colour },
        { name: 'EAN', value: '4006381333931' },
      ],
    });
  const cups = [await cup('Red'), await cup('Blue')] as const;
  await store.addVariationGroup({ products: cups, features: ['Colour'] });
  return {
    mug: await store.addProduct({ sku: '0012', name: 'Stone mug', weight: 0.5, image: 'stone mug.jpg' }),
    shirt,
    redCup: cups[0],
    font: await store.addProduct({ sku: 'FONT', name: 'Font', price: '5.00', isDownload: true }),
  };
}

/** An order as a store really has it, of every feature now and then; its sums are right. */
export function saneOrder(random: Random, products: SaneProducts): PlainOrder {
  const address = {
    firstname: random.pick(['Pia', '']),
    lastname: random.pick([PERSONAL_MARKER, '']),
    address: `${random.int(1, 99)} ${PERSONAL_MARKER} Rd`,
    address2: random.pick(['', `Rear ${PERSONAL_MARKER}`]),
    city: random.pick(['Portland', 'Boston', 'Zürich']),
    phone: random.pick(['', `555 ${PERSONAL_MARKER}`]),
    ...random.pick([
      { state: 'OR', zip: '97201', country: 'US' },
      { state: 'ZH', zip: '8001', country: 'CH' },
      { state: '', zip: '', country: 'PL' },
    ]),
  };
  return {
    status: random.pick(['P', 'P', 'P', 'O', 'C']),
    customer: {
      firstname: 'Pia',
      lastname: PERSONAL_MARKER,
      email: `pia@${PERSONAL_MARKER.toLowerCase()}.test`,
      company: random.pick(['', `${PERSONAL_MARKER} &amp; Söhne`]),
      userId: random.int(0, 3),
    },
    shipTo: { ...address, addressType: random.pick(['', 'residential']) },
    billTo: random.chance(0.5) ? address : { address: `9 ${PERSONAL_MARKER} St`, lastname: PERSONAL_MARKER },
    lines: Array.from({ length: random.int(1, 4) }, () => saneLine(random, products)),
    shipping: { methods: random.pick(METHODS) },
    payment: random.pick(['Credit card', 'PayPal', null]),
    ...random.pick([
      {},
      {},
      { discount: '3.33' },
      { discount: '7.77', pointsInUse: { points: 500, cost: '5.00' } },
    ]),
    coupons: random.pick([[], [], ['Spring10', 'KSP']]),
    surcharge: random.pick([0, 0, '1.25']),
    taxes: random.pick([
      [],
      [{ description: 'VAT', amount: '2.39', included: true }],
      [
        { description: 'State tax', amount: '1.17', included: false },
        { description: 'County tax', amount: '0.07', included: false },
      ],
    ]),
    usedCertificates: random.chance(0.2) ? [{ code: 'GC-1A2B-3C4D', cost: '4.40' }] : [],
    purchasedCertificates: random.chance(0.2) ? [random.pick(CERTIFICATES)] : [],
    profileFields: { gate_code: `${PERSONAL_MARKER} 12`, Entrance: random.pick(['Front door', 'Back door']) },
    notes: random.pick(['', `Leave it with ${PERSONAL_MARKER}`]),
    details: random.pick(['', `${PERSONAL_MARKER} is a regular`]),
  };
}

const METHODS = [
  [{ name: 'UPS Ground', cost: '7.50' }],
  [{ name: 'Free shipping', cost: 0 }],
  [
    { name: 'FedEx 2Day', cost: '18.00' },
    { name: 'Custom shipping method', cost: '5.05' },
  ],
  [{ name: 'Pick-up', pickup: { name: 'Harbour shop', city: 'Salem', address: '1 Quay', country: 'US' } }],
];

const CERTIFICATES = [
  { code: 'GC-9Z8Y', amount: '25.00', recipient: PERSONAL_MARKER },
  {
    code: 'GC-POST',
    amount: '10.00',
    recipient: PERSONAL_MARKER,
    sendVia: 'P' as const,
    address: {
      address: `3 ${PERSONAL_MARKER} Ln`,
      city: 'Salem',
      state: 'OR',
      country: 'US',
      zipcode: '97301',
      phone: '',
    },
  },
];

function saneLine(random: Random, { mug, shirt, redCup, font }: SaneProducts): PlainLine {
  return random.pick<() => PlainLine>([
    () => ({ product: mug, quantity: random.int(1, 5), price: `${random.int(0, 9_999) / 100}` }),
    () => ({ product: mug, quantity: 2, discount: '0.50' }),
    () => ({
      product: shirt,
      withoutOptionValues: random.chance(0.3),
      options: [
        { name: 'Size', value: random.pick(['Small', 'Large']) },
        { name: 'Gift box', value: 'Yes' },
        { name: 'Engraving', value: `For ${PERSONAL_MARKER}` },
        { name: 'Print', value: 'logo.png' },
      ],
    }),
    () => ({ product: redCup, storedPrice: true }),
    () => ({ product: font }),
    () => ({ product: mug, excludeFromCalculate: true, childOf: { kind: 'buy_together', itemId: 123 } }),
    () => ({ productId: 77_777, sku: '', name: 'Gone', price: '3.00' }),
  ])();
}
