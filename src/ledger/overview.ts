import type { Queryable } from '../database/database.ts';
import type { TableNames } from '../database/table-names.ts';
import { type Backlog, readBacklog } from './backlog.ts';

/** What the bridge's own tables say of what has been going on. */
export interface LedgerOverview extends Backlog {
  /** Notices by how far they have come. */
  readonly notices: Readonly<Record<'received' | 'planned' | 'applied' | 'refused', number>>;
}

/** Reads the overview in two statements, each by an index. Throws what the server answers where a table is missing. */
export async function readLedgerOverview(database: Queryable, tables: TableNames): Promise<LedgerOverview> {
  const backlog = await readBacklog(database, tables);
  const states = await database.query<{ state: keyof LedgerOverview['notices']; count: number }>(
    `select state, count(*) as count from ${tables('shipstation_notices')} group by state`,
  );
  const counts = Object.fromEntries(states.map(({ state, count }) => [state, count]));
  return { ...backlog, notices: { received: 0, planned: 0, applied: 0, refused: 0, ...counts } };
}
