import type { Queryable } from '../../database/database.ts';
import type { TableNames } from '../../database/table-names.ts';
import type { StoreShape } from './store-shape.ts';

/** CS-Cart 4.0 knows a fixed list of upper-case codes, built into its templates. */
const CARRIERS_OF_4_0 = ['USP', 'UPS', 'FDX', 'AUP', 'DHL', 'CHP'] as const;

/** The codes that this store understands in `shipments.carrier`: from 4.1 on, the modules of its shipping services. */
export async function readCarriers(
  database: Queryable,
  tables: TableNames,
  shape: StoreShape,
): Promise<readonly string[]> {
  // The column `carrier` of the services came with 4.0 and went with 4.1, which brought `orders.profile_id`; a store that
  // was upgraded may have kept the one, but has the other.
  if (shape.has('shipping_services', 'carrier') && !shape.has('orders', 'profile_id')) return CARRIERS_OF_4_0;
  const rows = await database.query<{ module: string }>(
    `select distinct module from ${tables('shipping_services')} where module <> '' order by module`,
  );
  return rows.map((row) => row.module);
}
