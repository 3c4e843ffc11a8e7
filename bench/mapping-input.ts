import { createFieldReaders } from '../src/bridge/export-orders/order-document/configured-fields.ts';
import type { MappingRules } from '../src/bridge/export-orders/order-document/mapping-rules.ts';
import { mapStatuses } from '../src/bridge/status-map.ts';
import { storeOptionsOf } from '../src/bridge/store-options.ts';
import { readConfig } from '../src/config/read-config.ts';
import { findChangedOrders } from '../src/cscart/orders/changed-orders.ts';
import type { Order } from '../src/cscart/orders/order.ts';
import { readOrders } from '../src/cscart/orders/read-orders.ts';
import { readStore } from '../src/cscart/store/store.ts';
import { openDatabase } from '../src/database/database.ts';
import { createEpochSeconds } from '../src/values/epoch-seconds.ts';
import type { BenchStore, Window } from './bench-store.ts';
import { settingsFor } from './bridge-process.ts';

/** The orders of a window as they are read, and what an export maps them by. */
export async function ordersToMap(
  benchStore: BenchStore,
  { startMs, endMs }: Window,
): Promise<{ readonly orders: readonly Order[]; readonly rules: MappingRules }> {
  const config = readConfig(settingsFor(benchStore));
  const database = openDatabase(config.store.databaseUrl);
  try {
    const store = await readStore(database, storeOptionsOf(config));
    const fields = createFieldReaders(config.export, store);
    const changed = await findChangedOrders(database, store, {
      from: createEpochSeconds(startMs / 1000),
      to: createEpochSeconds(endMs / 1000),
    });
    const ids = changed.map(({ orderId }) => orderId);
    const orders: Order[] = [];
    for (const order of await readOrders(database, store, ids, fields.wanted)) {
      if (!('lines' in order)) throw new Error('an order of the benchmark cannot be read');
      orders.push(order);
    }
    const { meanings } = mapStatuses(config.statuses, store.statuses);
    return { orders, rules: { meanings, store, config: config.export, fields } };
  } finally {
    await database.close();
  }
}
