import fastify, { type FastifyInstance } from 'fastify';
import { LIMITS, type Limits } from './limits.ts';

export interface OpsDependencies {
  /** Throws, with a message for the operator, what stands in the way of answering ShipStation. */
  readonly checkReady: () => Promise<void>;
  /** Gives the metrics as text. */
  readonly metrics: { readonly contentType: string; readonly text: () => Promise<string> };
  /** Those that are to differ from {@link LIMITS}. */
  readonly limits?: Partial<Limits>;
}

/**
 * What the operator's tools ask, on an address of its own: `/livez` (the process answers), `/readyz` (ShipStation
 * would be answered; else 503 with the reason) and `/metrics` (Prometheus). All of it is for the operator's eyes only.
 */
export function buildOpsApp({
  checkReady,
  metrics,
  limits: differing = {},
}: OpsDependencies): FastifyInstance {
  const limits = { ...LIMITS, ...differing };
  const app = fastify({
    logger: false,
    forceCloseConnections: true,
    requestTimeout: limits.requestMs,
    http: { headersTimeout: limits.headersMs, connectionsCheckingInterval: limits.lookForSlowMs },
    connectionTimeout: limits.silentSocketMs,
    keepAliveTimeout: limits.keepAliveMs,
  });

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

  app.get('/metrics', async (_request, reply) => reply.type(metrics.contentType).send(await metrics.text()));
  return app;
}
