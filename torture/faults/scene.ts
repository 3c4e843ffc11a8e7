import { setTimeout as sleep } from 'node:timers/promises';
import { createDatabase, type TestDatabase } from '../../test/support/database.ts';
import { createLeastPrivilegeAccount } from '../../test/support/least-privilege-account.ts';
import type { MariaDb } from '../../test/support/mariadb.ts';
import type { Random } from '../../test/support/random.ts';
import { wireDate } from '../../test/support/ship-notice-xml.ts';
import { buildStore, type Store } from '../../test/support/store/store.ts';
import type { StorageEngine } from '../../test/support/store-shapes.ts';
import { type BridgeProcess, createBridgeProcess } from '../bridge-process.ts';
import { PLANTED_ORDER } from '../planted.ts';
import type { TortureOptions } from '../result.ts';
import { type StatementProxy, startStatementProxy } from '../statement-proxy.ts';

/** A store, the wire to it, and the bridge before it. */
export interface Scene {
  readonly name: StorageEngine;
  readonly store: Store;
  readonly database: TestDatabase;
  readonly proxy: StatementProxy;
  readonly bridge: BridgeProcess;
  /** User name of the bridge's database account. */
  readonly account: string;
  /** Orders that are shipped while the faults go on. */
  readonly toShip: readonly OrderToShip[];
  /** Windows with all the orders that each must answer with. */
  readonly windows: readonly ExportWindow[];
  close(): Promise<void>;
}

export interface OrderToShip {
  readonly orderId: number;
  readonly lines: readonly { readonly sku: string; readonly quantity: number }[];
}

export interface ExportWindow {
  readonly parameters: { readonly start_date: string; readonly end_date: string };
  readonly orderNumbers: ReadonlySet<string>;
}

const DAY_MS = 86_400_000;
const HOUR_MS = 3_600_000;
// Several pages of what lies still, so that a fault falls into the middle of a series.
const OLD_ORDERS = 40;
const PAGE_SIZE = 25;
// So that the latest log lines of a process have come through its pipe.
const LAST_LINES_MS = 50;

/** Builds a store on an engine, with so many orders to ship, and starts a bridge of the compiled program before it. */
export async function createScene(
  mariadb: MariaDb,
  name: StorageEngine,
  orderCount: number,
  random: Random,
  { program, environment }: Pick<TortureOptions, 'program' | 'environment'>,
): Promise<Scene> {
  const database = await createDatabase(mariadb.url(''), `faults_${name.toLowerCase()}`);
  const store = await buildStore(database, { version: '4.18.2 M', engine: name });
  // What the deadlock makes itself heavy with.
  await store.run('create table ballast (number int unsigned not null) engine=InnoDB');
  const placedAt = new Date(Date.now() - 10 * DAY_MS);
  const old = await store.addOrders(
    Array.from({ length: OLD_ORDERS }, () => ({ ...PLANTED_ORDER, placedAt, lines: linesOf(random) })),
  );
  const wanted = Array.from({ length: orderCount }, () => linesOf(random));
  const placed = await store.addOrders(wanted.map((lines) => ({ ...PLANTED_ORDER, lines })));
  const account = await createLeastPrivilegeAccount(store);
  const proxy = await startStatementProxy(mariadb.port);
  const url = new URL(account.databaseUrl);
  url.port = String(proxy.port);
  const bridge = await createBridgeProcess(program, {
    CSCART_DATABASE_URL: url.href,
    CSCART_TABLE_PREFIX: store.prefix,
    EXPORT_PAGE_SIZE: String(PAGE_SIZE),
    ...environment,
  });
  await bridge.start();
  return {
    name,
    store,
    database,
    proxy,
    bridge,
    account: account.user,
    toShip: placed.map(({ orderId }, index) => ({ orderId, lines: wanted[index] ?? [] })),
    windows: [
      windowOf(old, placedAt.getTime() - HOUR_MS, placedAt.getTime() + HOUR_MS),
      windowOf(placed, Date.now() - HOUR_MS, Date.now() + HOUR_MS),
    ],
    async close() {
      await bridge.stop();
      await sleep(LAST_LINES_MS);
      await proxy.close();
      await database.close();
    },
  };
}

function linesOf(random: Random): OrderToShip['lines'] {
  return ['MUG', 'SHIRT', 'HAT']
    .slice(0, random.int(1, 3))
    .map((sku) => ({ sku, name: `A ${sku.toLowerCase()}`, quantity: random.int(1, 4) }));
}

function windowOf(orders: readonly { readonly orderId: number }[], from: number, to: number): ExportWindow {
  return {
    parameters: { start_date: wireDate(new Date(from)), end_date: wireDate(new Date(to)) },
    orderNumbers: new Set(orders.map(({ orderId }) => String(orderId))),
  };
}
