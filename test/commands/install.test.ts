import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import type { Finding } from '../../src/bridge/check-store/finding.ts';
import { installTables, provePlace } from '../../src/bridge/install-tables.ts';
import { removeTables } from '../../src/commands/remove-tables.ts';
import type { Config } from '../../src/config/config.ts';
import { readConfig } from '../../src/config/read-config.ts';
import { type Database as BridgeDatabase, openDatabase } from '../../src/database/database.ts';
import type { TestDatabase } from '../support/database.ts';
import { createLeastPrivilegeAccount, type TestAccount } from '../support/least-privilege-account.ts';
import { type ProgramRun, runToEnd } from '../support/program-run.ts';
import { buildStore, type Store } from '../support/store/store.ts';
import { startTestBridge } from '../support/test-bridge.ts';
import { createTestDatabase } from '../support/test-database.ts';

let database: TestDatabase;
let store: Store;
let account: TestAccount;

beforeAll(async () => {
  database = await createTestDatabase();
  store = await buildStore(database, { version: '4.20.1 U' });
  account = await createLeastPrivilegeAccount(store);
});
afterAll(async () => {
  await account.drop();
  await database.drop();
});
beforeEach(async () => {
  await database.run(`drop table if exists ${OWN.map((name) => `\`${name}\``).join(', ')}`);
});

const OWN = ['notices', 'exports', 'order_fingerprints'].map((name) => `cscart_shipstation_${name}`);
const [NOTICES = '', EXPORTS = '', FINGERPRINTS = ''] = OWN;

const ownTables = async () =>
  (await database.query(`show tables like 'cscart\\_shipstation\\_%'`)).flatMap((row) => Object.values(row));

/** Runs the program; whatever it says, it is no stack trace, and holds no password. */
async function run(
  args: readonly string[],
  changes: Readonly<Record<string, string>> = {},
): Promise<ProgramRun> {
  const ended = await runToEnd(args, {
    SHIPSTATION_USERNAME: 'shipstation',
    SHIPSTATION_PASSWORD: 'planted-secret-word',
    CSCART_DATABASE_URL: store.url,
    ...changes,
  });
  expect(ended.stdout + ended.stderr).not.toMatch(/^\s+at |planted-secret|Error:/m);
  return ended;
}
const install = (...args: string[]) => run(['install', ...args]);

/** What the command does, in this process: starting one takes longer than all the rest. */
async function within<Result>(
  databaseUrl: string,
  work: (config: Config, database: BridgeDatabase) => Promise<Result>,
): Promise<Result> {
  const config = readConfig({
    SHIPSTATION_USERNAME: 'shipstation',
    SHIPSTATION_PASSWORD: 'planted-secret-word',
    CSCART_DATABASE_URL: databaseUrl,
  });
  const opened = openDatabase(config.store.databaseUrl);
  try {
    return await work(config, opened);
  } finally {
    await opened.close();
  }
}
const findingsOf = (databaseUrl: string) =>
  within(databaseUrl, async (config, opened) => [
    ...(await provePlace(config, opened)).findings,
    ...(await installTables(config, opened)),
  ]);
const remove = (databaseUrl: string, isForced = false) =>
  within(databaseUrl, (config, opened) => removeTables(config, opened, isForced));
const problems = (findings: readonly Finding[]) => findings.filter(({ level }) => level === 'problem');

/** Says so on standard error in one line, and nothing else. */
const sentence = (exitCode: number, words: RegExp) => ({
  exitCode,
  stdout: '',
  stderr: expect.stringMatching(new RegExp(`^cscart-shipstation: [^\\n]*(?:${words.source})[^\\n]*\\n$`)),
});

/** The statements that the findings tell to run. */
const advised = (findings: readonly Finding[]) =>
  problems(findings).flatMap(({ advice = '', details }) => details ?? /alter table .*;/.exec(advice) ?? []);

describe('install', () => {
  it('says of each table whether it was made now or was there, and that the rights are proven', async () => {
    const first = await install();
    expect(first).toMatchObject({ exitCode: 0, stderr: '' });
    for (const table of OWN)
      expect(first.stdout).toMatch(new RegExp(`^ok       own tables +${table} was made now$`, 'm'));
    expect(first.stdout).toMatch(/^ok {7}rights .*rights proven/m);
    expect(await ownTables()).toHaveLength(3);

    await database.run(`drop table ${EXPORTS}`);
    const { exitCode, stdout } = await install();
    expect(exitCode).toBe(0);
    expect(stdout).toMatch(new RegExp(`${EXPORTS} was made now$`, 'm'));
    for (const table of [NOTICES, FINGERPRINTS])
      expect(stdout).toMatch(new RegExp(`${table} was there already, and is right$`, 'm'));
  });

  it.each([
    ['a column is missing', NOTICES, 'drop column plan', 'has no column plan'],
    ['an index is missing', NOTICES, 'drop key attention_changed', 'has no index on'],
    [
      'a column is of another type',
      EXPORTS,
      'modify order_ids text not null',
      'order_ids as text instead of',
    ],
    ['it has another engine', FINGERPRINTS, 'engine = MyISAM', 'is kept by MyISAM instead of InnoDB'],
  ])('where %s, it gives the statement that mends it and changes nothing', async (...test) => {
    const [, table, change, words] = test;
    await findingsOf(store.url);
    await database.run(`alter table ${table} ${change}`);
    const show = () => database.query(`show create table ${table}`);
    const before = await show();

    const found = await findingsOf(store.url);
    expect(problems(found)).toMatchObject([
      { check: 'own tables', message: expect.stringMatching(`^the table ${table} .*${words}`) },
    ]);
    expect(found.filter(({ message }) => message.endsWith('was there already, and is right'))).toHaveLength(
      2,
    );
    expect(await show()).toEqual(before);

    for (const statement of advised(found)) await database.run(statement);
    expect(problems(await findingsOf(store.url))).toEqual([]);
  });

  it('ends with 1 where one of them is not right, and prints the statement that mends it', async () => {
    await findingsOf(store.url);
    await database.run(`alter table ${NOTICES} drop key shipment`);
    const { exitCode, stdout, stderr } = await install();
    expect({ exitCode, stderr }).toEqual({ exitCode: 1, stderr: '' });
    expect(stdout).toMatch(new RegExp(`^problem  own tables +the table ${NOTICES} has no index on`, 'm'));
    await database.run(/alter table .*;/.exec(stdout)?.[0] ?? '');
    expect(problems(await findingsOf(store.url))).toEqual([]);
  });

  it('a right to make tables that is missing is told with the grant that gives it', async () => {
    // Of the tables that are not there the account of --print may do everything but make them.
    const found = await findingsOf(account.databaseUrl);
    expect(problems(found)).toMatchObject([
      { message: `not there: ${OWN.join(', ')}; and the account may not make them` },
    ]);
    expect(await ownTables()).toEqual([]);
    expect(advised(found)).toHaveLength(3);
    for (const grant of advised(found)) {
      expect(grant).toMatch(/^grant create, /);
      await database.run(grant);
    }
    expect(problems(await findingsOf(account.databaseUrl))).toEqual([]);
    expect(await ownTables()).toHaveLength(3);
    for (const table of OWN)
      await database.run(`revoke create on \`${database.name}\`.\`${table}\` from '${account.user}'@'%'`);
    expect(problems(await findingsOf(account.databaseUrl))).toEqual([]);
  });

  it.each([
    ['insert', 'shipments'],
    ['update (status)', 'orders'],
    ['select', 'currencies'],
    ['delete', 'shipstation_notices'],
  ])('a missing right to %s %s is told with the grant that gives it', async (right, table) => {
    await findingsOf(store.url);
    const on = `on \`${database.name}\`.\`cscart_${table}\``;
    await database.run(`revoke ${right} ${on} from '${account.user}'@'%'`);
    const found = await findingsOf(account.databaseUrl);
    expect(advised(found)).toEqual([`grant ${right} ${on} to '${account.user}'@'%';`]);
    for (const grant of advised(found)) await database.run(grant);
    expect(problems(await findingsOf(account.databaseUrl))).toEqual([]);
  });

  it('makes nothing where there is no store under the prefix', async () => {
    // That this account has no right to them either is not what is wrong.
    const asAccount = { CSCART_TABLE_PREFIX: 'shop_', CSCART_DATABASE_URL: account.databaseUrl };
    const wrong = await run(['install'], asAccount);
    expect(wrong.exitCode).toBe(1);
    expect(wrong.stdout).toMatch(/^problem {2}store .*CSCART_TABLE_PREFIX is "shop_".*"cscart_"$/m);
    expect(wrong.stdout).not.toContain('grant');
    expect(await run(['install', '--print'], asAccount)).toEqual(
      sentence(1, /CSCART_TABLE_PREFIX is "shop_"/),
    );
    expect(await database.query(`show tables like 'shop%'`)).toEqual([]);
  });
});

