import { commonText } from '../../database/common-text.ts';
import type { Queryable } from '../../database/database.ts';
import type { TableNames } from '../../database/table-names.ts';
import { storedName } from '../stored-text.ts';
import type { StoreShape } from './store-shape.ts';

/** A status that an order of this store can have. Letters and names are the merchant's own. */
export interface OrderStatus {
  /** One character, as in `orders.status`. */
  readonly letter: string;
  /** Its name in every language, that of the store's first language before all others. */
  readonly names: readonly string[];
  /** What the shop does with the stock of an order that is in this status: take it, or put it back. */
  readonly stockEffect: 'decrease' | 'increase';
}

/** Incomplete: being checked out, or being saved by an admin. Hard-coded in CS-Cart, without a row in `statuses`. */
export const INCOMPLETE = 'N';
/** A Multi-Vendor order that only holds together the vendors' orders. Hard-coded, without a row in `statuses`. */
export const PARENT = 'T';

interface StatusRow {
  readonly statusId: number;
  readonly letter: string;
  readonly language: string | null;
  readonly name: string | null;
  readonly inventory: string | null;
}

/** Reads all order statuses with their names (a few dozen rows), whichever way this version keys them. */
export async function readOrderStatuses(
  database: Queryable,
  tables: TableNames,
  shape: StoreShape,
  languages: readonly string[],
): Promise<readonly OrderStatus[]> {
  // Up to 4.3.3 descriptions and parameters are keyed by letter and type, from 4.3.6 on by status_id.
  const onStatus = (alias: string, table: string) =>
    shape.has(table, 'status_id')
      ? `${alias}.status_id = s.status_id`
      : `${alias}.status = ${commonText('s.status')} and ${alias}.type = ${commonText('s.type')}`;
  const rows = await database.query<StatusRow>(
    `select s.status_id as statusId, s.status as letter, d.lang_code as language, d.description as name, i.value as inventory
       from ${tables('statuses')} s
       left join ${tables('status_descriptions')} d on ${onStatus('d', 'status_descriptions')}
       left join ${tables('status_data')} i on ${onStatus('i', 'status_data')} and i.param = 'inventory'
      where s.type = 'O'`,
  );
  const rank = ({ language }: StatusRow) => {
    const index = languages.indexOf(language ?? '');
    return index < 0 ? languages.length : index;
  };
  rows.sort((a, b) => a.statusId - b.statusId || rank(a) - rank(b));
  const statuses = new Map<string, { names: string[]; stockEffect: OrderStatus['stockEffect'] }>();
  for (const row of rows) {
    let status = statuses.get(row.letter);
    if (!status) {
      status = { names: [], stockEffect: row.inventory === 'I' ? 'increase' : 'decrease' };
      statuses.set(row.letter, status);
    }
    const name = storedName(row.name);
    if (name !== '' && !status.names.includes(name)) status.names.push(name);
  }
  return [...statuses].map(([letter, status]) => ({ letter, ...status }));
}

/**
 * The status that the admin means: its letter, or its name in any language, blanks and case ignored. A letter counts
 * before a name.
 */
export function findStatus(statuses: readonly OrderStatus[], letterOrName: string): OrderStatus | undefined {
  const wanted = letterOrName.trim();
  const byLetter = statuses.find((status) => status.letter === wanted);
  if (byLetter) return byLetter;
  const folded = storedName(wanted).toLowerCase();
  return statuses.find((status) => status.names.some((name) => name.trim().toLowerCase() === folded));
}
