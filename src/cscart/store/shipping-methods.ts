import type { Queryable } from '../../database/database.ts';
import type { TableNames } from '../../database/table-names.ts';
import { storedName } from '../stored-text.ts';

/** A shipping method of the store, as it is today. */
export interface ShippingMethod {
  readonly id: number;
  /** In every language of the store. */
  readonly names: readonly string[];
}

/** Reads all shipping methods with their names (a few dozen rows). */
export async function readShippingMethods(
  database: Queryable,
  tables: TableNames,
): Promise<readonly ShippingMethod[]> {
  const rows = await database.query<{ id: number; name: string }>(
    `select shipping_id as id, shipping as name from ${tables('shipping_descriptions')} order by shipping_id`,
  );
  const names = new Map<number, string[]>();
  for (const row of rows) {
    const ofMethod = names.get(row.id) ?? [];
    names.set(row.id, ofMethod);
    const name = storedName(row.name);
    if (name !== '' && !ofMethod.includes(name)) ofMethod.push(name);
  }
  return [...names].map(([id, ofMethod]) => ({ id, names: ofMethod }));
}

/** The methods that the admin means: by id, or by name in any language, blanks and case ignored. */
export function findShippingMethods(
  methods: readonly ShippingMethod[],
  idOrName: string,
): readonly ShippingMethod[] {
  const wanted = storedName(idOrName).toLowerCase();
  const byId = methods.filter(({ id }) => String(id) === wanted);
  if (byId.length > 0) return byId;
  return methods.filter(({ names }) => names.some((name) => name.toLowerCase() === wanted));
}
