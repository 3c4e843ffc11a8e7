import closeWithGrace from 'close-with-grace';
import type { Command } from 'commander';
import type { FastifyInstance } from 'fastify';
import type { Logger } from 'pino';
import { type Bridge, createBridge } from '../bridge/bridge.ts';
import type { Config } from '../config/config.ts';
import { acceptCredentials } from '../server/accepted-credentials.ts';
import { buildApp } from '../server/app.ts';
import { createMetrics } from '../server/metrics.ts';
import { buildOpsApp } from '../server/ops-app.ts';
import { countInFlight } from '../server/requests-in-flight.ts';
import type { OrderId } from '../values/order-id.ts';
import { VERSION } from '../version.ts';
import { type CredentialChanges, createCredentialChanges } from './credential-changes.ts';
import { CommandFailed } from './failure.ts';
import { createLogger } from './logger.ts';
import { pause, repeat } from './repeat.ts';
import type { Settings } from './settings.ts';
import { watchSettings } from './settings-watch.ts';

/** A running bridge. */
export interface RunningBridge {
  /** Addresses as they were bound, e.g. `http://127.0.0.1:8080`. */
  readonly endpointAddress: string;
  readonly opsAddress: string;
  /** Resolves when the store has been seen for the first time and ShipStation can be answered. */
  readonly ready: Promise<void>;
  /** Takes over other user names and passwords. */
  readonly credentialChanges: CredentialChanges;
  /** What a stop has to wait for. */
  inHand(): WorkLeft;
  /** Finishes what is in flight and the notice that is being carried on, then closes everything. */
  stop(): Promise<void>;
}

/** What is lost for now when the process ends at this moment. */
interface WorkLeft {
  /** Requests that are not answered; those whose connection a stop has cut are among them. */
  readonly requests: number;
  /** The orders that a notice is being worked on for. */
  readonly orders: readonly OrderId[];
}

// While the store's database is away at start.
const RETRY_MS = 2_000;
const SAME_REASON_MS = 60_000;
// An orchestrator commonly grants ten seconds between SIGTERM and SIGKILL.
const IN_FLIGHT_MS = 7_000;
const IDLE_CHECK_MS = 50;
const STOP_MS = 9_500;
const PRUNE_MS = 3_600_000;
const TEND_MS = 60_000;

/** Adds `serve` to the program. */
export function addServe(program: Command, settings: Settings): void {
  program
    .command('serve')
    .description('answer ShipStation until the process is told to stop')
    .action(async () => serve(settings));
}

/**
 * Runs the bridge until it is told to stop by SIGTERM or SIGINT. SIGHUP makes it read its user names and passwords again.
 * Throws {@link CommandFailed} when the address cannot be listened on.
 */
async function serve(settings: Settings): Promise<void> {
  const config = settings();
  const logger = createLogger(config.logLevel);
  const running = await startBridge(config, logger);
  const watch = watchSettings(settings, running.credentialChanges, logger);
  // At a terminal it means what it says: the line was hung up.
  const isAtTerminal = process.stdout.isTTY;
  if (!isAtTerminal) process.on('SIGHUP', () => void watch.reread());
  const skip = isAtTerminal ? [] : ['SIGHUP' as const];
  const end: closeWithGrace.Options = {
    delay: STOP_MS,
    logger: false,
    skip,
    onTimeout: () => logCut(logger, `it took longer than ${STOP_MS / 1000} seconds`, running.inHand()),
    onSecondSignal: (signal) => logCut(logger, `${signal} came while it was stopping`, running.inHand()),
    onSecondError: (err) => logger.fatal({ event: 'bridge.crashed', err }, 'an error cuts the stop short'),
  };
  closeWithGrace(end, async ({ signal, err }) => {
    if (err) logger.fatal({ event: 'bridge.crashed', err }, 'the bridge stops after an error');
    else logger.info({ event: 'bridge.stopping', signal }, 'the bridge finishes what is in flight and stops');
    // Side by side: a login that is being tried may take as long as all the rest.
    await Promise.all([watch.stop(), running.stop()]);
    logger.info({ event: 'bridge.stopped' }, 'the bridge has stopped');
  });
}

/** Tells what a stop does not wait for any longer. */
function logCut(logger: Logger, reason: string, left: WorkLeft): void {
  logger.warn(
    { event: 'bridge.stop_cut_short', reason, ...left },
    'the stop is cut short; half applied notices are carried on at the next start',
  );
}

