import type { FastifyRequest } from 'fastify';
import type { Config } from '../config/config.ts';
import type { AcceptedCredentials } from './accepted-credentials.ts';
import { createAccess, type Verdict } from './access.ts';
import { createAuthentication } from './authentication.ts';
import { createClientAddress } from './client-address.ts';
import { PROBLEMS } from './http-problem.ts';

/** Stands before every request: who may come in, who is sent away. */
export interface Guard {
  /** Throws the 401 or 429 of a request that may not come in. */
  letIn(request: FastifyRequest): void;
  /** Throws the 404 or 429 of a request for an address that does not exist. */
  turnAway(request: FastifyRequest): never;
  /** Address of the client that a request comes from. */
  addressOf(request: FastifyRequest): string;
}

/** @param now milliseconds of a clock that never goes back */
export function createGuard(
  config: Pick<Config, 'trustProxy' | 'rateLimitPerMinute'>,
  accepted: AcceptedCredentials,
  now: () => number,
): Guard {
  const access = createAccess({ requestsPerMinute: config.rateLimitPerMinute }, now);
  const broughtBy = createAuthentication(accepted);
  const clientAddress = createClientAddress(config.trustProxy);
  // A client that has hung up has no address any more.
  const addresses = new WeakMap<FastifyRequest, string>();

  function addressOf(request: FastifyRequest): string {
    const known = addresses.get(request);
    if (known !== undefined) return known;
    // Node joins several of them, but its types know a list of any header.
    const forwardedFor = [request.headers['x-forwarded-for'] ?? []].flat().join(',');
    const address = clientAddress({ remoteAddress: request.socket.remoteAddress, forwardedFor });
    addresses.set(request, address);
    return address;
  }

  return {
    addressOf,
    letIn(request) {
      const brought = broughtBy(request);
      const verdict = access.judge(brought, addressOf(request));
      throwIfRefused(verdict);
      if (verdict.kind === 'challenged')
        throw brought === 'none' ? PROBLEMS.credentialsMissing() : PROBLEMS.unauthorized();
    },
    turnAway(request) {
      throwIfRefused(access.judgeStray(broughtBy(request), addressOf(request)));
      throw PROBLEMS.notFound();
    },
  };
}

function throwIfRefused(verdict: Verdict): void {
  if (verdict.kind !== 'refused') return;
  throw verdict.because === 'wrong'
    ? PROBLEMS.tooManyGuesses(verdict.seconds)
    : PROBLEMS.tooManyRequests(verdict.seconds);
}
