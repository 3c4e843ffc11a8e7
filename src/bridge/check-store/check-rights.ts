import type { Config } from '../../config/config.ts';
import type { StoreNotFound, StoreShape } from '../../cscart/store/store-shape.ts';
import { proveRight } from '../../database/account-rights.ts';
import type { Queryable } from '../../database/database.ts';
import { isShapeChanged, missingRight } from '../../database/database-errors.ts';
import type { TableNames } from '../../database/table-names.ts';
import { counted, someOf } from '../../values/counted.ts';
import {
  furtherReadRights,
  type GrantTarget,
  grantStatement,
  type NeededRight,
  readRights,
  writeRights,
} from '../needed-rights.ts';
import type { Finding } from './finding.ts';

/** Looks whether everything that the bridge must read can be read; needs no knowledge of the store. */
export async function missingReadRights(
  database: Queryable,
  tables: TableNames,
): Promise<readonly NeededRight[]> {
  return missingOf(database, tables, readRights());
}

/**
 * Proves every right that the bridge uses in the store, by asking the server, and changes nothing.
 *
 * @param missing what {@link missingReadRights} found
 */
export async function checkRights(
  database: Queryable,
  config: Config,
  shape: StoreShape,
  missing: readonly NeededRight[],
  { account, database: name, tables }: GrantTarget,
): Promise<readonly Finding[]> {
  const toWrite = await missingOf(database, tables, writeRights(config, shape));
  const further = furtherReadRights();
  // Of a table that may or may not be there, a missing right looks like a missing table.
  const lessRead = (await missingOf(database, tables, further)).filter((right) =>
    further.some((one) => one.table === right.table && one.isCertain(shape)),
  );
  const grantOf = (right: NeededRight) => grantStatement(right, { database: name, tables, account });

  const findings: Finding[] = [];
  const needed = [...missing, ...toWrite];
  if (needed.length > 0) findings.push(lackingRights(needed, grantOf));
  if (lessRead.length > 0) {
    const consequences = new Set(
      further
        .filter((one) => lessRead.some(({ table }) => table === one.table))
        .map(({ withoutIt }) => withoutIt),
    );
    findings.push({
      check: 'rights',
      level: 'warning',
      message: `the account may not read ${someOf(lessRead.map(({ table }) => table))}: ${[...consequences].join('; ')}`,
      advice: 'let an administrator of the database run:',
      details: lessRead.map(grantOf),
      facts: { missing: lessRead.map(({ privilege, table }) => ({ privilege, table })) },
    });
  }
  if (findings.length === 0) {
    const count = readRights().length + further.length + writeRights(config, shape).length;
    findings.push({
      check: 'rights',
      level: 'ok',
      message: `the account may read and write what it must (${counted(count, 'right')} proven)`,
    });
  }
  return findings;
}

/**
 * What there is to say where no store was found. Without any right to them, tables look the same whether they are there or
 * not. Pure.
 *
 * @param missing what {@link missingReadRights} found
 */
export function storeIsNotFound(
  error: StoreNotFound,
  missing: readonly NeededRight[],
  grantOf: (right: NeededRight) => string,
): readonly Finding[] {
  return [
    { check: 'store', level: 'problem', message: error.message },
    ...(missing.length > 0 && error.otherPrefixes.length === 0 ? [lackingRights(missing, grantOf)] : []),
  ];
}

/** The finding for rights without which the bridge does not work. Pure. */
export function lackingRights(
  rights: readonly NeededRight[],
  grantOf: (right: NeededRight) => string,
): Finding {
  return {
    check: 'rights',
    level: 'problem',
    message: `the account lacks ${counted(rights.length, 'right')} that the bridge needs`,
    advice:
      'let an administrator of the database run (or all that "cscart-shipstation install --print" prints):',
    details: rights.map(grantOf),
    facts: { missing: rights.map(({ privilege, table, columns }) => ({ privilege, table, columns })) },
  };
}

/** Those of the rights that the account lacks. A table that is not there needs none. */
export async function missingOf<Right extends NeededRight>(
  database: Queryable,
  tables: TableNames,
  rights: readonly Right[],
): Promise<readonly Right[]> {
  const missing: Right[] = [];
  for (const right of rights) {
    try {
      await proveRight(database, tables(right.table), right);
    } catch (error) {
      if (missingRight(error) !== undefined) missing.push(right);
      else if (!isShapeChanged(error)) throw error;
    }
  }
  return missing;
}
