import { describe, expect, test } from 'vitest';
import { anOrder } from '../shipstation/order-documents.ts';
import { basic, plainLine, startEndpoint, withOrders } from './endpoint.ts';

const utc = (iso: string) => Date.parse(iso) / 1000;
const WINDOW = 'start_date=03%2f02%2f2026+09%3a05&end_date=03%2f02%2f2026+17%3a28';

describe('an export', () => {
  test.each<[string, string, { start: string; end: string; page: number }]>([
    [
      'as ShipStation writes it on the wire',
      `action=export&${WINDOW}&page=3`,
      { start: '2026-03-02T09:05Z', end: '2026-03-02T17:28Z', page: 3 },
    ],
    [
      'without a page is the first',
      `action=export&${WINDOW}`,
      { start: '2026-03-02T09:05Z', end: '2026-03-02T17:28Z', page: 1 },
    ],
    [
      'with an empty page is the first',
      `action=export&${WINDOW}&page=`,
      { start: '2026-03-02T09:05Z', end: '2026-03-02T17:28Z', page: 1 },
    ],
    [
      'of a page with zeros before it',
      `action=export&${WINDOW}&page=007`,
      { start: '2026-03-02T09:05Z', end: '2026-03-02T17:28Z', page: 7 },
    ],
    [
      'in capitals',
      `action=EXPORT&${WINDOW}`,
      { start: '2026-03-02T09:05Z', end: '2026-03-02T17:28Z', page: 1 },
    ],
    ['without an action', WINDOW, { start: '2026-03-02T09:05Z', end: '2026-03-02T17:28Z', page: 1 }],
    [
      'of one minute',
      'action=export&start_date=03/02/2026+09:05&end_date=03/02/2026+09:05',
      { start: '2026-03-02T09:05Z', end: '2026-03-02T09:05Z', page: 1 },
    ],
    [
      'beside parameters that nobody knows',
      `dispatch=x&action=export&${WINDOW}&store=2`,
      { start: '2026-03-02T09:05Z', end: '2026-03-02T17:28Z', page: 1 },
    ],
  ])('%s', async (_, query, { start, end, page }) => {
    const { ask, exports } = await startEndpoint();
    expect((await ask(`/shipstation?${query}`)).status).toBe(200);
    expect(exports).toEqual([{ start: utc(start), end: utc(end), page }]);
  });

  test('is answered with the page as XML that nobody may keep', async () => {
    const { ask } = await startEndpoint(withOrders([anOrder()], 4));
    const response = await ask(`/shipstation?action=export&${WINDOW}`);
    expect(response.headers.get('content-type')).toBe('application/xml; charset=utf-8');
    expect(response.headers.get('cache-control')).toBe('no-store');
    expect(response.headers.get('x-request-id')).toMatch(/^[0-9a-f-]{36}$/);
    expect(await response.text()).toMatch(
      /^<\?xml version="1.0" encoding="utf-8"\?><Orders pages="4"><Order><OrderID>7001</,
    );
  });

  test.each(['/shipstation/', '/ShipStation'])('is found at %s too', async (path) => {
    const { ask, exports } = await startEndpoint();
    expect((await ask(`${path}?action=export&${WINDOW}`)).status).toBe(200);
    expect(exports).toHaveLength(1);
  });
});

describe('ShipStation’s Test Connection', () => {
  test.each(['?action=export', '', '?action=export&start_date=&end_date=', '?action=export&page=2'])(
    'is answered with no orders: %j',
    async (query) => {
      const { ask, exports } = await startEndpoint();
      const response = await ask(`/shipstation${query}`);
      expect(response.status).toBe(200);
      expect(response.headers.get('content-type')).toBe('application/xml; charset=utf-8');
      expect(await response.text()).toBe('<?xml version="1.0" encoding="utf-8"?><Orders pages="1"></Orders>');
      expect(exports).toEqual([]);
    },
  );

  test.each(['/shipstation', `/shipstation?action=export&${WINDOW}`])(
    'answers HEAD %s as GET, without a body',
    async (path) => {
      const { ask } = await startEndpoint();
      const response = await ask(path, { method: 'HEAD', headers: basic() });
      expect([response.status, await response.text()]).toEqual([200, '']);
      expect(response.headers.get('content-type')).toBe('application/xml; charset=utf-8');
    },
  );
});

