import { type CalendarDay, createCalendarDay, instantOf } from './calendar-day.ts';
import { createEpochSeconds, type EpochSeconds } from './epoch-seconds.ts';

/** From when on, as a person says it: a day of the store's calendar, or so long ago. */
export type Since =
  | { readonly kind: 'day'; readonly day: CalendarDay }
  | { readonly kind: 'ago'; readonly seconds: number };

const UNIT_SECONDS: ReadonlyMap<string, number> = new Map([
  ['m', 60],
  ['h', 3600],
  ['d', 86_400],
  ['w', 7 * 86_400],
]);

/** Reads `2026-11-01`, or `90m`, `12h`, `7d`, `2w`. `undefined` for everything else, and for a day that does not exist. */
export function parseSince(text: string): Since | undefined {
  const [, year, month, dayOfMonth] = /^(\d{4})-(\d{2})-(\d{2})$/.exec(text) ?? [];
  if (year !== undefined) {
    const day = createCalendarDay(Number(year), Number(month), Number(dayOfMonth));
    return day && { kind: 'day', day };
  }
  const [, count, unit = ''] = /^(\d{1,6})([mhdw])$/.exec(text) ?? [];
  const seconds = UNIT_SECONDS.get(unit);
  return count === undefined || seconds === undefined
    ? undefined
    : { kind: 'ago', seconds: Number(count) * seconds };
}

/** The instant that is meant: of a day, its beginning in `timeZone` (IANA name). */
export function sinceInstant(since: Since, timeZone: string, now: EpochSeconds): EpochSeconds {
  return since.kind === 'day' ? instantOf(since.day, 0, timeZone) : createEpochSeconds(now - since.seconds);
}
