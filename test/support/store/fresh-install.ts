import { shippingMethodRows, shippingServiceRows } from './carriers.ts';
import { paymentRows } from './payments.ts';
import { placeRows } from './places.ts';
import { type StoreSettings, settingsRows } from './settings.ts';
import { type ExtraStatus, statusRows } from './statuses.ts';
import type { Row } from './tables.ts';
import { isMultiVendor, type StoreVersion } from './version.ts';

export interface FreshInstall extends StoreSettings {
  readonly version: StoreVersion;
  readonly languages: readonly string[];
  /** ISO 4217. */
  readonly primaryCurrency: string;
  /** Without scheme, as the shop keeps it: `shop.example.com/store`. */
  readonly storefrontUrl: string;
  readonly statuses: readonly ExtraStatus[];
}

const LANGUAGE_NAMES: Readonly<Record<string, string>> = { de: 'Deutsch', en: 'English', fr: 'Français' };

/** What a store holds before its first product and order, by table. */
export function freshInstallRows(install: FreshInstall): Readonly<Record<string, readonly Row[]>> {
  const { version, languages } = install;
  return {
    languages: languages.map((language, index) => ({
      lang_id: index + 1,
      lang_code: language,
      name: LANGUAGE_NAMES[language] ?? language,
      status: 'A',
      country_code: language === 'en' ? 'US' : language.toUpperCase(),
    })),
    currencies: currencyRows(install.primaryCurrency),
    ...settingsRows(version, install),
    ...statusRows(version, languages, install.statuses),
    ...placeRows(languages),
    shipping_services: shippingServiceRows(version),
    ...shippingMethodRows(version, languages),
    ...paymentRows(languages),
    companies: companyRows(install),
    storefronts: [
      {
        storefront_id: 1,
        url: install.storefrontUrl,
        is_default: 'Y',
        status: 'Y',
        name: 'Acme Goods',
        theme_name: 'responsive',
      },
    ],
    // Only the edition with a company for each storefront ties the two.
    storefronts_companies: isMultiVendor(version) ? [] : [{ storefront_id: 1, company_id: 1 }],
    addons: [{ addon: 'gift_certificates', status: 'A', version: '1.0' }],
  };
}

function currencyRows(primary: string): Row[] {
  const others = ['USD', 'EUR', 'GBP'].filter((code) => code !== primary);
  return [primary, ...others].map((code, index) => ({
    currency_id: index + 1,
    currency_code: code,
    symbol: code,
    coefficient: index === 0 ? '1.00000' : '1.20000',
    is_primary: index === 0 ? 'Y' : 'N',
    position: index,
  }));
}

/** Ultimate: a company is a storefront. Multi-Vendor: a company is a vendor, and has no storefront of its own. */
function companyRows({ version, storefrontUrl, languages }: FreshInstall): Row[] {
  const place = {
    lang_code: languages[0] ?? 'en',
    city: 'Boston',
    state: 'MA',
    country: 'US',
    zipcode: '02116',
  };
  if (isMultiVendor(version)) {
    return ['Acme Goods', 'Bolt Works'].map((company, index) => ({
      ...place,
      company_id: index + 1,
      company,
      email: `vendor${index + 1}@example.com`,
    }));
  }
  return [
    {
      ...place,
      company_id: 1,
      company: 'Acme Goods',
      email: 'shop@example.com',
      storefront: storefrontUrl,
      secure_storefront: storefrontUrl,
    },
  ];
}
