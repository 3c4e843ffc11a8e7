import type { Warning } from '../report-store.ts';
import type { Finding } from './finding.ts';

/** What the configuration names and this store does not have, statuses apart. Pure. */
export function judgeSettings(warnings: readonly Warning[]): readonly Finding[] {
  const others = warnings.filter(({ line }) => !line.event.startsWith('status.'));
  if (others.length === 0) {
    return [
      { check: 'settings', level: 'ok', message: 'everything that the settings name is there in the store' },
    ];
  }
  return others.map(({ line, message }) => ({
    check: 'settings',
    // A filter by a name that nobody has hides orders; a field that nobody has leaves a blank.
    level: FILTERS.has(line.event) ? 'problem' : 'warning',
    message,
    advice: 'mend the setting, or take it away',
  }));
}

const FILTERS: ReadonlySet<string> = new Set([
  'method.not_found',
  'storefront.not_found',
  'vendor.not_found',
]);
