import { readFileSync } from 'node:fs';
import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { TestDatabase } from '../support/database.ts';
import type { PlainOrder } from '../support/store/plain-order.ts';
import { buildStore, type Store } from '../support/store/store.ts';
import { startTestBridge, type TestBridge } from '../support/test-bridge.ts';
import { createTestDatabase } from '../support/test-database.ts';

let database: TestDatabase;
let store: Store;
let bridge: TestBridge;

beforeAll(async () => {
  database = await createTestDatabase();
  store = await buildStore(database, {
    version: '4.18.2 M',
    statuses: [
      { letter: 'A', name: 'Partly shipped', inventory: 'D' },
      { letter: 'E', name: 'On its way back', inventory: 'I' },
    ],
  });
  bridge = await startTestBridge(store, {
    environment: { PARTIALLY_SHIPPED_STATUS: 'Partly shipped', ORDER_NUMBER_PREFIX: 'S1-' },
  });
});
afterAll(async () => {
  await bridge.close();
  await database.drop();
});

const twoLines: PlainOrder['lines'] = [
  { sku: 'MUG', name: 'Mug', quantity: 2, price: '10.00' },
  { sku: 'SHIRT', name: 'Shirt', quantity: 3, price: '20.00' },
];
let labels = 0;

function newTrackingNumber(): string {
  labels += 1;
  return `TRACK-${labels}`;
}

/** Posts a body as it is. */
function post(body: string | Buffer, query = ''): Promise<{ status: number; body: string }> {
  return bridge.request(`action=shipnotify${query}`, { method: 'POST', body });
}

function noticeXml(orderId: number | string, items: string, trackingNumber = newTrackingNumber()): string {
  return `<ShipNotice><OrderNumber>${orderId}</OrderNumber><Carrier>UPS</Carrier><TrackingNumber>${trackingNumber}</TrackingNumber><Items>${items}</Items></ShipNotice>`;
}

const rows = (where = '1') =>
  store.query<{
    notice_id: number;
    order_id: number | null;
    state: string;
    decision: string;
    raw_query: string;
    raw_body: Buffer;
    attempts: number;
    needs_attention: number;
    shipment_id: number | null;
  }>(`select * from ${store.prefix}shipstation_notices where ${where} order by notice_id`);

async function shippedUnits(orderId: number): Promise<number> {
  const shipments = await store.shipments(orderId);
  return shipments.flatMap(({ items }) => items).reduce((sum, { amount }) => sum + amount, 0);
}