describe('an export is refused, naming the parameter', () => {
  const START = 'start_date=03/02/2026+09:05';
  const END = 'end_date=03/02/2026+17:28';
  const UNREADABLE = 'must be a UTC date like 03/31/2026 14:05.';
  const PAGE = 'The parameter page must be a whole number from 1.';

  test.each<[string, string]>([
    [`start_date=02/30/2026+09:05&${END}`, `The parameter start_date ${UNREADABLE}`],
    [`${START}&end_date=03/02/2026+25:00`, `The parameter end_date ${UNREADABLE}`],
    [`start_date=2026-03-02T09:05&${END}`, `The parameter start_date ${UNREADABLE}`],
    [`start_date=yesterday&${END}`, `The parameter start_date ${UNREADABLE}`],
    [`start_date=%zz&${END}`, `The parameter start_date ${UNREADABLE}`],
    [`${START}`, 'The parameter end_date is missing.'],
    [`${END}`, 'The parameter start_date is missing.'],
    [`${START}&end_date=+`, 'The parameter end_date is missing.'],
    ['start_date=03/02/2026+17:29&end_date=03/02/2026+17:28', 'The parameter end_date is before start_date.'],
    [`${START}&${START}&${END}`, 'The parameter start_date is given more than once.'],
    [`${START}&${END}&page=1&page=2`, 'The parameter page is given more than once.'],
    [`${START}&${END}&page=0`, PAGE],
    [`${START}&${END}&page=-1`, PAGE],
    [`${START}&${END}&page=abc`, PAGE],
    [`${START}&${END}&page=1.5`, PAGE],
    [`${START}&${END}&page=1e3`, PAGE],
    [`${START}&${END}&page=9999999`, PAGE],
  ])('%s', async (query, text) => {
    const { ask, exports } = await startEndpoint();
    const response = await ask(`/shipstation?action=export&${query}`);
    expect(await plainLine(response)).toEqual({ status: 400, text });
    expect(exports).toEqual([]);
  });
});

describe('what is no request of ShipStation', () => {
  const UNKNOWN = 'The parameter action must be export or shipnotify.';

  test.each<[string, string, number, string]>([
    ['GET', '/shipstation?action=delete', 400, UNKNOWN],
    ['POST', '/shipstation?action=delete', 400, UNKNOWN],
    ['POST', '/shipstation', 400, UNKNOWN],
    ['GET', '/shipstation?action=constructor', 400, UNKNOWN],
    [
      'GET',
      '/shipstation?action=export&action=shipnotify',
      400,
      'The parameter action is given more than once.',
    ],
    ['POST', '/shipstation?action=export', 405, 'The action export must be asked for with GET.'],
    ['GET', '/shipstation?action=shipnotify', 405, 'The action shipnotify must be asked for with POST.'],
    ['GET', '/', 404, 'There is nothing at this address.'],
    ['GET', '/wp-login.php', 404, 'There is nothing at this address.'],
    ['PUT', '/shipstation', 404, 'There is nothing at this address.'],
    ['DELETE', '/shipstation?action=export', 404, 'There is nothing at this address.'],
    ['GET', '/%zz', 400, 'The request could not be read.'],
    ['GET', '/shipstation/%c0%80', 400, 'The request could not be read.'],
  ])('%s %s', async (method, path, status, text) => {
    const { ask, exports, notices } = await startEndpoint();
    expect(await plainLine(await ask(path, { method }))).toEqual({ status, text });
    expect([exports, notices]).toEqual([[], []]);
  });

  test.each<[string, string, string]>([
    ['POST', 'export', 'GET'],
    ['GET', 'shipnotify', 'POST'],
  ])('%s %s is told the right method', async (method, action, allow) => {
    const { ask } = await startEndpoint();
    expect((await ask(`/shipstation?action=${action}`, { method })).headers.get('allow')).toBe(allow);
  });
});
