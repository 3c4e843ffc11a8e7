import { describe, expect, it } from 'vitest';
import type { PlacedProduct } from '../support/store/plain-product.ts';
import { exportingStore } from './exporting-store.ts';

/** As the shop stores what was typed, and what a reader is shown. */
const STORED: readonly (readonly [stored: string, shown: string])[] = [
  ['Tom &amp; Jerry', 'Tom & Jerry'],
  ['11&quot; plate', '11" plate'],
  ['O&#039;Hara', "O'Hara"],
  ['a &lt; b &gt; c', 'a < b > c'],
  ['&copy; Z&ouml;&euml;', '© Zöë'],
  // Typed as `&amp;` and `&lt;`: decoded once, not twice.
  ['&amp;amp; &amp;lt;', '&amp; &lt;'],
  ['R&D & more &unknown;', 'R&D & more &unknown;'],
  ['  blanks around  ', 'blanks around'],
];

describe.each(['4.0.1 M', '4.6.1 M', '4.12.2 U', '4.20.1 U'] as const)('a text of %s', (version) => {
  const shop = exportingStore({ version });

  it.each(STORED)('is decoded once wherever it stands: %s', async (stored, shown) => {
    const found = await shop.exportOne({
      customer: { firstname: stored, lastname: '', company: stored, phone: stored },
      billTo: { firstname: stored, lastname: '', address: stored, city: stored, zip: stored, phone: stored },
      shipTo: {
        firstname: stored,
        lastname: '',
        address: stored,
        address2: stored,
        city: stored,
        zip: stored,
        phone: stored,
      },
      notes: stored,
      details: stored,
      lines: [
        {
          name: stored,
          sku: stored,
          productId: 0,
          options: [
            { name: stored, value: stored },
            { name: stored, type: 'I', value: stored },
          ],
        },
      ],
      shipping: { methods: [{ name: stored, cost: '1.00' }] },
      coupons: [stored.toLowerCase()],
      discount: '1.00',
      usedCertificates: [{ code: stored, cost: '1.00' }],
    });
    const address = { Name: shown, Company: shown, Address1: shown, City: shown, PostalCode: shown };
    expect(found).toMatchObject({
      ShippingMethod: shown,
      CustomerNotes: shown,
      InternalNotes: shown,
      CustomField1: shown.toLowerCase(),
      BillTo: { ...address, Phone: shown },
      ShipTo: { ...address, Address2: shown, Phone: shown },
    });
    const [item, ...money] = found.Items;
    expect(item).toMatchObject({
      SKU: shown,
      Name: shown,
      Options: [
        { Name: shown, Value: shown },
        { Name: shown, Value: shown },
      ],
    });
    expect(money.map(({ Name }) => Name)).toEqual([
      `Discount (${shown.toLowerCase()})`,
      `Gift certificate ${shown}`,
    ]);
  });

  it.each([
    ['<b>Mug</b> &amp; <i>saucer</i>', 'Mug & saucer'],
    ['Mug<br />11 oz', 'Mug 11 oz'],
    ['<p>Mug</p><p>blue</p>', 'Mug blue'],
    ['<span style="color: red">New!</span> Mug', 'New! Mug'],
    ['Mug <1 l', 'Mug <1 l'],
    ['a < b, c > d', 'a < b, c > d'],
    // Typed as text by somebody who sells books about it.
    ['The &lt;b&gt; tag', 'The <b> tag'],
    ['Mug\r\n\tblue', 'Mug blue'],
    ['Mug&nbsp;blue', 'Mug blue'],
  ])('of a product, an option or a method has no mark-up: %s', async (name, shown) => {
    const found = await shop.exportOne({
      lines: [{ name, productId: 0, options: [{ name, value: name }] }],
      shipping: { methods: [{ name, cost: '1.00' }] },
    });
    expect(found.ShippingMethod).toBe(shown);
    expect(found.Items[0]).toMatchObject({ Name: shown, Options: [{ Name: shown, Value: shown }] });
  });

  it('keeps no character that XML forbids', async () => {
    const found = await shop.exportOne({
      notes: 'a\u0001b\u0008c\u000bd\u000ce\u001ff\ufffeg\uffffh\tj\r\nk',
      shipTo: { address: '1\u0000 Main\u0002 St' },
      lines: [{ name: 'Mug\u0003', sku: 'M\u0004UG', productId: 0 }],
    });
    expect(found.CustomerNotes).toBe('abcdefgh\tj\nk');
    expect(found.ShipTo.Address1).toBe('1 Main St');
    expect(found.Items[0]).toMatchObject({ Name: 'Mug', SKU: 'MUG' });
  });

  it('keeps line breaks of notes', async () => {
    const found = await shop.exportOne({ notes: 'one\r\ntwo\rthree\n\nfour' });
    expect(found.CustomerNotes).toBe('one\ntwo\nthree\n\nfour');
  });

  // Before 4.2 these are columns of text, of three bytes a character.
  if (version !== '4.0.1 M')
    it('keeps emoji in the columns of bytes', async () => {
      const found = await shop.exportOne({
        lines: [
          { name: 'Mug 👨‍👩‍👧', productId: 0, options: [{ name: 'Text', type: 'I', value: 'Love 🎁' }] },
        ],
        shipping: { methods: [{ name: 'Fast 🚀', cost: '1.00' }] },
      });
      expect(found.ShippingMethod).toBe('Fast 🚀');
      expect(found.Items[0]).toMatchObject({ Name: 'Mug 👨‍👩‍👧', Options: [{ Value: 'Love 🎁' }] });
    });

  describe('that is longer than ShipStation takes', () => {
    const long = (word: string, length: number) => word.repeat(length).slice(0, length);
    const SECRET = 'Geheimnis';

    it('is cut with a mark in prose, and without one in an address', async () => {
      const { orders, logs, placed } = await shop.exportAll([
        {
          notes: long('Remark ', 1200),
          details: long('Fragile ', 1200),
          customer: { company: long('Company', 200) },
          shipTo: { city: long('City', 64) },
          lines: [{ name: `${SECRET} ${long('Mug ', 300)}`, productId: 0 }],
          coupons: [long('coupon', 150)],
          discount: '1.00',
          shipping: { methods: [{ name: long('Method', 150), cost: '1.00' }] },
        },
        {},
      ]);
      const [found] = orders;
      expect(found?.CustomerNotes).toBe(`${long('Remark ', 999).trimEnd()}…`);
      expect(found?.InternalNotes).toBe(`${long('Fragile ', 999).trimEnd()}…`);
      expect(found?.Items[0]?.Name).toBe(`${`${SECRET} ${long('Mug ', 300)}`.slice(0, 199).trimEnd()}…`);
      expect(found?.ShipTo).toMatchObject({ Company: long('Company', 100), City: long('City', 64) });
      expect(found?.ShippingMethod).toBe(long('Method', 100));
      const cut = logs.filter(({ event }) => event === 'order.text_cut');
      expect(cut).toEqual([
        expect.objectContaining({
          level: 'warn',
          orderId: placed[0]?.orderId,
          elements: expect.arrayContaining([
            'CustomerNotes',
            'InternalNotes',
            'ShippingMethod',
            'CustomField1',
            'BillTo/Company',
            'ShipTo/Company',
            'Item/Name',
          ]),
        }),
      ]);
      const written = JSON.stringify(logs);
      for (const personal of [SECRET, 'Remark', 'Fragile', 'Company'.repeat(3), 'ann.baker', 'Main Street'])
        expect(written).not.toContain(personal);
    });

    it('is logged for twenty orders, and counted for more', async () => {
      const { logs } = await shop.exportAll(
        Array.from({ length: 25 }, () => ({ notes: long('Remark ', 1200) })),
      );
      expect(logs.filter(({ event }) => event === 'order.text_cut')).toHaveLength(20);
      expect(logs).toContainEqual(expect.objectContaining({ event: 'order.text_cut_more', count: 5 }));
    });

    it('is not cut within a character that a reader sees as one', async () => {
      const family = '👨‍👩‍👧‍👦';
      const { Items } = await shop.exportOne({
        lines: [
          {
            name: 'Mug',
            productId: 0,
            options: [{ name: 'Text', type: 'I', value: `${'x'.repeat(95)}é${'e\u0301'.repeat(9)}` }],
          },
        ],
      });
      expect(Items[0]?.Options[0]?.Value).toBe(`${'x'.repeat(95)}é${'e\u0301'}…`);
      if (version === '4.0.1 M') return;
      const order = await shop.exportOne({
        lines: [
          {
            name: 'Mug',
            productId: 0,
            options: [{ name: 'Text', type: 'I', value: `${'x'.repeat(95)}${family}` }],
          },
        ],
      });
      expect(order.Items[0]?.Options[0]?.Value).toBe(`${'x'.repeat(95)}…`);
      expect(order.InternalNotes).toBe(`Mug: Text: ${'x'.repeat(95)}${family}`);
    });
  });

  it('that is a SKU with entities is found again by a notice with the SKU that a reader sees', async () => {
    const window = shop.nextWindow();
    const stored = ['PLATE-11&quot;', 'SALT&amp;PEPPER', '<b>X</b>'];
    const { orderId, lines } = await shop.store.addOrder({
      placedAt: window.start,
      lines: stored.map((sku) => ({ sku, name: 'Same name', productId: 0 })),
    });
    const { shipstation } = await shop.connect();
    await shipstation.poll(window);
    const order = shipstation.orders.get(String(orderId));
    expect(order?.Items.map(({ SKU }) => SKU).sort()).toEqual(['<b>X</b>', 'PLATE-11"', 'SALT&PEPPER']);
    const label = { orderNumber: String(orderId), carrier: 'UPS', service: '' };
    const [plate, salt] = lines;
    for (const [sku, line] of [
      ['PLATE-11"', plate],
      ['SALT&PEPPER', salt],
    ] as const) {
      const answer = await shipstation.label({
        ...label,
        trackingNumber: `1Z-${sku.length}`,
        items: [{ sku, quantity: 1 }],
      });
      expect(answer.status).toBe(200);
      expect((await shop.store.shipments(orderId)).at(-1)?.items).toMatchObject([{ itemId: line?.itemId }]);
    }
  });
});

describe('a product that is known by its row alone', () => {
  let mug: PlacedProduct;
  const shop = exportingStore({ version: '4.18.2 M' }, async (store) => {
    mug = await store.addProduct({ name: '<i>Mug</i> &amp; co', sku: 'MUG' });
  });

  it('has no mark-up in its name either', async () => {
    const { Items } = await shop.exportOne({ lines: [{ product: mug, extra: Buffer.from('a:0:{}') }] });
    expect(Items[0]?.Name).toBe('Mug & co');
  });
});
