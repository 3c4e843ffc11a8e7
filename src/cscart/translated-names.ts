import type { Queryable } from '../database/database.ts';
import type { Store } from './store.ts';

/** Finds the name of a thing in an order's language, else in the store's, else in any. */
export type FindName = (id: number, language: string) => string | undefined;

/** Names of payment methods, by primary key (payment_id, lang_code). */
export function readPaymentNames(
  database: Queryable,
  store: Store,
  ids: readonly number[],
): Promise<FindName> {
  return readNames(
    database,
    store,
    { table: 'payment_descriptions', id: 'payment_id', name: 'payment' },
    ids,
  );
}

/** Names of shipping methods, by primary key (shipping_id, lang_code). */
export function readShippingNames(
  database: Queryable,
  store: Store,
  ids: readonly number[],
): Promise<FindName> {
  return readNames(
    database,
    store,
    { table: 'shipping_descriptions', id: 'shipping_id', name: 'shipping' },
    ids,
  );
}

async function readNames(
  database: Queryable,
  store: Store,
  source: { readonly table: string; readonly id: string; readonly name: string },
  ids: readonly number[],
): Promise<FindName> {
  if (ids.length === 0) return () => undefined;
  const rows = await database.query<{ id: number; language: string; name: string }>(
    `select ${source.id} as id, lang_code as language, ${source.name} as name
       from ${store.tables(source.table)} where ${source.id} in (?) and ${source.name} <> ''`,
    [ids],
  );
  const names = new Map<number, Map<string, string>>();
  for (const row of rows) {
    const byLanguage = names.get(row.id) ?? new Map<string, string>();
    names.set(row.id, byLanguage.set(row.language, row.name.trim()));
  }
  return (id, language) => {
    const byLanguage = names.get(id);
    if (!byLanguage) return undefined;
    const wanted = [language, ...store.languages].find((code) => byLanguage.has(code));
    return wanted === undefined ? byLanguage.values().next().value : byLanguage.get(wanted);
  };
}
