import { describe, expect, test } from 'vitest';
import { NotReady } from '../../src/bridge/not-ready.ts';
import { DatabaseUnavailable } from '../../src/database/database-errors.ts';
import { basic, PASSWORD, plainLine, sendBytes, startEndpoint, USERNAME } from './endpoint.ts';

const EXPORT = '/shipstation?action=export&start_date=03/02/2026+00:00&end_date=03/03/2026+00:00';
const NOTICE = '/shipstation?action=shipnotify&order_number=7001';

/** A bridge in which every call fails in one way. */
const failing = (error: unknown) => ({
  exportOrders: () => Promise.reject(error),
  applyNotice: () => Promise.reject(error),
});

const away = new DatabaseUnavailable(
  Object.assign(new Error('connect ECONNREFUSED 10.1.2.3:3306 for cart_user'), { code: 'ECONNREFUSED' }),
);

describe.each<[string, string]>([
  ['GET', EXPORT],
  ['POST', NOTICE],
])('%s %s', (method, path) => {
  test('is a 503 while the database is away, and ShipStation is to ask again', async () => {
    const { ask, logged } = await startEndpoint(failing(away));
    const response = await ask(path, { method });
    expect(response.headers.get('retry-after')).toBe('60');
    expect(await plainLine(response)).toEqual({
      status: 503,
      text: 'The store database cannot answer at this moment.',
    });
    expect(logged).toContainEqual(
      expect.objectContaining({
        level: 'error',
        event: 'database.unavailable',
        cause: expect.stringContaining('ECONNREFUSED'),
      }),
    );
  });

  test('is a 503 while the admin has to mend something, and the log says what', async () => {
    const { ask, logged } = await startEndpoint(
      failing(new NotReady('the database has no table cscart_orders')),
    );
    const response = await ask(path, { method });
    expect(response.headers.get('retry-after')).toBe('60');
    expect(await plainLine(response)).toEqual({
      status: 503,
      text: 'The bridge cannot work with the store database as it is; its log says why.',
    });
    expect(logged).toContainEqual(
      expect.objectContaining({
        event: 'store.not_ready',
        reason: 'the database has no table cscart_orders',
      }),
    );
  });

  test.each<[string, unknown]>([
    ['an error', new Error('Pat Doe of 5 Hill Rd')],
    ['an error with a status of its own', Object.assign(new Error('Pat Doe'), { statusCode: 502 })],
    ['a text', 'Pat Doe'],
    ['an object', { secret: 'Pat Doe' }],
  ])('is a 500 after %s, with the request’s id and not the cause', async (_, error) => {
    const { ask, logged } = await startEndpoint(failing(error));
    const response = await ask(path, { method });
    const requestId = response.headers.get('x-request-id');
    expect(await plainLine(response)).toEqual({
      status: 500,
      text: `Something went wrong in the bridge; its log has more under request ${requestId}.`,
    });
    expect(logged).toContainEqual(
      expect.objectContaining({ event: 'request.failed', requestId, err: error }),
    );
  });
});

describe('every request leaves one line', () => {
  test.each<[string, string, string, object]>([
    ['an export', 'GET', EXPORT, { level: 'info', method: 'GET', action: 'export', status: 200 }],
    ['a notice', 'POST', NOTICE, { level: 'info', method: 'POST', action: 'shipnotify', status: 200 }],
    ['a bad parameter', 'GET', `${EXPORT}&page=0`, { level: 'warn', action: 'export', status: 400 }],
    [
      'an action that nobody knows, which is not repeated',
      'GET',
      '/shipstation?action=Pat+Doe',
      { level: 'warn', action: undefined, status: 400 },
    ],
    ['an address that nobody knows', 'GET', '/somewhere', { level: 'warn', status: 404 }],
  ])('%s', async (_, method, path, line) => {
    const { ask, logged } = await startEndpoint();
    const response = await ask(path, { method });
    await response.text();
    await expect.poll(() => logged.filter((one) => one['event'] === 'request.answered')).toHaveLength(1);
    expect(logged[0]).toMatchObject({ ...line, requestId: response.headers.get('x-request-id') });
    expect(logged[0]?.['milliseconds']).toBeTypeOf('number');
  });

  test('with the address of those alone who are kept out', async () => {
    const { ask, logged } = await startEndpoint();
    await ask('/shipstation');
    await ask('/shipstation', { headers: basic(USERNAME, 'wrong') });
    await expect.poll(() => logged).toHaveLength(2);
    expect(logged.map((line) => line['address'])).toEqual([undefined, '127.0.0.1']);
  });
});

