import { randomBytes } from 'node:crypto';
import {
  furtherReadRights,
  grantStatement,
  type NeededRight,
  readRights,
  writeRights,
} from '../bridge/needed-rights.ts';
import type { Config } from '../config/config.ts';
import type { StoreShape } from '../cscart/store/store-shape.ts';
import { createTableNames } from '../database/table-names.ts';
import { ledgerTables } from '../ledger/schema.ts';

/**
 * SQL that an administrator of the database runs once: the bridge's tables, and an account that may do no more than it
 * must. What depends on the version is commented out where `shape` does not have it: the account that looked sees only
 * tables that it has a right to. Where the store could not be looked at, `shape` is the reason.
 */
export function leastPrivilegeSql(config: Config, shape: StoreShape | string): string {
  const tables = createTableNames(config.store.tablePrefix);
  const { database } = config.store.databaseUrl;
  const ledgerDatabase = (config.bridgeDatabaseUrl ?? config.store.databaseUrl).database;
  const account = "'shipstation'@'%'";
  const grant = (right: NeededRight) => grantStatement(right, { database, tables, account });
  const isSeen = ({ table }: NeededRight) => typeof shape !== 'string' && shape.has(table);
  const further = furtherReadRights();

  return [
    ...(typeof shape === 'string'
      ? [
          `-- The store could not be looked at: ${shape.replaceAll('\n', ' ')}`,
          '-- Check the settings before you run this.',
        ]
      : []),
    '-- Run this as an administrator of the database. The account and its password go into CSCART_DATABASE_URL.',
    "-- Where the bridge has an address of its own, write that instead of '%'.",
    `use \`${ledgerDatabase}\`;`,
    '',
    ...ledgerTables(tables).map(({ sql }) => `${sql};\n`),
    '-- An account that is there already keeps its password.',
    `create user if not exists ${account} identified by '${randomBytes(18).toString('base64url')}';`,
    '',
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
    '-- Its own tables:',
    ...ledgerTables(tables).map(
      ({ name }) =>
        `grant select, insert, update, delete, drop on \`${ledgerDatabase}\`.${tables(name)} to ${account};`,
    ),
    '',
  ].join('\n');
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
