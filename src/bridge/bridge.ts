import type { Config } from '../config/config.ts';
import { proveRight } from '../database/account-rights.ts';
import type { PoolFigures } from '../database/connections.ts';
import { type DatabaseOptions, openDatabase, type Queryable } from '../database/database.ts';
import type { DatabaseUrl } from '../database/database-url.ts';
import { openReadReplica } from '../database/read-replica.ts';
import { createTableNames } from '../database/table-names.ts';
import { type Backlog, readBacklog } from '../ledger/backlog.ts';
import { pruneExports, pruneFingerprints, pruneNotices } from '../ledger/prune.ts';
import { checkLedgerTables, createLedgerTables } from '../ledger/schema.ts';
import { requireUsableTables } from '../ledger/table-problems.ts';
import type { OrdersPage } from '../shipstation/order-document.ts';
import { nowInSeconds } from '../values/epoch-seconds.ts';
import type { OrderId } from '../values/order-id.ts';
import { applyNotice } from './apply-notice/apply-notice.ts';
import type { ArrivedNotice, NoticeAnswer } from './apply-notice/notice-answer.ts';
import { ledgerBook } from './apply-notice/notice-book.ts';
import { resumeNotices } from './apply-notice/resume-notices.ts';
import { openStoreTables } from './apply-notice/shop.ts';
import { createShipmentWatch } from './apply-notice/watch-shipments.ts';
import { createWorkInHand } from './apply-notice/work-in-hand.ts';
import { ledgerMemory } from './export-orders/export-memory.ts';
import { exportOrders } from './export-orders/export-orders.ts';
import type { ExportRequest } from './export-orders/export-request.ts';
import type { WriteOrder } from './export-orders/map-orders.ts';
import { createKeptNotices, type KeptNotices } from './kept-notices/kept-notices.ts';
import { type Log, logWith } from './log.ts';
import { type Meter, NO_METER, timed } from './meter.ts';
import { writeRights } from './needed-rights.ts';
import { orNotReady } from './not-ready.ts';
import { createReplicaReport } from './report-replica.ts';
import { createStoreReport } from './report-store.ts';
import { storeOptionsOf } from './store-options.ts';
import { createStoreSource } from './store-source.ts';

/** The store's database, the replica that its orders may be read from, and that of the bridge's own tables. */
export type DatabaseName = 'store' | 'replica' | 'bridge';

/**
 * The product's use cases, ready to be called. All throw `DatabaseUnavailable` when the same call may work later, and
 * `NotReady` when the admin has to mend something first.
 */
export interface Bridge {
  /**
   * Looks at the store, creates the bridge's own tables, carries on what a crash left half done, and says in the log
   * what the admin should know. Can be called again until it succeeds. `stopping` ends it after the notice that is being
   * worked on at that moment, and leaves the rest for the next start.
   */
  prepare(stopping?: AbortSignal): Promise<void>;
  /** Throws what stands in the way of answering ShipStation at this moment. */
  checkReady(): Promise<void>;
  /**
   * @param write makes of each order what the page is to hold
   * @param requestId stands in every line that is logged meanwhile
   */
  exportOrders<Written>(
    request: ExportRequest,
    write: WriteOrder<Written>,
    requestId?: string,
  ): Promise<OrdersPage<Written>>;
  applyNotice(arrived: ArrivedNotice, requestId?: string): Promise<NoticeAnswer>;
  /** The notices that are kept, for the admin. */
  readonly notices: KeptNotices;
  /**
   * Carries on notices that wait, and looks once more at the shipments that were written lately. To be called every
   * minute or so; `stopping` leaves what is not begun for the next start.
   */
  tend(stopping?: AbortSignal): Promise<void>;
  /** Removes what the bridge's own tables need no longer, in small pieces; `stopping` leaves the rest for the next time. */
  prune(stopping?: AbortSignal): Promise<void>;
  /**
   * From now on logs in to the store's database, its replica, or that of the bridge's own tables, with the user and
   * password of this URL, without interrupting anything; `credentials.changed` in the log says that the database took them. Throws where it
   * does not (yet): then everything stays as it is, and they are tried again once the ones before are refused.
   */
  useLogin(which: DatabaseName, url: DatabaseUrl): Promise<void>;
  /** How many connections there are: to the store's database, and to the others as far as there are others. */
  pools(): Readonly<Partial<Record<DatabaseName, PoolFigures>>>;
  /** What waits in the bridge's own tables. */
  backlog(): Promise<Backlog>;
  /** The orders that a notice is being worked on for at this moment. */
  ordersInHand(): readonly OrderId[];
  /** Ends the connections, once no notice is being worked on any more. To be called when nothing new is asked. */
  close(): Promise<void>;
}

