import type { PlacedProduct, PlainProduct } from './plain-product.ts';
import type { Store } from './store.ts';

const SIZES = {
  name: 'Size',
  type: 'S',
  variants: [
    { name: 'Small', weightModifier: '-0.050' },
    { name: 'Medium' },
    { name: 'Large', weightModifier: '10.000', weightModifierType: 'P' },
  ],
} as const;

/** What the sample store sells. The same SKU on two products and no SKU at all do occur in real stores. */
const PRODUCTS = {
  mug: { sku: 'MUG-11', name: 'Coffee mug 11 oz', price: '12.50', weight: '0.950', image: 'mug-white.jpg' },
  bigMug: {
    sku: 'MUG-15',
    name: 'Coffee mug 15 oz',
    price: '15.00',
    weight: '1.250',
    image: 'mug 15 oz.jpg',
  },
  shirt: {
    sku: 'TEE-COT',
    name: 'Cotton T-shirt',
    price: '20.50',
    weight: '0.450',
    image: 'shirt.png',
    options: [
      SIZES,
      { name: 'Colour', type: 'R', variants: [{ name: 'Black' }, { name: 'Navy' }] },
      { name: 'Print on the back', type: 'I' },
    ],
  },
  hoodie: {
    sku: 'HOOD-01',
    name: 'Hooded sweatshirt',
    price: '49.00',
    weight: '1.600',
    image: 'hoodie.jpg',
    options: [SIZES],
  },
  cup: {
    sku: 'CUP-ESP',
    name: 'Espresso cup, set of 2',
    price: '23.90',
    weight: '1.100',
    image: 'cup.jpg',
    options: [
      { name: 'Gift box', type: 'C', variants: [{ name: 'Yes', weightModifier: '0.300' }, { name: 'No' }] },
    ],
  },
  notebook: {
    sku: '0012',
    name: 'Notebook A5, dotted',
    price: '8.95',
    weight: '0.600',
    image: 'notebook.jpg',
  },
  pencil: { sku: '0013', name: 'Pencil HB (12 pcs)', price: '4.20', weight: '0.150' },
  sticker: { sku: '', name: 'Sticker sheet', price: '2.00', weight: '0.020' },
  sample: { sku: 'TEE-COT', name: 'Cotton T-shirt, fabric sample', price: '0.00', weight: '0.010' },
  poster: {
    sku: 'POST-A2',
    name: 'Poster “Harbour at dawn” A2',
    price: '18.00',
    weight: '0.350',
    image: 'poster.webp',
  },
  teapot: { sku: 'TEA-POT-1L', name: 'Teapot 1 l <glass & bamboo>', price: '39.99', weight: '2.300' },
  lamp: { sku: 'LAMP-DESK', name: 'Desk lamp', price: '64.00', weight: '3.750', image: 'lamp.jpg' },
  chair: { sku: 'CHAIR-OAK', name: 'Oak chair', price: '189.00', weight: '14.200', image: 'chair.jpg' },
  jacket: {
    sku: 'JKT-NAVY-M',
    name: 'Rain jacket',
    price: '89.00',
    weight: '1.200',
    image: 'jacket.jpg',
    features: [
      { name: 'Colour', value: 'Navy' },
      { name: 'Jacket size', value: 'M' },
    ],
  },
  redJacket: {
    sku: 'JKT-RED-L',
    name: 'Rain jacket',
    price: '89.00',
    weight: '1.250',
    features: [
      { name: 'Colour', value: 'Red' },
      { name: 'Jacket size', value: 'L' },
    ],
  },
  course: { sku: 'DL-COURSE', name: 'Drawing course (PDF)', price: '29.00', weight: '0', isDownload: true },
  font: { sku: 'DL-FONT', name: 'Typeface licence', price: '55.00', weight: '0', isDownload: true },
} as const satisfies Readonly<Record<string, PlainProduct>>;

export type SampleProducts = Readonly<Record<keyof typeof PRODUCTS, PlacedProduct>>;

/** Puts the sample's products into a store. */
export async function addSampleProducts(store: Store): Promise<SampleProducts> {
  const placed: [string, PlacedProduct][] = [];
  for (const [key, product] of Object.entries<PlainProduct>(PRODUCTS)) {
    placed.push([key, await store.addProduct(product)]);
  }
  // The entries are those of PRODUCTS, one for one.
  const products = Object.fromEntries(placed) as SampleProducts;
  await store.addVariationGroup({
    products: [products.jacket, products.redJacket],
    features: ['Colour', 'Jacket size'],
  });
  return products;
}
