import { setTimeout as sleep } from 'node:timers/promises';
import { describe, expect, it, test } from 'vitest';
import { LIMITS } from '../../src/server/limits.ts';
import { anOrder } from '../shipstation/order-documents.ts';
import { basic, postLargeBody, sendBytes, startEndpoint, USERNAME, withOrders } from './endpoint.ts';
import { rawClient } from './raw-client.ts';

const EXPORT = '/shipstation?action=export&start_date=03/02/2026+00:00&end_date=03/03/2026+00:00';
const NOTICE = '/shipstation?action=shipnotify&order_number=7001';
const RIGHT = `host: x\r\nauthorization: ${basic()['authorization']}\r\n`;
const STRANGE = 'host: x\r\n';
const FOREVER = 'x'.repeat(10_000);
const TOO_LATE =
  /HTTP\/1\.1 408 Request Timeout\r\ncontent-type: text\/plain; charset=utf-8\r\n.*\r\n\r\nThe request took too long to arrive\.$/s;

// The limits at a pace for a test.
const QUICK = { headersMs: 200, requestMs: 400, lookForSlowMs: 20 };

describe('a client that is slow to ask', () => {
  it('has ten seconds for the headers and thirty for all of a request', async () => {
    const { app } = await startEndpoint();
    expect([app.server.headersTimeout, app.server.requestTimeout]).toEqual([10_000, 30_000]);
    expect(LIMITS).toMatchObject({ headersMs: 10_000, requestMs: 30_000 });
  });

  test('with its headers, a byte at a time, is refused', async () => {
    const { port } = await startEndpoint({}, {}, QUICK);
    const client = rawClient(port);
    client.send(`GET ${EXPORT} HTTP/1.1\r\n${RIGHT}x: `);
    await client.drip(FOREVER, 5);
    await client.over;
    expect(client.received()).toMatch(TOO_LATE);
  });

  test('with its body, a byte at a time, is refused, and nothing is made of the notice', async () => {
    const { port, notices } = await startEndpoint({}, {}, QUICK);
    const client = rawClient(port);
    client.send(`POST ${NOTICE} HTTP/1.1\r\n${RIGHT}content-length: ${FOREVER.length}\r\n\r\n`);
    await client.drip(FOREVER, 5);
    await client.over;
    expect(client.received()).toMatch(TOO_LATE);
    expect(notices).toEqual([]);
  });

  test('with its body in chunks is refused', async () => {
    const { port, notices } = await startEndpoint({}, {}, QUICK);
    const client = rawClient(port);
    client.send(`POST ${NOTICE} HTTP/1.1\r\n${RIGHT}transfer-encoding: chunked\r\n\r\n`);
    await client.drip('1\r\nx\r\n'.repeat(2000), 5);
    await client.over;
    expect(client.received()).toMatch(TOO_LATE);
    expect(notices).toEqual([]);
  });

  test('that says nothing at all is closed', async () => {
    const { port } = await startEndpoint({}, {}, QUICK);
    const client = rawClient(port);
    await client.over;
    expect(client.received()).toMatch(TOO_LATE);
  });

  test('and does not get in is told so at once, and cut off in the end', async () => {
    const { port, notices } = await startEndpoint({}, {}, QUICK);
    const client = rawClient(port);
    client.send(`POST ${NOTICE} HTTP/1.1\r\n${STRANGE}content-length: ${FOREVER.length}\r\n\r\n`);
    await client.drip(FOREVER, 5);
    await client.over;
    expect(client.received()).toMatch(/^HTTP\/1\.1 401 Unauthorized\r\n/);
    expect(notices).toEqual([]);
  });

  test('a hundred times does not keep others from being answered', async () => {
    const { port, ask } = await startEndpoint();
    const clients = Array.from({ length: 100 }, () => rawClient(port));
    for (const client of clients)
      client.send(`POST ${NOTICE} HTTP/1.1\r\n${RIGHT}content-length: 500\r\n\r\n<Ship`);
    expect((await ask(EXPORT)).status).toBe(200);
    expect(clients.some(({ isOver }) => isOver())).toBe(false);
  });
});

describe('a client that is idle', () => {
  test('after its answer is closed', async () => {
    const { port } = await startEndpoint({}, {}, { keepAliveMs: 100 });
    const client = rawClient(port);
    client.send(`GET ${EXPORT} HTTP/1.1\r\n${RIGHT}\r\n`);
    await client.over;
    expect(client.received()).toMatch(/^HTTP\/1\.1 200 OK\r\n/);
  });

  test('for less than that can ask again', async () => {
    const { port, exports } = await startEndpoint();
    const client = rawClient(port);
    for (const turn of [1, 2, 3]) {
      client.send(`GET ${EXPORT} HTTP/1.1\r\n${RIGHT}\r\n`);
      await expect.poll(() => client.received().match(/HTTP\/1\.1 200 OK/g)).toHaveLength(turn);
      await sleep(20);
    }
    expect(exports).toHaveLength(3);
    expect(client.isOver()).toBe(false);
  });

  test.each<[string, string, number]>([
    ['without credentials', `GET ${EXPORT} HTTP/1.1\r\n${STRANGE}\r\n`, 401],
    ['with wrong ones', `GET ${EXPORT}&SS-UserName=a&SS-Password=b HTTP/1.1\r\n${STRANGE}\r\n`, 401],
    ['who looks for something else', `GET /wp-login.php HTTP/1.1\r\n${STRANGE}\r\n`, 404],
  ])('%s holds no connection', async (_, bytes, status) => {
    const { port } = await startEndpoint();
    expect(await sendBytes(port, bytes)).toMatch(
      new RegExp(`^HTTP/1\\.1 ${status} [^]*\\r\\nconnection: close\\r\\n`),
    );
  });

  test('whose wrong password came with a notice gets its answer whole', async () => {
    const { port } = await startEndpoint();
    const answer = await postLargeBody(port, Buffer.alloc(1_000_000, 'x'), {
      ...basic(USERNAME, 'wrong'),
      'content-length': '1000000',
    });
    expect([answer.status, await answer.text()]).toEqual([401, 'Wrong user name or password.\n']);
  });
});

