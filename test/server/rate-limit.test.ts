import { createHash } from 'node:crypto';
import { request } from 'node:http';
import { describe, expect, test } from 'vitest';
import { basic, type Endpoint, plainLine, startEndpoint, USERNAME } from './endpoint.ts';

const PATH = '/shipstation?action=export';
const WINDOW = `${PATH}&start_date=03/02/2026+00:00&end_date=03/03/2026+00:00`;
const WRONG = basic(USERNAME, 'wrong');

/** The statuses of so many requests, one after the other. */
async function statuses(count: number, ask: (turn: number) => Promise<Response>): Promise<number[]> {
  const all: number[] = [];
  for (let turn = 0; turn < count; turn += 1) {
    const response = await ask(turn);
    await response.arrayBuffer();
    all.push(response.status);
  }
  return all;
}

const times = (count: number, status: number) => Array.from({ length: count }, () => status);

describe('who guesses', () => {
  test('is sent away after thirty guesses, and told for how long', async () => {
    const { ask, exports, pass } = await startEndpoint();
    const guess = () => ask(WINDOW, { headers: WRONG });
    expect(await statuses(32, guess)).toEqual([...times(30, 401), 429, 429]);
    pass(17_500);
    const response = await guess();
    expect(response.headers.get('retry-after')).toBe('43');
    expect(await plainLine(response)).toEqual({
      status: 429,
      text: 'Too many requests without the right user name and password; ask again in 43 seconds.',
    });
    pass(42_500);
    expect(await statuses(1, guess)).toEqual([401]);
    expect(exports).toEqual([]);
  });

  test('two thousand times from ShipStation’s own address does not lock it out', async () => {
    const endpoint = await startEndpoint();
    const guesses = guessAtOnce(endpoint, 2000);
    let answered = 0;
    let isOver = false;
    const polling = (async () => {
      while (!isOver || answered < 50) {
        expect((await endpoint.ask(`${WINDOW}&page=${answered + 1}`)).status).toBe(200);
        const notice = await endpoint.ask('/shipstation?action=shipnotify&order_number=7001', {
          method: 'POST',
        });
        expect(notice.status).toBe(200);
        answered += 1;
      }
    })();
    const counts = await guesses;
    isOver = true;
    await polling;
    expect(counts).toEqual(
      new Map([
        [401, 30],
        [429, 1970],
      ]),
    );
    expect(endpoint.exports).toHaveLength(answered);
    expect(endpoint.notices).toHaveLength(answered);
  });

  test.each<[string, boolean | string[], number]>([
    ['is not escaped by a made-up address', false, 429],
    ['counts by the client’s address behind a proxy that is trusted', ['127.0.0.1'], 401],
    ['counts by the client’s address behind whoever connects', true, 401],
    ['is not escaped behind a proxy that is not trusted', ['10.0.0.1'], 429],
  ])('%s', async (_, trustProxy, expected) => {
    const { ask } = await startEndpoint({}, { trustProxy });
    const answers = await statuses(31, (turn) =>
      ask(PATH, { headers: { ...WRONG, 'x-forwarded-for': `192.0.2.${turn}` } }),
    );
    expect(answers).toEqual([...times(30, 401), expected]);
  });

  test.each<[string, boolean | string[]]>([
    ['a proxy that is trusted', ['127.0.0.1']],
    ['whoever connects', true],
  ])('is not escaped by addresses made up in front of those that %s has seen', async (_, trustProxy) => {
    const { ask } = await startEndpoint({}, { trustProxy });
    const answers = await statuses(31, (turn) =>
      ask(PATH, { headers: { ...WRONG, 'x-forwarded-for': `192.0.2.${turn}, 203.0.113.7` } }),
    );
    expect(answers).toEqual([...times(30, 401), 429]);
  });

  test('by headers or query counts as by Basic', async () => {
    const { ask } = await startEndpoint();
    const ways = [
      () => ask(PATH, { headers: { 'ss-auth-user': 'a', 'ss-auth-pw': 'b' } }),
      () => ask(`${PATH}&SS-UserName=a&SS-Password=b`, { headers: {} }),
      () => ask(PATH, { headers: WRONG }),
    ];
    const answers = await statuses(33, (turn) => ways[turn % 3]?.() ?? Promise.reject(new Error('no way')));
    expect(answers).toEqual([...times(30, 401), 429, 429, 429]);
  });

  test('may try other addresses of the site no more often', async () => {
    const { ask } = await startEndpoint();
    const tried = await statuses(31, (turn) => ask(`/wp-login.php?try=${turn}`, { headers: {} }));
    expect(tried).toEqual([...times(30, 404), 429]);
    expect(await statuses(1, () => ask(PATH, { headers: WRONG }))).toEqual([429]);
    expect(await statuses(2, () => ask('/wp-login.php'))).toEqual([404, 404]);
  });
});

