import type { FastifyReply } from 'fastify';
import type { Log } from '../bridge/log.ts';
import { NotReady } from '../bridge/not-ready.ts';
import { DatabaseUnavailable } from '../database/database-errors.ts';
import { HttpProblem, PROBLEMS } from './http-problem.ts';

/**
 * The answer to whatever was thrown while a request was served. Below 500 the sentence goes out; from 500 up the cause
 * is only in the log.
 */
export function toProblem(error: unknown, requestId: string, log: Log): HttpProblem {
  if (error instanceof HttpProblem) return error;
  if (error instanceof DatabaseUnavailable) {
    log.error(
      { event: 'database.unavailable', requestId, cause: error.message },
      'the database cannot answer',
    );
    return PROBLEMS.databaseAway();
  }
  if (error instanceof NotReady) {
    log.error(
      { event: 'store.not_ready', requestId, reason: error.message },
      'the store is not as the bridge needs it',
    );
    return PROBLEMS.storeNotReady();
  }
  const status = statusOf(error);
  if (status === 413) return PROBLEMS.bodyTooLarge();
  if (status >= 400 && status < 500) return PROBLEMS.badRequest();
  log.error({ event: 'request.failed', requestId, err: error }, 'unforeseen error');
  return PROBLEMS.unforeseen(requestId);
}

/** Sends a problem as one line of plain text: ShipStation shows it to the merchant. */
export function sendProblem(reply: FastifyReply, problem: HttpProblem): FastifyReply {
  return reply
    .code(problem.status)
    .headers(problem.headers)
    .type('text/plain; charset=utf-8')
    .send(`${problem.message}\n`);
}

function statusOf(error: unknown): number {
  return typeof error === 'object' &&
    error !== null &&
    'statusCode' in error &&
    typeof error.statusCode === 'number'
    ? error.statusCode
    : 500;
}
