import type { Queryable } from '../../database/database.ts';
import type { TableNames } from '../../database/table-names.ts';
import type { StoreShape } from './store-shape.ts';

/** Finds the address below which the images of an order's storefront lie, without a slash at its end. */
export interface ImageBases {
  find(order: { readonly storefrontId: number; readonly companyId: number }): string | undefined;
}

/**
 * Storefronts have their own table from 4.11 on; before, a company's row says where its storefront is. Addresses are
 * stored without a scheme. An address of the configuration counts before all of them.
 */
export async function readImageBases(
  database: Queryable,
  tables: TableNames,
  shape: StoreShape,
  storeUrl: string | undefined,
): Promise<ImageBases> {
  if (storeUrl) {
    const base = storeUrl.replace(/\/+$/, '');
    return { find: () => base };
  }
  if (shape.has('storefronts')) {
    const rows = await database.query<{ id: number; url: string; isDefault: string }>(
      `select storefront_id as id, url, is_default as isDefault from ${tables('storefronts')} order by storefront_id`,
    );
    const bases = new Map(rows.map((row) => [row.id, asBase(row.url)]));
    const fallback = asBase((rows.find((row) => row.isDefault === 'Y') ?? rows[0])?.url);
    return { find: ({ storefrontId }) => bases.get(storefrontId) ?? fallback };
  }
  if (!shape.has('companies')) return { find: () => undefined };
  const rows = await database.query<{ id: number; url: string }>(
    `select company_id as id, if(secure_storefront = '', storefront, secure_storefront) as url
       from ${tables('companies')} order by company_id`,
  );
  const bases = new Map(rows.map((row) => [row.id, asBase(row.url)]));
  const fallback = rows.map((row) => asBase(row.url)).find((base) => base !== undefined);
  return { find: ({ companyId }) => bases.get(companyId) ?? fallback };
}

function asBase(address: string | undefined): string | undefined {
  const trimmed = address?.trim().replace(/\/+$/, '');
  if (!trimmed) return undefined;
  // Every shop that takes payments has TLS, and a picture over plain HTTP is blocked on ShipStation's own page.
  return /^https?:\/\//i.test(trimmed) ? trimmed : `https://${trimmed}`;
}
