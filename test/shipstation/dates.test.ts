import fc from 'fast-check';
import { afterEach, describe, expect, test } from 'vitest';
import {
  formatDate,
  parseCalendarDay,
  parseLabelDate,
  parseWindowDate,
} from '../../src/shipstation/dates.ts';
import { createEpochSeconds } from '../../src/values/epoch-seconds.ts';

const utc = (iso: string) => Date.parse(iso) / 1000;

describe.each([
  ['parseWindowDate', parseWindowDate],
  ['parseLabelDate', parseLabelDate],
])('%s', (_name, parse) => {
  test.each<[string, string]>([
    ['01/23/2012 17:28', '2012-01-23T17:28:00Z'],
    ['03/02/2026 09:05', '2026-03-02T09:05:00Z'],
    ['3/2/2026 9:05', '2026-03-02T09:05:00Z'],
    ['3/2/2026 9:5', '2026-03-02T09:05:00Z'],
    ['12/31/2026 23:59', '2026-12-31T23:59:00Z'],
    ['01/01/2026 00:00', '2026-01-01T00:00:00Z'],
    ['03/02/2026 09:05:07', '2026-03-02T09:05:07Z'],
    ['03/02/2026 09:05:59', '2026-03-02T09:05:59Z'],
    ['03/02/2026 09:05 AM', '2026-03-02T09:05:00Z'],
    ['03/02/2026 09:05 PM', '2026-03-02T21:05:00Z'],
    ['03/02/2026 9:05PM', '2026-03-02T21:05:00Z'],
    ['03/02/2026 09:05:07 pm', '2026-03-02T21:05:07Z'],
    ['03/02/2026 12:00 AM', '2026-03-02T00:00:00Z'],
    ['03/02/2026 12:00 PM', '2026-03-02T12:00:00Z'],
    ['03/02/2026 21:56 PM', '2026-03-02T21:56:00Z'],
    ['03/02/2026 00:15 AM', '2026-03-02T00:15:00Z'],
    ['03/02/2026 09:05Z', '2026-03-02T09:05:00Z'],
    ['03/02/2026 09:05 Z', '2026-03-02T09:05:00Z'],
    ['  03/02/2026  09:05  ', '2026-03-02T09:05:00Z'],
    ['03022026T0905', '2026-03-02T09:05:00Z'],
    ['03022026 2359', '2026-03-02T23:59:00Z'],
    ['02/29/2024 10:00', '2024-02-29T10:00:00Z'],
    ['02/29/2000 10:00', '2000-02-29T10:00:00Z'],
    ['01/01/1970 00:00', '1970-01-01T00:00:00Z'],
    ['02/07/2106 06:28', '2106-02-07T06:28:00Z'],
    ['02/07/2106 06:28:15', '2106-02-07T06:28:15Z'],
  ])('reads %j as %s', (text, iso) => {
    expect(parse(text)).toBe(utc(iso));
  });

  test.each([
    '',
    ' ',
    'yesterday',
    'undefined',
    '02/30/2026 10:00',
    '02/29/2026 10:00',
    '02/29/2100 10:00',
    '04/31/2026 10:00',
    '13/01/2026 10:00',
    '00/10/2026 10:00',
    '10/00/2026 10:00',
    '10/32/2026 10:00',
    '03/02/2026 25:00',
    '03/02/2026 24:00',
    '03/02/2026 10:60',
    '03/02/2026 10:00:60',
    '03/02/2026 15:00 AM',
    '03/02/2026 00:00 PM',
    '03/02/2026 09:05 XM',
    '03/02/2026 09:05 A',
    '03/02/2026',
    '09:05',
    '03/02/26 09:05',
    '03/02/02026 09:05',
    '003/02/2026 09:05',
    '12/31/1969 23:59',
    '02/07/2106 06:28:16',
    '01/01/2107 00:00',
    '01/01/9999 00:00',
    '2026-03-02T09:05:00Z',
    '2026-03-02 09:05',
    '02.03.2026 09:05',
    '-3/02/2026 09:05',
    '03/02/2026 -9:05',
    '03/02/2026 09:05+01:00',
    '03/02/2026 09:05 UTC',
    '03/02/2026 09:05; drop',
    '03/02/2026 09:05\n03/02/2026 09:05',
    '٠٣/٠٢/٢٠٢٦ ٠٩:٠٥',
    '0302202610905',
    '13022026T0905',
    '02302026T0905',
    '03022026T2505',
    '03022026T0960',
    '03022026TT0905',
    '1772442300',
  ])('gives nothing for %j', (text) => {
    expect(parse(text)).toBeUndefined();
  });

  test('reads every minute that formatDate writes', () => {
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 0xffff_ffff }).map(createEpochSeconds), (instant) => {
        expect(parse(formatDate(instant))).toBe(instant - (instant % 60));
      }),
      { numRuns: 2000 },
    );
  });

  test('reads a date exactly when the calendar has it', () => {
    const part = (max: number) => fc.integer({ min: 0, max });
    fc.assert(
      fc.property(
        part(14),
        part(33),
        fc.integer({ min: 1968, max: 2105 }),
        part(26),
        part(62),
        (month, day, year, hour, minute) => {
          const date = new Date(Date.UTC(year, month - 1, day, hour, minute));
          const isReal =
            date.getUTCFullYear() === year &&
            date.getUTCMonth() === month - 1 &&
            date.getUTCDate() === day &&
            date.getUTCHours() === hour &&
            date.getUTCMinutes() === minute &&
            year >= 1970;
          const expected = isReal ? date.getTime() / 1000 : undefined;
          expect(parse(`${month}/${day}/${year} ${hour}:${minute}`)).toBe(expected);
        },
      ),
      { numRuns: 3000 },
    );
  });

  test('never throws, and gives only whole seconds', () => {
    fc.assert(
      fc.property(fc.oneof(fc.string(), fc.stringMatching(/^[\d/: APMZ]{0,25}$/)), (text) => {
        const instant = parse(text);
        if (instant !== undefined) expect(createEpochSeconds(instant)).toBe(instant);
      }),
    );
  });

  test('takes a long hostile text for no date', () => {
    // Long enough for an expression that goes back again and again to run into the time-out.
    expect(parse(`03/02/2026 09:05${' '.repeat(2_000_000)}x`)).toBeUndefined();
  });
});

