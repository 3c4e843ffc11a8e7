import { createServer, type IncomingMessage } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterEach, describe, expect, test } from 'vitest';
import { writeOrdersXml } from '../../src/shipstation/orders-xml.ts';
import { readShipNotice } from '../../src/shipstation/read-ship-notice.ts';
import { WIRE_WORDS } from '../../src/shipstation/wire-words.ts';
import { createCents } from '../../src/values/cents.ts';
import { anItem, anOrder } from '../shipstation/order-documents.ts';
import { createShipStation, type ShipStationOptions, StoreError } from './shipstation-client.ts';

interface Request {
  readonly method: string;
  /** Path and query as they came over the wire. */
  readonly url: string;
  readonly query: URLSearchParams;
  readonly headers: IncomingMessage['headers'];
  readonly body: Buffer;
}

type Respond = (request: Request) => { status?: number; body?: string } | 'hang up' | 'say nothing';

const closers: (() => Promise<void>)[] = [];

afterEach(async () => {
  await Promise.all(closers.splice(0).map((close) => close()));
});

/** A store made of one function, on a port of its own. */
async function startStore(respond: Respond) {
  const requests: Request[] = [];
  const server = createServer((message, response) => {
    const chunks: Buffer[] = [];
    message.on('data', (chunk: Buffer) => chunks.push(chunk));
    message.on('end', () => {
      const url = message.url ?? '';
      const request = {
        method: message.method ?? '',
        url,
        query: new URL(url, 'http://store.test').searchParams,
        headers: message.headers,
        body: Buffer.concat(chunks),
      };
      requests.push(request);
      const answer = respond(request);
      if (answer === 'hang up') message.socket.destroy();
      else if (answer !== 'say nothing') response.writeHead(answer.status ?? 200).end(answer.body ?? '');
    });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  // `listen` on a port gives an address object, never a pipe's name.
  const { port } = server.address() as AddressInfo;
  closers.push(async () => {
    server.closeAllConnections();
    await new Promise((resolve) => server.close(resolve));
  });
  return { url: `http://127.0.0.1:${port}/shipstation`, requests };
}

function connect(url: string, changes: Partial<ShipStationOptions> = {}) {
  return createShipStation({ url, username: 'store', password: 'p:ä ss', ...changes });
}

const WINDOW = { start: new Date('2012-01-23T17:28:59.999Z'), end: new Date('2026-03-02T09:05:00Z') };
const EMPTY = '<?xml version="1.0" encoding="utf-8"?><Orders pages="1"></Orders>';
const LABEL = { orderNumber: '7001', carrier: 'UPS', service: 'UPS® Ground', trackingNumber: '1Z 9' };

describe('credentials', () => {
  const BASIC = `Basic ${Buffer.from('store:p:ä ss').toString('base64')}`;

  test('are sent as Basic, and nowhere else', async () => {
    const store = await startStore(() => ({ body: EMPTY }));
    await connect(store.url).testConnection();
    expect(store.requests[0]?.headers.authorization).toBe(BASIC);
    expect(store.requests[0]?.url).toBe('/shipstation?action=export');
  });

  test('are sent in the query when asked for', async () => {
    const store = await startStore(() => ({ body: EMPTY }));
    await connect(store.url, { authentication: 'query' }).testConnection();
    expect(store.requests[0]?.headers.authorization).toBeUndefined();
    expect(store.requests[0]?.url).toBe(
      '/shipstation?action=export&SS-UserName=store&SS-Password=p%3a%c3%a4+ss',
    );
  });

  test('are sent as headers of their own when asked for', async () => {
    const store = await startStore(() => ({ body: EMPTY }));
    await connect(store.url, { authentication: 'headers', password: 'secret' }).testConnection();
    expect(store.requests[0]?.headers).toMatchObject({ 'ss-auth-user': 'store', 'ss-auth-pw': 'secret' });
    expect(store.requests[0]?.headers.authorization).toBeUndefined();
  });
});

describe('testConnection', () => {
  test('asks for an export without dates', async () => {
    const store = await startStore(() => ({ body: EMPTY }));
    expect(await connect(`${store.url}?store=2`).testConnection()).toEqual({ status: 200, body: EMPTY });
    expect(store.requests.map((request) => [request.method, request.url])).toEqual([
      ['GET', '/shipstation?store=2&action=export'],
    ]);
  });

  test.each<[string, number, string, RegExp]>([
    [
      'wrong credentials',
      401,
      'Wrong user name or password.',
      /200.*status 401.*Wrong user name or password\./,
    ],
    ['an empty answer', 200, '', /Invalid XML.*We received: ''/],
    ['a web page', 200, '<html></html>', /Invalid XML.*We received: '<html><\/html>'/],
    ['an order that breaks the schema', 200, '<Orders pages="1"><Order/></Orders>', /Invalid XML.*Order/],
  ])('shows the merchant %s', async (_, status, body, message) => {
    const store = await startStore(() => ({ status, body }));
    const error = await connect(store.url)
      .testConnection()
      .catch((thrown: unknown) => thrown);
    expect(error).toBeInstanceOf(StoreError);
    expect(error).toMatchObject({ status, body, message: expect.stringMatching(message) });
  });
});

describe('poll', () => {
  test('writes the window as ShipStation does', async () => {
    const store = await startStore(() => ({ body: EMPTY }));
    expect(await connect(store.url).poll(WINDOW)).toEqual({
      pages: 1,
      orders: 0,
      milliseconds: [expect.any(Number)],
    });
    expect(store.requests[0]?.url).toBe(
      '/shipstation?action=export&start_date=01%2f23%2f2012+17%3a28&end_date=03%2f02%2f2026+09%3a05&page=1',
    );
  });

  test('follows the pages that the first one names', async () => {
    const store = await startStore(({ query }) => ({
      body: writeOrdersXml(
        {
          pages: 3,
          orders: [
            anOrder({ orderNumber: `A${query.get('page')}` }),
            anOrder({ orderNumber: `B${query.get('page')}` }),
          ],
        },
        WIRE_WORDS['custom-store'],
      ),
    }));
    const shipstation = connect(store.url);
    const statistics = await shipstation.poll(WINDOW);
    expect(statistics).toMatchObject({ pages: 3, orders: 6 });
    expect(statistics.milliseconds).toHaveLength(3);
    expect(statistics.milliseconds.every((time) => time > 0)).toBe(true);
    expect(store.requests.map((request) => request.query.get('page'))).toEqual(['1', '2', '3']);
    expect([...shipstation.orders.keys()]).toEqual(['A1', 'B1', 'A2', 'B2', 'A3', 'B3']);
  });

  test.each(['<Orders></Orders>', '<Orders pages="0"></Orders>'])('asks once for %s', async (body) => {
    const store = await startStore(() => ({ body }));
    expect(await connect(store.url).poll(WINDOW)).toMatchObject({ pages: 1, orders: 0 });
    expect(store.requests).toHaveLength(1);
  });

  test('keeps the latest import of an order', async () => {
    let total = 100;
    const store = await startStore(() => {
      total += 1;
      return {
        body: writeOrdersXml(
          { pages: 1, orders: [anOrder({ orderTotal: createCents(total) })] },
          WIRE_WORDS['custom-store'],
        ),
      };
    });
    const shipstation = connect(store.url);
    await shipstation.poll(WINDOW);
    await shipstation.poll(WINDOW);
    expect(shipstation.orders.size).toBe(1);
    expect(shipstation.orders.get('7001')).toMatchObject({ OrderID: '7001', OrderTotal: '1.02' });
    expect(shipstation.orders.get('7001')?.ShipTo.City).toBe('Salem');
  });

  test('stops at a page that fails, and keeps what came before', async () => {
    const store = await startStore(({ query }) =>
      query.get('page') === '2'
        ? { status: 503, body: 'The database is away.' }
        : {
            body: writeOrdersXml(
              { pages: 3, orders: [anOrder({ orderNumber: `A${query.get('page')}` })] },
              WIRE_WORDS['custom-store'],
            ),
          },
    );
    const shipstation = connect(store.url);
    await expect(shipstation.poll(WINDOW)).rejects.toMatchObject({
      status: 503,
      body: 'The database is away.',
    });
    expect([...shipstation.orders.keys()]).toEqual(['A1']);
    expect(store.requests).toHaveLength(2);
  });

  test('gives up when no answer comes', async () => {
    const store = await startStore(() => 'say nothing');
    await expect(connect(store.url, { timeout: 50 }).poll(WINDOW)).rejects.toThrow(/timeout/i);
  });
});

describe('label', () => {
  test('posts parameters and notice', async () => {
    const store = await startStore(() => ({ body: 'ok' }));
    const answer = await connect(store.url).label({
      ...LABEL,
      shipDate: new Date('2026-03-03T23:00:00Z'),
      labelCreateDate: new Date('2026-03-02T18:40:00Z'),
      items: [{ lineItemId: '34001', sku: 'A&B', name: '<Mug>', quantity: 2 }],
      notesToCustomer: 'one\r\ntwo',
    });
    expect(answer).toEqual({ status: 200, body: 'ok' });
    const [request] = store.requests;
    expect(request?.method).toBe('POST');
    expect(request?.url).toBe(
      '/shipstation?action=shipnotify&order_number=7001&carrier=UPS&service=UPS%c2%ae+Ground&tracking_number=1Z+9',
    );
    expect(readShipNotice({ query: {}, body: request?.body ?? Buffer.alloc(0) })).toEqual({
      orderKeys: ['7001'],
      trackingNumber: '1Z 9',
      carrier: 'UPS',
      service: 'UPS® Ground',
      shipDate: { year: 2026, month: 3, day: 3 },
      labelCreateDate: Date.UTC(2026, 2, 2, 18, 40) / 1000,
      notesToCustomer: 'one\ntwo',
      items: [{ lineItemId: '34001', sku: 'A&B', name: '<Mug>', quantity: 2 }],
    });
  });

  test('writes every element of a real notice, the parts of an item in its order', async () => {
    const store = await startStore(() => ({}));
    await connect(store.url).label({ ...LABEL, items: [{ sku: 'A', quantity: 1 }] });
    const names = [...(store.requests[0]?.body.toString() ?? '').matchAll(/<(\w+)/g)].map(
      (match) => match[1],
    );
    expect(names.join(' ')).toBe(
      'ShipNotice OrderNumber OrderID CustomerCode CustomerNotes InternalNotes NotesToCustomer NotifyCustomer ' +
        'LabelCreateDate ShipDate Carrier Service TrackingNumber ShippingCost CustomField1 CustomField2 CustomField3 ' +
        'Recipient Name Company Address1 Address2 City State PostalCode Country ' +
        'Items Item Name SKU LineItemID Quantity',
    );
  });

  test('tells the products and the address of the imported order, not its discounts', async () => {
    const orders = [
      anOrder({
        orderId: '55',
        items: [
          anItem(),
          anItem({ lineItemId: '2', adjustment: true, unitPrice: createCents(-1), quantity: 1 }),
        ],
      }),
    ];
    const store = await startStore(({ method }) => ({
      body: method === 'GET' ? writeOrdersXml({ pages: 1, orders }, WIRE_WORDS['custom-store']) : '',
    }));
    const shipstation = connect(store.url);
    await shipstation.poll(WINDOW);
    await shipstation.label(LABEL);
    const body = store.requests[1]?.body ?? Buffer.alloc(0);
    expect(readShipNotice({ query: {}, body })).toMatchObject({
      orderKeys: ['55', '7001'],
      items: [{ lineItemId: '34001', sku: 'MUG-2', name: 'Stone mug', quantity: 2 }],
    });
    expect(body.toString()).toContain('<Address1>5 Hill Rd</Address1>');
  });

  test('can do without a body', async () => {
    const store = await startStore(() => ({}));
    await connect(store.url).label(LABEL, { withoutBody: true });
    expect(store.requests[0]?.body).toHaveLength(0);
    expect(store.requests[0]?.query.get('tracking_number')).toBe('1Z 9');
  });

  test.each([200, 201, 204])('takes %d as success', async (status) => {
    const store = await startStore(() => ({ status }));
    const shipstation = connect(store.url);
    expect(await shipstation.label(LABEL)).toEqual({ status, body: '' });
    expect(shipstation.failedNotices).toEqual([]);
  });
});

describe('a notice that failed', () => {
  test.each([302, 400, 401, 404, 409, 500, 503])('with %d is shown and kept', async (status) => {
    const store = await startStore(() => ({ status, body: 'No such order.' }));
    const shipstation = connect(store.url);
    expect(await shipstation.label(LABEL)).toEqual({ status, body: 'No such order.' });
    expect(shipstation.failedNotices).toEqual([LABEL]);
  });

  test.each(['hang up', 'say nothing'] as const)('because the store would %s is kept', async (behaviour) => {
    const store = await startStore(() => behaviour);
    const shipstation = connect(store.url, { timeout: 100 });
    const answer = await shipstation.label(LABEL);
    expect(answer.status).toBe(0);
    expect(answer.body).not.toBe('');
    expect(shipstation.failedNotices).toEqual([LABEL]);
  });

  test('is sent again byte for byte until it is taken', async () => {
    let status = 503;
    const store = await startStore(() => ({ status, body: `${status}` }));
    const shipstation = connect(store.url);
    await shipstation.label(LABEL);
    await shipstation.label({ ...LABEL, orderNumber: '7002' }, { withoutBody: true });
    expect(await shipstation.retryFailed()).toEqual([
      { status: 503, body: '503' },
      { status: 503, body: '503' },
    ]);
    status = 200;
    expect(await shipstation.retryFailed()).toEqual([
      { status: 200, body: '200' },
      { status: 200, body: '200' },
    ]);
    expect(await shipstation.retryFailed()).toEqual([]);
    expect(shipstation.failedNotices).toEqual([]);
    const sent = store.requests.map((request) => `${request.url} ${request.body.toString()}`);
    expect(sent).toHaveLength(6);
    expect(new Set(sent.filter((_, index) => index % 2 === 0)).size).toBe(1);
    expect(new Set(sent.filter((_, index) => index % 2 === 1)).size).toBe(1);
  });
});
