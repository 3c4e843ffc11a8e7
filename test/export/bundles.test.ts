import { describe, expect, it } from 'vitest';
import type { ImportedOrder } from '../support/imported-order.ts';
import type { PlainLine } from '../support/store/plain-order.ts';
import { exportingStore, sumsOf } from './exporting-store.ts';

const WHOLE = 4_163_016_541;
const COMPUTER: PlainLine = { itemId: WHOLE, name: 'Computer', sku: 'PC', price: '500.00', quantity: 2 };
const partOf = (kind: 'configuration' | 'buy_together', line: PlainLine): PlainLine => ({
  quantity: 2,
  childOf: { kind, itemId: WHOLE },
  ...line,
});

/** Name, price and what it is a part of, by SKU. */
const linesOf = ({ Items }: ImportedOrder) =>
  Object.fromEntries(
    Items.map(({ SKU, Name, UnitPrice, Options }) => [
      SKU || Name,
      [UnitPrice, ...Options.map((option) => `${option.Name}: ${option.Value}`)],
    ]),
  );

function expectSum(order: ImportedOrder, total: number): void {
  expect(sumsOf(order)).toEqual({ parts: total, total });
}

describe.each(['4.0.1 M', '4.8.1 U', '4.18.2 M', '4.20.1 U'] as const)('a bundle of %s', (version) => {
  const shop = exportingStore({ version });

  it.each(['configuration', 'buy_together'] as const)(
    'is charged with its parts where each has its own price (%s)',
    async (kind) => {
      const order = await shop.exportOne({
        lines: [
          COMPUTER,
          partOf(kind, { name: 'Disk', sku: 'DISK', price: '80.00' }),
          partOf(kind, { name: 'Screen', sku: 'SCREEN', price: '120.00', quantity: 4 }),
        ],
      });
      expect(linesOf(order)).toEqual({
        PC: ['500.00'],
        DISK: ['80.00', 'Part of: Computer'],
        SCREEN: ['120.00', 'Part of: Computer'],
      });
      expectSum(order, 1_640_00 + 7_50);
    },
  );

  it.each(['configuration', 'buy_together'] as const)(
    'is charged once where its price holds those of its parts (%s)',
    async (kind) => {
      const order = await shop.exportOne({
        lines: [
          COMPUTER,
          partOf(kind, { name: 'Disk', sku: 'DISK', price: '80.00' }),
          partOf(kind, { name: 'Screen', sku: 'SCREEN', price: '120.00' }),
          { name: 'Mouse', sku: 'MOUSE', price: '9.00' },
        ],
        columns: { subtotal: '1009.00' },
        total: '1016.50',
      });
      expect(linesOf(order)).toEqual({
        PC: ['500.00'],
        DISK: ['0.00', 'Part of: Computer'],
        SCREEN: ['0.00', 'Part of: Computer'],
        MOUSE: ['9.00'],
      });
      expectSum(order, 1016_50);
    },
  );

  it('has parts that cost nothing where the shop leaves them out of its sum', async () => {
    const order = await shop.exportOne({
      lines: [
        COMPUTER,
        partOf('buy_together', { name: 'Cable', sku: 'CABLE', price: '5.00', excludeFromCalculate: true }),
      ],
    });
    expect(linesOf(order)).toEqual({ PC: ['500.00'], CABLE: ['0.00', 'Part of: Computer'] });
    expectSum(order, 1007_50);
  });

  it('of which the whole is gone says only that a part is one', async () => {
    const order = await shop.exportOne({
      lines: [partOf('configuration', { name: 'Disk', sku: 'DISK', price: '80.00', quantity: 1 })],
    });
    expect(linesOf(order)).toEqual({ DISK: ['80.00', 'Part of: Bundle'] });
  });

  it('that is a gift certificate names it at the goods that come with it', async () => {
    const orderId = 900_001;
    const order = await shop.exportOne({
      orderId,
      // The store's own key of the first certificate of an order.
      lines: [
        {
          name: 'Box',
          sku: 'BOX',
          price: '4.00',
          childOf: { kind: 'certificate', itemId: 3_000_000_000 + orderId },
          excludeFromCalculate: true,
        },
      ],
      purchasedCertificates: [{ code: 'GC-7', amount: '25.00' }],
    });
    expect(linesOf(order)).toEqual({
      BOX: ['0.00', 'Part of: Gift certificate GC-7'],
      'Gift certificate GC-7': ['25.00'],
    });
    expectSum(order, 3250);
  });
});

