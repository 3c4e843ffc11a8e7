import type { Queryable } from '../../database/database.ts';
import type { TableNames } from '../../database/table-names.ts';
import { storedName } from '../stored-text.ts';
import type { StoreShape } from './store-shape.ts';

/** A shop of its own on the web. */
interface Storefront {
  readonly id: number;
  readonly name: string;
  /** Without a slash at its end; `undefined` where the database does not know it. */
  readonly url: string | undefined;
}

/** Where an order was placed, as its row says. */
interface PlaceOfOrder {
  /** 0 where the version has no such column, and for orders older than it. */
  readonly storefrontId: number;
  /** CS-Cart: the storefront's company. Multi-Vendor: the vendor. */
  readonly companyId: number;
}

export interface Storefronts {
  readonly all: readonly Storefront[];
  /** The storefront of an order; that of its company, else the default one, where its row names none that is there. */
  find(order: PlaceOfOrder): Storefront | undefined;
  /** Name of a vendor, or of the company behind a storefront. */
  companyName(companyId: number): string | undefined;
}

interface Company {
  readonly id: number;
  readonly name: string;
  readonly address: string;
}

/**
 * Storefronts have their own table from 4.11 on; before, a company's row says where its storefront is, and a vendor has
 * none. Addresses are stored without a scheme.
 */
export async function readStorefronts(
  database: Queryable,
  tables: TableNames,
  shape: StoreShape,
): Promise<Storefronts> {
  const companies = shape.has('companies')
    ? await database.query<Company>(
        `select company_id as id, company as name, if(secure_storefront = '', storefront, secure_storefront) as address
           from ${tables('companies')} order by company_id`,
      )
    : [];
  const names = new Map(companies.map(({ id, name }) => [id, storedName(name)]));
  const companyName = (companyId: number) => names.get(companyId) || undefined;
  if (!shape.has('storefronts')) return { ...ofCompanies(companies), companyName };
  return { ...(await ofTheirTable(database, tables, shape)), companyName };
}

function ofCompanies(companies: readonly Company[]): Omit<Storefronts, 'companyName'> {
  const all = companies
    .filter(({ address }) => address !== '')
    .map(({ id, name, address }): Storefront => ({ id, name: storedName(name), url: asBase(address) }));
  const byId = new Map(all.map((storefront) => [storefront.id, storefront]));
  return { all, find: ({ companyId }) => byId.get(companyId) ?? all[0] };
}

async function ofTheirTable(
  database: Queryable,
  tables: TableNames,
  shape: StoreShape,
): Promise<Omit<Storefronts, 'companyName'>> {
  const rows = await database.query<{ id: number; name: string; url: string; isDefault: string }>(
    `select storefront_id as id, name, url, is_default as isDefault from ${tables('storefronts')} order by storefront_id`,
  );
  const links = shape.has('storefronts_companies')
    ? await database.query<{ storefrontId: number; companyId: number }>(
        `select storefront_id as storefrontId, company_id as companyId from ${tables('storefronts_companies')}`,
      )
    : [];
  const all = rows.map(({ id, name, url }): Storefront => ({ id, name: storedName(name), url: asBase(url) }));
  const byId = new Map(all.map((storefront) => [storefront.id, storefront]));
  // An order older than the column knows only its company. A vendor sells in several storefronts: that says nothing.
  const ofCompany = new Map<number, Storefront | undefined>();
  for (const { storefrontId, companyId } of links) {
    ofCompany.set(companyId, ofCompany.has(companyId) ? undefined : byId.get(storefrontId));
  }
  const byDefault = byId.get((rows.find(({ isDefault }) => isDefault === 'Y') ?? rows[0])?.id ?? 0);
  return {
    all,
    find: ({ storefrontId, companyId }) => byId.get(storefrontId) ?? ofCompany.get(companyId) ?? byDefault,
  };
}

function asBase(address: string): string | undefined {
  const trimmed = address.trim().replace(/\/+$/, '');
  if (trimmed === '') return undefined;
  // Every shop that takes payments has TLS, and a picture over plain HTTP is blocked on ShipStation's own page.
  const whole = /^https?:\/\//i.test(trimmed) ? trimmed : `https://${trimmed}`;
  // A host of other letters is written in those of the domain name system.
  return URL.canParse(whole) ? new URL(whole).href.replace(/\/+$/, '') : whole;
}