test('no credential and no personal datum gets into a log line', async () => {
  const { ask, logged, port } = await startEndpoint();
  const secret = `SS-UserName=${USERNAME}&SS-Password=${encodeURIComponent(PASSWORD)}`;
  const body = '<ShipNotice><Recipient><Name>Pat Doe</Name></Recipient></ShipNotice>';
  const headers = { ...basic(), 'ss-auth-user': USERNAME, 'ss-auth-pw': PASSWORD };
  const paths = [
    '/shipstation',
    EXPORT,
    `${EXPORT}&page=0`,
    NOTICE,
    '/elsewhere',
    '/%zz',
    '/shipstation?action=x',
  ];
  for (const path of paths) {
    const joined = `${path}${path.includes('?') ? '&' : '?'}${secret}&name=Pat+Doe`;
    await ask(joined, { headers });
    await ask(joined, { headers, method: 'POST', body });
    await ask(joined, { headers: { ...basic(USERNAME, `${PASSWORD}x`) } });
  }
  await sendBytes(
    port,
    `GET ${EXPORT}&${secret} HTTP/9.9\r\nauthorization: ${basic()['authorization']}\r\n\r\n`,
  );
  await expect.poll(() => logged.length).toBeGreaterThanOrEqual(3 * (paths.length - 1));
  const text = JSON.stringify(logged);
  for (const word of [
    USERNAME,
    PASSWORD,
    encodeURIComponent(PASSWORD),
    basic()['authorization'] ?? '',
    'Pat',
    '7001',
  ])
    expect(text).not.toContain(word);
});

describe('what is no HTTP', () => {
  test.each<[string, string, string, string]>([
    ['nonsense', 'HELLO\r\n\r\n', '400 Bad Request', 'The request could not be read.'],
    [
      'another protocol',
      '\x16\x03\x01\x02\x00\x01\x00\x01\xfc\x03\x03\r\n\r\n',
      '400 Bad Request',
      'The request could not be read.',
    ],
    [
      'a length that is no number',
      'POST /shipstation HTTP/1.1\r\nhost: x\r\ncontent-length: many\r\n\r\n',
      '400 Bad Request',
      'The request could not be read.',
    ],
    [
      'two lengths, by which a second request could be hidden',
      'POST /shipstation HTTP/1.1\r\nhost: x\r\ncontent-length: 5\r\ntransfer-encoding: chunked\r\n\r\n0\r\n\r\n',
      '400 Bad Request',
      'The request could not be read.',
    ],
    [
      'headers without end',
      `GET /shipstation HTTP/1.1\r\nhost: x\r\nx: ${'y'.repeat(40_000)}\r\n\r\n`,
      '431 Request Header Fields Too Large',
      'The request headers are too large.',
    ],
  ])('gets an answer in HTTP: %s', async (_, bytes, status, text) => {
    const { port, notices } = await startEndpoint();
    const [head = '', ...rest] = (await sendBytes(port, bytes)).split('\r\n\r\n');
    expect(head).toMatch(new RegExp(`^HTTP/1\\.1 ${status}\r\n`));
    expect(head.toLowerCase()).toContain('content-type: text/plain; charset=utf-8');
    expect(rest.join('').trimEnd()).toBe(text);
    expect(notices).toEqual([]);
  });

  test.each<[string, string]>([
    ['a body', `POST ${NOTICE} HTTP/1.1\r\nhost: x\r\ncontent-length: 500\r\n\r\n<ShipNotice>`],
    ['a header', `POST ${NOTICE} HTTP/1.1\r\nhost: x\r\n`],
  ])('%s that does not arrive in time is refused', async (_, bytes) => {
    const { app, port, notices } = await startEndpoint();
    const { server } = app;
    expect([server.headersTimeout, server.requestTimeout]).toEqual([10_000, 30_000]);
    // The same at a pace for a test.
    server.headersTimeout = 100;
    server.requestTimeout = 200;
    const authorized = bytes.replace('host: x', `host: x\r\nauthorization: ${basic()['authorization']}`);
    const answer = await sendBytes(port, authorized);
    expect(answer).toMatch(/^HTTP\/1\.1 408 Request Timeout\r\ncontent-type: text\/plain; charset=utf-8\r\n/);
    expect(answer).toMatch(/\r\n\r\nThe request took too long to arrive\.$/);
    expect(notices).toEqual([]);
  });
});
