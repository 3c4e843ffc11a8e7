import { Counter, collectDefaultMetrics, Gauge, Histogram, Registry } from 'prom-client';
import type { Bridge } from '../bridge/bridge.ts';
import { LEFT_OUT_REASONS } from '../bridge/export-orders/left-out.ts';
import { type Meter, NOTICE_OUTCOMES, WORK_FAILURES } from '../bridge/meter.ts';
import { nowInSeconds } from '../values/epoch-seconds.ts';
import type { AcceptedCredentials } from './accepted-credentials.ts';
import type { Action } from './asked-action.ts';

/** What Prometheus reads. */
export interface Metrics {
  readonly meter: Meter;
  /** Counts an answer of the endpoint. */
  requestAnswered(request: AnsweredRequest): void;
  readonly contentType: string;
  /** All metrics as text. Does not throw: where the database does not answer in time, what it would say is absent. */
  text(
    bridge: Pick<Bridge, 'pools' | 'backlog'>,
    credentials?: Pick<AcceptedCredentials, 'previousUsedAt'>,
  ): Promise<string>;
}

interface AnsweredRequest {
  /** `undefined`: neither of them was asked for. */
  readonly action: Action | undefined;
  readonly status: number;
  readonly seconds: number;
}

type Backlog = Awaited<ReturnType<Bridge['backlog']>>;

const PREFIX = 'cscart_shipstation_';
// From a Test Connection to a page for which ShipStation has lost its patience.
const SECONDS = [0.005, 0.02, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30, 60];
// Prometheus itself waits ten seconds for everything.
const BACKLOG_MS = 2_000;

/**
 * Makes the metrics of one bridge, in a registry of its own. Every label is one of a few words of our own, and all of
 * them are there from the start, so that a rate can be formed from the first count on.
 */
export function createMetrics(version: string): Metrics {
  const registry = new Registry();
  const registers = [registry];
  collectDefaultMetrics({ register: registry });
  new Gauge({
    name: `${PREFIX}build_info`,
    help: 'Always 1; the version of the bridge and of Node.js',
    labelNames: ['version', 'node'],
    registers,
  }).set({ version, node: process.version }, 1);

  const meter = createMeter(registers);
  const requests = new Histogram({
    name: `${PREFIX}request_seconds`,
    help: 'Seconds from a request of ShipStation to its answer, by action and HTTP status',
    labelNames: ['action', 'status'],
    buckets: SECONDS,
    registers,
  });
  const pool = gaugeOf('pool_connections', 'Connections to a database: open, idle', ['database', 'state']);
  const waiting = gaugeOf('pool_waiting', 'Statements and locks that wait for a connection', ['database']);
  const up = gaugeOf('database_up', "1 if the bridge's own tables could be read for these metrics, else 0");
  const backlogGauges = createBacklogGauges(registers);
  const previousUsed = absentGauge(
    'previous_password_last_used_timestamp_seconds',
    'When ShipStation last sent SHIPSTATION_PASSWORD_PREVIOUS',
    registers,
  );

  function gaugeOf<Label extends string>(name: string, help: string, labelNames: readonly Label[] = []) {
    return new Gauge({ name: PREFIX + name, help, labelNames, registers });
  }

  // Whoever asks while the database hangs waits for the statement that is there: they must not pile up.
  let reading: Promise<Backlog> | undefined;
  const readBacklog = (bridge: Pick<Bridge, 'backlog'>) => {
    reading ??= bridge.backlog().finally(() => {
      reading = undefined;
    });
    return inTime(reading);
  };

  return {
    meter: meter.meter,
    contentType: registry.contentType,
    requestAnswered: ({ action, status, seconds }) =>
      requests.observe({ action: action ?? 'other', status }, seconds),
    async text(bridge, credentials) {
      for (const [database, figures] of Object.entries(bridge.pools())) {
        pool.set({ database, state: 'open' }, figures.open);
        pool.set({ database, state: 'idle' }, figures.idle);
        waiting.set({ database }, figures.waiting);
      }
      const previousUsedAt = credentials?.previousUsedAt();
      previousUsed(previousUsedAt === undefined ? undefined : previousUsedAt / 1000);
      const backlog = await readBacklog(bridge);
      up.set(backlog ? 1 : 0);
      backlogGauges(backlog, meter.last());
      return registry.metrics();
    },
  };
}

/** What the process itself has seen last. */
interface LastSeen {
  readonly exportAt: number | undefined;
  readonly noticeAt: number | undefined;
}

