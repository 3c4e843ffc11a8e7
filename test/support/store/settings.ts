import type { Row } from './tables.ts';
import { isAtLeast, type StoreVersion } from './version.ts';

export interface StoreSettings {
  readonly weightSymbol: string;
  /** How many grams one unit of `products.weight` is. */
  readonly weightSymbolGrams: string | number;
  /** An IANA name; the shop only shows dates in it. */
  readonly timezone: string;
  readonly language: string;
}

/** The rows of `settings_sections` and `settings_objects` that matter outside of the shop. */
export function settingsRows(
  version: StoreVersion,
  settings: StoreSettings,
): { settings_sections: Row[]; settings_objects: Row[] } {
  // The checkout settings moved to a section of their own with 4.3.1, the first order number with them by 4.11.
  const addressSection = isAtLeast(version, '4.3.1') ? 'Checkout' : 'General';
  const startSection = isAtLeast(version, '4.11.2') ? 'Checkout' : 'General';
  const values: (readonly [section: string, name: string, value: string])[] = [
    ['General', 'weight_symbol', settings.weightSymbol],
    ['General', 'weight_symbol_grams', String(settings.weightSymbolGrams)],
    ['General', 'inventory_tracking', 'Y'],
    [startSection, 'order_start_id', ''],
    [addressSection, 'address_position', 'shipping_first'],
    ['Appearance', 'timezone', settings.timezone],
    ['Appearance', 'backend_default_language', settings.language],
    ['Appearance', 'frontend_default_language', settings.language],
    ['Logging', 'log_type_orders', '#M#create=Y&delete=Y&status=Y'],
  ];
  if (!isAtLeast(version, '4.4.2')) values.push(['General', 'use_shipments', 'Y']);
  const sections = ['General', 'Appearance', 'Checkout', 'Logging'];
  return {
    settings_sections: sections.map((name, index) => ({
      section_id: index + 1,
      name,
      edition_type: 'ROOT',
      type: 'CORE',
      position: index * 10,
    })),
    settings_objects: values.map(([section, name, value], index) => ({
      object_id: index + 1,
      name,
      section_id: sections.indexOf(section) + 1,
      section_tab_id: 0,
      edition_type: 'ROOT',
      value,
    })),
  };
}