describe('a notice is written down', () => {
  it('with its raw text and without the credentials, and says what was decided', async () => {
    const { orderId } = await store.addOrder({ lines: twoLines });
    const body = noticeXml(orderId, '<Item><SKU>MUG</SKU><Quantity>1</Quantity></Item>');
    const answer = await post(
      body,
      `&order_number=${orderId}&carrier=UPS&SS-UserName=shipstation&SS-Password=secret-word`,
    );
    expect(answer.status).toBe(200);
    const [row] = await rows(`order_id = ${orderId}`);
    expect(row).toMatchObject({ state: 'applied', attempts: 1, needs_attention: 0 });
    expect(row?.raw_body.toString()).toBe(body);
    expect(JSON.parse(row?.raw_query ?? '')).toEqual({ order_number: String(orderId), carrier: 'UPS' });
    expect(row?.decision).toBe(`1 unit of order ${orderId} shipped`);
    expect((await store.shipments(orderId)).map(({ shipmentId }) => shipmentId)).toEqual([row?.shipment_id]);
  });

  it.each([
    ['an order that is not in the store', '999999', 404],
    ['an order number that is no number', 'ABC-1', 404],
    ['a number that MySQL would cut to an order of the store', '101abc', 404],
    ['a number beyond every column', '99999999999', 404],
  ])('also when it is refused: %s', async (_, orderNumber, status) => {
    const trackingNumber = newTrackingNumber();
    const answer = await post(noticeXml(orderNumber, '', trackingNumber));
    expect(answer.status).toBe(status);
    expect(answer.body).toMatch(/^[^\n]{10,200}\n$/);
    const [row] = await rows(`raw_body like '%${trackingNumber}<%'`);
    expect(row).toMatchObject({ state: 'refused', needs_attention: 1 });
    expect(`${row?.decision}\n`).toBe(answer.body);
  });

  it.each([
    ['truncated', noticeXml(101, '<Item>').slice(0, 90)],
    ['with a DOCTYPE', `<!DOCTYPE x [<!ENTITY e "x">]>${noticeXml(101, '')}`],
    ['of another root', '<Orders></Orders>'],
    ['no XML', 'order=101'],
    ['without any order number', '<ShipNotice></ShipNotice>'],
    ['with a negative quantity', noticeXml(101, '<Item><SKU>A</SKU><Quantity>-1</Quantity></Item>')],
    ['with half a unit', noticeXml(101, '<Item><SKU>A</SKU><Quantity>1.5</Quantity></Item>')],
  ])('also when it cannot be read: %s', async (_, body) => {
    const before = (await rows()).length;
    const answer = await post(body);
    expect(answer.status).toBe(400);
    expect(answer.body).toMatch(/^[^\n<{]{10,200}\n$/);
    const all = await rows();
    expect(all).toHaveLength(before + 1);
    expect(all.at(-1)).toMatchObject({ state: 'refused', order_id: null });
    expect(all.at(-1)?.raw_body.toString()).toBe(body);
    // ShipStation repeats it; it stays one notice.
    await post(body);
    expect(await rows()).toHaveLength(before + 1);
  });

  it('can be refused first and applied later, once its cause is mended', async () => {
    const { orderId } = await store.addOrder({ lines: [{ sku: 'OLD', name: 'Old', quantity: 1 }] });
    const body = noticeXml(orderId, '<Item><SKU>NEW</SKU><Name>New</Name><Quantity>1</Quantity></Item>');
    expect((await post(body)).status).toBe(422);
    expect(await store.shipments(orderId)).toEqual([]);
    await store.run(`update ${store.table('order_details')} set product_code = 'NEW' where order_id = ?`, [
      orderId,
    ]);
    expect((await post(body)).status).toBe(200);
    expect(await shippedUnits(orderId)).toBe(1);
    expect(await rows(`order_id = ${orderId}`)).toMatchObject([
      { state: 'applied', attempts: 2, needs_attention: 0 },
    ]);
  });
});

describe('whatever the notice says', () => {
  it.each([
    ['marked-as-shipped', 7002, [{ name: 'Tea towel', sku: '', quantity: 4 }], 3],
    ['note-to-customer', 7004, [{ sku: 'A&B', quantity: 1 }], 1],
    ['older-form', 7006, [{ sku: 'CUP-9', quantity: 3 }], 2],
    ['one-item', 7001, [{ sku: 'MUG-2', quantity: 2 }], 1],
    [
      'same-sku-twice',
      7003,
      [
        { sku: '0012', quantity: 2 },
        { sku: '0012', quantity: 2 },
        { sku: '0013', quantity: 1 },
      ],
      3,
    ],
    ['without-items', 7005, [{ sku: 'ANY', quantity: 7 }], 7],
  ])('applies the sample %s', async (sample, orderId, lines, units) => {
    await store.addOrder({ orderId, lines });
    expect((await post(readFileSync(`fixtures/notices/${sample}.xml`))).status).toBe(200);
    expect(await shippedUnits(orderId)).toBe(units);
  });

  it('takes ten thousand items, of which two are lines', async () => {
    const { orderId } = await store.addOrder({ lines: twoLines });
    const items = Array.from(
      { length: 10_000 },
      (_, index) => `<Item><SKU>X${index}</SKU><Name>Thing ${index}</Name><Quantity>1</Quantity></Item>`,
    );
    items.push(
      '<Item><SKU>MUG</SKU><Quantity>1</Quantity></Item><Item><SKU>SHIRT</SKU><Quantity>1</Quantity></Item>',
    );
    expect((await post(noticeXml(orderId, items.join('')))).status).toBe(200);
    expect(await shippedUnits(orderId)).toBe(2);
    expect(await rows(`order_id = ${orderId}`)).toMatchObject([{ needs_attention: 1 }]);
  });

  it('ships nothing of items with quantity 0', async () => {
    const { orderId } = await store.addOrder({ lines: twoLines });
    const answer = await post(noticeXml(orderId, '<Item><SKU>MUG</SKU><Quantity>0</Quantity></Item>'));
    expect(answer.status).toBe(200);
    expect(await store.shipments(orderId)).toEqual([]);
  });

  it('does not ship the fees that an export adds', async () => {
    const { orderId } = await store.addOrder({
      lines: [{ sku: 'MUG', name: 'Mug', quantity: 1 }],
      surcharge: '3.00',
      discount: '1.00',
    });
    const shipstation = bridge.connect();
    await shipstation.poll({ start: new Date(Date.now() - 60_000), end: new Date() });
    const order = shipstation.orders.get(`S1-${orderId}`);
    expect(order?.Items).toHaveLength(3);
    const items = (order?.Items ?? []).map((item) => ({
      lineItemId: item.LineItemID ?? '',
      sku: item.SKU ?? '',
      name: item.Name ?? '',
      quantity: 1,
    }));
    const { status } = await shipstation.label({
      orderNumber: `S1-${orderId}`,
      carrier: 'UPS',
      service: '',
      trackingNumber: newTrackingNumber(),
      items: items.slice(0, 2),
    });
    expect(status).toBe(200);
    expect(await shippedUnits(orderId)).toBe(1);
    expect(await rows(`order_id = ${orderId}`)).toMatchObject([{ needs_attention: 0 }]);
  });

  it('works from the query alone, with the prefix of the exported number', async () => {
    const { orderId } = await store.addOrder({ lines: twoLines });
    const answer = await post(
      '',
      `&order_number=S1-${orderId}&carrier=FedEx&service=Ground&tracking_number=77`,
    );
    expect(answer.status).toBe(200);
    expect(await store.shipments(orderId)).toMatchObject([
      { carrier: 'fedex', trackingNumber: '77', comments: 'Service: Ground' },
    ]);
    expect(await shippedUnits(orderId)).toBe(5);
  });

  it('needs no tracking number', async () => {
    const { orderId } = await store.addOrder({ lines: twoLines });
    expect((await post('', `&order_number=${orderId}`)).status).toBe(200);
    expect(await store.shipments(orderId)).toMatchObject([{ trackingNumber: '', carrier: '', comments: '' }]);
  });

  it('names a carrier that the store does not know, with a link', async () => {
    const { orderId } = await store.addOrder({ lines: twoLines });
    await post('', `&order_number=${orderId}&carrier=RoyalMail&service=24&tracking_number=AB123456789GB`);
    const [shipment] = await store.shipments(orderId);
    expect(shipment?.carrier).toBe('');
    expect(shipment?.comments).toMatch(
      /^Service: 24\nCarrier: RoyalMail\nTracking: https:\/\/\S+AB123456789GB$/,
    );
  });
});

it('leaves a status that the shop has changed between reading and writing', async () => {
  const { orderId } = await store.addOrder({ lines: twoLines });
  // The shop's own change comes first when the items are written.
  const items = store.table('shipment_items');
  await store.run(
    `create trigger cancel_meanwhile after insert on ${items} for each row
       update ${store.table('orders')} set status = 'I' where order_id = new.order_id`,
  );
  try {
    expect((await post(noticeXml(orderId, ''))).status).toBe(200);
  } finally {
    await store.run('drop trigger cancel_meanwhile');
  }
  expect((await store.order(orderId)).status).toBe('I');
  expect(await rows(`order_id = ${orderId}`)).toMatchObject([{ state: 'applied', needs_attention: 1 }]);
});

describe('the status', () => {
  it.each([
    ['P', 'all', 'C', 0],
    ['O', 'all', 'C', 0],
    ['P', 'some', 'A', 0],
    ['A', 'all', 'C', 0],
    ['C', 'all', 'C', 0],
    // A person decided that; the parcel is a fact all the same.
    ['I', 'all', 'I', 1],
    ['C', 'some', 'C', 1],
    // Would move stock.
    ['B', 'all', 'B', 1],
    ['E', 'some', 'E', 1],
  ] as const)('%s becomes, when %s is shipped, %s', async (before, covered, after, needsAttention) => {
    const { orderId } = await store.addOrder({ lines: twoLines, status: before });
    const items = covered === 'all' ? '' : '<Item><SKU>MUG</SKU><Quantity>1</Quantity></Item>';
    expect((await post(noticeXml(orderId, items))).status).toBe(200);
    expect((await store.order(orderId)).status).toBe(after);
    expect(await shippedUnits(orderId)).toBe(covered === 'all' ? 5 : 1);
    expect(await rows(`order_id = ${orderId}`)).toMatchObject([
      { state: 'applied', needs_attention: needsAttention },
    ]);
  });

  it('waits for an order that is being saved', async () => {
    const { orderId } = await store.addOrder({ lines: twoLines, status: 'N' });
    const body = noticeXml(orderId, '');
    const answer = await bridge.request('action=shipnotify', { method: 'POST', body });
    expect(answer.status).toBe(503);
    expect(Number(answer.headers.get('retry-after'))).toBeGreaterThan(0);
    await store.setStatus(orderId, 'P');
    expect((await post(body)).status).toBe(200);
    expect(await shippedUnits(orderId)).toBe(5);
  });

  it('of a parent order refuses the notice', async () => {
    const { orderId } = await store.addOrder({ lines: twoLines, isParent: true, status: 'T' });
    expect((await post(noticeXml(orderId, ''))).status).toBe(422);
  });
});

describe('what is shipped already', () => {
  it('is kept and flagged, answered 200, and nothing is written', async () => {
    const { orderId } = await store.addOrder({ lines: twoLines });
    await store.addShipment({ orderId, trackingNumber: 'BY-HAND' });
    const answer = await post(noticeXml(orderId, ''));
    expect(answer.status).toBe(200);
    expect(await store.shipments(orderId)).toMatchObject([{ trackingNumber: 'BY-HAND' }]);
    expect(await rows(`order_id = ${orderId}`)).toMatchObject([{ state: 'applied', needs_attention: 1 }]);
  });

  it('never exceeds what was ordered', async () => {
    const { orderId, lines } = await store.addOrder({ lines: twoLines });
    await store.addShipment({ orderId, items: [{ itemId: lines[0]?.itemId ?? 0, amount: 1 }] });
    const items = lines.map(
      ({ itemId }) => `<Item><LineItemID>${itemId}</LineItemID><Quantity>99999</Quantity></Item>`,
    );
    expect((await post(noticeXml(orderId, items.join('')))).status).toBe(200);
    expect(await shippedUnits(orderId)).toBe(5);
    expect((await store.order(orderId)).status).toBe('C');
  });

  it('of a sibling order with the same item ids does not count', async () => {
    const itemId = 4_163_016_541;
    const line = { sku: 'MUG', name: 'Mug', quantity: 2, itemId };
    const parent = await store.addOrder({ lines: [line], isParent: true, status: 'T' });
    const child = await store.addOrder({ lines: [line], parentOrderId: parent.orderId });
    const other = await store.addOrder({ lines: [line] });
    await store.addShipment({ orderId: other.orderId });
    expect((await post(noticeXml(child.orderId, ''))).status).toBe(200);
    expect(await shippedUnits(child.orderId)).toBe(2);
    expect(await shippedUnits(parent.orderId)).toBe(0);
  });
});

describe('notices that arrive together', () => {
  it.each([1, 2])('become one shipment when they are the same, with %i bridges', async (bridges) => {
    const second = bridges === 2 ? await startTestBridge(store) : bridge;
    try {
      const { orderId } = await store.addOrder({ lines: twoLines });
      const label = {
        orderNumber: String(orderId),
        carrier: 'UPS',
        service: '',
        trackingNumber: newTrackingNumber(),
      };
      const answers = await Promise.all(
        Array.from({ length: 8 }, (_, index) =>
          (index % 2 ? bridge : second).connect().label(label, { withoutBody: true }),
        ),
      );
      expect(answers.map(({ status }) => status)).toEqual(answers.map(() => 200));
      expect(await store.shipments(orderId)).toHaveLength(1);
      expect(await shippedUnits(orderId)).toBe(5);
      expect(await rows(`order_id = ${orderId}`)).toMatchObject([{ state: 'applied', needs_attention: 0 }]);
    } finally {
      if (second !== bridge) await second.close();
    }
  });

  it('ship each unit once when they are parts of one order', async () => {
    const { orderId } = await store.addOrder({ lines: [{ sku: 'MUG', name: 'Mug', quantity: 6 }] });
    const answers = await Promise.all(
      Array.from({ length: 8 }, () =>
        post(noticeXml(orderId, '<Item><SKU>MUG</SKU><Quantity>1</Quantity></Item>')),
      ),
    );
    expect(answers.map(({ status }) => status)).toEqual(answers.map(() => 200));
    expect(await store.shipments(orderId)).toHaveLength(6);
    expect(await shippedUnits(orderId)).toBe(6);
    expect((await store.order(orderId)).status).toBe('C');
  });
});

describe('many notices at once', () => {
  it.each([10, 40])('of %i orders are all applied, and an export is answered meanwhile', async (count) => {
    const placed = await store.addOrders(Array.from({ length: count }, () => ({ lines: twoLines })));
    const answers = await Promise.all([
      bridge.request('action=export&start_date=01/01/2026+00:00&end_date=12/31/2037+00:00'),
      ...placed.map(({ orderId }) => post(noticeXml(orderId, ''))),
    ]);
    expect(answers.map(({ status }) => status)).toEqual(answers.map(() => 200));
    for (const { orderId } of placed) expect(await shippedUnits(orderId)).toBe(5);
  });

  it('of one order wait for each other without a connection each', async () => {
    const { orderId } = await store.addOrder({ lines: [{ sku: 'MUG', quantity: 15 }] });
    const answers = await Promise.all(
      Array.from({ length: 15 }, () =>
        post(noticeXml(orderId, '<Item><SKU>MUG</SKU><Quantity>1</Quantity></Item>')),
      ),
    );
    expect(answers.map(({ status }) => status)).toEqual(answers.map(() => 200));
    expect(await shippedUnits(orderId)).toBe(15);
  });

  it('are told to come later while another process holds the order', async () => {
    const { orderId } = await store.addOrder({ lines: twoLines });
    const name = `concat('shipstation:', left(md5(database()), 12), ':order:${orderId}')`;
    const holder = store.run(`select get_lock(${name}, 0); do sleep(60)`).catch(() => 'ended');
    const whoHolds = async () =>
      (await store.query<{ id: number | null }>(`select is_used_lock(${name}) as id`))[0]?.id ?? null;
    while ((await whoHolds()) === null) await sleep(10);
    const body = noticeXml(orderId, '');
    expect((await post(body)).status).toBe(503);
    expect(await store.shipments(orderId)).toEqual([]);
    await store.run(`kill ${await whoHolds()}`);
    expect(await holder).toBe('ended');
    expect((await post(body)).status).toBe(200);
    expect(await shippedUnits(orderId)).toBe(5);
  });
});

describe('what comes from outside', () => {
  it('is kept as far as a converted table can hold it', async () => {
    const { orderId } = await store.addOrder({ lines: twoLines });
    const shipments = store.table('shipments');
    await store.run(`alter table ${shipments} convert to character set latin1`);
    const converted = await startTestBridge(store);
    try {
      const label = {
        orderNumber: String(orderId),
        carrier: 'UPS',
        service: 'Привет',
        trackingNumber: newTrackingNumber(),
      };
      expect((await converted.shipstation.label(label, { withoutBody: true })).status).toBe(200);
      expect(await store.shipments(orderId)).toMatchObject([{ comments: 'Service: ??????' }]);
    } finally {
      await converted.close();
      await store.run(`alter table ${shipments} convert to character set utf8mb3`);
    }
  });

  it('keeps a tracking number with characters that the column cannot hold', async () => {
    const { orderId } = await store.addOrder({ lines: twoLines });
    expect(
      (await post(noticeXml(orderId, '<Item><SKU>MUG</SKU><Quantity>1</Quantity></Item>', '📦123'))).status,
    ).toBe(200);
    expect((await post(noticeXml(orderId, ''))).status).toBe(200);
    expect((await store.shipments(orderId)).map(({ trackingNumber }) => trackingNumber)[0]).toBe('\ufffd123');
    expect(await shippedUnits(orderId)).toBe(5);
  });

  it('quotes an order number no further than one goes', async () => {
    const answer = await post(noticeXml('9'.repeat(70_000), ''));
    expect(answer.status).toBe(404);
    expect(answer.body.length).toBeLessThan(120);
  });
});

describe('a notice that was applied', () => {
  it.each([
    [
      'a name edited',
      '<Item><LineItemID>ID</LineItemID><SKU>MUG</SKU><Name>Cup</Name><Quantity>1</Quantity></Item>',
    ],
    [
      'another case of the SKU',
      '<Item><LineItemID>ID</LineItemID><SKU>mug</SKU><Quantity>1</Quantity></Item>',
    ],
    [
      'an echoed fee',
      '<Item><LineItemID>ID</LineItemID><SKU>MUG</SKU><Quantity>1</Quantity></Item><Item><LineItemID>not-a-product:rest</LineItemID><Quantity>1</Quantity></Item>',
    ],
  ])('is known again with %s', async (_, items) => {
    const { orderId, lines } = await store.addOrder({ lines: twoLines });
    const withId = (text: string) => text.replace('>ID<', `>${lines[0]?.itemId}<`);
    const trackingNumber = newTrackingNumber();
    const first =
      '<Item><LineItemID>ID</LineItemID><SKU>MUG</SKU><Name>Mug</Name><Quantity>1</Quantity></Item>';
    await post(noticeXml(orderId, withId(first), trackingNumber));
    expect((await post(noticeXml(orderId, withId(items), trackingNumber))).status).toBe(200);
    expect(await shippedUnits(orderId)).toBe(1);
  });

  it('is applied again after the admin has deleted its shipment', async () => {
    const { orderId } = await store.addOrder({ lines: twoLines });
    const body = noticeXml(orderId, '');
    await post(body);
    await store.run(`delete from ${store.table('shipments')}; delete from ${store.table('shipment_items')}`);
    expect((await post(body)).status).toBe(200);
    expect(await shippedUnits(orderId)).toBe(5);
    expect(await store.shipments(orderId)).toHaveLength(1);
  });

  it('to nothing says so again, and is applied once there is something', async () => {
    const { orderId } = await store.addOrder({ lines: [{ sku: 'MUG', quantity: 1 }] });
    await store.addShipment({ orderId, trackingNumber: 'BY-HAND' });
    const body = noticeXml(orderId, '');
    const [first, second] = [await post(body), await post(body)];
    expect(first.body).toMatch(/^Nothing/);
    expect(second).toMatchObject({ status: 200, body: first.body });
    await store.run(`update ${store.table('order_details')} set amount = 3 where order_id = ?`, [orderId]);
    expect((await post(body)).status).toBe(200);
    expect(await shippedUnits(orderId)).toBe(3);
  });
});

/** States in which a killed process leaves the ledger and the store, put together by hand. */
describe('after a crash', () => {
  async function crashedNotice(order: PlainOrder, trackingNumber: string) {
    const placed = await store.addOrder(order);
    const body = noticeXml(placed.orderId, '', trackingNumber);
    await post(body);
    const [shipment] = await store.shipments(placed.orderId);
    const shipmentId = shipment?.shipmentId ?? 0;
    await store.run(`delete from ${store.table('shipment_items')} where shipment_id = ?`, [shipmentId]);
    await store.setStatus(placed.orderId, 'P');
    const setLedger = (recorded: number | null) =>
      store.run(
        `update ${store.prefix}shipstation_notices set state = 'planned', shipment_id = ? where order_id = ?`,
        [recorded, placed.orderId],
      );
    return { orderId: placed.orderId, shipmentId, body, setLedger };
  }

  it.each(['recorded', 'not recorded'])('the empty shipment is used, not made again (%s)', async (ledger) => {
    const { orderId, shipmentId, body, setLedger } = await crashedNotice(
      { lines: twoLines },
      newTrackingNumber(),
    );
    await setLedger(ledger === 'recorded' ? shipmentId : null);
    expect((await post(body)).status).toBe(200);
    expect((await store.shipments(orderId)).map((shipment) => shipment.shipmentId)).toEqual([shipmentId]);
    expect(await shippedUnits(orderId)).toBe(5);
    expect((await store.order(orderId)).status).toBe('C');
  });

  it('what the admin shipped by hand meanwhile is not shipped once more', async () => {
    const { orderId, shipmentId, body, setLedger } = await crashedNotice(
      { lines: twoLines },
      newTrackingNumber(),
    );
    await setLedger(shipmentId);
    await store.addShipment({ orderId, trackingNumber: 'BY-HAND' });
    expect((await post(body)).status).toBe(200);
    expect(await shippedUnits(orderId)).toBe(5);
    expect(await rows(`order_id = ${orderId}`)).toMatchObject([{ state: 'applied', needs_attention: 1 }]);
  });

  it('the empty shipment of another order in the same box is left to that order', async () => {
    const box = newTrackingNumber();
    const first = await crashedNotice({ lines: twoLines }, box);
    const second = await crashedNotice({ lines: twoLines }, box);
    await store.run(`delete from ${store.table('shipments')} where shipment_id = ?`, [second.shipmentId]);
    // Even if both were planned before either was written, in the same second, the ledger knows whose it is.
    const [left] = await store.query<{ timestamp: number }>(
      `select timestamp from ${store.table('shipments')} where shipment_id = ?`,
      [first.shipmentId],
    );
    await store.run(
      `update ${store.prefix}shipstation_notices
          set plan = json_set(plan, '$.latestShipmentId', 0, '$.shipment.shippedAt', ?) where order_id = ?`,
      [left?.timestamp, second.orderId],
    );
    await first.setLedger(first.shipmentId);
    await second.setLedger(null);
    expect((await post(second.body)).status).toBe(200);
    expect((await post(first.body)).status).toBe(200);
    const [ofFirst, ofSecond] = [await store.shipments(first.orderId), await store.shipments(second.orderId)];
    expect(ofFirst.map(({ shipmentId }) => shipmentId)).toEqual([first.shipmentId]);
    expect(ofSecond).toHaveLength(1);
    expect(ofSecond[0]?.shipmentId).not.toBe(first.shipmentId);
    expect(await shippedUnits(first.orderId)).toBe(5);
    expect(await shippedUnits(second.orderId)).toBe(5);
  });

  it('a shipment of before the plan is not taken for the one that is missing', async () => {
    const trackingNumber = newTrackingNumber();
    const { orderId, shipmentId, body, setLedger } = await crashedNotice({ lines: twoLines }, trackingNumber);
    await setLedger(null);
    await store.run(
      `update ${store.prefix}shipstation_notices set plan = json_set(plan, '$.latestShipmentId', ?) where order_id = ?`,
      [shipmentId, orderId],
    );
    expect((await post(body)).status).toBe(200);
    expect((await store.shipments(orderId)).map((shipment) => shipment.shipmentId)).not.toContain(shipmentId);
  });

  it('a notice that cannot be carried on does not stand in the way of the next one', async () => {
    const { orderId, shipmentId, setLedger } = await crashedNotice({ lines: twoLines }, newTrackingNumber());
    await setLedger(shipmentId);
    await store.run(`update ${store.prefix}shipstation_notices set plan = '{"cut' where order_id = ?`, [
      orderId,
    ]);
    // Some of it is written: only its plan would say what else was meant.
    await store.run(
      `insert into ${store.table('shipment_items')} (item_id, shipment_id, order_id, product_id, amount)
       select item_id, ?, order_id, product_id, 1 from ${store.table('order_details')} where order_id = ? limit 1`,
      [shipmentId, orderId],
    );
    expect((await post(noticeXml(orderId, ''))).status).toBe(200);
    expect(await shippedUnits(orderId)).toBe(5);
    expect(await rows(`order_id = ${orderId}`)).toMatchObject([
      { state: 'refused', needs_attention: 1 },
      { state: 'applied' },
    ]);
  });
});
