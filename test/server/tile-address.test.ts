import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { servedAddress } from '../../src/server/tile-address.ts';
import { shipNoticeXml } from '../support/ship-notice-xml.ts';
import { basic, PASSWORD, plainLine, startEndpoint, USERNAME } from './endpoint.ts';

const WINDOW = 'start_date=03%2f02%2f2026+09%3a05&end_date=03%2f02%2f2026+17%3a28';
const TILE_ADDRESSES = [
  '/?dispatch=shipstation',
  '/index.php?dispatch=shipstation',
  // The store's address was typed with a slash at its end.
  '//?dispatch=shipstation',
  '//index.php?dispatch=shipstation',
  // The bridge's own address was given for that of the store.
  '/shipstation?dispatch=shipstation',
  '/shipstation/?dispatch=shipstation',
  '/shipstation/index.php?dispatch=shipstation',
];

describe.each(TILE_ADDRESSES)('the CS-Cart tile at %s', (address) => {
  test('gets the orders of a window', async () => {
    const { ask, exports } = await startEndpoint();
    const response = await ask(`${address}&action=export&${WINDOW}&page=2`);
    expect(await response.text()).toBe('<?xml version="1.0" encoding="utf-8"?><Orders pages="1"></Orders>');
    expect(exports).toEqual([
      { start: Date.parse('2026-03-02T09:05Z') / 1000, end: Date.parse('2026-03-02T17:28Z') / 1000, page: 2 },
    ]);
  });

  test('brings a notice', async () => {
    const { ask, notices } = await startEndpoint();
    const body = shipNoticeXml({ orderNumber: '7001', carrier: 'UPS', service: '', trackingNumber: '1Z' });
    const query = 'action=shipnotify&order_number=7001&carrier=UPS&service=&tracking_number=1Z';
    expect((await ask(`${address}&${query}`, { method: 'POST', body })).status).toBe(200);
    expect(notices).toEqual([
      {
        query: { order_number: '7001', carrier: 'UPS', service: undefined, tracking_number: '1Z' },
        body: Buffer.from(body),
      },
    ]);
  });

  test('is let in by the headers of ShipStation’s own plugins', async () => {
    const { ask } = await startEndpoint();
    const headers = { 'SS-Auth-User': USERNAME, 'SS-Auth-Pw': PASSWORD };
    expect((await ask(`${address}&action=export`, { headers })).status).toBe(200);
  });

  test('is kept out without the right password', async () => {
    const { ask, exports, notices } = await startEndpoint();
    const [exporting, notifying] = [
      `${address}&action=export&${WINDOW}`,
      `${address}&action=shipnotify&order_number=1`,
    ];
    for (const headers of [{}, basic(USERNAME, 'wrong')]) {
      expect((await ask(exporting, { headers })).status).toBe(401);
      expect((await ask(notifying, { headers, method: 'POST' })).status).toBe(401);
    }
    expect([exports, notices]).toEqual([[], []]);
  });

  test('is counted by the rate limit', async () => {
    const { ask } = await startEndpoint({}, { rateLimitPerMinute: 1 });
    const statuses = [await ask(`${address}&action=export`), await ask(`${address}&action=export`)];
    expect(statuses.map(({ status }) => status)).toEqual([200, 429]);
  });
});

test('the tile is served in either vocabulary', async () => {
  const { ask, exports } = await startEndpoint({}, { vocabulary: 'cs-cart' });
  expect((await ask(`/?dispatch=shipstation&action=export&${WINDOW}`)).status).toBe(200);
  expect(exports).toHaveLength(1);
});

describe('what is not the tile’s is at no address', () => {
  test.each([
    '/',
    '/index.php',
    '/?dispatch=',
    '/?dispatch=products.view&product_id=7',
    '/?dispatch=shipstation.manage',
    '/index.php?dispatch=index.index',
    '/?action=export',
    '/admin.php?dispatch=shipstation',
    '/shop/?dispatch=shipstation',
    '/?x=dispatch=shipstation',
  ])('%s', async (address) => {
    const { ask, exports } = await startEndpoint();
    expect(await plainLine(await ask(address))).toEqual({
      status: 404,
      text: 'There is nothing at this address.',
    });
    expect(exports).toEqual([]);
  });

  test('not even for somebody without a password, who is not asked for one', async () => {
    const { ask } = await startEndpoint();
    expect((await ask('/', { headers: {} })).status).toBe(404);
  });
});

describe('a window of one vendor', () => {
  test.each(['/shipstation?', '/?dispatch=shipstation&'])(
    'is refused at %s, since the others’ orders would be in it',
    async (address) => {
      const { ask, exports } = await startEndpoint();
      const text =
        'The parameter vendor is not known here: the setting ORDER_VENDORS says whose orders are sent.';
      expect(await plainLine(await ask(`${address}action=export&vendor=7&${WINDOW}`))).toEqual({
        status: 400,
        text,
      });
      // Test Connection says so, too.
      expect((await ask(`${address}action=export&vendor=7`)).status).toBe(400);
      expect(exports).toEqual([]);
    },
  );

  test('is none without a vendor', async () => {
    const { ask } = await startEndpoint();
    expect((await ask(`/shipstation?action=export&vendor=&${WINDOW}`)).status).toBe(200);
  });
});

describe('the address at which a request is served', () => {
  test('keeps every parameter as it was written', () => {
    const query = 'action=export&start_date=03%2f02%2f2026+09%3a05&dispatch=shipstation&x=%zz&&y';
    expect(servedAddress(`/?${query}`)).toBe(`/shipstation?${query}`);
  });

  test('is its own where dispatch says something else, or nothing', () => {
    fc.assert(
      fc.property(fc.webPath(), fc.webQueryParameters(), (path, query) => {
        const url = `${path}?${query}`;
        fc.pre(!/dispatch/i.test(decodeURIComponent(query)));
        expect(servedAddress(url)).toBe(url);
        expect(servedAddress(path)).toBe(path);
      }),
    );
  });
});
