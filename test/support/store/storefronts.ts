import type { Row } from './tables.ts';
import { isMultiVendor, type StoreVersion } from './version.ts';

/** A row of `storefronts`, which came with 4.11; stores before keep the address with the company. */
export interface PlainStorefront {
  readonly storefrontId: number;
  /** Without scheme, as the shop keeps it: `shop.example.com/store`. */
  readonly url: string;
  /** Default: whether it is the first of the list. */
  readonly isDefault?: boolean;
  /** The company that the storefront is tied to. Default: none. */
  readonly companyId?: number;
  /** Default `Acme Goods`. */
  readonly name?: string;
}

/** CS-Cart: the owner of a storefront. Multi-Vendor: a vendor. */
export interface PlainCompany {
  readonly companyId: number;
  readonly name: string;
  /** The address of the storefront, without scheme. Default: empty, as for a vendor. */
  readonly storefront?: string;
}

/** Only the edition with a company for each storefront ties the two. */
export function defaultStorefronts(version: StoreVersion, url: string): readonly PlainStorefront[] {
  return [{ storefrontId: 1, url, ...(isMultiVendor(version) ? {} : { companyId: 1 }) }];
}

export function defaultCompanies(version: StoreVersion, url: string): readonly PlainCompany[] {
  if (!isMultiVendor(version)) return [{ companyId: 1, name: 'Acme Goods', storefront: url }];
  return [
    { companyId: 1, name: 'Acme Goods' },
    { companyId: 2, name: 'Bolt Works' },
  ];
}

/** The rows of `storefronts` and `storefronts_companies`. */
export function storefrontRows(storefronts: readonly PlainStorefront[]): {
  storefronts: Row[];
  storefronts_companies: Row[];
} {
  return {
    storefronts: storefronts.map(({ storefrontId, url, isDefault, name }, index) => ({
      storefront_id: storefrontId,
      url,
      is_default: (isDefault ?? index === 0) ? 'Y' : 'N',
      status: 'Y',
      name: name ?? 'Acme Goods',
      theme_name: 'responsive',
    })),
    storefronts_companies: storefronts.flatMap(({ storefrontId, companyId }) =>
      companyId === undefined ? [] : [{ storefront_id: storefrontId, company_id: companyId }],
    ),
  };
}

/** The rows of `companies`. */
export function companyRows(
  companies: readonly PlainCompany[],
  version: StoreVersion,
  language: string,
): Row[] {
  return companies.map(({ companyId, name, storefront }) => ({
    company_id: companyId,
    company: name,
    email: isMultiVendor(version) ? `vendor${companyId}@example.com` : 'shop@example.com',
    lang_code: language,
    city: 'Boston',
    state: 'MA',
    country: 'US',
    zipcode: '02116',
    ...(storefront === undefined ? {} : { storefront, secure_storefront: storefront }),
  }));
}
