import type { Config } from '../config/config.ts';
import { type DatabaseOptions, openDatabase } from '../database/database.ts';
import type { AskedWindow, LeftOutSummary } from '../ledger/exports.ts';
import { nowInSeconds } from '../values/epoch-seconds.ts';
import type { OrderId } from '../values/order-id.ts';
import { type ExportedPage, exportOrders } from './export-orders/export-orders.ts';
import type { ExportRequest } from './export-orders/export-request.ts';
import type { WriteOrder } from './export-orders/map-orders.ts';
import { createPassingMemory } from './export-orders/passing-memory.ts';
import { type OrderPreview, previewOrder } from './export-orders/preview-order.ts';
import { lookbackStart, usesFingerprints } from './export-orders/window-changes.ts';
import { openLedgerView } from './ledger-view.ts';
import type { Log } from './log.ts';
import { NO_METER } from './meter.ts';
import { orNotReady } from './not-ready.ts';
import { storeOptionsOf } from './store-options.ts';
import { createStoreSource } from './store-source.ts';

/**
 * What the endpoint would answer now, by the very code that answers: reads the store and the bridge's own tables,
 * and writes into neither. An account that may only read is enough, and the bridge's own tables need not be there.
 * All throw as `Bridge` does.
 */
export interface DryExport {
  /** IANA name of the store's time zone. */
  readonly timeZone: string;
  /** What cannot be said, and why: sentences for the admin. */
  readonly remarks: readonly string[];
  previewOrder(orderId: OrderId): Promise<OrderPreview | undefined>;
  /** Page 1 fixes the list of the window for this object; later pages are cut from it. */
  exportPage<Written>(request: ExportRequest, write: WriteOrder<Written>): Promise<ExportedPage<Written>>;
  /** What the pages so far, and the making of their list, have left out of a window. */
  leftOutOf(window: AskedWindow): LeftOutSummary;
  close(): Promise<void>;
}

// What the log would say of an order is in what is given back.
const QUIET: Log = { info() {}, warn() {}, error() {} };

/** Connects and looks at the store. Throws `DatabaseUnavailable` and `NotReady`; then nothing is left open. */
export async function openDryExport(config: Config, options: DatabaseOptions = {}): Promise<DryExport> {
  const database = openDatabase(config.store.databaseUrl, options);
  const ledger = config.bridgeDatabaseUrl ? openDatabase(config.bridgeDatabaseUrl, options) : database;
  const close = async () => {
    await Promise.all(ledger === database ? [database.close()] : [database.close(), ledger.close()]);
  };
  try {
    return await orNotReady(async () => {
      const stores = createStoreSource(database, storeOptionsOf(config));
      const store = await stores.current();
      const view = await openLedgerView(ledger, store.tables, ledger === database);
      const memory = createPassingMemory(view);
      const shared = {
        database,
        statuses: config.statuses,
        config: config.export,
        log: QUIET,
        meter: NO_METER,
      };
      const remarks = [...view.remarks];
      if (usesFingerprints(config.export, store)) {
        const knowsLooks = await view.knowsLooks(lookbackStart(config.export, nowInSeconds()));
        remarks.push(knowsLooks ? CHANGES_SINCE_THE_LAST_POLL : FIRST_LOOK);
      }
      return {
        timeZone: store.timeZone,
        remarks,
        previewOrder: (orderId: OrderId) =>
          orNotReady(() => stores.use((current) => previewOrder({ ...shared, view }, current, orderId))),
        exportPage: <Written>(request: ExportRequest, write: WriteOrder<Written>) =>
          orNotReady(() => exportOrders({ ...shared, memory, stores }, request, write)),
        leftOutOf: (window: AskedWindow) => memory.leftOutOf(window),
        close,
      };
    });
  } catch (error) {
    await close();
    throw error;
  }
}

const CHANGES_SINCE_THE_LAST_POLL =
  'this store keeps no instant of a change: what looks different from the last poll counts as changed now';
const FIRST_LOOK =
  'this store keeps no instant of a change, and it is not known how its orders looked before: each counts by when it was placed';
