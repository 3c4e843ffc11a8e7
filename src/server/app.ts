import { randomUUID } from 'node:crypto';
import fastify, { type FastifyInstance, type FastifyReply, type FastifyRequest } from 'fastify';
import type { Bridge } from '../bridge/bridge.ts';
import type { Log } from '../bridge/log.ts';
import type { Config } from '../config/config.ts';
import { type AcceptedCredentials, acceptCredentials } from './accepted-credentials.ts';
import { limitAnswers } from './answer-limit.ts';
import { createAnswerLog, isTurnedAway } from './answer-log.ts';
import { askedAction } from './asked-action.ts';
import { createBrokenRequestAnswer } from './broken-requests.ts';
import { createProxyTest } from './client-address.ts';
import { limitConnections } from './connection-limit.ts';
import { sendProblem, toProblem } from './error-answers.ts';
import { createGuard } from './guard.ts';
import { PROBLEMS } from './http-problem.ts';
import { LIMITS, type Limits } from './limits.ts';
import type { Metrics } from './metrics.ts';
import { shipstationRoute } from './shipstation-route.ts';
import { servedAddress } from './tile-address.ts';

export interface AppDependencies {
  readonly bridge: Pick<Bridge, 'exportOrders' | 'applyNotice'>;
  readonly config: Pick<Config, 'credentials' | 'vocabulary' | 'trustProxy' | 'rateLimitPerMinute'>;
  readonly log: Log;
  /** Default: those of the configuration, for good. */
  readonly credentials?: AcceptedCredentials;
  /** Milliseconds of a clock that never goes back; the process's own unless given. */
  readonly now?: () => number;
  /** Is told of every answer; default: nobody counts. */
  readonly metrics?: Pick<Metrics, 'requestAnswered'>;
  /** Those that are to differ from {@link LIMITS}. */
  readonly limits?: Partial<Limits>;
}

/** The endpoint that ShipStation calls. Takes what it depends on; who listens and stops is another file's concern. */
export async function buildApp({
  bridge,
  config,
  log,
  credentials = acceptCredentials(config.credentials, log),
  now = () => performance.now(),
  metrics,
  limits: differing = {},
}: AppDependencies): Promise<FastifyInstance> {
  const limits = { ...LIMITS, ...differing };
  const app = fastify({
    // Fastify's own lines hold the address, and with it the query's password.
    logger: false,
    genReqId: () => randomUUID(),
    bodyLimit: limits.bodyBytes,
    requestTimeout: limits.requestMs,
    http: { headersTimeout: limits.headersMs, connectionsCheckingInterval: limits.lookForSlowMs },
    connectionTimeout: limits.silentSocketMs,
    keepAliveTimeout: limits.keepAliveMs,
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

  limitConnections(app.server, limits, { mayBeProxy: createProxyTest(config.trustProxy), log, now });
  limitAnswers(app, limits, log);

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
  app.addHook('onSend', async (request, reply) => {
    // Whoever is turned away holds no connection. Not before a body has arrived: the answer could be lost with the rest.
    if (isTurnedAway(request, reply) && !hasBody(request)) reply.header('connection', 'close');
  });
  const guard = createGuard(config, credentials, now);
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

function hasBody({ headers }: FastifyRequest): boolean {
  return headers['transfer-encoding'] !== undefined || (headers['content-length'] ?? '0') !== '0';
}
