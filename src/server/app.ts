import { randomUUID } from 'node:crypto';
import fastify, { type FastifyInstance, type FastifyReply } from 'fastify';
import type { Bridge } from '../bridge/bridge.ts';
import type { Log } from '../bridge/log.ts';
import type { Config } from '../config/config.ts';
import { createAnswerLog } from './answer-log.ts';
import { askedAction } from './asked-action.ts';
import { createBrokenRequestAnswer } from './broken-requests.ts';
import { sendProblem, toProblem } from './error-answers.ts';
import { createGuard } from './guard.ts';
import { PROBLEMS } from './http-problem.ts';
import type { Metrics } from './metrics.ts';
import { shipstationRoute } from './shipstation-route.ts';
import { servedAddress } from './tile-address.ts';

export interface AppDependencies {
  readonly bridge: Pick<Bridge, 'exportOrders' | 'applyNotice'>;
  readonly config: Pick<Config, 'credentials' | 'vocabulary' | 'trustProxy' | 'rateLimitPerMinute'>;
  readonly log: Log;
  /** Milliseconds of a clock that never goes back; the process's own unless given. */
  readonly now?: () => number;
  /** Is told of every answer; default: nobody counts. */
  readonly metrics?: Pick<Metrics, 'requestAnswered'>;
}

// A notice is a few kilobytes; ten thousand items of the longest texts still fit.
const LARGEST_BODY = 4 * 1024 * 1024;
// A client that needs longer for a few kilobytes is broken, or is there to hold a connection.
const REQUEST_MS = 30_000;
// Must be the smaller one: where Node's default of a minute stays, it exchanges the two limits in silence.
const HEADERS_MS = 10_000;
// Node looks for such clients every half minute, so that they would get up to twice their time.
const LOOK_FOR_SLOW_MS = 1_000;
// Longer than a statement may take at the database, so that a slow page still gets its answer.
const SILENT_SOCKET_MS = 90_000;
// Longer than the minute for which proxies keep idle connections, so that it is they who close them.
const KEEP_ALIVE_MS = 65_000;

/** The endpoint that ShipStation calls. Takes what it depends on; who listens and stops is another file's concern. */
export async function buildApp({
  bridge,
  config,
  log,
  now = () => performance.now(),
  metrics,
}: AppDependencies): Promise<FastifyInstance> {
  const app = fastify({
    // Fastify's own lines hold the address, and with it the query's password.
    logger: false,
    genReqId: () => randomUUID(),
    bodyLimit: LARGEST_BODY,
    requestTimeout: REQUEST_MS,
    http: { headersTimeout: HEADERS_MS, connectionsCheckingInterval: LOOK_FOR_SLOW_MS },
    connectionTimeout: SILENT_SOCKET_MS,
    keepAliveTimeout: KEEP_ALIVE_MS,
    forceCloseConnections: 'idle',
    rewriteUrl: ({ url = '/' }) => servedAddress(url),
    routerOptions: { ignoreTrailingSlash: true, caseSensitive: false },
    frameworkErrors: (error, request, reply) => {
      // No hook is called for an address that cannot even be read.
      nameAnswer(reply);
      void sendProblem(reply, toProblem(error, request.id, log));
    },
    clientErrorHandler: createBrokenRequestAnswer(log, now),
  });

  // Whatever the content type says, a body is bytes: a form parser in between would destroy a notice. Not even a
  // malformed one is looked at, for which Fastify would refuse the notice with a 415.
  app.addHook('onRequest', async (request) => {
    delete request.raw.headers['content-type'];
  });
  app.removeAllContentTypeParsers();
  app.addContentTypeParser('*', { parseAs: 'buffer' }, (_request, body, done) => done(null, body));

  app.setErrorHandler((error, request, reply) => sendProblem(reply, toProblem(error, request.id, log)));
  app.setNotFoundHandler((_request, reply) => sendProblem(reply, PROBLEMS.notFound()));

  app.addHook('onRequest', async (_request, reply) => nameAnswer(reply));
  const guard = createGuard(config, now);
  const logAnswer = createAnswerLog(log, now);
  app.addHook('onResponse', async (request, reply) => {
    metrics?.requestAnswered({
      action: askedAction(request.query),
      status: reply.statusCode,
      seconds: reply.elapsedTime / 1000,
    });
    logAnswer(request, reply, guard.addressOf(request));
  });
  app.addHook('onRequest', async (request) => {
    // Before a body is read that nobody wants.
    if (request.is404) guard.turnAway(request);
  });
  await app.register(async (scope) => {
    scope.addHook('onRequest', async (request) => guard.letIn(request));
    shipstationRoute(scope, bridge, config.vocabulary);
  });
  return app;
}

/** Every answer says under which id the log knows it. None is cached: it would be lost for the merchant, or shown to others. */
function nameAnswer(reply: FastifyReply): void {
  reply.headers({ 'x-request-id': reply.request.id, 'cache-control': 'no-store' });
}
