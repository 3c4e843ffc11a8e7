import type { FastifyRequest } from 'fastify';
import type { AcceptedCredentials } from './accepted-credentials.ts';
import type { Brought } from './access.ts';

/**
 * Makes the check of a request's credentials against those that count when it comes. ShipStation sends Basic; its own plugins also read the headers
 * `SS-Auth-User` and `SS-Auth-Pw` and the query's `SS-UserName` and `SS-Password`, which survive hosts that eat the
 * Authorization header. Any form that is right will do.
 */
export function createAuthentication(
  accepted: Pick<AcceptedCredentials, 'judge'>,
): (request: FastifyRequest) => Brought {
  return (request) => {
    const given = [basicCredentials(request), headerCredentials(request), queryCredentials(request)];
    // Each form is looked at, so that the time taken does not tell which one was right.
    const accounts = given.flatMap((pair) => (pair && accepted.judge(pair)) ?? []);
    if (accounts[0] !== undefined) return { account: accounts[0] };
    return given.some((pair) => pair !== undefined) ? 'wrong' : 'none';
  };
}

type Pair = { readonly username: string; readonly password: string } | undefined;

/** RFC 7617: the scheme's case does not matter, and the password begins after the first colon. */
function basicCredentials(request: FastifyRequest): Pair {
  const match = /^basic +([\w+/=-]+) *$/i.exec(request.headers.authorization ?? '');
  if (!match?.[1]) return undefined;
  const text = Buffer.from(match[1], 'base64').toString('utf8');
  const colon = text.indexOf(':');
  return colon < 0 ? undefined : { username: text.slice(0, colon), password: text.slice(colon + 1) };
}

function headerCredentials(request: FastifyRequest): Pair {
  const username = request.headers['ss-auth-user'];
  const password = request.headers['ss-auth-pw'];
  return typeof username === 'string' && typeof password === 'string' ? { username, password } : undefined;
}

function queryCredentials(request: FastifyRequest): Pair {
  const query = new Map(
    Object.entries(request.query as object).map(([name, value]) => [name.toLowerCase(), value]),
  );
  const username: unknown = query.get('ss-username');
  const password: unknown = query.get('ss-password');
  return typeof username === 'string' && typeof password === 'string' ? { username, password } : undefined;
}
