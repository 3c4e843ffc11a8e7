import type { FastifyReply, FastifyRequest } from 'fastify';
import type { Log } from '../bridge/log.ts';
import { askedAction } from './asked-action.ts';
import { clientNetwork } from './client-address.ts';
import { createRequestCounts } from './request-counts.ts';

// Of somebody who does not get in: enough to see what is tried, too few to fill a disk.
const LINES_PER_MINUTE = 60;

/** Whether a request has been answered without looking at what it wants. */
export function isTurnedAway(
  { is404 }: Pick<FastifyRequest, 'is404'>,
  { statusCode }: Pick<FastifyReply, 'statusCode'>,
): boolean {
  return statusCode === 401 || statusCode === 429 || is404;
}

/**
 * Makes what logs each answer in one line. Of a client that does not get in, whose address stands in the line, at most 60
 * lines a minute are written, the last of which says so.
 *
 * @param now milliseconds of a clock that never goes back
 */
export function createAnswerLog(
  log: Log,
  now: () => number,
): (request: FastifyRequest, reply: FastifyReply, address: string) => void {
  const ofStrangers = createRequestCounts(now);

  return (request, reply, address) => {
    const isStranger = isTurnedAway(request, reply);
    const line = {
      event: 'request.answered',
      requestId: request.id,
      method: request.method,
      action: askedAction(request.query),
      status: reply.statusCode,
      milliseconds: Math.round(reply.elapsedTime),
      // Of nobody else: the address is what a firewall needs.
      ...(isStranger ? { address } : {}),
    };
    if (reply.statusCode < 400) {
      log.info(line, 'request answered');
      return;
    }
    const { count, secondsLeft } = isStranger
      ? ofStrangers.add(clientNetwork(address))
      : { count: 0, secondsLeft: 0 };
    if (count > LINES_PER_MINUTE) return;
    log.warn(line, 'request answered');
    if (count === LINES_PER_MINUTE)
      log.warn(
        { event: 'request.flood', address: clientNetwork(address), seconds: secondsLeft },
        'further requests of this client that are turned away are not logged for so many seconds',
      );
  };
}
