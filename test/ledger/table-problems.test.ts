import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { type Database, openDatabase } from '../../src/database/database.ts';
import { parseDatabaseUrl } from '../../src/database/database-url.ts';
import { createTableNames } from '../../src/database/table-names.ts';
import { createLedgerTables, dropLedgerTables } from '../../src/ledger/schema.ts';
import { compareTable, type FoundTable, ledgerTableProblems } from '../../src/ledger/table-problems.ts';
import { keyDefinition, WANTED_TABLES } from '../../src/ledger/wanted-tables.ts';
import type { TestDatabase } from '../support/database.ts';
import { createTestDatabase } from '../support/test-database.ts';

const tables = createTableNames('shop_');
let owner: TestDatabase;
let database: Database;

beforeAll(async () => {
  owner = await createTestDatabase();
  const url = parseDatabaseUrl(owner.url);
  if ('problem' in url) throw new Error(url.problem);
  database = openDatabase(url);
});
afterAll(async () => {
  await database.close();
  await owner.drop();
});
beforeEach(async () => {
  await dropLedgerTables(database, tables);
  await createLedgerTables(database, tables);
});

const NOTICES = 'shop_shipstation_notices';
const problems = () => ledgerTableProblems(database, tables);

it('tables as they are made have no problem', async () => {
  expect(await problems()).toEqual([]);
});

describe('a table that is there, but not whole', () => {
  it.each([
    ['a column is gone', 'drop column plan', 'has no column plan'],
    ['two columns are gone', 'drop column plan, drop column attempts', 'has no columns plan, attempts'],
    [
      'a key column is gone',
      'drop column shipment_id',
      'has no column shipment_id, and has no index on (shipment_id)',
    ],
    [
      'a text is cut short',
      'modify raw_body blob not null',
      'has the column raw_body as blob instead of longblob',
    ],
    [
      'a word is cut short',
      'modify state varchar(4) character set ascii not null',
      'has the column state as varchar(4) instead of varchar(16)',
    ],
    [
      'a number may be negative',
      'modify changed_at int not null',
      expect.stringMatching(/^has the column changed_at as int(\(11\))? instead of int unsigned$/),
    ],
    ['notices may be there twice', 'drop key fingerprint', 'has no index on (fingerprint)'],
    [
      'the index allows them twice',
      'drop key fingerprint, add key fingerprint (fingerprint)',
      'has no index on (fingerprint)',
    ],
    [
      'the number is not the primary key',
      'modify notice_id bigint unsigned not null, drop primary key',
      'has no index on (notice_id)',
    ],
    [
      'its engine is MyISAM',
      'engine = MyISAM',
      'is kept by MyISAM instead of InnoDB, which can lose a notice in a crash',
    ],
  ])('%s: it is named, and the advice mends it', async (_, change, problem) => {
    await owner.run(`alter table ${NOTICES} ${change}`);
    const [found, ...others] = await problems();
    expect(others).toEqual([]);
    expect(found).toMatchObject({ table: NOTICES, problem, isUsable: false });
    const [, statement = ''] = /run: (alter table .*;)$/.exec(found?.cure ?? '') ?? [];
    await owner.run(statement);
    expect(await problems()).toEqual([]);
  });

  it('is usable all the same when an index for speed is missing', async () => {
    await owner.run(`alter table ${NOTICES} drop key attention_changed`);
    expect(await problems()).toEqual([
      {
        table: NOTICES,
        problem: 'has no index on (needs_attention, changed_at)',
        cure: `let an administrator of the database run: alter table \`${NOTICES}\` add key attention_changed (needs_attention, changed_at);`,
        isUsable: true,
        isMissing: false,
      },
    ]);
  });
});

it('a table that is missing is named, whichever of them', async () => {
  for (const { name } of WANTED_TABLES) {
    await owner.run(`drop table shop_${name}`);
    expect(await problems()).toEqual([
      {
        table: `shop_${name}`,
        problem: 'is missing, or this account may not see it',
        cure: 'run "cscart-shipstation install"',
        isUsable: false,
        isMissing: true,
      },
    ]);
    expect(await createLedgerTables(database, tables)).toEqual([`shop_${name}`]);
  }
});

it('tables of another prefix, and of a name in other letters, are not ours', async () => {
  expect(await ledgerTableProblems(database, createTableNames('other_'))).toHaveLength(WANTED_TABLES.length);
  expect(await ledgerTableProblems(database, createTableNames('SHOP_'))).toHaveLength(WANTED_TABLES.length);
});

describe('what a host or an older server does is no problem', () => {
  it('a conversion to another character set, which widens texts', async () => {
    for (const { name } of WANTED_TABLES) {
      await owner.run(`alter table shop_${name} convert to character set latin1`);
      await owner.run(`alter table shop_${name} convert to character set utf8mb4`);
    }
    const [type] = await owner.query<{ type: string }>(
      `select column_type as type from information_schema.columns
        where table_schema = database() and table_name = '${NOTICES}' and column_name = 'decision'`,
    );
    expect(type?.type).toBe('mediumtext');
    expect(await problems()).toEqual([]);
  });

  it('further columns, and an index of another name', async () => {
    await owner.run(
      `alter table ${NOTICES} add column remark text null, drop key shipment, add key other (shipment_id, state)`,
    );
    expect(await problems()).toEqual([]);
  });
});

describe('the comparison', () => {
  const [notices] = WANTED_TABLES;
  if (!notices) throw new Error('no table');
  const asWanted: FoundTable = {
    engine: 'InnoDB',
    columns: new Map(
      Object.entries(notices.columns).map(([column, definition]) => [
        column,
        definition.replace(/ (character set|null|not null).*/, ''),
      ]),
    ),
    keys: notices.keys.map(({ kind, name, columns }) => ({
      name: kind === 'primary' ? 'primary' : name,
      isUnique: kind !== 'plain',
      columns,
    })),
  };

  it('knows integers as MySQL 8 writes them, and as MariaDB does', () => {
    expect(compareTable(notices, asWanted, tables)).toBeUndefined();
    const columns = new Map(
      [...asWanted.columns].map(([column, type]) => [
        column,
        type.replace(/int unsigned$/, 'int(10) unsigned'),
      ]),
    );
    expect(compareTable(notices, { ...asWanted, columns }, tables)).toBeUndefined();
  });

  it('says that a table cannot be opened', () => {
    expect(compareTable(notices, { ...asWanted, engine: null }, tables)?.problem).toBe(
      'cannot be opened by the database server',
    );
  });

  it('tells all that is wrong with a table at once', () => {
    const found = compareTable(notices, { engine: 'MyISAM', columns: new Map(), keys: [] }, tables);
    for (const column of Object.keys(notices.columns)) expect(found?.problem).toContain(column);
    for (const key of notices.keys) expect(found?.cure).toContain(`add ${keyDefinition(key)}`);
    expect(found?.cure).toMatch(/, engine=InnoDB;$/);
  });
});