describe('a client that does not take its answer', () => {
  // More than the buffers of two sockets hold.
  const huge = withOrders(Array.from({ length: 40_000 }, () => anOrder()));

  test('is cut off, and the log says so', async () => {
    const { port, logged } = await startEndpoint(huge, {}, { takeAnswerMs: 300 });
    const client = rawClient(port);
    client.stopReading();
    client.send(`GET ${EXPORT} HTTP/1.1\r\n${RIGHT}\r\n`);
    await expect
      .poll(() => logged, { timeout: 20_000 })
      .toContainEqual(expect.objectContaining({ level: 'warn', event: 'answer.not_taken', seconds: 0.3 }));
    client.startReading();
    await client.over;
    expect(client.received()).not.toContain('</Orders>');
  });

  test('in time, but takes a little of it again and again, is cut off', async () => {
    const { port, logged } = await startEndpoint(huge, {}, { takeAnswerMs: 300 });
    const client = rawClient(port);
    client.send(`GET ${EXPORT} HTTP/1.1\r\n${RIGHT}\r\n`);
    while (!client.isOver() && !logged.some(({ event }) => event === 'answer.not_taken')) {
      client.startReading();
      await sleep(1);
      client.stopReading();
      await sleep(40);
    }
    client.startReading();
    await client.over;
    expect(client.received()).not.toContain('</Orders>');
    expect(logged).toContainEqual(expect.objectContaining({ event: 'answer.not_taken' }));
  });

  test('does not keep others from theirs, who have all the time that they need', async () => {
    const { port, ask, logged } = await startEndpoint(huge);
    const client = rawClient(port);
    client.stopReading();
    client.send(`GET ${EXPORT} HTTP/1.1\r\n${RIGHT}\r\n`);
    const response = await ask(EXPORT);
    expect((await response.text()).endsWith('</Orders>')).toBe(true);
    expect(client.isOver()).toBe(false);
    client.startReading();
    await expect.poll(() => client.received().endsWith('</Orders>'), { timeout: 20_000 }).toBe(true);
    expect(logged.map(({ event }) => event)).not.toContain('answer.not_taken');
  });

  test('and is silent, is closed', async () => {
    const { app, port } = await startEndpoint(huge, {}, { silentSocketMs: 300 });
    const client = rawClient(port);
    client.stopReading();
    client.send(`GET ${EXPORT} HTTP/1.1\r\n${RIGHT}\r\n`);
    const connections = () =>
      new Promise<number>((resolve) => app.server.getConnections((_error, count) => resolve(count)));
    await expect.poll(connections).toBe(1);
    await expect.poll(connections, { timeout: 20_000 }).toBe(0);
    client.startReading();
    await client.over;
    expect(client.received()).not.toContain('</Orders>');
  });
});

describe('too much', () => {
  test.each<[string, string]>([
    ['one long header', `x: ${'y'.repeat(17_000)}\r\n`],
    ['many short headers', 'xxxx: yyyyyyyyyyyy\r\n'.repeat(2000)],
  ])('%s is a 431 with a sentence', async (_, headers) => {
    const { port, exports } = await startEndpoint();
    const answer = await sendBytes(port, `GET ${EXPORT} HTTP/1.1\r\n${RIGHT}${headers}\r\n`);
    expect(answer).toMatch(/^HTTP\/1\.1 431 Request Header Fields Too Large\r\n/);
    expect(answer).toMatch(/\r\n\r\nThe request headers are too large\.$/);
    expect(exports).toEqual([]);
  });

  test('a long address is a 431', async () => {
    const { port } = await startEndpoint();
    const answer = await sendBytes(port, `GET ${EXPORT}&x=${'y'.repeat(100_000)} HTTP/1.1\r\n${RIGHT}\r\n`);
    expect(answer).toMatch(/^HTTP\/1\.1 431 /);
  });

  test.each<[string, string]>([
    ['names', Array.from({ length: 1500 }, (_, index) => `p${index}=1`).join('&')],
    ['values of one name', 'a=1&'.repeat(3000)],
    ['separators', '&'.repeat(14_000)],
    ['names that are none of their own', '__proto__=1&constructor=2&toString=3&hasOwnProperty=4'],
    ['broken escapes', '%zz=%&%%%=1&'.repeat(900)],
  ])('many %s in the query change nothing', async (_, parameters) => {
    const { ask, exports } = await startEndpoint();
    expect((await ask(`${EXPORT}&${parameters}`)).status).toBe(200);
    expect(exports).toHaveLength(1);
  });
});
