import type { Queryable } from '../../database/database.ts';
import type { TableNames } from '../../database/table-names.ts';
import { storedName } from '../stored-text.ts';
import type { Translations } from '../translations.ts';

/** A shipping or payment method of the store, as it is today. */
export interface Method {
  readonly id: number;
  readonly names: Translations;
}

/** Both kinds have a table `…_descriptions` with the columns `…_id`, `lang_code`, and the name under the kind's own name. */
export type MethodKind = 'shipping' | 'payment';

/**
 * Reads methods with their names: all of a kind (a few dozen rows), or those of `ids`, by primary key. `ids` must not be
 * empty.
 */
export async function readMethods(
  database: Queryable,
  tables: TableNames,
  kind: MethodKind,
  ids?: readonly number[],
): Promise<readonly Method[]> {
  const rows = await database.query<{ id: number; language: string; name: string | null }>(
    `select ${kind}_id as id, lang_code as language, ${kind} as name from ${tables(`${kind}_descriptions`)}
      ${ids ? `where ${kind}_id in (?)` : ''} order by ${kind}_id`,
    ids ? [ids] : [],
  );
  const methods = new Map<number, Map<string, string>>();
  for (const { id, language, name } of rows) {
    const names = methods.get(id) ?? new Map<string, string>();
    methods.set(id, names.set(language, storedName(name)));
  }
  return [...methods].map(([id, names]) => ({ id, names }));
}

/** The methods that the admin means: by id, or by name in any language, blanks and case ignored. */
export function findMethods(methods: readonly Method[], idOrName: string): readonly Method[] {
  const wanted = storedName(idOrName).toLowerCase();
  const byId = methods.filter(({ id }) => String(id) === wanted);
  if (byId.length > 0) return byId;
  return methods.filter(({ names }) => [...names.values()].some((name) => name.toLowerCase() === wanted));
}
