import { type CalendarDay, createCalendarDay } from '../values/calendar-day.ts';
import { createEpochSeconds, type EpochSeconds } from '../values/epoch-seconds.ts';

// Real ShipStation pads every part and has a four-digit year; older clients and its own examples also leave out zeros,
// add seconds, or mark the half of the day (also beside a 24-hour clock: "21:56 PM").
const INSTANT = /^(\d{1,2})\/(\d{1,2})\/(\d{4})\s+(\d{1,2}):(\d{1,2})(?::(\d{1,2}))?\s?([AP]M)?\s?Z?$/i;

// MMDDYYYY, any one character, HHMM: a compact form that ShipStation's WooCommerce plugin accepts.
const COMPACT_INSTANT = /^(\d{2})(\d{2})(\d{4})\D(\d{2})(\d{2})$/;

const DAY = /^(\d{1,2})\/(\d{1,2})\/(\d{4})(?:\s|$)/;

/**
 * Reads `start_date` or `end_date` of an export: `MM/dd/yyyy HH:mm`, always UTC (ShipStation's guide), whatever the
 * zone of this machine. Parts may have one digit; seconds, AM or PM, a trailing `Z` and the compact form
 * `MMDDYYYYxHHMM` are understood. `undefined` for anything else, and for dates that do not exist (02/30, 25:00): those
 * are never rolled over. Years from 1970 to 2106, where unsigned 32-bit seconds end.
 */
export function parseWindowDate(text: string): EpochSeconds | undefined {
  const match = INSTANT.exec(text.trim()) ?? COMPACT_INSTANT.exec(text.trim());
  if (match === null) return undefined;
  const [, month, day, year, hour, minute, second = '0', halfOfDay] = match;
  const date = createCalendarDay(Number(year), Number(month), Number(day));
  const hourOfDay = toHourOfDay(Number(hour), halfOfDay?.toUpperCase());
  if (date === undefined || hourOfDay === undefined || Number(minute) > 59 || Number(second) > 59)
    return undefined;
  const seconds =
    Date.UTC(date.year, date.month - 1, date.day, hourOfDay, Number(minute), Number(second)) / 1000;
  const instant = createEpochSeconds(seconds);
  // Outside of what the store's columns hold, the instant was moved: then the text named none of ours.
  return instant === seconds ? instant : undefined;
}

/** Reads `LabelCreateDate` of a notice: the forms, the zone and the limits of {@link parseWindowDate}. */
export function parseLabelDate(text: string): EpochSeconds | undefined {
  return parseWindowDate(text);
}

/**
 * Reads `ShipDate` of a notice, `MM/dd/yyyy`: a day, not an instant, so no zone moves it. A time behind it is not
 * looked at. `undefined` for anything else and for days that do not exist.
 */
export function parseCalendarDay(text: string): CalendarDay | undefined {
  const match = DAY.exec(text.trim());
  return match === null ? undefined : createCalendarDay(Number(match[3]), Number(match[1]), Number(match[2]));
}

/** An instant as ShipStation reads it: `MM/dd/yyyy HH:mm`, 24 hours, UTC. The seconds are cut off. */
export function formatDate(instant: EpochSeconds): string {
  const date = new Date(instant * 1000);
  const day = `${twoDigits(date.getUTCMonth() + 1)}/${twoDigits(date.getUTCDate())}/${date.getUTCFullYear()}`;
  return `${day} ${twoDigits(date.getUTCHours())}:${twoDigits(date.getUTCMinutes())}`;
}

/** The hour of a 24-hour clock; `undefined` when there is none, as for `25` or `15 AM`. */
function toHourOfDay(hour: number, halfOfDay: string | undefined): number | undefined {
  if (hour > 23) return undefined;
  if (halfOfDay === 'AM') return hour === 12 ? 0 : hour < 12 ? hour : undefined;
  if (halfOfDay === 'PM') return hour === 0 ? undefined : hour < 12 ? hour + 12 : hour;
  return hour;
}

function twoDigits(part: number): string {
  return part < 10 ? `0${part}` : `${part}`;
}