test('who sends no credentials is asked for them every time, also after guesses from there', async () => {
  const { ask } = await startEndpoint();
  await statuses(40, () => ask(PATH, { headers: WRONG }));
  for (const _ of times(100, 401)) {
    const response = await ask(PATH, { headers: {} });
    expect(response.headers.get('www-authenticate')).toMatch(/^Basic realm="/);
    expect(await plainLine(response)).toEqual({
      status: 401,
      text: expect.stringMatching(/^No user name and password have arrived/),
    });
  }
});

test('right credentials have a limit as well, and are told when to come again', async () => {
  const { ask, exports, pass } = await startEndpoint({}, { rateLimitPerMinute: 2 });
  expect(await statuses(3, () => ask(WINDOW))).toEqual([200, 200, 429]);
  pass(59_000);
  const response = await ask(WINDOW);
  expect(response.headers.get('retry-after')).toBe('1');
  expect(await plainLine(response)).toEqual({
    status: 429,
    text: 'Too many requests in one minute; ask again in 1 second.',
  });
  pass(1000);
  expect(await statuses(1, () => ask(WINDOW))).toEqual([200]);
  expect(exports).toHaveLength(3);
});

describe('of who is turned away', () => {
  test('sixty lines a minute are logged, the last of which says so', async () => {
    const { ask, logged } = await startEndpoint();
    await statuses(100, () => ask(PATH, { headers: WRONG }));
    await expect.poll(() => logged.filter(({ event }) => event === 'request.flood')).toHaveLength(1);
    await statuses(1, () => ask(WINDOW));
    await expect.poll(() => logged.at(-1)).toMatchObject({ event: 'request.answered', status: 200 });
    expect(logged.map(({ status }) => status)).toEqual([
      ...times(30, 401),
      ...times(30, 429),
      undefined,
      200,
    ]);
    expect(logged.at(-2)).toMatchObject({ level: 'warn', event: 'request.flood', address: '127.0.0.1' });
  });

  test('the address is that of the client, not that of the proxy', async () => {
    const { ask, logged } = await startEndpoint({}, { trustProxy: ['127.0.0.1'] });
    await statuses(1, () => ask(PATH, { headers: { ...WRONG, 'x-forwarded-for': '6.6.6.6, 2001:DB8::7' } }));
    await expect.poll(() => logged).toHaveLength(1);
    expect(logged[0]).toMatchObject({ status: 401, address: '2001:db8::7' });
  });
});

/** So many different wrong passwords over a few connections; gives how often each status came. */
async function guessAtOnce({ port }: Pick<Endpoint, 'port'>, count: number): Promise<Map<number, number>> {
  const counts = new Map<number, number>();
  let left = count;
  const guesser = async () => {
    while (left > 0) {
      left -= 1;
      const password = createHash('sha1').update(String(left)).digest('hex');
      const status = await new Promise<number>((resolve, reject) => {
        const headers = basic(USERNAME, password);
        request({ port, host: '127.0.0.1', path: WINDOW, headers }, (response) => {
          response.resume();
          response.on('end', () => resolve(response.statusCode ?? 0));
        })
          .on('error', reject)
          .end();
      });
      counts.set(status, (counts.get(status) ?? 0) + 1);
    }
  };
  await Promise.all(Array.from({ length: 8 }, guesser));
  return counts;
}
