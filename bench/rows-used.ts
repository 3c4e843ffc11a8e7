import type { BenchStore } from './bench-store.ts';
import { type LoggedStatement, rowsExaminedPerRowUsed } from './slow-log.ts';

/** A statement with how many rows the server looked at for each that it used. */
export interface RatedStatement {
  readonly statement: LoggedStatement;
  readonly rowsUsed: number;
  readonly ratio: number;
}

/** What of a ratio is not worth a closer look. */
const ENOUGH = 3;

/**
 * Rates a statement by the server's count. One that sums up gives one row for many: it uses all of those, and the server
 * is asked how many they were, by running it once more.
 */
export async function rate(
  { database }: Pick<BenchStore, 'database'>,
  statement: LoggedStatement,
): Promise<RatedStatement> {
  const rowsUsed = Math.max(statement.rowsSent, statement.rowsAffected);
  const ratio = rowsExaminedPerRowUsed(statement);
  if (ratio <= ENOUGH || !sumsUp(statement.sql)) return { statement, rowsUsed, ratio };
  const [row] = await database.query<Record<string, string>>(`analyze format=json ${statement.sql}`);
  const summedUp = Math.round(rowsThatPass(JSON.parse(row?.['ANALYZE'] ?? '{}')));
  return { statement, rowsUsed: summedUp, ratio: statement.rowsExamined / Math.max(summedUp, 1) };
}

/** Whether a statement gives less rows than it needs: sums, counts, the first of many. */
export function sumsUp(sql: string): boolean {
  return /^\s*select\b/i.test(sql) && /\b(?:sum|count|min|max|bit_xor)\s*\(|\bgroup by\b/i.test(sql);
}

/**
 * Out of what MariaDB says of a statement that it has run (`analyze format=json`): how many rows of real tables its
 * conditions let through. What it keeps on the way, as for a derived table, is not counted again.
 */
export function rowsThatPass(plan: unknown): number {
  if (Array.isArray(plan)) return plan.reduce<number>((sum, member) => sum + rowsThatPass(member), 0);
  if (typeof plan !== 'object' || plan === null) return 0;
  const step = plan as TableStep;
  const isTable = typeof step.table_name === 'string' && !step.table_name.startsWith('<');
  const own = isTable ? ((step.r_rows ?? 0) * (step.r_loops ?? 0) * (step.r_filtered ?? 100)) / 100 : 0;
  return own + rowsThatPass(Object.values(plan));
}

/** A table of a plan; rows are those of one loop, and what is let through is per cent of them. */
interface TableStep {
  readonly table_name?: unknown;
  readonly r_rows?: number | null;
  readonly r_loops?: number;
  readonly r_filtered?: number | null;
}