describe('what keeps install from looking', () => {
  const spoilt = (spoil: (url: URL) => void) => {
    const url = new URL(store.url);
    spoil(url);
    return url.href;
  };

  it.each([
    ['no server', (url: URL) => (url.port = '1'), /ECONNREFUSED.*host and port.*CSCART_DATABASE_URL/],
    ['a wrong password', (url: URL) => (url.password = 'planted-secret'), /1045.*password/],
    ['a database that is not there', (url: URL) => (url.pathname = '/nowhere'), /1049.*name of the database/],
  ])('%s is one sentence, and ends with 2', async (_, spoil, words) => {
    const wrong = { CSCART_DATABASE_URL: spoilt(spoil) };
    expect(await run(['install'], wrong)).toEqual(sentence(2, words));
  });

  it('an account that is not there yet does not keep it from printing the SQL that makes it', async () => {
    const wrong = { CSCART_DATABASE_URL: spoilt((url) => (url.username = 'not-yet')) };
    const printed = await run(['install', '--print'], wrong);
    expect(printed).toMatchObject({ exitCode: 0, stderr: expect.stringMatching(/could not be looked at/) });
    expect(printed.stdout).toContain("create user if not exists 'not-yet'@'%' identified by");
    expect(printed.stdout).toContain("to 'not-yet'@'%';");
  });

  it('an account without any right is told what gives them', async () => {
    await database.run("create user 'nobody'@'%' identified by 'x'");
    const url = spoilt((spoil) => {
      spoil.username = 'nobody';
      spoil.password = 'x';
    });
    expect(await run(['install'], { CSCART_DATABASE_URL: url })).toEqual(
      sentence(2, /1044.*install --print.*CSCART_DATABASE_URL/),
    );
    await database.run("drop user 'nobody'@'%'");
  });

  it("the database of the bridge's own tables is named by its setting", async () => {
    const away = { BRIDGE_DATABASE_URL: spoilt((url) => (url.port = '1')) };
    const { exitCode, stdout, stderr } = await run(['install'], away);
    expect(exitCode).toBe(2);
    expect(stdout).toMatch(/^ok {7}rights/m);
    expect(stderr).toMatch(/^cscart-shipstation: [^\n]*ECONNREFUSED[^\n]*\(BRIDGE_DATABASE_URL\)\n$/);
    expect(await run(['install', '--remove'], away)).toEqual(sentence(2, /BRIDGE_DATABASE_URL/));
  });

  it.each([
    [['--remvoe'], /--remove/],
    [['--print', '--remove'], /cannot be used with/],
    [['--force'], /--force goes with --remove/],
  ])('a wrong argument ends with 2: %s', async (args, words) => {
    const { exitCode, stdout, stderr } = await run(['install', ...args]);
    expect({ exitCode, stdout }).toEqual({ exitCode: 2, stdout: '' });
    expect(stderr).toMatch(words);
    expect(await ownTables()).toEqual([]);
  });

  it('a configuration that cannot be used ends with 1', async () => {
    const { exitCode, stderr } = await run(['install'], { CSCART_DATABASE_URL: 'mysql://user@host' });
    expect(exitCode).toBe(1);
    expect(stderr).toMatch(/^ {2}CSCART_DATABASE_URL: must end with the name of the database/m);
  });
});

