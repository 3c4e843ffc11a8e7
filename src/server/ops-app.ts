import fastify, { type FastifyInstance } from 'fastify';

export interface OpsDependencies {
  /** Throws, with a message for the operator, what stands in the way of answering ShipStation. */
  readonly checkReady: () => Promise<void>;
}

/**
 * What the operator's tools ask, on an address of its own: `/livez` (the process answers) and `/readyz` (ShipStation
 * would be answered; else 503 with the reason). Neither says anything that is not for the operator's eyes only.
 */
export function buildOpsApp({ checkReady }: OpsDependencies): FastifyInstance {
  const app = fastify({ logger: false, forceCloseConnections: true });

  app.get('/livez', async (_request, reply) => reply.type('text/plain; charset=utf-8').send('alive\n'));

  app.get('/readyz', async (_request, reply) => {
    reply.type('text/plain; charset=utf-8');
    try {
      await checkReady();
      return reply.send('ready\n');
    } catch (error) {
      const reason = error instanceof Error ? error.message : 'unknown reason';
      return reply.code(503).send(`not ready: ${reason}\n`);
    }
  });
  return app;
}