describe('formatDate', () => {
  test.each<[string, string]>([
    ['2026-03-02T09:05:30Z', '03/02/2026 09:05'],
    ['1970-01-01T00:00:00Z', '01/01/1970 00:00'],
    ['2026-12-31T23:59:59Z', '12/31/2026 23:59'],
    ['2024-02-29T12:00:00Z', '02/29/2024 12:00'],
    ['2106-02-07T06:28:15Z', '02/07/2106 06:28'],
  ])('writes %s as %s', (iso, expected) => {
    expect(formatDate(createEpochSeconds(utc(iso)))).toBe(expected);
  });

  test('always has 16 characters', () => {
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 0xffff_ffff }).map(createEpochSeconds), (instant) => {
        expect(formatDate(instant)).toMatch(/^\d{2}\/\d{2}\/\d{4} \d{2}:\d{2}$/);
      }),
    );
  });
});

describe('the zone of the machine', () => {
  const before = process.env['TZ'];
  afterEach(() => {
    if (before === undefined) delete process.env['TZ'];
    else process.env['TZ'] = before;
  });

  test.each(['UTC', 'America/Los_Angeles', 'Asia/Kathmandu', 'Pacific/Apia'])(
    '%s changes nothing',
    (zone) => {
      process.env['TZ'] = zone;
      // 02:30 on this day does not exist in Los Angeles.
      const instant = parseWindowDate('03/08/2026 02:30');
      expect(instant).toBe(utc('2026-03-08T02:30:00Z'));
      expect(formatDate(createEpochSeconds(instant ?? 0))).toBe('03/08/2026 02:30');
      expect(parseCalendarDay('03/08/2026')).toEqual({ year: 2026, month: 3, day: 8 });
    },
  );
});

describe('parseCalendarDay', () => {
  test.each<[string, number, number, number]>([
    ['03/03/2026', 2026, 3, 3],
    ['3/3/2026', 2026, 3, 3],
    [' 12/31/2026 ', 2026, 12, 31],
    ['02/29/2024', 2024, 2, 29],
    ['03/03/2026 23:59', 2026, 3, 3],
  ])('reads %j', (text, year, month, day) => {
    expect(parseCalendarDay(text)).toEqual({ year, month, day });
  });

  test.each([
    '',
    'soon',
    '02/29/2026',
    '13/01/2026',
    '00/01/2026',
    '01/00/2026',
    '2026-03-03',
    '03/03/26',
    '03/03/20265',
    '01/01/1969',
    '01/01/2107',
    '03/03',
  ])('gives nothing for %j', (text) => {
    expect(parseCalendarDay(text)).toBeUndefined();
  });
});
