import { commonText } from '../../database/common-text.ts';
import type { Queryable } from '../../database/database.ts';
import type { Store } from '../store/store.ts';
import { storedName } from '../stored-text.ts';
import { translate } from '../translations.ts';

/** Finds the name of a thing in an order's language, else in the store's, else in any. */
export type FindName = (id: number, language: string) => string | undefined;

/**
 * Names of payment and shipping methods, by the primary keys (payment_id, lang_code) and (shipping_id, lang_code), in
 * one query for both.
 */
export async function readMethodNames(
  database: Queryable,
  store: Store,
  ids: { readonly payments: readonly number[]; readonly shippings: readonly number[] },
): Promise<{ readonly paymentName: FindName; readonly shippingName: FindName }> {
  const sources = [
    { kind: 'payment', table: 'payment_descriptions', ids: ids.payments },
    { kind: 'shipping', table: 'shipping_descriptions', ids: ids.shippings },
  ].filter((source) => source.ids.length > 0);
  const rows =
    sources.length === 0
      ? []
      : await database.query<NameRow>(
          sources
            .map(
              ({ kind, table }) =>
                `select '${kind}' as kind, ${kind}_id as id, ${commonText('lang_code')} as language,
                        ${commonText(kind)} as name
                   from ${store.tables(table)} where ${kind}_id in (?) and ${kind} <> ''`,
            )
            .join(' union all '),
          sources.map((source) => source.ids),
        );
  const finder = (kind: NameRow['kind']) =>
    findAmong(
      rows.filter((row) => row.kind === kind),
      store.languages,
    );
  return { paymentName: finder('payment'), shippingName: finder('shipping') };
}

interface NameRow {
  readonly kind: 'payment' | 'shipping';
  readonly id: number;
  readonly language: string;
  readonly name: string;
}

function findAmong(rows: readonly NameRow[], languages: readonly string[]): FindName {
  const names = new Map<number, Map<string, string>>();
  for (const row of rows) {
    const byLanguage = names.get(row.id) ?? new Map<string, string>();
    names.set(row.id, byLanguage.set(row.language, storedName(row.name)));
  }
  return (id, language) => translate(names.get(id), [language, ...languages]);
}
