import type { PlainLine, PlainOrder } from '../support/store/plain-order.ts';
import type { PlacedProduct } from '../support/store/plain-product.ts';
import type { Store } from '../support/store/store.ts';
import type { Random } from './random.ts';

/** Stands in every name, address, note and e-mail of these orders, and may stand in no log. */
export const PERSONAL_MARKER = 'Xyzzywig';

/** The products that sane orders are of: weighed, pictured, with options, downloadable. */
export async function addSaneProducts(store: Store): Promise<readonly PlacedProduct[]> {
  const mug = await store.addProduct({ sku: '0012', name: 'Stone mug', weight: 0.5, image: 'stone mug.jpg' });
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
      { name: 'Engraving', type: 'I' },
    ],
  });
  const font = await store.addProduct({ sku: 'FONT', name: 'Font', price: '5.00', isDownload: true });
  return [mug, shirt, font];
}

/** An order as a store really has it, of every feature now and then; its sums are right. */
export function saneOrder(random: Random, [mug, shirt, font]: readonly PlacedProduct[]): PlainOrder {
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
      company: random.pick(['', `${PERSONAL_MARKER} & Söhne`]),
      userId: random.int(0, 3),
    },
    shipTo: address,
    billTo: random.chance(0.5) ? address : { address: `9 ${PERSONAL_MARKER} St`, lastname: PERSONAL_MARKER },
    lines: Array.from({ length: random.int(1, 4) }, () => saneLine(random, mug, shirt, font)),
    shipping: {
      methods: random.pick([
        [{ name: 'UPS Ground', cost: '7.50' }],
        [{ name: 'Free shipping', cost: 0 }],
        [
          { name: 'FedEx 2Day', cost: '18.00' },
          { name: 'Custom shipping method', cost: '5.05' },
        ],
      ]),
    },
    payment: random.pick(['Credit card', 'PayPal', null]),
    discount: random.pick([0, 0, '3.33']),
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
    purchasedCertificates: random.chance(0.2)
      ? [{ code: 'GC-9Z8Y', amount: '25.00', recipient: PERSONAL_MARKER }]
      : [],
    notes: random.pick(['', `Leave it with ${PERSONAL_MARKER}`]),
    details: random.pick(['', `${PERSONAL_MARKER} is a regular`]),
  };
}

function saneLine(
  random: Random,
  mug: PlacedProduct | undefined,
  shirt: PlacedProduct | undefined,
  font: PlacedProduct | undefined,
): PlainLine {
  return random.pick<() => PlainLine>([
    () => ({ product: mug, quantity: random.int(1, 5), price: `${random.int(0, 9_999) / 100}` }),
    () => ({ product: mug, quantity: 2, discount: '0.50' }),
    () => ({
      product: shirt,
      options: [
        { name: 'Size', value: random.pick(['Small', 'Large']) },
        { name: 'Engraving', value: `For ${PERSONAL_MARKER}` },
      ],
    }),
    () => ({ product: font }),
    () => ({ product: mug, excludeFromCalculate: true, parent: { buy_together: '123' } }),
    () => ({ productId: 77_777, sku: '', name: 'Gone', price: '3.00' }),
  ])();
}
