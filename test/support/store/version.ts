/** The versions of CS-Cart whose tables are known, oldest first; `U` is CS-Cart, `M` CS-Cart Multi-Vendor. */
export const STORE_VERSIONS = [
  '4.0.1 M',
  '4.1.3 U',
  '4.1.5 M',
  '4.1.5 U',
  '4.2.3 M',
  '4.2.3 U',
  '4.2.4 U',
  '4.3.1 U',
  '4.3.3 M',
  '4.3.6 M',
  '4.3.6 U',
  '4.4.2 M',
  '4.5.1 U',
  '4.6.1 M',
  '4.8.1 U',
  '4.9.3 M',
  '4.11.2 M',
  '4.11.3 M',
  '4.11.3 U',
  '4.11.5 M',
  '4.12.1 U',
  '4.12.2 M',
  '4.12.2 U',
  '4.13.2 U',
  '4.13.3 M',
  '4.14.1 U',
  '4.14.2 M',
  '4.15.2 M',
  '4.15.2 U',
  '4.17.1 M',
  '4.18.2 M',
  '4.18.2 U',
  '4.20.1 U',
] as const;
export type StoreVersion = (typeof STORE_VERSIONS)[number];

/** Whether a store is of a release (`"4.3.6"`) or a later one, whatever its edition. */
export function isAtLeast(version: StoreVersion, release: `${number}.${number}.${number}`): boolean {
  const own = partsOf(version);
  const asked = partsOf(release);
  for (const [index, part] of own.entries()) {
    const difference = part - (asked[index] ?? 0);
    if (difference !== 0) return difference > 0;
  }
  return true;
}

/** Whether the store is of the edition with vendors, where `company_id` is a vendor and orders can have children. */
export function isMultiVendor(version: StoreVersion): boolean {
  return version.endsWith(' M');
}

function partsOf(version: string): number[] {
  return version
    .replace(/ [MU]$/, '')
    .split('.')
    .map(Number);
}
