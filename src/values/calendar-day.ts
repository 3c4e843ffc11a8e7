import { createEpochSeconds, type EpochSeconds } from './epoch-seconds.ts';

/** A calendar day, not an instant: which instants it has depends on a time zone. */
export interface CalendarDay {
  readonly year: number;
  /** 1 … 12 */
  readonly month: number;
  /** 1 … 31 */
  readonly day: number;
}

const DAYS_OF_MONTH = [31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31];

/** `undefined` for a day that does not exist, and outside of 1970 … 2106, where unsigned 32-bit seconds end. */
export function createCalendarDay(year: number, month: number, day: number): CalendarDay | undefined {
  const days = month === 2 && isLeapYear(year) ? 29 : DAYS_OF_MONTH[month - 1];
  if (days === undefined || day < 1 || day > days || year < 1970 || year > 2106) return undefined;
  return { year, month, day };
}

function isLeapYear(year: number): boolean {
  return (year % 4 === 0 && year % 100 !== 0) || year % 400 === 0;
}

const DAY = 86_400_000;

/**
 * The instant at which a clock in `timeZone` (IANA name) shows this hour of a day. An hour that daylight saving leaves
 * out counts as the one after it; of an hour that comes twice the first one counts.
 */
export function instantOf({ year, month, day }: CalendarDay, hour: number, timeZone: string): EpochSeconds {
  const wallClock = Date.UTC(year, month - 1, day, hour);
  // No zone is a whole day from UTC: this is the offset before any change of the clocks near that hour.
  const offsetBefore = offsetAt(timeZone, wallClock - DAY);
  const unchanged = wallClock - offsetBefore;
  const offset = offsetAt(timeZone, unchanged);
  const changed = wallClock - offset;
  // Where neither offset makes the clock show it, the hour is left out: then the unchanged one leads behind the gap.
  const isShown = offset === offsetBefore || offsetAt(timeZone, changed) === offset;
  return createEpochSeconds((isShown ? changed : unchanged) / 1000);
}

/** The day that a calendar in `timeZone` shows at an instant. */
export function dayAt(instant: EpochSeconds, timeZone: string): CalendarDay {
  const shown = new Date(instant * 1000 + offsetAt(timeZone, instant * 1000));
  return { year: shown.getUTCFullYear(), month: shown.getUTCMonth() + 1, day: shown.getUTCDate() };
}

/** How far a zone is ahead of UTC at an instant, in milliseconds. */
function offsetAt(timeZone: string, instant: number): number {
  const format = formats.get(timeZone) ?? createFormat(timeZone);
  const parts = Object.fromEntries(
    format.formatToParts(instant).map(({ type, value }) => [type, Number(value)]),
  );
  const { year = 0, month = 1, day = 1, hour = 0, minute = 0, second = 0 } = parts;
  return Date.UTC(year, month - 1, day, hour, minute, second) - instant;
}

// Making one takes longer than using it; a store has one zone.
const formats = new Map<string, Intl.DateTimeFormat>();

function createFormat(timeZone: string): Intl.DateTimeFormat {
  const format = new Intl.DateTimeFormat('en-US', {
    timeZone,
    hourCycle: 'h23',
    year: 'numeric',
    month: 'numeric',
    day: 'numeric',
    hour: 'numeric',
    minute: 'numeric',
    second: 'numeric',
  });
  formats.set(timeZone, format);
  return format;
}
