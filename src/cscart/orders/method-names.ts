import type { Queryable } from '../../database/database.ts';
import { type MethodKind, readMethods } from '../store/methods.ts';
import type { Store } from '../store/store.ts';
import { type Translations, translate } from '../translations.ts';

/** Finds the name of a thing in an order's language, else in the store's, else in any. */
export type FindName = (id: number, language: string) => string | undefined;

/**
 * Names of the payment and shipping methods of these ids. What the store was known to have costs nothing; a method that
 * came later is looked up, in one query for each kind.
 */
export async function readMethodNames(
  database: Queryable,
  store: Store,
  ids: { readonly payments: ReadonlySet<number>; readonly shippings: ReadonlySet<number> },
): Promise<{ readonly paymentName: FindName; readonly shippingName: FindName }> {
  const [paymentName, shippingName] = await Promise.all([
    finder(database, store, 'payment', ids.payments),
    finder(database, store, 'shipping', ids.shippings),
  ]);
  return { paymentName, shippingName };
}

async function finder(
  database: Queryable,
  store: Store,
  kind: MethodKind,
  ids: ReadonlySet<number>,
): Promise<FindName> {
  const known = kind === 'payment' ? store.paymentNames : store.shippingNames;
  const unknown = [...ids].filter((id) => id > 0 && !known.has(id));
  const names =
    unknown.length === 0
      ? known
      : new Map<number, Translations>([
          ...known,
          ...(await readMethods(database, store.tables, kind, unknown)).map(
            (method) => [method.id, method.names] as const,
          ),
        ]);
  return (id, language) => {
    const ofMethod = names.get(id);
    return ofMethod?.get(language) || translate(ofMethod, store.languages);
  };
}
