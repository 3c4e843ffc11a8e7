import { expect, test } from 'vitest';
import { leastPrivilegeSql } from '../../src/commands/least-privilege.ts';
import { readConfig } from '../../src/config/read-config.ts';
import type { StoreShape } from '../../src/cscart/store/store-shape.ts';

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