const DAY_SECONDS = 86_400;

export interface BridgeOptions extends DatabaseOptions {
  /** Counts what is done; default: nobody counts. */
  readonly meter?: Meter;
}

/** Makes a bridge. Nothing is connected before the first call. */
export function createBridge(
  config: Config,
  log: Log,
  { meter = NO_METER, ...options }: BridgeOptions = {},
): Bridge {
  const optionsOf = (which: DatabaseName): DatabaseOptions => ({
    ...options,
    onLogin: () =>
      log.info(
        { event: 'credentials.changed', of: `${which} database` },
        'the new login is used from now on',
      ),
  });
  const { databaseUrl, readDatabaseUrl } = config.store;
  const database = openDatabase(databaseUrl, optionsOf('store'));
  const ledger = config.bridgeDatabaseUrl
    ? openDatabase(config.bridgeDatabaseUrl, optionsOf('bridge'))
    : database;
  const replica =
    readDatabaseUrl &&
    openReadReplica(database, readDatabaseUrl, {
      ...optionsOf('replica'),
      onState: createReplicaReport(log),
    });
  const databases = { store: database, replica, bridge: ledger };
  const stores = createStoreSource(database, storeOptionsOf(config), {
    onRead: createStoreReport(config, log),
  });
  const tables = createTableNames(config.store.tablePrefix);
  const inHand = createWorkInHand();
  const noticeDependencies = {
    database,
    ledger,
    tables,
    book: ledgerBook(ledger, tables),
    openShop: openStoreTables,
    stores,
    config,
    log,
    meter,
    inHand,
  };
  const watchShipments = createShipmentWatch(noticeDependencies);
  const exportDependencies = {
    memory: ledgerMemory(ledger, tables),
    stores,
    statuses: config.statuses,
    config: config.export,
    meter,
  };
  const exportPage = <Written>(request: ExportRequest, write: WriteOrder<Written>, pageLog: Log) => {
    const pageOf = (rows: Queryable) =>
      exportOrders({ ...exportDependencies, database: rows, log: pageLog }, request, write);
    return replica ? replica.read(pageOf) : pageOf(database);
  };
  const logOf = (requestId: string | undefined) =>
    requestId === undefined ? log : logWith(log, { requestId });

  return {
    prepare: (stopping) =>
      orNotReady(async () => {
        const store = await stores.current();
        await createLedgerTables(ledger, tables);
        await requireUsableTables(ledger, tables);
        for (const right of writeRights(config, store.shape))
          await proveRight(database, tables(right.table), right);
        await resumeNotices(noticeDependencies, 'all', stopping);
      }),

    checkReady: () =>
      orNotReady(async () => {
        await stores.current();
        await database.query('select 1');
        await checkLedgerTables(ledger, tables);
      }),

    exportOrders: (request, write, requestId) =>
      timed(
        () => orNotReady(() => exportPage(request, write, logOf(requestId))),
        () => 'answered' as const,
        (outcome, seconds) => meter.exportEnded(outcome, request.page === 1, seconds),
      ),
    applyNotice: (arrived, requestId) =>
      timed(
        () => orNotReady(() => applyNotice({ ...noticeDependencies, log: logOf(requestId) }, arrived)),
        ({ kind }) => kind,
        meter.noticeEnded,
      ),

    notices: createKeptNotices(noticeDependencies),

    tend: (stopping) =>
      orNotReady(async () => {
        await resumeNotices(noticeDependencies, 'due', stopping);
        await watchShipments(nowInSeconds(), stopping);
      }),

    async prune(stopping) {
      const pruning = { database: ledger, tables, stopping };
      const exports = await pruneExports(pruning);
      const notices = await pruneNotices(pruning, config.retentionDays * DAY_SECONDS);
      const fingerprints = await pruneFingerprints(pruning, config.export.changeLookbackDays * DAY_SECONDS);
      if (exports + notices + fingerprints > 0)
        log.info({ event: 'ledger.pruned', exports, notices, fingerprints }, 'old rows removed');
    },

    // Of a replica that is not there nobody has a URL.
    useLogin: async (which, url) => databases[which]?.useLogin(url),
    pools: () => ({
      store: database.pool(),
      ...(replica && { replica: replica.pool() }),
      ...(ledger === database ? {} : { bridge: ledger.pool() }),
    }),
    backlog: () => orNotReady(() => readBacklog(ledger, tables)),

    ordersInHand: () => inHand.orders(),

    async close() {
      await inHand.done();
      await Promise.all([...new Set(Object.values(databases))].map(async (one) => one?.close()));
    },
  };
}
