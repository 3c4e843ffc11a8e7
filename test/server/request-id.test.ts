import { expect, test } from 'vitest';
import { DatabaseUnavailable } from '../../src/database/database-errors.ts';
import { buildStore } from '../support/store/store.ts';
import { startTestBridge } from '../support/test-bridge.ts';
import { createTestDatabase } from '../support/test-database.ts';
import { basic, PASSWORD, sendBytes, startEndpoint, USERNAME } from './endpoint.ts';

const UUID = /^[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}$/;
const EXPORT = '/shipstation?action=export&start_date=03/02/2026+00:00&end_date=03/03/2026+00:00';
const NOTICE = '/shipstation?action=shipnotify&order_number=1';

const failing = {
  exportOrders: () => Promise.reject(new DatabaseUnavailable(new Error('away'))),
  applyNotice: () => Promise.reject(new Error('unforeseen')),
};

test.each<[number, string, string, RequestInit]>([
  [200, 'a page', EXPORT, {}],
  [200, 'a notice', NOTICE, { method: 'POST' }],
  [400, 'a parameter that is wrong', `${EXPORT}&page=0`, {}],
  [401, 'no credentials', EXPORT, { headers: {} }],
  [401, 'a wrong password', EXPORT, { headers: basic(USERNAME, `${PASSWORD}x`) }],
  [404, 'an address that does not exist', '/elsewhere', {}],
  [404, 'a method that does not exist', '/shipstation', { method: 'PUT' }],
  [405, 'the wrong method for an action', '/shipstation?action=export', { method: 'POST' }],
  [413, 'a body that is too large', NOTICE, { method: 'POST', body: 'x'.repeat(5 * 1024 * 1024) }],
])(
  'an answer of %d carries an id of its own, which its line in the log has, too: %s',
  async (status, _, path, init) => {
    const { ask, logged } = await startEndpoint();
    const ids: (string | null)[] = [];
    for (let turn = 0; turn < 2; turn += 1) {
      const response = await ask(path, init);
      await response.text();
      expect(response.status).toBe(status);
      ids.push(response.headers.get('x-request-id'));
    }
    expect(new Set(ids).size).toBe(2);
    for (const id of ids) expect(id).toMatch(UUID);
    await expect.poll(() => logged.map((line) => line['requestId'])).toEqual(ids);
  },
);

test.each<[number, string, RequestInit]>([
  [503, EXPORT, {}],
  [500, NOTICE, { method: 'POST' }],
])('an answer of %d has the id of the line that says why', async (status, path, init) => {
  const { ask, logged } = await startEndpoint(failing);
  const response = await ask(path, init);
  expect(response.status).toBe(status);
  await expect.poll(() => logged).toHaveLength(2);
  for (const line of logged) expect(line['requestId']).toBe(response.headers.get('x-request-id'));
});

test('an answer of 429 carries one, and an address that cannot be read', async () => {
  const { ask } = await startEndpoint({}, { rateLimitPerMinute: 1 });
  await ask('/shipstation');
  const limited = await ask('/shipstation');
  expect([limited.status, limited.headers.get('x-request-id')]).toEqual([429, expect.stringMatching(UUID)]);
  const { ask: askAnother } = await startEndpoint();
  const unreadable = await askAnother('/%zz');
  expect([unreadable.status, unreadable.headers.get('x-request-id')]).toEqual([
    400,
    expect.stringMatching(UUID),
  ]);
});

test('what is no request has one as well, and a line in the log that does not repeat what came', async () => {
  const { port, logged } = await startEndpoint();
  const answer = await sendBytes(port, 'PLANTED secret\r\n\r\n');
  const [, requestId] = /^x-request-id: (.+)\r$/m.exec(answer) ?? [];
  expect(requestId).toMatch(UUID);
  expect(logged).toEqual([
    {
      level: 'warn',
      event: 'request.broken',
      requestId,
      status: 400,
      address: expect.stringMatching(/127\.0\.0\.1$/),
      message: 'what came is no request',
    },
  ]);
});

test('an id that a client brings is not taken over', async () => {
  const { ask, logged } = await startEndpoint();
  const response = await ask('/shipstation', { headers: { ...basic(), 'x-request-id': 'planted' } });
  expect(response.headers.get('x-request-id')).toMatch(UUID);
  await expect.poll(() => logged).toHaveLength(1);
  expect(JSON.stringify(logged)).not.toContain('planted');
});

test('of what is no request, no more than sixty lines a minute are written', async () => {
  const { port, logged } = await startEndpoint();
  for (let turn = 0; turn < 65; turn += 1) await sendBytes(port, 'HELLO\r\n\r\n');
  expect(logged).toHaveLength(60);
});

test('all that the bridge logs for a request has its id', async () => {
  const database = await createTestDatabase();
  const store = await buildStore(database, { version: '4.18.2 M' });
  const bridge = await startTestBridge(store);
  try {
    const { orderId } = await store.addOrder({});
    await store.addOrder({ shipTo: { city: '' }, billTo: { city: '' } });
    bridge.logs.length = 0;
    const page = await bridge.request('action=export&start_date=01/01/2026+00:00&end_date=12/31/2037+00:00');
    const notice = await bridge.request(`action=shipnotify&order_number=${orderId}`, { method: 'POST' });
    const idsOf = (event: string) =>
      bridge.logs.filter((line) => line.event === event).map((line) => line['requestId']);
    expect([page.status, notice.status]).toEqual([200, 200]);
    const [pageId, noticeId] = [page, notice].map(({ headers }) => headers.get('x-request-id'));
    for (const event of ['export.page', 'order.left_out']) expect(idsOf(event)).toEqual([pageId]);
    for (const event of ['notice.received', 'notice.applied']) expect(idsOf(event)).toEqual([noticeId]);
  } finally {
    await bridge.close();
    await database.drop();
  }
});
