import type { EpochSeconds } from '../values/epoch-seconds.ts';

// Making one takes longer than using it; a store has one zone.
const formats = new Map<string, Intl.DateTimeFormat>();

/** An instant as a clock in a zone (IANA name) shows it: `2026-03-31 14:05`. */
export function localTime(instant: EpochSeconds, timeZone: string): string {
  let format = formats.get(timeZone);
  if (!format) {
    // Sweden writes dates as ISO 8601 does.
    format = new Intl.DateTimeFormat('sv-SE', { timeZone, dateStyle: 'short', timeStyle: 'short' });
    formats.set(timeZone, format);
  }
  return format.format(instant * 1000);
}
