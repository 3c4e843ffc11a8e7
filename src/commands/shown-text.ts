import type { EpochSeconds } from '../values/epoch-seconds.ts';

/**
 * A text that came from outside, fit for a terminal: control characters, which could move the cursor or colour what
 * follows, are shown as � instead. Line breaks stay.
 */
export function printable(text: string): string {
  // C1 controls, U+0080 to U+009F, may stand in XML, and some terminals obey them.
  return text.replaceAll('\r\n', '\n').replace(/[^\P{Cc}\n\t]|[\u2028-\u202e\u2066-\u2069]/gu, '\ufffd');
}

/** The same on one line, for a table. */
export function onOneLine(text: string): string {
  return printable(text).replace(/\s+/g, ' ').trim();
}

/** An instant as the store's clocks show it, `2026-11-01 14:03`. `timeZone` is an IANA name. */
export function shownInstant(instant: EpochSeconds, timeZone: string): string {
  // Sweden writes dates as ISO 8601 does.
  return new Date(instant * 1000).toLocaleString('sv-SE', {
    timeZone,
    dateStyle: 'short',
    timeStyle: 'short',
  });
}
