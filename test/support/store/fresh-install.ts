import { shippingMethodRows, shippingServiceRows } from './carriers.ts';
import { paymentRows } from './payments.ts';
import { placeRows } from './places.ts';
import { type StoreSettings, settingsRows } from './settings.ts';
import { type ExtraStatus, statusRows } from './statuses.ts';
import { companyRows, type PlainCompany, type PlainStorefront, storefrontRows } from './storefronts.ts';
import type { Row } from './tables.ts';
import type { StoreVersion } from './version.ts';

export interface FreshInstall extends StoreSettings {
  readonly version: StoreVersion;
  readonly languages: readonly string[];
  /** ISO 4217. */
  readonly primaryCurrency: string;
  readonly storefronts: readonly PlainStorefront[];
  readonly companies: readonly PlainCompany[];
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
    companies: companyRows(install.companies, version, install.language),
    ...storefrontRows(install.storefronts),
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
