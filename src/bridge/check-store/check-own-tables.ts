import type { Queryable } from '../../database/database.ts';
import { type LedgerTableProblem, ledgerTableProblems } from '../../ledger/table-problems.ts';
import { WANTED_TABLES } from '../../ledger/wanted-tables.ts';
import { counted } from '../../values/counted.ts';
import { type GrantTarget, grantStatement, type NeededRight, ownTableGrant } from '../needed-rights.ts';
import { missingOf } from './check-rights.ts';
import type { Finding } from './finding.ts';

const PRIVILEGES = ['select', 'insert', 'update', 'delete'] as const;

/** What there is to say of the bridge's own tables, and whether they can be read. Changes nothing. */
export async function checkOwnTables(
  ledger: Queryable,
  target: GrantTarget,
): Promise<{ readonly findings: readonly Finding[]; readonly isReadable: boolean }> {
  const { tables } = target;
  const problems = await ledgerTableProblems(ledger, tables);
  const missing = problems.filter(({ isMissing }) => isMissing).map(({ table }) => table);
  const there = WANTED_TABLES.map(({ name }) => tables.prefix + name).filter(
    (table) => !missing.includes(table),
  );
  const lacking = await lackingOwnRights(ledger, target, there);
  const findings = problems.filter(({ isMissing }) => !isMissing).map(unfitTable);
  if (missing.length > 0) findings.push(await missingTables(ledger, missing, target));
  if (lacking) findings.push(lacking);
  if (findings.length === 0)
    findings.push({ check: 'own tables', level: 'ok', message: `${there.join(', ')} are in place` });
  return {
    findings,
    isReadable: missing.length === 0 && problems.every(({ isUsable }) => isUsable) && !lacking,
  };
}

/** A table that is there and not as it has to be. Pure. */
export function unfitTable({ table, problem, cure, isUsable }: LedgerTableProblem): Finding {
  return {
    check: 'own tables',
    level: isUsable ? 'warning' : 'problem',
    message: `the table ${table} ${problem}`,
    advice: cure,
  };
}

/**
 * What the account may not do with those of the bridge's own tables that are there, by asking the server; changes nothing.
 *
 * @param there with their prefix
 */
export async function lackingOwnRights(
  ledger: Queryable,
  target: GrantTarget,
  there: readonly string[],
): Promise<Finding | undefined> {
  const { tables } = target;
  const rights = WANTED_TABLES.filter(({ name }) => there.includes(tables.prefix + name)).flatMap(
    ({ name, columns }) =>
      PRIVILEGES.map(
        (privilege): NeededRight => ({ privilege, table: name, anyColumn: Object.keys(columns)[0] }),
      ),
  );
  const lacking = await missingOf(ledger, tables, rights);
  if (lacking.length === 0) return undefined;
  return {
    check: 'own tables',
    level: 'problem',
    message: `the account lacks ${counted(lacking.length, 'right')} to the bridge's own tables`,
    advice: 'let an administrator of the database run:',
    details: lacking.map((right) => grantStatement(right, target)),
  };
}

/**
 * Tables that are missing and that the account may not make. Pure.
 *
 * @param missing with their prefix
 */
export function unmakeableTables(missing: readonly string[], target: GrantTarget): Finding {
  const { prefix } = target.tables;
  return {
    check: 'own tables',
    level: 'problem',
    message: `not there: ${missing.join(', ')}; and the account may not make them`,
    advice:
      'let an administrator of the database run this, then "cscart-shipstation install" once more (or all that "cscart-shipstation install --print" prints, which makes them):',
    details: missing.map((table) => ownTableGrant(table.slice(prefix.length), target, 'to-make')),
  };
}

async function missingTables(
  ledger: Queryable,
  missing: readonly string[],
  target: GrantTarget,
): Promise<Finding> {
  const { prefix } = target.tables;
  const unmakeable = await missingOf(
    ledger,
    target.tables,
    missing.map((table): NeededRight => ({ privilege: 'create', table: table.slice(prefix.length) })),
  );
  if (unmakeable.length > 0) {
    return unmakeableTables(
      unmakeable.map(({ table }) => prefix + table),
      target,
    );
  }
  return {
    check: 'own tables',
    level: 'ok',
    message: `not there yet: ${missing.join(', ')}`,
    advice:
      'nothing to be done: the bridge makes them when it starts, and so does "cscart-shipstation install"',
  };
}
