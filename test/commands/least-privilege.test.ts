import { expect, test } from 'vitest';
import { leastPrivilegeSql } from '../../src/commands/least-privilege.ts';
import { readConfig } from '../../src/config/read-config.ts';
import type { StoreShape } from '../../src/cscart/store/store-shape.ts';
import { quotedAccount } from '../../src/database/server-facts.ts';

const CONFIG = readConfig({
  SHIPSTATION_USERNAME: 'x',
  SHIPSTATION_PASSWORD: 'x',
  CSCART_DATABASE_URL: 'mysql://reader:x@127.0.0.1/shop',
});

const ACCOUNT = { account: "'shipstation'@'%'", isThere: false };

/** The store as an account sees it that has no right to these tables. */
function seenWithout(...tables: readonly string[]): StoreShape {
  return {
    has: (table) => !tables.includes(table),
    typeOf: () => undefined,
    storable: (_table, _column, text) => text,
  };
}

const linesOf = (shape: StoreShape | string) =>
  leastPrivilegeSql(CONFIG, shape, { store: ACCOUNT, ledger: ACCOUNT }).split('\n');
const grantOn = (table: string) => `grant select on \`shop\`.\`cscart_${table}\` to 'shipstation'@'%';`;

test('what the account that looks may not see is there to be uncommented, and explained', () => {
  const lines = linesOf(seenWithout('states', 'product_features_values'));
  expect(lines).toContain(`-- ${grantOn('states')}`);
  expect(lines).toContain(`-- ${grantOn('product_features_values')}`);
  expect(lines).toContain(grantOn('profile_fields'));
  expect(lines).toContain('-- Take away the dashes before those that your database has:');
});

test('what it sees is granted, and nothing is left to be uncommented', () => {
  const lines = linesOf(seenWithout());
  expect(lines).toContain(grantOn('states'));
  expect(lines.filter((line) => line.startsWith('-- grant'))).toEqual([]);
});

test('a store that cannot be looked at gets every line, those of some versions commented', () => {
  const lines = linesOf('access denied');
  expect(lines[0]).toContain('access denied');
  expect(lines).toContain(grantOn('orders'));
  expect(lines).toContain(`-- ${grantOn('states')}`);
});

test('it says that the password of an account that is there does not change', () => {
  expect(linesOf(seenWithout())).toContain(
    '-- The account and its password go into CSCART_DATABASE_URL. An account that is there already keeps its password.',
  );
});

test('of tables that only tell the edition one column is enough', () => {
  expect(linesOf(seenWithout())).toContain(
    "grant select (payout_id) on `shop`.`cscart_vendor_payouts` to 'shipstation'@'%';",
  );
});

/** The SQL where the bridge's own tables lie elsewhere, for an account of either database. */
function sqlWith(bridgeUrl: string): string {
  const config = readConfig({
    SHIPSTATION_USERNAME: 'x',
    SHIPSTATION_PASSWORD: 'x',
    CSCART_DATABASE_URL: 'mysql://reader:x@127.0.0.1/shop',
    BRIDGE_DATABASE_URL: bridgeUrl,
  });
  const ledger = { account: "'keeper'@'%'", isThere: false };
  return leastPrivilegeSql(config, seenWithout(), { store: ACCOUNT, ledger });
}

test.each([
  ['another host', 'mysql://keeper:x@db2.internal/bridge', 'db2.internal:3306'],
  ['another port', 'mysql://keeper:x@127.0.0.1:3307/bridge', '127.0.0.1:3307'],
  ['a socket', 'mysql://keeper:x@127.0.0.1/bridge?socket=/run/other.sock', 'the socket /run/other.sock'],
])('of another server (%s) there are two parts, each with what belongs there', (_, url, server) => {
  const [first = '', second = '', ...others] = sqlWith(url).split(/^(?=-- Part)/m);
  expect(others).toEqual([]);
  expect(first).toMatch(/^-- Part 1 of 2\. Run it on the server of the store \(127\.0\.0\.1:3306\)/);
  expect(second).toContain(`-- Part 2 of 2. Run it on the server of the bridge's own tables (${server})`);
  expect(first).not.toMatch(/create table|use |`bridge`|keeper/);
  expect(first).toContain("create user if not exists 'shipstation'@'%'");
  expect(first).toContain(grantOn('orders'));
  expect(second).not.toMatch(/`shop`|'shipstation'/);
  expect(second).toContain('create database if not exists `bridge`;\nuse `bridge`;');
  expect(second).toContain("create user if not exists 'keeper'@'%'");
  expect(second.match(/^grant .* on `bridge`\.`cscart_shipstation_\w+` to 'keeper'@'%';$/gm)).toHaveLength(3);
});

test('of another database on the same server there is one part, whatever this machine is called', () => {
  const sql = sqlWith('mysql://keeper:x@localhost/bridge');
  expect(sql).not.toContain('-- Part');
  expect(sql).toContain('create database if not exists `bridge`;\nuse `bridge`;');
  expect(sql.match(/^create user/gm)).toHaveLength(2);
});

test('what a name or a reason holds ends neither a text nor a comment', () => {
  expect(quotedAccount("o'brien\\", '%')).toBe("'o''brien\\\\'@'%'");
  expect(linesOf('no\nway').filter((line) => line.startsWith('way'))).toEqual([]);
  expect(sqlWith('mysql://keeper:x@127.0.0.1:3307/a%60b')).toContain('use `a``b`;');
});
