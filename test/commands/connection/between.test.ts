import { gzipSync } from 'node:zlib';
import { describe, expect, test } from 'vitest';
import { basic, withOrders } from '../../server/endpoint.ts';
import { anOrder } from '../../shipstation/order-documents.ts';
import { html } from './outcomes.ts';
import { behind, findingsOf, type Passing, passTo, plainAddress, problemOf, tlsAddress } from './servers.ts';

describe('what stands between is found out', () => {
  const changed = (change: NonNullable<Passing['change']>): Passing => ({ change });
  const drop = (...names: string[]) =>
    changed(({ headers }) => {
      for (const name of names) delete headers[name];
    });
  const answerTo = (
    isFor: (method: string, path: string) => boolean,
    status: number,
    body: string,
  ): Passing => ({
    instead: ({ method = '', url = '' }, response) => {
      if (!isFor(method, url)) return false;
      response.writeHead(status, { 'content-type': 'text/html' }).end(body);
      return true;
    },
  });

  test.each<[string, Passing, string, RegExp]>([
    [
      'it drops the Authorization header',
      drop('authorization'),
      'test connection',
      /drops the Authorization header; the headers SS-Auth-User and SS-Auth-Pw get through/,
    ],
    [
      'it drops every header with a password',
      drop('authorization', 'ss-auth-user', 'ss-auth-pw'),
      'test connection',
      /drops the Authorization header$/,
    ],
    [
      'it passes the address on to another path',
      changed((asked) => {
        asked.path = asked.path.replace('/shipstation', '/bridge/shipstation');
      }),
      'test connection',
      /at a path at which it does not answer/,
    ],
    [
      'a firewall lets nothing through',
      answerTo(() => true, 403, html('Access denied')),
      'test connection',
      /^403, an HTML page "Access denied": a firewall/,
    ],
    [
      'a firewall lets orders through, but no notices',
      answerTo((method) => method === 'POST', 403, html('403 Forbidden')),
      'notices',
      /^orders would come, but no shipments go: a POST with XML gets 403/,
    ],
    [
      'it turns a POST into a GET',
      changed((asked) => {
        asked.method = 'GET';
      }),
      'notices',
      /a POST arrives as a GET/,
    ],
    [
      'it compresses what it should not',
      {
        answer: (answer) => {
          answer.body = gzipSync(answer.body);
          answer.headers['content-encoding'] = 'gzip';
        },
      },
      'test connection',
      /compressed \(gzip\)/,
    ],
    [
      'it writes something before the XML',
      {
        answer: (answer) => {
          answer.body = Buffer.from(`\n${answer.body}`);
        },
      },
      'test connection',
      /blanks or empty lines/,
    ],
    [
      'it cuts long answers',
      {
        answer: (answer) => {
          answer.headers['content-length'] = '100';
          if (answer.body.length > 100) answer.body = answer.body.subarray(0, 100);
        },
      },
      'orders',
      /breaks off after 100 bytes/,
    ],
  ])('%s', async (_, passing, check, message) => {
    // The empty answer has fewer bytes than are announced, so that only the long ones are cut.
    const url = await behind(passing, withOrders([anOrder()]));
    const findings = await findingsOf(url);
    const problem = findings.find(({ level }) => level === 'problem');
    expect(problem).toMatchObject({
      check,
      message: expect.stringMatching(message),
      advice: expect.any(String),
    });
  });

  test.each<[string, Passing]>([
    [
      'it puts the password into every request',
      changed(({ headers }) => {
        Object.assign(headers, basic());
      }),
    ],
    ['it keeps answers in a cache', { answer: rememberFirst() }],
  ])('%s, so that anybody gets the orders', async (_, passing) => {
    const findings = await findingsOf(await behind(passing));
    for (const check of ['no password', 'wrong password'])
      expect(findings).toContainEqual(
        expect.objectContaining({
          check,
          level: 'problem',
          message: expect.stringContaining('given to anybody'),
        }),
      );
  });

  test('it takes the challenge out of the refusal', async () => {
    const findings = await findingsOf(
      await behind({ answer: ({ headers }) => void delete headers['www-authenticate'] }),
    );
    expect(findings).toContainEqual(
      expect.objectContaining({
        check: 'no password',
        level: 'warning',
        message: expect.stringContaining('without the header WWW-Authenticate'),
      }),
    );
  });

  test('it puts a wrong password into requests that have none', async () => {
    const findings = await findingsOf(
      await behind({
        change: ({ headers }) => {
          if (headers['authorization'] === undefined) Object.assign(headers, basic('x', 'y'));
        },
      }),
    );
    expect(findings).toContainEqual(
      expect.objectContaining({
        check: 'no password',
        level: 'warning',
        message: expect.stringContaining('a wrong password'),
      }),
    );
  });

  test('it does not reach the bridge', async () => {
    const url = await tlsAddress(passTo(1));
    expect((await problemOf(url)).message).toMatch(/^502, .*does not reach the bridge/);
  });

  test('it redirects to https', async () => {
    const url = await plainAddress((request, response) => {
      const host = request.headers.host?.replace(/:\d+$/, '') ?? '';
      response.writeHead(301, { location: `https://${host}${request.url}` }).end();
    });
    expect(await problemOf(url)).toMatchObject({
      message: '301, a redirect to https://127.0.0.1/shipstation: only https is served',
    });
  });

  test('it never answers', async () => {
    const url = await tlsAddress(() => {});
    expect((await problemOf(url, { limitMs: 3_000 })).message).toMatch(/^no answer within \d+ seconds$/);
  });

  test('it stops in the middle of an answer', async () => {
    const url = await tlsAddress((_request, response) => {
      response.writeHead(200, { 'content-type': 'application/xml' });
      response.write('<?xml version="1.0"?><Orders pages="1">');
    });
    expect((await problemOf(url, { limitMs: 3_000 })).message).toContain('breaks off');
  });

  test('it closes the connection', async () => {
    const url = await tlsAddress(({ socket }) => socket.destroy());
    expect((await problemOf(url)).message).toContain('closed instead of an answer');
  });
});

/** Gives the first success to everybody who asks later. */
function rememberFirst(): NonNullable<Passing['answer']> {
  let first: Buffer | undefined;
  return (answer) => {
    if (answer.status === 200) first ??= answer.body;
    else if (first !== undefined && answer.status === 401)
      Object.assign(answer, { status: 200, body: first });
  };
}
