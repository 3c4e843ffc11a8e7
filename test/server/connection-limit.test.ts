import { once } from 'node:events';
import { type AddressInfo, createServer, type Server } from 'node:net';
import { expect, onTestFinished, test } from 'vitest';
import { createProxyTest } from '../../src/server/client-address.ts';
import { limitConnections } from '../../src/server/connection-limit.ts';
import { basic, startEndpoint } from './endpoint.ts';
import { type RawClient, rawClient } from './raw-client.ts';

interface Limited {
  readonly port: number;
  readonly server: Server;
  readonly logged: readonly object[];
  readonly pass: (milliseconds: number) => void;
}

/** A server that holds so many connections in all and of one client, as which this machine counts. */
async function limitedServer(
  connections: number,
  connectionsOfOne: number,
  mayBeProxy = false,
): Promise<Limited> {
  const server = createServer();
  const logged: object[] = [];
  let at = 0;
  const note = (line: object) => void logged.push(line);
  limitConnections(
    server,
    { connections, connectionsOfOne },
    { mayBeProxy: () => mayBeProxy, log: { info: note, warn: note, error: note }, now: () => at },
  );
  server.on('connection', (socket) => socket.on('error', () => undefined).write('hello'));
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  onTestFinished(() => void server.close());
  const { port } = server.address() as AddressInfo; // listening on TCP
  return {
    port,
    server,
    logged,
    pass(milliseconds) {
      at += milliseconds;
    },
  };
}

/** Whether a new connection is taken, once the server has decided. */
async function isTaken(client: RawClient): Promise<boolean> {
  await expect.poll(() => client.isOver() || client.received() === 'hello').toBe(true);
  return client.received() === 'hello';
}

test('of one client so many are held, and a next one when one of them has gone', async () => {
  const { port, logged } = await limitedServer(100, 3);
  const clients = [1, 2, 3].map(() => rawClient(port));
  for (const client of clients) expect(await isTaken(client)).toBe(true);
  expect(await isTaken(rawClient(port))).toBe(false);
  expect(await isTaken(rawClient(port))).toBe(false);
  expect(logged).toEqual([{ event: 'connection.refused', address: '127.0.0.1', limit: 3 }]);
  clients[0]?.hangUp();
  await expect.poll(async () => isTaken(rawClient(port))).toBe(true);
});

test('it is said once a minute', async () => {
  const { port, logged, pass } = await limitedServer(100, 1);
  expect(await isTaken(rawClient(port))).toBe(true);
  expect(await isTaken(rawClient(port))).toBe(false);
  expect(await isTaken(rawClient(port))).toBe(false);
  pass(60_000);
  expect(await isTaken(rawClient(port))).toBe(false);
  expect(logged).toHaveLength(2);
});

test('of what may be a proxy all are held that the server holds', async () => {
  const { port, logged } = await limitedServer(10, 3, true);
  for (let count = 0; count < 10; count += 1) expect(await isTaken(rawClient(port))).toBe(true);
  expect(await isTaken(rawClient(port))).toBe(false);
  expect(logged).toEqual([{ event: 'connection.refused', address: '127.0.0.1', limit: 10 }]);
});

test('the endpoint holds as many as it may, and others when those have gone', async () => {
  const { app, port, ask, logged } = await startEndpoint({}, {}, { connections: 5 });
  const clients = [1, 2, 3, 4, 5].map(() => rawClient(port));
  const authorization = basic()['authorization'];
  for (const client of clients)
    client.send(`GET /shipstation HTTP/1.1\r\nhost: x\r\nauthorization: ${authorization}\r\n\r\n`);
  for (const client of clients) await expect.poll(() => client.received()).toMatch(/^HTTP\/1\.1 200/);
  const late = rawClient(port);
  await late.over;
  expect(late.received()).toBe('');
  expect(logged).toContainEqual(
    expect.objectContaining({ level: 'warn', event: 'connection.refused', limit: 5 }),
  );
  for (const client of clients) client.hangUp();
  const held = () =>
    new Promise<number>((resolve) => app.server.getConnections((_error, count) => resolve(count)));
  await expect.poll(held).toBe(0);
  expect((await ask('/shipstation')).status).toBe(200);
});

test.each<[string, boolean | string[], boolean]>([
  ['203.0.113.7', false, true],
  ['8.8.8.8', false, false],
  ['8.8.8.8', true, true],
  ['8.8.8.8', ['8.8.8.0/24'], true],
  ['8.8.8.8', ['9.9.9.9'], false],
  ['::ffff:8.8.8.8', ['8.8.8.8'], true],
  ['2a00:1450::1', false, false],
  ['2a00:1450::1', ['2a00:1450::/32'], true],
  ['127.0.0.1', false, true],
  ['10.1.2.3', false, true],
  ['172.17.0.1', false, true],
  ['192.168.1.1', ['8.8.8.8'], true],
  ['100.64.0.1', false, true],
  ['::1', false, true],
  ['::ffff:127.0.0.1', false, true],
  ['fd00::1', false, true],
  ['fe80::1%eth0', false, true],
  ['', false, false],
])('%s with TRUST_PROXY %s may have the connections of many clients: %s', (address, trustProxy, expected) => {
  expect(createProxyTest(trustProxy)(address)).toBe(expected);
});
