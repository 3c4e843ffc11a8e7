import { request } from 'node:http';
import { gunzipSync } from 'node:zlib';
import { describe, expect, it } from 'vitest';
import { anOrder } from '../shipstation/order-documents.ts';
import { basic, startEndpoint, withOrders } from './endpoint.ts';

const EXPORT =
  '/shipstation?action=export&start_date=03%2f02%2f2026+09%3a05&end_date=03%2f02%2f2026+17%3a28&page=1';

/** One answer as it came over the wire; what is accepted is said only where it is given. */
async function answerTo(
  path: string,
  accepted: string | undefined,
  { orders = 40, method = 'GET' } = {},
): Promise<{ status: number; headers: Record<string, unknown>; body: Buffer }> {
  const { port } = await startEndpoint(withOrders(Array.from({ length: orders }, () => anOrder())));
  return new Promise((resolve, reject) => {
    const headers = { ...basic(), ...(accepted === undefined ? {} : { 'accept-encoding': accepted }) };
    const asking = request({ port, host: '127.0.0.1', path, method, headers }, (response) => {
      const pieces: Buffer[] = [];
      response.on('data', (piece: Buffer) => pieces.push(piece));
      response.on('end', () =>
        resolve({
          status: response.statusCode ?? 0,
          headers: response.headers,
          body: Buffer.concat(pieces),
        }),
      );
      response.on('error', reject);
    });
    asking.on('error', reject);
    asking.end();
  });
}

describe('a page', () => {
  it.each([['gzip'], ['gzip, deflate, br'], ['GZIP'], ['deflate;q=1.0, gzip;q=0.5']])(
    'is compressed for a client that accepts "%s", and is the same page',
    async (accepted) => {
      const plain = await answerTo(EXPORT, undefined);
      const { status, headers, body } = await answerTo(EXPORT, accepted);
      expect(status).toBe(200);
      expect(headers).toMatchObject({
        'content-encoding': 'gzip',
        'content-length': String(body.length),
        'content-type': 'application/xml; charset=utf-8',
        vary: 'accept-encoding',
      });
      expect(body.length).toBeLessThan(plain.body.length / 4);
      expect(gunzipSync(body).equals(plain.body)).toBe(true);
    },
  );

  it.each([
    [undefined],
    [''],
    ['identity'],
    ['br'],
    ['*'],
    ['gzip;q=0'],
    ['identity;q=1, gzip;q=0.2'],
    [';;;q=,'],
  ])('is plain for a client that accepts %j', async (accepted) => {
    const { status, headers, body } = await answerTo(EXPORT, accepted);
    expect(status).toBe(200);
    expect(headers['content-encoding']).toBeUndefined();
    expect(headers['vary']).toBe('accept-encoding');
    expect(headers['content-length']).toBe(String(body.length));
    expect(body.toString()).toMatch(/^<\?xml .*<\/Orders>$/s);
  });

  it('without orders stays plain: it fits into one packet', async () => {
    const { headers, body } = await answerTo(EXPORT, 'gzip', { orders: 0 });
    expect(headers['content-encoding']).toBeUndefined();
    expect(body.toString()).toContain('<Orders pages="1"></Orders>');
  });

  it('is told to a HEAD as to a GET', async () => {
    const { headers, body } = await answerTo(EXPORT, 'gzip', { method: 'HEAD' });
    expect([headers['content-encoding'], body.length]).toEqual(['gzip', 0]);
  });
});

it('a refusal stays plain', async () => {
  const { status, headers, body } = await answerTo('/shipstation?action=dance', 'gzip');
  expect([status, headers['content-encoding']]).toEqual([400, undefined]);
  expect(body.toString()).toMatch(/^[^\n]+\n$/);
});
