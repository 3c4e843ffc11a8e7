import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { type CalendarDay, createCalendarDay, dayAt, instantOf } from '../../src/values/calendar-day.ts';
import { createEpochSeconds } from '../../src/values/epoch-seconds.ts';

// Days that a zone never had: it went over the date line.
const LEFT_OUT = new Set(['2011-12-30 Pacific/Apia', '1994-12-31 Pacific/Kiritimati']);

function day(text: string): CalendarDay {
  const [year = 0, month = 0, dayOfMonth = 0] = text.split('-').map(Number);
  const known = createCalendarDay(year, month, dayOfMonth);
  if (!known) throw new Error(`no day: ${text}`);
  return known;
}

const shown = (seconds: number) => new Date(seconds * 1000).toISOString().replace(':00.000Z', 'Z');
const instant = (text: string) => createEpochSeconds(Date.parse(text) / 1000);

// What the zones of the whole Earth can do: far east and west, halves and quarters of hours, changes of the clocks at
// midnight, of half an hour, on both sides of Greenwich and of the equator, and none.
const ZONES = [
  'UTC',
  'America/Los_Angeles',
  'America/New_York',
  'America/Havana',
  'America/Santiago',
  'America/St_Johns',
  'Atlantic/Azores',
  'Africa/Cairo',
  'Africa/Casablanca',
  'Europe/London',
  'Europe/Berlin',
  'Asia/Beirut',
  'Asia/Tehran',
  'Asia/Kathmandu',
  'Asia/Tokyo',
  'Australia/Lord_Howe',
  'Pacific/Auckland',
  'Pacific/Chatham',
  'Pacific/Apia',
  'Pacific/Kiritimati',
  'Pacific/Pago_Pago',
  'Pacific/Marquesas',
  'Etc/GMT+12',
];

describe('a day', () => {
  test.each<[number, number, number]>([
    [1970, 1, 1],
    [2026, 3, 31],
    [2026, 4, 30],
    [2024, 2, 29],
    [2000, 2, 29],
    [2106, 12, 31],
  ])('exists: %i-%i-%i', (year, month, dayOfMonth) => {
    expect(createCalendarDay(year, month, dayOfMonth)).toEqual({ year, month, day: dayOfMonth });
  });

  test.each<[number, number, number]>([
    [2026, 2, 29],
    // Not a leap year: a hundredth one that is no four-hundredth.
    [2100, 2, 29],
    [2026, 4, 31],
    [2026, 1, 32],
    [2026, 1, 0],
    [2026, 1, -1],
    [2026, 0, 1],
    [2026, 13, 1],
    [1969, 12, 31],
    [2107, 1, 1],
    [2026, Number.NaN, 1],
    [2026, 1.5, 1],
  ])('does not exist: %d-%d-%d', (year, month, dayOfMonth) => {
    expect(createCalendarDay(year, month, dayOfMonth)).toBeUndefined();
  });

  test('exists exactly where the calendar of the runtime has it', () => {
    const part = { year: fc.integer({ min: 1970, max: 2106 }), month: fc.nat({ max: 14 }) };
    fc.assert(
      fc.property(part.year, part.month, fc.nat({ max: 33 }), (year, month, dayOfMonth) => {
        const rolled = new Date(Date.UTC(year, month - 1, dayOfMonth));
        const isKept = rolled.getUTCMonth() === month - 1 && rolled.getUTCDate() === dayOfMonth;
        const isInYear = rolled.getUTCFullYear() === year;
        expect(createCalendarDay(year, month, dayOfMonth) !== undefined).toBe(isKept && isInYear);
      }),
      { numRuns: 1000 },
    );
  });
});