describe.each(['4.0.1 M', '4.12.2 U', '4.18.2 M'] as const)('a line of %s', (version) => {
  const shop = exportingStore({ version });

  it('that is a free gift costs nothing and is packed all the same', async () => {
    const order = await shop.exportOne({
      lines: [
        { name: 'Mug', sku: 'MUG', price: '12.50' },
        { name: 'Sticker', sku: 'STICKER', price: '3.00', quantity: 2, excludeFromCalculate: true },
      ],
    });
    expect(linesOf(order)).toEqual({ MUG: ['12.50'], STICKER: ['0.00'] });
    expectSum(order, 2000);
  });

  it('that is a download is left out and its price kept, unless it is shipped as well', async () => {
    const order = await shop.exportOne({
      lines: [
        { name: 'E-book', sku: 'EBOOK', price: '9.00', isDownload: true },
        { name: 'Disc', sku: 'DISC', price: '14.00', isDownload: true, edpShipping: true },
        { name: 'Mug', sku: 'MUG', price: '12.50' },
      ],
    });
    expect(linesOf(order)).toEqual({ DISC: ['14.00'], MUG: ['12.50'], 'Downloadable items': ['9.00'] });
    expectSum(order, 4300);
  });

  it('is a download by its product of today where an import has left the flag out', async () => {
    const book = await shop.store.addProduct({ name: 'E-book', sku: 'EBOOK', isDownload: true });
    const disc = await shop.store.addProduct({
      name: 'Disc',
      sku: 'DISC',
      isDownload: true,
      edpShipping: true,
    });
    const extra = Buffer.from('a:0:{}');
    const order = await shop.exportOne({
      lines: [
        { product: book, price: '9.00', extra },
        { product: disc, price: '14.00', extra },
      ],
    });
    expect(linesOf(order)).toEqual({ DISC: ['14.00'], 'Downloadable items': ['9.00'] });
  });

  it('of a product that is gone has the name and the number as ordered, no weight and no picture', async () => {
    const mug = await shop.store.addProduct({
      name: 'Mug of today',
      sku: 'NEW',
      weight: 3,
      image: 'mug.jpg',
    });
    await shop.store.deleteProduct(mug.productId);
    await shop.store.run(`delete from ${shop.store.table('images_links')} where object_id = ?`, [
      mug.productId,
    ]);
    const { Items } = await shop.exportOne({
      lines: [{ product: mug, name: 'Mug as ordered', sku: 'OLD', price: '12.50' }],
    });
    expect(Items).toEqual([
      {
        LineItemID: expect.any(String),
        SKU: 'OLD',
        Name: 'Mug as ordered',
        Quantity: '1',
        UnitPrice: '12.50',
        Options: [],
      },
    ]);
  });

  it('without a name of its own has that of today, else its number', async () => {
    const mug = await shop.store.addProduct({ name: 'Mug of today', sku: 'MUG' });
    const extra = Buffer.from('a:0:{}');
    const { Items } = await shop.exportOne({
      lines: [
        { product: mug, extra },
        { productId: 70_001, sku: 'GONE', extra },
        { productId: 70_002, sku: '', extra },
      ],
    });
    expect(Items.map(({ Name }) => Name)).toEqual(['Mug of today', 'GONE', 'Product 70002']);
  });

  it('keeps its own id, beyond the half of 32 bits as well, and lines of one SKU stay apart', async () => {
    const { Items } = await shop.exportOne({
      lines: [
        { itemId: 4_294_967_295, sku: 'TEE', name: 'Shirt', quantity: 1 },
        { itemId: 1, sku: 'TEE', name: 'Shirt', quantity: 2 },
      ],
    });
    expect(Items.map(({ LineItemID, Quantity }) => [LineItemID, Quantity])).toEqual([
      ['1', '2'],
      ['4294967295', '1'],
    ]);
  });
});
