import { randomBytes } from 'node:crypto';
import { describe, expect, test } from 'vitest';
import type { NoticeAnswer } from '../../src/bridge/apply-notice/notice-answer.ts';
import { basic, plainLine, postLargeBody, startEndpoint } from './endpoint.ts';

const PATH =
  '/shipstation?action=shipnotify&order_number=7001&carrier=UPS&service=UPS%C2%AE+Ground&tracking_number=1Z+999';

describe('a notice', () => {
  test('reaches the bridge with its query and its body, and without credentials', async () => {
    const { ask, notices } = await startEndpoint();
    await ask(`${PATH}&SS-UserName=a&SS-Password=b`, { method: 'POST', body: '<ShipNotice/>' });
    expect(notices).toEqual([
      {
        query: { order_number: '7001', carrier: 'UPS', service: 'UPS® Ground', tracking_number: '1Z 999' },
        body: Buffer.from('<ShipNotice/>'),
      },
    ]);
  });

  test('may have an empty body and empty parameters', async () => {
    const { ask, notices } = await startEndpoint();
    const response = await ask(
      '/shipstation?action=ShipNotify&order_number=7001&service=&tracking_number=+',
      {
        method: 'POST',
      },
    );
    expect(response.status).toBe(200);
    expect(notices).toEqual([
      {
        query: { order_number: '7001', carrier: undefined, service: undefined, tracking_number: undefined },
        body: Buffer.alloc(0),
      },
    ]);
  });

  const XML = Buffer.from(
    '<?xml version="1.0" encoding="utf-8"?>\r\n<ShipNotice a="1&amp;2">é%20+=&lt;</ShipNotice>\r\n',
  );
  const TYPES = [
    undefined,
    '',
    'text/xml',
    'application/xml; charset=utf-8',
    'application/x-www-form-urlencoded',
    'application/json',
    'multipart/form-data; boundary=x',
    'multipart/form-data',
    'text/plain; charset=utf-16',
    'nonsense',
    'a/b/c;;;=',
    'text/xml; charset="utf-8',
    '*',
  ];

  test.each(TYPES)('arrives byte for byte as content type %j', async (type) => {
    const { port, notices } = await startEndpoint();
    for (const body of [
      XML,
      randomBytes(3000),
      Buffer.from([0xef, 0xbb, 0xbf, 0x00, 0xff, 0xfe]),
      Buffer.from('{"a":'),
    ]) {
      const length = { 'content-length': String(body.length) };
      const response = await postLargeBody(
        port,
        body,
        type === undefined ? length : { ...length, 'content-type': type },
      );
      expect(response.status).toBe(200);
      expect(notices.at(-1)?.body).toEqual(body);
    }
  });

  test.each(TYPES)('may be empty as content type %j', async (type) => {
    const { port, notices } = await startEndpoint();
    const response = await postLargeBody(port, Buffer.alloc(0), {
      'content-length': '0',
      ...(type === undefined ? {} : { 'content-type': type }),
    });
    expect(response.status).toBe(200);
    expect(notices).toMatchObject([{ body: Buffer.alloc(0) }]);
  });

  test('arrives in chunks', async () => {
    const { port, notices } = await startEndpoint();
    const body = randomBytes(200_000);
    expect((await postLargeBody(port, body, { 'transfer-encoding': 'chunked' })).status).toBe(200);
    expect(notices[0]?.body).toEqual(body);
  });

  test('may have four megabytes', async () => {
    const { port, notices } = await startEndpoint();
    const body = randomBytes(4 * 1024 * 1024);
    expect((await postLargeBody(port, body, { 'content-length': String(body.length) })).status).toBe(200);
    expect(notices[0]?.body.equals(body)).toBe(true);
  });

  test.each<[string, Record<string, string>]>([
    ['of a known length', { 'content-length': String(5 * 1024 * 1024) }],
    ['in chunks', { 'transfer-encoding': 'chunked' }],
  ])('of five megabytes is refused, %s', async (_, headers) => {
    const { port, notices } = await startEndpoint();
    const response = await postLargeBody(port, Buffer.alloc(5 * 1024 * 1024, 'x'), headers);
    expect(await plainLine(response)).toEqual({ status: 413, text: 'The request body is too large.' });
    expect(notices).toEqual([]);
  });

  test.each(['order_number', 'carrier', 'service', 'tracking_number'])(
    'that gives %s twice is taken by the first: a parcel that has left is a fact',
    async (name) => {
      const { ask, notices } = await startEndpoint();
      const response = await ask(`/shipstation?action=shipnotify&${name}=1&${name}=2`, { method: 'POST' });
      expect(response.status).toBe(200);
      expect(notices).toMatchObject([{ query: { [name]: '1' } }]);
    },
  );
});

describe('the answer to a notice', () => {
  test.each<[NoticeAnswer['kind'], number]>([
    ['applied', 200],
    ['repeated', 200],
    ['nothing-left', 200],
    ['unreadable', 400],
    ['unknown-order', 404],
    ['refused', 422],
    ['later', 503],
  ])('%s is %i and the sentence', async (kind, status) => {
    const sentence = 'Order 7001 says this.';
    const { ask } = await startEndpoint({ applyNotice: async () => ({ kind, sentence }) });
    const response = await ask(PATH, { method: 'POST', headers: basic(), body: '<ShipNotice/>' });
    expect(response.headers.get('retry-after')).toBe(status === 503 ? '60' : null);
    expect(await plainLine(response)).toEqual({ status, text: sentence });
  });
});