describe('install --remove', () => {
  /** Notices of which two wait: for an order that is not paid yet. */
  async function withWaitingNotices(): Promise<void> {
    const bridge = await startTestBridge(store);
    const { orderId } = await store.addOrder({ status: 'N' });
    for (const trackingNumber of ['1Z', '2Z']) {
      const label = { orderNumber: String(orderId), carrier: 'UPS', service: '', trackingNumber };
      expect((await bridge.shipstation.label(label, { withoutBody: true })).status).toBe(503);
    }
    await bridge.close();
  }

  it('says what it dropped, and that there is nothing to drop then', async () => {
    await findingsOf(store.url);
    await database.run(`drop table ${EXPORTS}`);
    expect(await install('--remove')).toEqual({
      exitCode: 0,
      stdout: `Dropped from the database ${database.name}: ${NOTICES}, ${FINGERPRINTS} (not there: ${EXPORTS})\n`,
      stderr: '',
    });
    expect(await ownTables()).toEqual([]);
    expect(await remove(store.url)).toMatch(/^Nothing to drop: .* has no cscart_shipstation_notices, /);
  });

  it('drops nothing while notices wait, unless it is forced to', async () => {
    await withWaitingNotices();
    expect(await install('--remove')).toEqual(
      sentence(1, /2 notices wait, and nothing was dropped: .*notices list --state waiting.*--force/),
    );
    expect(await ownTables()).toHaveLength(3);
    const { exitCode, stdout } = await install('--remove', '--force');
    expect(exitCode).toBe(0);
    expect(stdout).toMatch(/^Dropped .*; 2 notices waited and are lost\n$/);
    expect(await ownTables()).toEqual([]);
  });

  it.each([
    ['drop column state', /has no column state.*alter table .*--force/],
    ['modify state varchar(4) character set ascii not null', /column state as varchar\(4\).*--force/],
  ])('does not count what it cannot: %s', async (change, words) => {
    await withWaitingNotices();
    await database.run(`set statement sql_mode = '' for alter table ${NOTICES} ${change}`);
    await expect(remove(store.url)).rejects.toThrow(words);
    expect(await ownTables()).toHaveLength(3);
    expect(await remove(store.url, true)).toMatch(/; whether notices waited is not known$/);
    expect(await ownTables()).toEqual([]);
  });

  it('a right that is missing is told with what to run instead, and nothing is dropped', async () => {
    await findingsOf(store.url);
    const on = `on \`${database.name}\`.\`${FINGERPRINTS}\``;
    await database.run(`revoke drop ${on} from '${account.user}'@'%'`);
    const refused = await run(['install', '--remove'], { CSCART_DATABASE_URL: account.databaseUrl });
    await database.run(`grant drop ${on} to '${account.user}'@'%'`);
    expect(refused).toEqual(
      sentence(1, /no right to DROP on \w+, and nothing was dropped; .*run: drop table/),
    );
    expect(await ownTables()).toHaveLength(3);
    await database.run(/drop table .*;/.exec(refused.stderr)?.[0] ?? '');
    expect(await ownTables()).toEqual([]);
  });

  it('a right to count the notices that is missing wants --force', async () => {
    await findingsOf(store.url);
    const on = `on \`${database.name}\`.\`${NOTICES}\``;
    await database.run(`revoke select ${on} from '${account.user}'@'%'`);
    const refused = remove(account.databaseUrl);
    await expect(refused).rejects.toThrow(/no right to SELECT .*--force/);
    await database.run(`grant select ${on} to '${account.user}'@'%'`);
    expect(await remove(account.databaseUrl, true)).toMatch(/^Dropped /);
    expect(await ownTables()).toEqual([]);
  });
});
