import { proveRight } from '../../database/account-rights.ts';
import type { Queryable } from '../../database/database.ts';
import { missingRight } from '../../database/database-errors.ts';
import { type LedgerTableProblem, ledgerTableProblems } from '../../ledger/table-problems.ts';
import { WANTED_TABLES } from '../../ledger/wanted-tables.ts';
import { grantStatement, type NeededRight } from '../needed-rights.ts';
import { missingOf, type RightsOf } from './check-rights.ts';
import { counted, type Finding } from './finding.ts';

const PRIVILEGES = ['select', 'insert', 'update', 'delete'] as const;

/** What there is to say of the bridge's own tables, and whether they can be read. Changes nothing. */
export async function checkOwnTables(
  ledger: Queryable,
  { account, database, tables }: RightsOf,
): Promise<{ readonly findings: readonly Finding[]; readonly isReadable: boolean }> {
  const problems = await ledgerTableProblems(ledger, tables);
  const missing = problems.filter(({ isMissing }) => isMissing);
  const there = WANTED_TABLES.map(({ name, columns }) => ({
    name,
    anyColumn: Object.keys(columns)[0],
  })).filter(({ name }) => !missing.some(({ table }) => table === tables.prefix + name));
  const lacking = await missingOf(
    ledger,
    tables,
    there.flatMap(({ name, anyColumn }) =>
      PRIVILEGES.map((privilege): NeededRight => ({ privilege, table: name, anyColumn })),
    ),
  );
  const findings = problems.filter(({ isMissing }) => !isMissing).map(findingOf);
  if (missing.length > 0) findings.push(await missingTables(ledger, missing, tables));
  if (lacking.length > 0) {
    findings.push({
      check: 'own tables',
      level: 'problem',
      message: `the account lacks ${counted(lacking.length, 'right')} to the bridge's own tables`,
      advice: 'let an administrator of the database run:',
      details: lacking.map((right) => grantStatement(right, { database, tables, account })),
    });
  }
  if (findings.length === 0) {
    findings.push({
      check: 'own tables',
      level: 'ok',
      message: `${there.map(({ name }) => tables.prefix + name).join(', ')} are in place`,
    });
  }
  return {
    findings,
    isReadable: missing.length === 0 && problems.every(({ isUsable }) => isUsable) && lacking.length === 0,
  };
}

function findingOf({ table, problem, cure, isUsable }: LedgerTableProblem): Finding {
  return {
    check: 'own tables',
    level: isUsable ? 'warning' : 'problem',
    message: `the table ${table} ${problem}`,
    advice: cure,
  };
}

async function missingTables(
  ledger: Queryable,
  missing: readonly LedgerTableProblem[],
  tables: RightsOf['tables'],
): Promise<Finding> {
  const names = missing.map(({ table }) => table).join(', ');
  const mayCreate = await proveRight(ledger, tables('shipstation_asked'), { privilege: 'create' }).then(
    () => true,
    (error: unknown) => {
      if (missingRight(error) !== undefined) return false;
      throw error;
    },
  );
  return mayCreate
    ? {
        check: 'own tables',
        level: 'ok',
        message: `not there yet: ${names}`,
        advice:
          'nothing to be done: the bridge makes them when it starts, and so does "cscart-shipstation install"',
      }
    : {
        check: 'own tables',
        level: 'problem',
        message: `not there: ${names}; and the account may not make them`,
        advice: 'let an administrator of the database run what "cscart-shipstation install --print" prints',
      };
}