describe('the instant of an hour', () => {
  test.each<[string, string, number, string, string]>([
    ['UTC', '2026-03-31', 0, 'UTC', '2026-03-31T00:00Z'],
    ['winter, west of Greenwich', '2026-01-15', 0, 'America/New_York', '2026-01-15T05:00Z'],
    ['summer, west of Greenwich', '2026-07-15', 12, 'America/New_York', '2026-07-15T16:00Z'],
    ['winter, east of Greenwich', '2026-01-15', 12, 'Europe/Berlin', '2026-01-15T11:00Z'],
    ['summer, east of Greenwich', '2026-07-15', 0, 'Europe/Berlin', '2026-07-14T22:00Z'],
    ['half an hour', '2026-01-15', 0, 'America/St_Johns', '2026-01-15T03:30Z'],
    ['a quarter of an hour', '2026-01-15', 0, 'Asia/Kathmandu', '2026-01-14T18:15Z'],
    ['the farthest east', '2026-01-15', 0, 'Pacific/Kiritimati', '2026-01-14T10:00Z'],
    ['the farthest west', '2026-01-15', 23, 'Etc/GMT+12', '2026-01-16T11:00Z'],
    // The clocks change on these days, but not at this hour.
    ['before the clocks go forward, west', '2026-03-08', 1, 'America/New_York', '2026-03-08T06:00Z'],
    ['after the clocks went forward, west', '2026-03-08', 4, 'America/New_York', '2026-03-08T08:00Z'],
    ['before the clocks go forward, east', '2026-03-29', 0, 'Europe/Berlin', '2026-03-28T23:00Z'],
    ['after the clocks went forward, east', '2026-03-29', 3, 'Europe/Berlin', '2026-03-29T01:00Z'],
    ['after the clocks went back, west', '2026-11-01', 2, 'America/New_York', '2026-11-01T07:00Z'],
    ['after the clocks went back, east', '2026-10-25', 3, 'Europe/Berlin', '2026-10-25T02:00Z'],
    ['the day after they went back', '2026-11-02', 0, 'America/New_York', '2026-11-02T05:00Z'],
  ])('%s', (_, text, hour, timeZone, expected) => {
    expect(shown(instantOf(day(text), hour, timeZone))).toBe(expected);
  });

  test.each<[string, string, number, string, string]>([
    ['west of Greenwich', '2026-03-08', 2, 'America/New_York', '2026-03-08T07:00Z'],
    ['east of Greenwich', '2026-03-29', 2, 'Europe/Berlin', '2026-03-29T01:00Z'],
    ['south of the equator', '2026-10-04', 2, 'Australia/Sydney', '2026-10-03T16:00Z'],
    // There the day itself begins an hour late.
    ['at midnight, west of Greenwich', '2026-09-06', 0, 'America/Santiago', '2026-09-06T04:00Z'],
    ['at midnight, in Cuba', '2026-03-08', 0, 'America/Havana', '2026-03-08T05:00Z'],
    ['at midnight, east of Greenwich', '2026-03-29', 0, 'Asia/Beirut', '2026-03-28T22:00Z'],
    // Samoa went over the date line and had no such Friday.
    ['a day long', '2011-12-30', 0, 'Pacific/Apia', '2011-12-30T10:00Z'],
  ])('that daylight saving leaves out is the one after it: %s', (_, text, hour, timeZone, expected) => {
    expect(shown(instantOf(day(text), hour, timeZone))).toBe(expected);
  });

  test.each<[string, string, number, string, string]>([
    ['west of Greenwich', '2026-11-01', 1, 'America/New_York', '2026-11-01T05:00Z'],
    ['east of Greenwich', '2026-10-25', 2, 'Europe/Berlin', '2026-10-25T00:00Z'],
    ['in London', '2026-10-25', 1, 'Europe/London', '2026-10-25T00:00Z'],
    ['at midnight, west of Greenwich', '2026-11-01', 0, 'America/Havana', '2026-11-01T04:00Z'],
    ['at midnight, east of Greenwich', '2021-10-29', 0, 'Asia/Amman', '2021-10-28T21:00Z'],
  ])('that comes twice is the first one: %s', (_, text, hour, timeZone, expected) => {
    expect(shown(instantOf(day(text), hour, timeZone))).toBe(expected);
  });

  test.each<[string, string, number]>([
    ['1970-01-01', 'Asia/Tokyo', 0],
    ['2106-12-31', 'UTC', 0xffff_ffff],
  ])('that the store’s columns cannot hold is moved to what they can: %s in %s', (text, zone, seconds) => {
    expect(instantOf(day(text), 0, zone)).toBe(seconds);
  });

  test.each(['Nowhere/City', ''])('of the zone %j, which is none, is refused', (zone) => {
    expect(() => instantOf(day('2026-01-01'), 0, zone)).toThrow(RangeError);
  });
});

