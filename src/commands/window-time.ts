import { parseWindowDate } from '../shipstation/dates.ts';
import { type CalendarDay, createCalendarDay, dayAt, instantOf } from '../values/calendar-day.ts';
import { createEpochSeconds, type EpochSeconds } from '../values/epoch-seconds.ts';

/** What a typed time depends on. */
interface TimeContext {
  /** IANA name. */
  readonly timeZone: string;
  readonly now: EpochSeconds;
  /** A day alone means its first minute, or its last one. */
  readonly edge: 'first' | 'last';
}

/** A time as it was typed, to be fixed once the store's time zone is known. Whole minutes. */
export type TypedTime = (context: TimeContext) => EpochSeconds;

const MINUTE = 60;
const UNITS: Readonly<Record<string, number>> = { m: MINUTE, h: 3600, d: 86_400, w: 604_800 };

const AGO = /^(\d{1,5}) ?([mhdw])$/;
const DAY = /^(\d{4})-(\d{1,2})-(\d{1,2})$/;
const DAY_AND_TIME =
  /^(\d{4}-\d{1,2}-\d{1,2})[T ](\d{1,2}):(\d{2})(?::(\d{2})(?:\.\d+)?)?(Z|[+-]\d{2}:?\d{2})?$/i;
// As the log and the bridge's own tables have instants.
const EPOCH = /^@?(\d{9,10})$/;

/**
 * Reads a time as admins type it: `2026-01-31` or `2026-01-31T12:00` in the store's time zone, the same with `Z` or
 * `+02:00`, `7d` (also `w`, `h`, `m`) for so long ago, `now`, `today`, `yesterday`, ShipStation's own `01/31/2026 12:00`
 * in UTC, or epoch seconds out of the log. `undefined` for anything else, and for times that do not exist.
 */
export function parseTypedTime(typed: string): TypedTime | undefined {
  const text = typed.trim();
  const time = readWord(text) ?? readAgo(text) ?? readDay(text) ?? readDayAndTime(text) ?? readInstant(text);
  return time && ((context) => wholeMinute(time(context)));
}

/** In seconds; need not be within the range of an instant yet. */
type Time = (context: TimeContext) => number;

function readWord(text: string): Time | undefined {
  switch (text.toLowerCase()) {
    case 'now':
      return ({ now }) => now;
    case 'today':
      return (context) => edgeOf(dayAt(context.now, context.timeZone), context);
    case 'yesterday':
      return (context) => edgeOf(dayBefore(dayAt(context.now, context.timeZone)), context);
    default:
      return undefined;
  }
}

function readAgo(text: string): Time | undefined {
  const [, count = '', unit = ''] = AGO.exec(text.toLowerCase()) ?? [];
  const seconds = UNITS[unit];
  return seconds === undefined ? undefined : ({ now }) => now - Number(count) * seconds;
}

function readDay(text: string): Time | undefined {
  const day = calendarDay(text);
  return day && ((context) => edgeOf(day, context));
}

function readDayAndTime(text: string): Time | undefined {
  const [, dayText = '', hour = '', minute = '', second = '0', offset] = DAY_AND_TIME.exec(text) ?? [];
  const day = calendarDay(dayText);
  if (!day || Number(hour) > 23 || Number(minute) > 59 || Number(second) > 59) return undefined;
  if (offset === undefined)
    return ({ timeZone }) => instantOf(day, Number(hour), timeZone) + Number(minute) * MINUTE;
  const ahead = offsetSeconds(offset);
  if (ahead === undefined) return undefined;
  const shown = Date.UTC(day.year, day.month - 1, day.day, Number(hour), Number(minute)) / 1000;
  return () => shown - ahead;
}

function readInstant(text: string): Time | undefined {
  const seconds = EPOCH.exec(text)?.[1];
  const instant = seconds === undefined ? parseWindowDate(text) : Number(seconds);
  return instant === undefined ? undefined : () => instant;
}

function calendarDay(text: string): CalendarDay | undefined {
  const [, year, month, day] = DAY.exec(text) ?? [];
  return createCalendarDay(Number(year), Number(month), Number(day));
}

function dayBefore({ year, month, day }: CalendarDay): CalendarDay {
  const before = new Date(Date.UTC(year, month - 1, day - 1));
  return { year: before.getUTCFullYear(), month: before.getUTCMonth() + 1, day: before.getUTCDate() };
}

function dayAfter({ year, month, day }: CalendarDay): CalendarDay {
  const after = new Date(Date.UTC(year, month - 1, day + 1));
  return { year: after.getUTCFullYear(), month: after.getUTCMonth() + 1, day: after.getUTCDate() };
}

/** Of the day that it is, the last minute is the one that it is now: a poll does not ask for the future. */
function edgeOf(day: CalendarDay, { timeZone, now, edge }: TimeContext): number {
  const first = instantOf(day, 0, timeZone);
  if (edge === 'first') return first;
  const last = instantOf(dayAfter(day), 0, timeZone) - MINUTE;
  return first <= now && now < last ? now : last;
}

/** `Z` → 0, `+02:00` → 7200; `undefined` beyond a day. */
function offsetSeconds(text: string): number | undefined {
  if (text.toUpperCase() === 'Z') return 0;
  const [, sign, hours, minutes] = /^([+-])(\d{2}):?(\d{2})$/.exec(text) ?? [];
  const seconds = Number(hours) * 3600 + Number(minutes) * MINUTE;
  if (seconds >= 86_400 || Number(minutes) > 59) return undefined;
  return sign === '-' ? -seconds : seconds;
}

function wholeMinute(seconds: number): EpochSeconds {
  return createEpochSeconds(Math.floor(seconds / MINUTE) * MINUTE);
}
