import { randomBytes } from 'node:crypto';
import {
  furtherReadRights,
  grantStatement,
  type NeededRight,
  ownTableGrant,
  readRights,
  writeRights,
} from '../bridge/needed-rights.ts';
import type { Config } from '../config/config.ts';
import type { StoreShape } from '../cscart/store/store-shape.ts';
import { type DatabaseUrl, isSameServer } from '../database/database-url.ts';
import { createTableNames, quotedName } from '../database/table-names.ts';
import { ledgerTables } from '../ledger/schema.ts';

/** An account that rights are printed for. */
export interface GrantedAccount {
  /** As SQL spells it: `'shipstation'@'%'`. */
  readonly account: string;
  /** Whether it is known to be there, so that nothing has to make it. */
  readonly isThere: boolean;
  /** Why it is not the one that the configuration names. */
  readonly remark?: string | undefined;
}

/** The same object twice, where one account serves for both. */
export interface GrantedAccounts {
  readonly store: GrantedAccount;
  readonly ledger: GrantedAccount;
}

/**
 * SQL that an administrator of the database runs once: the bridge's tables, and an account that may do no more than it
 * must. Where the bridge's own tables lie on another server than the store, it is two parts, one for each. What depends on
 * the version is commented out where `shape` does not have it: the account that looked sees only tables that it has a right
 * to. Where the store could not be looked at, `shape` is the reason.
 */
export function leastPrivilegeSql(
  config: Config,
  shape: StoreShape | string,
  { store, ledger }: GrantedAccounts,
): string {
  const { databaseUrl } = config.store;
  const ledgerUrl = config.bridgeDatabaseUrl ?? databaseUrl;
  const warning = typeof shape === 'string' ? notSeen(shape) : [];
  const hint = [store, ledger].some(({ isThere }) => !isThere)
    ? ["-- Where the bridge has an address of its own, write that instead of '%'."]
    : [];
  if (isSameServer(databaseUrl, ledgerUrl)) {
    const isOneAccount = store.account === ledger.account;
    const variables = config.bridgeDatabaseUrl
      ? 'CSCART_DATABASE_URL and BRIDGE_DATABASE_URL'
      : 'CSCART_DATABASE_URL';
    return [
      ...warning,
      '-- Run this as an administrator of the database.',
      ...hint,
      ...ownTables(config, ledgerUrl),
      ...accountOf(store, isOneAccount ? variables : 'CSCART_DATABASE_URL'),
      ...(isOneAccount ? [] : accountOf(ledger, 'BRIDGE_DATABASE_URL')),
      ...storeGrants(config, shape, store),
      ...ownGrants(config, ledgerUrl, ledger),
    ].join('\n');
  }
  return [
    ...warning,
    `-- Part 1 of 2. Run it on the server of the store (${serverOf(databaseUrl)}), as an administrator of the database.`,
    ...hint,
    ...accountOf(store, 'CSCART_DATABASE_URL'),
    ...storeGrants(config, shape, store),
    `-- Part 2 of 2. Run it on the server of the bridge's own tables (${serverOf(ledgerUrl)}), as an administrator of the database.`,
    ...ownTables(config, ledgerUrl),
    ...accountOf(ledger, 'BRIDGE_DATABASE_URL'),
    ...ownGrants(config, ledgerUrl, ledger),
  ].join('\n');
}

function notSeen(reason: string): readonly string[] {
  return [
    `-- The store could not be looked at: ${inOneLine(reason)}`,
    '-- Check the settings before you run this.',
  ];
}

function ownTables(config: Config, { database }: DatabaseUrl): readonly string[] {
  const tables = createTableNames(config.store.tablePrefix);
  return [
    ...(config.bridgeDatabaseUrl ? [`create database if not exists ${quotedName(database)};`] : []),
    `use ${quotedName(database)};`,
    '',
    ...ledgerTables(tables).map(({ sql }) => `${sql};\n`),
  ];
}

function accountOf({ account, isThere, remark }: GrantedAccount, variables: string): readonly string[] {
  const remarks = remark === undefined ? [] : [`-- ${inOneLine(remark)}`];
  if (isThere) return [...remarks, `-- ${variables}: the account is there, and keeps its password.`, ''];
  return [
    ...remarks,
    `-- The account and its password go into ${variables}. An account that is there already keeps its password.`,
    `create user if not exists ${account} identified by '${randomBytes(18).toString('base64url')}';`,
    '',
  ];
}

function storeGrants(
  config: Config,
  shape: StoreShape | string,
  { account }: GrantedAccount,
): readonly string[] {
  const tables = createTableNames(config.store.tablePrefix);
  const { database } = config.store.databaseUrl;
  const grant = (right: NeededRight) => grantStatement(right, { database, tables, account });
  const isSeen = ({ table }: NeededRight) => typeof shape !== 'string' && shape.has(table);
  const further = furtherReadRights();
  return [
    '-- What the bridge reads:',
    ...readRights().map(grant),
    ...further.filter(isSeen).map(grant),
    ...(further.every(isSeen)
      ? []
      : [
          '-- Not seen in the store: its version lacks them, or the account that looked has no right to them.',
          '-- Take away the dashes before those that your database has:',
        ]),
    ...further.filter((right) => !isSeen(right)).map((right) => `-- ${grant(right)}`),
    '',
    '-- What it writes:',
    ...writeGrants(config, shape, grant),
    '',
  ];
}

const EVERY_STAMP: StoreShape = {
  has: () => true,
  typeOf: () => undefined,
  storable: (_table, _column, text) => text,
};

/** Of a store that could not be looked at, what depends on its version is commented out. */
function writeGrants(
  config: Config,
  shape: StoreShape | string,
  grant: (right: NeededRight) => string,
): readonly string[] {
  if (typeof shape !== 'string') return writeRights(config, shape).map(grant);
  return writeRights(config, EVERY_STAMP).flatMap((right) => {
    const versions = VERSIONS_OF_STAMPS.get(right.table === 'orders' ? (right.columns?.[0] ?? '') : '');
    return versions === undefined
      ? [grant(right)]
      : [`-- ${versions} (take away the dashes if that is your store):`, `-- ${grant(right)}`];
  });
}

const VERSIONS_OF_STAMPS: ReadonlyMap<string, string> = new Map([
  ['updated_at', 'CS-Cart 4.12.2 and later'],
  ['last_modify', "A store on which ShipStation's own add-on was installed"],
]);

function ownGrants(
  config: Config,
  { database }: DatabaseUrl,
  { account }: GrantedAccount,
): readonly string[] {
  const tables = createTableNames(config.store.tablePrefix);
  const grants = ledgerTables(tables).map(({ name }) =>
    ownTableGrant(name, { database, tables, account }, 'to-use'),
  );
  return ['-- Its own tables:', ...grants, ''];
}

function serverOf({ host, port, socketPath }: DatabaseUrl): string {
  return inOneLine(socketPath === undefined ? `${host}:${port}` : `the socket ${socketPath}`);
}

/** A comment ends with its line. */
function inOneLine(text: string): string {
  return text.replaceAll(/\s+/g, ' ');
}