/** Starts both servers at once, and looks for the store in the background until it is there. */
export async function startBridge(config: Config, logger: Logger): Promise<RunningBridge> {
  const metrics = createMetrics(VERSION);
  const bridge = createBridge(config, logger, { meter: metrics.meter });
  const stopping = new AbortController();
  // What stands in the way of answering ShipStation, until the bridge has been ready once.
  let waitsFor: string | undefined = 'the bridge is starting';

  const credentials = acceptCredentials(config.credentials, logger);
  const app = await buildApp({ bridge, config, log: logger, credentials, metrics });
  const ops = buildOpsApp({
    checkReady: async () => {
      if (stopping.signal.aborted) throw new Error('the bridge is stopping');
      await bridge.checkReady();
      if (waitsFor !== undefined) throw new Error(waitsFor);
    },
    metrics: { contentType: metrics.contentType, text: () => metrics.text(bridge, credentials) },
  });
  try {
    await listen(app, config.endpoint, 'HOST and PORT');
    await listen(ops, config.ops, 'OPS_HOST and OPS_PORT');
  } catch (error) {
    await Promise.allSettled([app.close(), ops.close(), bridge.close()]);
    throw error;
  }
  logger.info(
    { event: 'bridge.listening', endpoint: addressOf(app), ops: addressOf(ops) },
    `ShipStation is answered at ${addressOf(app)}/shipstation`,
  );

  const inFlight = countInFlight(app.server);
  let cutOff = 0;
  const inHand = () => ({ requests: cutOff + inFlight(), orders: bridge.ordersInHand() });

  const ready = prepare(bridge, logger, stopping.signal, (reason) => {
    waitsFor = reason;
  });
  const stopTending = repeat(TEND_MS, (ending) =>
    bridge
      .tend(ending)
      .catch((error: unknown) =>
        logger.warn({ event: 'notice.tend_failed', err: error }, 'waiting notices could not be looked at'),
      ),
  );
  const stopPruning = repeat(PRUNE_MS, (ending) =>
    bridge
      .prune(ending)
      .catch((error: unknown) => logger.warn({ event: 'ledger.prune_failed', err: error }, 'pruning failed')),
  );

  return {
    endpointAddress: addressOf(app),
    opsAddress: addressOf(ops),
    ready,
    credentialChanges: createCredentialChanges(config, { bridge, credentials, log: logger }),
    inHand,
    async stop() {
      stopping.abort();
      const closing = closeInTime(app, () => {
        if (inFlight() === 0) return;
        logCut(logger, `a request took longer than ${IN_FLIGHT_MS / 1000} seconds`, inHand());
        cutOff = inFlight();
      });
      await Promise.all([closing, ready, stopTending(), stopPruning()]);
      await ops.close();
      await bridge.close();
    },
  };
}

/** Tries until the store is there, or the bridge is stopping. A reason is logged when it is new, and once a minute. */
async function prepare(
  bridge: Bridge,
  logger: Logger,
  stopping: AbortSignal,
  onReason: (reason: string | undefined) => void,
): Promise<void> {
  let logged = { reason: '', at: 0 };
  while (!stopping.aborted) {
    try {
      await bridge.prepare(stopping);
      // It may have left something to the next start.
      if (stopping.aborted) return;
      onReason(undefined);
      logger.info({ event: 'bridge.ready' }, 'the bridge is ready');
      return;
    } catch (error) {
      if (stopping.aborted) return;
      const reason = error instanceof Error ? error.message : 'unknown reason';
      onReason(reason);
      if (reason !== logged.reason || Date.now() - logged.at >= SAME_REASON_MS) {
        logged = { reason, at: Date.now() };
        logger.warn({ event: 'bridge.waiting', reason }, 'waiting for the store database');
      }
      await pause(RETRY_MS, stopping);
    }
  }
}

async function listen(
  app: FastifyInstance,
  { host, port }: { readonly host: string; readonly port: number },
  variables: string,
): Promise<void> {
  try {
    await app.listen({ host, port });
  } catch (error) {
    const code = error instanceof Error && 'code' in error ? String(error.code) : 'unknown error';
    const reason = code === 'EADDRINUSE' ? 'another program uses this port' : code;
    throw new CommandFailed(`${variables}: cannot listen on ${host}:${port} (${reason})`, { cause: error });
  }
}

/**
 * Closes a server after its requests in flight, but does not wait for ever for a client that sends nothing more: `onCut` is
 * called before those that are left are cut off.
 */
async function closeInTime(app: FastifyInstance, onCut: () => void): Promise<void> {
  const closing = app.close();
  // A connection that is kept alive becomes idle with its last answer, and would keep the server open.
  const idle = setInterval(() => app.server.closeIdleConnections(), IDLE_CHECK_MS);
  const impatience = setTimeout(() => {
    onCut();
    app.server.closeAllConnections();
  }, IN_FLIGHT_MS);
  await closing;
  clearInterval(idle);
  clearTimeout(impatience);
}

function addressOf(app: FastifyInstance): string {
  const address = app.server.address();
  // A string would be a Unix socket or a pipe, which the configuration does not know.
  if (address === null || typeof address === 'string') return '';
  return `http://${address.family === 'IPv6' ? `[${address.address}]` : address.address}:${address.port}`;
}
