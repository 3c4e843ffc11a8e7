import { afterEach, describe, expect, it } from 'vitest';
import { installTables, provePlace } from '../../src/bridge/install-tables.ts';
import { furtherReadRights } from '../../src/bridge/needed-rights.ts';
import { removeTables } from '../../src/commands/remove-tables.ts';
import { readConfig } from '../../src/config/read-config.ts';
import { openDatabase } from '../../src/database/database.ts';
import type { TestDatabase } from '../support/database.ts';
import { runToEnd } from '../support/program-run.ts';
import { buildStore, type Store } from '../support/store/store.ts';
import type { StoreVersion } from '../support/store/version.ts';
import { startTestBridge, type TestBridge } from '../support/test-bridge.ts';
import { createTestDatabase } from '../support/test-database.ts';

/** With both settings that need a right more. */
const SETTINGS = { RELABEL: 'replace', WRITE_STORE_LOG: 'true' };

let database: TestDatabase;
let store: Store;
/** What is printed for it, as it is printed. */
let sql: string;
/** As SQL has it. */
let account: string;
let accountUrl: string;
let accounts = 0;

/** Prints the SQL by the program, for a user that is not there yet, and runs it as the administrator. */
async function open(version: StoreVersion): Promise<void> {
  database = await createTestDatabase();
  store = await buildStore(database, { version });
  const printed = await runToEnd(['install', '--print'], {
    SHIPSTATION_USERNAME: 'shipstation',
    SHIPSTATION_PASSWORD: 'planted-secret-word',
    CSCART_DATABASE_URL: store.url,
    ...SETTINGS,
  });
  expect(printed).toMatchObject({ exitCode: 0, stderr: '' });
  accounts += 1;
  // The server is shared: an account of the printed name may be another test's.
  account = `'printed_${process.pid}_${accounts}'@'%'`;
  expect(printed.stdout).toContain("create user if not exists 'shipstation'@'%' identified by '");
  sql = printed.stdout.replaceAll("'shipstation'@'%'", account);
  await database.run(sql);
  const url = new URL(store.url);
  url.username = account.slice(1, account.indexOf("'@"));
  url.password = /identified by '([^']+)'/.exec(sql)?.[1] ?? '';
  accountUrl = url.href;
}
afterEach(async () => {
  await database.run(`drop user ${account}`);
  await database.drop();
});

const configOfAccount = () =>
  readConfig({
    SHIPSTATION_USERNAME: 'shipstation',
    SHIPSTATION_PASSWORD: 'planted-secret-word',
    CSCART_DATABASE_URL: accountUrl,
    ...SETTINGS,
  });

/** The statements with which `install` would mend the account's rights. */
async function advisedGrants(): Promise<readonly string[]> {
  const config = configOfAccount();
  const opened = openDatabase(config.store.databaseUrl);
  try {
    const findings = [
      ...(await provePlace(config, opened)).findings,
      ...(await installTables(config, opened)),
    ];
    return findings.flatMap(({ level, details = [] }) => (level === 'ok' ? [] : details));
  } finally {
    await opened.close();
  }
}

/** An order with an option that weighs something, and with a line that holds no name of its own. */
async function placeOrder(): Promise<number> {
  const shirt = await store.addProduct({
    name: 'Shirt',
    options: [{ name: 'Size', variants: [{ name: 'Large', weightModifier: 1 }] }],
  });
  const mug = await store.addProduct({ name: 'Mug' });
  const { orderId } = await store.addOrder({
    lines: [{ product: shirt, options: [{ name: 'Size', value: 'Large' }] }, { product: mug }],
  });
  await store.run(
    `update ${store.table('order_details')} set extra = 'a:0:{}' where order_id = ? and product_id = ?`,
    [orderId, mug.productId],
  );
  return orderId;
}

/**
 * A day of the bridge with this account: start, a window, a label, a second label that replaces the first, a row in the
 * shop's log, housekeeping. Throws where some of it does not come about.
 */
async function work(bridge: TestBridge): Promise<void> {
  const window = () => ({ start: new Date(Date.now() - 60_000), end: new Date(Date.now() + 1000) });
  await bridge.bridge.prepare();
  await bridge.bridge.checkReady();
  const orderId = await placeOrder();
  await bridge.shipstation.poll(window());
  // Seen to change, where that is found by comparing.
  await store.run(`update ${store.table('orders')} set notes = 'Ring twice' where order_id = ?`, [orderId]);
  await bridge.shipstation.poll(window());
  expect([...bridge.shipstation.orders.keys()]).toContain(String(orderId));
  for (const trackingNumber of ['1ZOLD', '1ZNEW']) {
    const label = { orderNumber: String(orderId), carrier: 'UPS', service: '', trackingNumber };
    expect(await bridge.shipstation.label(label)).toMatchObject({ status: 200 });
    expect(await store.shipments(orderId)).toMatchObject([
      { trackingNumber, items: [{ amount: 1 }, { amount: 1 }] },
    ]);
  }
  expect((await store.order(orderId)).status).toBe('C');
  const logged = await store.query(
    `select 1 from ${store.table('logs')} where content like '%:"# ${orderId}"%'`,
  );
  expect(logged).toHaveLength(1);
  await bridge.bridge.tend();
  await bridge.bridge.prune();
}