function createMeter(registers: Registry[]): { readonly meter: Meter; readonly last: () => LastSeen } {
  let exportAt: number | undefined;
  let noticeAt: number | undefined;
  const exports = new Histogram({
    name: `${PREFIX}export_seconds`,
    help: 'Seconds that a page of an export took, by page (first: a poll begins) and outcome',
    labelNames: ['page', 'outcome'],
    buckets: SECONDS,
    registers,
  });
  const orders = new Counter({
    name: `${PREFIX}orders_exported_total`,
    help: 'Orders in the answers; one that is sent again counts again',
    registers,
  });
  const leftOut = new Counter({
    name: `${PREFIX}orders_left_out_total`,
    help: 'Orders that changed but were left out of an answer, by reason',
    labelNames: ['reason'],
    registers,
  });
  const notices = new Histogram({
    name: `${PREFIX}notice_seconds`,
    help: 'Seconds that a shipment notice took, by outcome',
    labelNames: ['outcome'],
    buckets: SECONDS,
    registers,
  });
  const resumed = new Counter({
    name: `${PREFIX}notices_resumed_total`,
    help: 'Waiting or half applied notices that were carried on without being sent again, by outcome',
    labelNames: ['outcome'],
    registers,
  });
  for (const page of ['first', 'later'])
    for (const outcome of ['answered', ...WORK_FAILURES]) exports.zero({ page, outcome });
  for (const reason of Object.keys(LEFT_OUT_REASONS)) leftOut.inc({ reason }, 0);
  for (const outcome of NOTICE_OUTCOMES) {
    notices.zero({ outcome });
    resumed.inc({ outcome }, 0);
  }

  const meter: Meter = {
    exportEnded(outcome, isFirst, seconds) {
      exports.observe({ page: isFirst ? 'first' : 'later', outcome }, seconds);
      if (outcome === 'answered') exportAt = nowInSeconds();
    },
    pageExported(count, reasons) {
      orders.inc(count);
      for (const [reason, left] of Object.entries(reasons)) leftOut.inc({ reason }, left);
    },
    noticeEnded(outcome, seconds) {
      notices.observe({ outcome }, seconds);
      noticeAt = nowInSeconds();
    },
    noticeResumed: (outcome) => resumed.inc({ outcome }),
  };
  return { meter, last: () => ({ exportAt, noticeAt }) };
}

/** Gives what sets a gauge; one whose value nobody knows is absent, not 0. */
function absentGauge(name: string, help: string, registers: Registry[]): (value: number | undefined) => void {
  const gauge = new Gauge({ name: PREFIX + name, help, registers });
  gauge.remove();
  return (value) => (value === undefined ? gauge.remove() : gauge.set(value));
}

/** Gives what sets the gauges of the backlog. */
function createBacklogGauges(registers: Registry[]): (backlog: Backlog | undefined, last: LastSeen) => void {
  const gauge = (name: string, help: string) => absentGauge(name, help, registers);
  const notices = gauge('notices_waiting', 'Notices that are not done with and will be tried again');
  const oldest = gauge('oldest_waiting_notice_timestamp_seconds', 'When the oldest waiting notice arrived');
  const attention = gauge('notices_needing_attention', 'Notices that the admin should look at');
  const poll = gauge(
    'last_poll_timestamp_seconds',
    'When an export was last answered; its age is time() minus this',
  );
  const notice = gauge('last_notice_timestamp_seconds', 'When a shipment notice last came');
  return (backlog, last) => {
    notices(backlog?.waiting);
    oldest(backlog?.waitingSince);
    attention(backlog?.needAttention);
    // Another bridge on the same store, or this one before its last start, may have seen more than this process.
    poll(latest(backlog?.lastExportAt, last.exportAt));
    notice(latest(backlog?.lastNoticeAt, last.noticeAt));
  };
}

function latest(...instants: readonly (number | undefined)[]): number | undefined {
  const known = instants.filter((instant) => instant !== undefined);
  return known.length === 0 ? undefined : Math.max(...known);
}

async function inTime<Result>(work: Promise<Result>): Promise<Result | undefined> {
  let timer: NodeJS.Timeout | undefined;
  const over = new Promise<undefined>((resolve) => {
    timer = setTimeout(resolve, BACKLOG_MS, undefined);
  });
  try {
    return await Promise.race([work, over]);
  } catch {
    return undefined;
  } finally {
    clearTimeout(timer);
  }
}
