import type { FastifyInstance } from 'fastify';
import type { Log } from '../bridge/log.ts';
import type { Limits } from './limits.ts';

/**
 * Ends the connection of a client that does not take its answer in time. The silence of a socket does not tell: each byte
 * that such a client takes begins it anew.
 */
export function limitAnswers(
  app: FastifyInstance,
  { takeAnswerMs }: Pick<Limits, 'takeAnswerMs'>,
  log: Log,
): void {
  app.addHook('onSend', async (request, reply) => {
    const answer = reply.raw;
    const impatience = setTimeout(() => {
      log.warn(
        { event: 'answer.not_taken', requestId: request.id, seconds: takeAnswerMs / 1000 },
        'a client did not take its answer in time; its connection is closed',
      );
      answer.destroy();
    }, takeAnswerMs);
    // Comes after the last byte, and when the client hangs up.
    answer.once('close', () => clearTimeout(impatience));
  });
}