describe('the day at an instant', () => {
  test.each<[string, string, string]>([
    ['2026-03-31T00:00:00Z', 'UTC', '2026-03-31'],
    ['2026-03-31T23:59:59Z', 'UTC', '2026-03-31'],
    ['2026-04-01T00:00:00Z', 'UTC', '2026-04-01'],
    ['2026-01-01T04:59:59Z', 'America/New_York', '2025-12-31'],
    ['2026-01-01T05:00:00Z', 'America/New_York', '2026-01-01'],
    ['2025-12-31T09:59:59Z', 'Pacific/Kiritimati', '2025-12-31'],
    ['2025-12-31T10:00:00Z', 'Pacific/Kiritimati', '2026-01-01'],
    ['2026-01-01T11:59:59Z', 'Etc/GMT+12', '2025-12-31'],
    ['2024-03-01T00:00:00Z', 'America/Los_Angeles', '2024-02-29'],
    ['2026-09-06T03:59:59Z', 'America/Santiago', '2026-09-05'],
    ['2026-09-06T04:00:00Z', 'America/Santiago', '2026-09-06'],
    ['1970-01-01T00:00:00Z', 'Pacific/Pago_Pago', '1969-12-31'],
    ['2106-02-07T06:28:15Z', 'Pacific/Kiritimati', '2106-02-07'],
  ])('%s in %s is %s', (text, timeZone, expected) => {
    const [year, month, dayOfMonth] = expected.split('-').map(Number);
    expect(dayAt(instant(text), timeZone)).toEqual({ year, month, day: dayOfMonth });
  });
});

describe('any day in any zone', () => {
  // The first and the last days of the columns lie, in some zones, outside of them.
  const days = fc
    .integer({ min: 2, max: Math.floor(0xffff_ffff / 86_400) - 2 })
    .map((index) => new Date(index * 86_400_000).toISOString().slice(0, 10));
  const zones = fc.constantFrom(...ZONES);

  test('is the day at its own noon', () => {
    fc.assert(
      fc.property(days, zones, (text, zone) => {
        fc.pre(!LEFT_OUT.has(`${text} ${zone}`));
        expect(dayAt(instantOf(day(text), 12, zone), zone)).toEqual(day(text));
      }),
      { numRuns: 500 },
    );
  });

  test('is the day at its own beginning, and the second before it is another one', () => {
    fc.assert(
      fc.property(days, zones, (text, zone) => {
        fc.pre(!LEFT_OUT.has(`${text} ${zone}`));
        const beginning = instantOf(day(text), 0, zone);
        expect(dayAt(beginning, zone)).toEqual(day(text));
        expect(dayAt(createEpochSeconds(beginning - 1), zone)).not.toEqual(day(text));
      }),
      { numRuns: 500 },
    );
  });

  test('begins at the right second also when its clocks change', () => {
    // Every day of a year in those zones whose clocks change at midnight.
    for (const zone of ['America/Havana', 'America/Santiago', 'Asia/Beirut', 'Africa/Cairo']) {
      for (let at = Date.UTC(2026, 0, 1); at < Date.UTC(2027, 0, 1); at += 86_400_000) {
        const text = new Date(at).toISOString().slice(0, 10);
        const beginning = instantOf(day(text), 0, zone);
        expect(dayAt(beginning, zone), `${text} in ${zone}`).toEqual(day(text));
        expect(dayAt(createEpochSeconds(beginning - 1), zone), `${text} in ${zone}`).not.toEqual(day(text));
      }
    }
  });
});