/** What an error and its causes say; not the statement, which names tables that nothing is wrong with. */
function messagesOf(error: unknown): string {
  return error instanceof Error ? `${error.message}\n${messagesOf(error.cause)}` : '';
}

/** What went wrong in a day of the bridge, in all words that were said of it; empty: nothing. */
async function trouble(): Promise<string> {
  const bridge = await startTestBridge(store, {
    databaseUrl: accountUrl,
    environment: SETTINGS,
    isUnprepared: true,
  });
  try {
    await work(bridge);
    return '';
  } catch (error) {
    const said = bridge.logs.filter(({ level }) => level !== 'info');
    return [messagesOf(error), JSON.stringify(said), ...said.map(({ err }) => messagesOf(err))].join('\n');
  } finally {
    await bridge.close();
  }
}

describe('the account that install --print makes', () => {
  it.each(['4.6.1 M', '4.12.1 U', '4.20.1 U'] as const)(
    'is all that the bridge needs with every setting, in CS-Cart %s',
    async (version) => {
      await open(version);
      expect(await trouble()).toBe('');
      expect(await advisedGrants()).toEqual([]);
      const config = configOfAccount();
      const opened = openDatabase(config.store.databaseUrl);
      expect(await removeTables(config, opened, false)).toMatch(/^Dropped /);
      await opened.close();
      // Who has it and may no more is told to keep it.
      const again = await runToEnd(['install', '--print'], {
        SHIPSTATION_USERNAME: 'shipstation',
        SHIPSTATION_PASSWORD: 'planted-secret-word',
        CSCART_DATABASE_URL: accountUrl,
        ...SETTINGS,
      });
      const grants = (text: string) => text.split('\n').filter((line) => line.startsWith('grant '));
      expect(grants(again.stdout)).toEqual(grants(sql));
      expect(again.stdout).not.toContain('create user');
    },
  );
});

/** A right as it is printed, one privilege and one column at a time. */
interface PrintedRight {
  readonly privilege: string;
  readonly table: string;
  readonly on: string;
}

function printedRights(): readonly PrintedRight[] {
  return sql.split('\n').flatMap((line) => {
    const [, privileges = '', on = ''] = /^grant (.+) (on \S+) to /.exec(line) ?? [];
    const table = /\.`cscart_(\w+)`/.exec(on)?.[1] ?? '';
    const [, verb = '', columns] = /^(\w+) \((.*)\)$/.exec(privileges) ?? [];
    const each =
      columns === undefined
        ? privileges.split(', ')
        : columns.split(', ').map((column) => `${verb} (${column})`);
    return line.startsWith('grant ') ? each.map((privilege) => ({ privilege, table, on })) : [];
  });
}

/** Of what a day needs no right to, why it is printed all the same. */
function whyPrinted({ privilege, table }: PrintedRight, version: StoreVersion): string | undefined {
  if (privilege === 'drop') return 'for install --remove';
  if (table === 'shipstation_order_fingerprints' && version !== '4.12.1 U')
    return 'for stores before 4.12.2: proven with one';
  if (table === 'companies') return "vendors' names, and the address of a shop before 4.11, come from there";
  const further = furtherReadRights().find((right) => right.table === table);
  return further && `without it ${further.withoutIt}`;
}

describe('each right that install --print prints', () => {
  it.each([
    ['4.20.1 U', () => true],
    ['4.12.1 U', ({ table }: PrintedRight) => table === 'shipstation_order_fingerprints'],
  ] as const)(
    'is missed, by name, when it is taken away, in CS-Cart %s',
    async (version, isTried) => {
      await open(version);
      expect(await trouble()).toBe('');
      const rights = printedRights().filter(isTried);
      const notMissed: string[] = [];
      const notNamed: string[] = [];
      for (const right of rights) {
        const { privilege, table, on } = right;
        await database.run(`revoke ${privilege} ${on} from ${account}`);
        const said = await trouble();
        const name = `${privilege} ${table}`;
        if (said === '' && whyPrinted(right, version) === undefined) notMissed.push(name);
        if (said !== '' && !said.includes(table)) notNamed.push(`${name}: ${said}`);
        // What only some stores have, and what is used at the end, cannot be told apart or asked for.
        const isAsked =
          privilege !== 'drop' && !furtherReadRights().some((one) => one.table === table && one.columns);
        if (isAsked && !(await advisedGrants()).some((grant) => grant.includes(`${on} to ${account};`)))
          notNamed.push(`${name}, by install`);
        await database.run(`grant ${privilege} ${on} to ${account}`);
      }
      expect({ notMissed, notNamed }).toEqual({ notMissed: [], notNamed: [] });
      expect(rights.length).toBeGreaterThan(4);
      expect(await trouble()).toBe('');
    },
    600_000,
  );
});
