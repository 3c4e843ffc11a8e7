import { expect, onTestFinished, test } from 'vitest';
import { buildOpsApp } from '../../src/server/ops-app.ts';
import { rawClient } from './raw-client.ts';

async function ask(path: string, checkReady: () => Promise<void>) {
  const metrics = { contentType: METRICS, text: async () => 'up 1\n' };
  const app = buildOpsApp({ checkReady, metrics });
  onTestFinished(() => app.close());
  const address = await app.listen({ port: 0, host: '127.0.0.1' });
  const response = await fetch(address + path);
  return { status: response.status, type: response.headers.get('content-type'), text: await response.text() };
}

const METRICS = 'text/plain; version=0.0.4; charset=utf-8';
const PLAIN = 'text/plain; charset=utf-8';

test('livez says that the process answers, whatever the database does', async () => {
  const answer = await ask('/livez', () => Promise.reject(new Error('away')));
  expect(answer).toEqual({ status: 200, type: PLAIN, text: 'alive\n' });
});

test('readyz says that ShipStation would be answered', async () => {
  expect(await ask('/readyz', () => Promise.resolve())).toEqual({
    status: 200,
    type: PLAIN,
    text: 'ready\n',
  });
});

test.each<[unknown, string]>([
  [new Error('the bridge is starting'), 'not ready: the bridge is starting\n'],
  ['something else', 'not ready: unknown reason\n'],
])('readyz says what stands in the way', async (reason, text) => {
  expect(await ask('/readyz', () => Promise.reject(reason))).toEqual({ status: 503, type: PLAIN, text });
});

test('metrics gives what is counted, whatever the database does', async () => {
  const answer = await ask('/metrics', () => Promise.reject(new Error('away')));
  expect(answer).toEqual({ status: 200, type: METRICS, text: 'up 1\n' });
});

test('nothing else is there, least of all ShipStation’s endpoint', async () => {
  expect((await ask('/shipstation', () => Promise.resolve())).status).toBe(404);
});

test('a client that is slow to ask is closed', async () => {
  const app = buildOpsApp({
    checkReady: () => Promise.resolve(),
    metrics: { contentType: METRICS, text: async () => '' },
    limits: { headersMs: 200, requestMs: 400, lookForSlowMs: 20 },
  });
  onTestFinished(() => app.close());
  const address = await app.listen({ port: 0, host: '127.0.0.1' });
  const client = rawClient(Number(new URL(address).port));
  client.send('GET /readyz HTTP/1.1\r\nhost: x\r\nx: ');
  await client.drip('y'.repeat(10_000), 5);
  await client.over;
  expect(client.received()).toMatch(/^HTTP\/1\.1 408 /);
});
