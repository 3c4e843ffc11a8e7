import { describe, expect, test } from 'vitest';
import { basic, PASSWORD, plainLine, startEndpoint, USERNAME } from './endpoint.ts';

const base64 = (text: string) => Buffer.from(text).toString('base64');
const inQuery = (username: string, password: string) =>
  `&SS-UserName=${encodeURIComponent(username)}&SS-Password=${encodeURIComponent(password)}`;
const UMLAUTS = { username: 'Jürgen', passwords: ['pässwörd ♥'] };

describe('lets in', () => {
  test.each<[string, Record<string, string>, string]>([
    ['Basic, with a colon in the password', basic(), ''],
    ['Basic in small letters', { authorization: `basic ${base64(`${USERNAME}:${PASSWORD}`)}` }, ''],
    ['Basic with more blanks', { authorization: `Basic   ${base64(`${USERNAME}:${PASSWORD}`)} ` }, ''],
    [
      'the two headers of ShipStation’s own plugins',
      { 'SS-Auth-User': USERNAME, 'SS-Auth-Pw': PASSWORD },
      '',
    ],
    ['the two headers in capitals', { 'SS-AUTH-USER': USERNAME, 'SS-AUTH-PW': PASSWORD }, ''],
    ['the query', {}, inQuery(USERNAME, PASSWORD)],
    ['the query in small letters', {}, inQuery(USERNAME, PASSWORD).toLowerCase()],
    // A proxy with a password of its own uses the header up.
    ['the query beside a header of somebody else', basic('staging', 'gate'), inQuery(USERNAME, PASSWORD)],
    ['the header beside a wrong query', basic(), inQuery(USERNAME, 'wrong')],
  ])('%s', async (_, headers, query) => {
    const { ask } = await startEndpoint();
    const response = await ask(`/shipstation?action=export${query}`, { headers });
    expect(response.status).toBe(200);
  });

  test.each<[string, Record<string, string>, string]>([
    ['Basic', basic(UMLAUTS.username, UMLAUTS.passwords[0]), ''],
    ['the query', {}, inQuery(UMLAUTS.username, UMLAUTS.passwords[0] ?? '')],
  ])('a name and password beyond ASCII, by %s', async (_, headers, query) => {
    const { ask } = await startEndpoint({}, { credentials: UMLAUTS });
    expect((await ask(`/shipstation?action=export${query}`, { headers })).status).toBe(200);
  });

  test('the previous password while it is being changed, and the new one', async () => {
    const { ask } = await startEndpoint(
      {},
      { credentials: { username: USERNAME, passwords: ['new', 'old'] } },
    );
    const statusOf = async (password: string) =>
      (await ask('/shipstation?action=export', { headers: basic(USERNAME, password) })).status;
    expect([await statusOf('new'), await statusOf('old'), await statusOf('older')]).toEqual([200, 200, 401]);
  });
});

describe('keeps out', () => {
  const expectRefused = async (text: string, headers: Record<string, string>, query: string) => {
    const { ask, exports, notices } = await startEndpoint();
    for (const [action, method] of [
      ['export&start_date=03/02/2026+00:00&end_date=03/03/2026+00:00', 'GET'],
      ['shipnotify&order_number=7001', 'POST'],
      ['export', 'POST'],
      ['nonsense', 'GET'],
    ] as const) {
      const response = await ask(`/shipstation?action=${action}${query}`, { headers, method });
      expect(response.headers.get('www-authenticate')).toMatch(/^Basic realm="/);
      expect(await plainLine(response)).toEqual({ status: 401, text });
    }
    expect([exports, notices]).toEqual([[], []]);
  };

  test.each<[string, Record<string, string>, string]>([
    ['a wrong password', basic(USERNAME, 'wrong'), ''],
    ['a wrong name', basic('somebody', PASSWORD), ''],
    ['a name in other letters', basic('ShipStation', PASSWORD), ''],
    ['a password in other letters', basic(USERNAME, PASSWORD.toUpperCase()), ''],
    ['the beginning of the password', basic(USERNAME, 'correct'), ''],
    ['a longer password', basic(USERNAME, `${PASSWORD}!`), ''],
    ['an empty password', basic(USERNAME, ''), ''],
    ['name and password exchanged', basic(PASSWORD, USERNAME), ''],
    [
      'name and password without a colon between them',
      { authorization: `Basic ${base64(USERNAME + PASSWORD)}` },
      '',
    ],
    ['a wrong query', {}, inQuery(USERNAME, 'wrong')],
  ])('%s', (_, headers, query) => expectRefused('Wrong user name or password.', headers, query));

  // What ShipStation shows tells the merchant that the mistake is not in what was typed.
  test.each<[string, Record<string, string>, string]>([
    ['nobody', {}, ''],
    ['Basic without a colon', { authorization: `Basic ${base64(USERNAME)}` }, ''],
    ['Basic that is not base64', { authorization: 'Basic ***' }, ''],
    ['Basic without anything', { authorization: 'Basic' }, ''],
    ['another scheme', { authorization: `Bearer ${base64(`${USERNAME}:${PASSWORD}`)}` }, ''],
    ['the name’s header alone', { 'ss-auth-user': USERNAME }, ''],
    ['the password’s header alone', { 'ss-auth-pw': PASSWORD }, ''],
    ['half in the headers, half in the query', { 'ss-auth-user': USERNAME }, `&SS-Password=${PASSWORD}`],
    ['a password that is given twice', {}, `${inQuery(USERNAME, PASSWORD)}&SS-Password=${PASSWORD}`],
  ])('%s, saying that nothing has arrived', (_, headers, query) =>
    expectRefused(
      'No user name and password have arrived; does a proxy drop the Authorization header?',
      headers,
      query,
    ),
  );
});
