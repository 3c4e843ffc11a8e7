import type { Queryable } from '../../database/database.ts';
import type { TableNames } from '../../database/table-names.ts';

/** Settings of the store that change what its orders mean. */
export interface StoreSettings {
  readonly primaryCurrency: string;
  readonly gramsPerWeightUnit: number;
  readonly timeZone: string;
  readonly languages: readonly string[];
}

const WANTED = [
  'weight_symbol_grams',
  'timezone',
  'frontend_default_language',
  'backend_default_language',
] as const;

// What a fresh install has, for a store whose settings are damaged.
const GRAMS_PER_POUND = 453.6;

/**
 * Reads the settings in three queries: the grams of the store's unit of weight, its IANA time zone, its primary currency
 * (empty where none is marked) and its languages, the preferred ones first, each once. A damaged setting gives what a
 * fresh install has, or UTC. Throws only what the database throws.
 */
export async function readStoreSettings(database: Queryable, tables: TableNames): Promise<StoreSettings> {
  const [settingRows, currencyRows, languageRows] = await Promise.all([
    // Add-ons may have a setting of the same name: only the core's sections count.
    database.query<{ name: string; value: string | null }>(
      `select o.name, o.value from ${tables('settings_objects')} o
         join ${tables('settings_sections')} s on s.section_id = o.section_id
        where o.name in (?) and s.type = 'CORE' and s.name in ('General', 'Appearance')`,
      [WANTED],
    ),
    database.query<{ code: string }>(
      `select currency_code as code from ${tables('currencies')} where is_primary = 'Y' limit 1`,
    ),
    database.query<{ code: string }>(
      `select lang_code as code from ${tables('languages')} where status = 'A' order by lang_id`,
    ),
  ]);
  const settings = new Map(settingRows.map((row) => [row.name, row.value?.trim() ?? '']));
  const preferred = [
    settings.get('frontend_default_language'),
    settings.get('backend_default_language'),
    'en',
  ];
  const languages = [...preferred, ...languageRows.map((row) => row.code)].filter(
    (code): code is string => code !== undefined && code !== '',
  );
  const grams = Number(settings.get('weight_symbol_grams')?.replace(',', '.'));
  return {
    primaryCurrency: currencyRows[0]?.code ?? '',
    gramsPerWeightUnit: grams > 0 && Number.isFinite(grams) ? grams : GRAMS_PER_POUND,
    timeZone: knownTimeZone(settings.get('timezone')),
    languages: [...new Set(languages)],
  };
}

function knownTimeZone(name: string | undefined): string {
  try {
    return new Intl.DateTimeFormat('en', { timeZone: name || 'UTC' }).resolvedOptions().timeZone;
  } catch {
    return 'UTC';
  }
}
