import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { parseTypedTime } from '../../src/commands/window-time.ts';
import { formatDate } from '../../src/shipstation/dates.ts';
import { createEpochSeconds } from '../../src/values/epoch-seconds.ts';

// A Tuesday, 14:05:30 in Los Angeles.
const NOW = createEpochSeconds(Date.parse('2026-03-31T21:05:30Z') / 1000);

function read(
  text: string,
  edge: 'first' | 'last' = 'first',
  timeZone = 'America/Los_Angeles',
): string | undefined {
  const time = parseTypedTime(text)?.({ timeZone, now: NOW, edge });
  return time === undefined ? undefined : new Date(time * 1000).toISOString().replace(':00.000Z', 'Z');
}

describe('a typed time', () => {
  it.each([
    ['2026-01-31', 'first', '2026-01-31T08:00Z'],
    ['2026-01-31', 'last', '2026-02-01T07:59Z'],
    ['2026-1-3', 'first', '2026-01-03T08:00Z'],
    // The clocks go forward: a day of 23 hours.
    ['2026-03-08', 'first', '2026-03-08T08:00Z'],
    ['2026-03-08', 'last', '2026-03-09T06:59Z'],
    ['2026-03-08T02:30', 'first', '2026-03-08T10:30Z'],
    ['2026-12-31', 'last', '2027-01-01T07:59Z'],
    ['2026-01-31T12:30', 'last', '2026-01-31T20:30Z'],
    ['2026-01-31 12:30:59', 'last', '2026-01-31T20:30Z'],
    ['2026-01-31T12:30Z', 'first', '2026-01-31T12:30Z'],
    ['2026-01-31t12:30z', 'first', '2026-01-31T12:30Z'],
    ['2026-01-31T12:30:15.123+02:00', 'first', '2026-01-31T10:30Z'],
    ['2026-01-31T12:30-0330', 'first', '2026-01-31T16:00Z'],
    ['01/31/2026 12:30', 'first', '2026-01-31T12:30Z'],
    ['1/2/2026 9:05', 'first', '2026-01-02T09:05Z'],
    ['1767225600', 'first', '2026-01-01T00:00Z'],
    ['@1767225659', 'first', '2026-01-01T00:00Z'],
    ['now', 'last', '2026-03-31T21:05Z'],
    ['Today', 'first', '2026-03-31T07:00Z'],
    ['today', 'last', '2026-03-31T21:05Z'],
    ['2026-03-31', 'last', '2026-03-31T21:05Z'],
    ['2026-04-01', 'last', '2026-04-02T06:59Z'],
    ['yesterday', 'first', '2026-03-30T07:00Z'],
    ['yesterday', 'last', '2026-03-31T06:59Z'],
    ['7d', 'first', '2026-03-24T21:05Z'],
    ['2w', 'first', '2026-03-17T21:05Z'],
    ['36h', 'first', '2026-03-30T09:05Z'],
    ['90 m', 'first', '2026-03-31T19:35Z'],
    [' 0d ', 'first', '2026-03-31T21:05Z'],
    ['99999w', 'first', '1970-01-01T00:00Z'],
  ] as const)('%s (%s) is understood', (text, edge, expected) => {
    expect(read(text, edge)).toBe(expected);
  });

  it.each([
    ...['', ' ', 'tomorrow', '2026', '2026-02-30', '2026-13-01', '1969-12-31', '2107-01-01', '31.01.2026'],
    ...[
      '01/31/2026',
      '2026-01-31T24:00',
      '2026-01-31T12:60',
      '2026-01-31T12:30+24:00',
      '2026-01-31T12:30+02:60',
    ],
    ...[
      '2026-01-31T12:30 Europe/Berlin',
      '7',
      '7y',
      '-7d',
      '7.5d',
      'd',
      '123456d',
      '02/30/2026 12:00',
      'NaN',
    ],
  ])('%j is refused', (text) => {
    expect(read(text)).toBeUndefined();
  });

  it('is what the wire says, whatever the zone: property', () => {
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 0xffff_ffff }), (seconds) => {
        const text = formatDate(createEpochSeconds(seconds));
        const time = parseTypedTime(text)?.({ timeZone: 'Asia/Kolkata', now: NOW, edge: 'last' });
        expect(time).toBe(seconds - (seconds % 60));
      }),
    );
  });

  it('never throws: property', () => {
    fc.assert(
      fc.property(fc.string(), (text) => {
        const time = parseTypedTime(text)?.({ timeZone: 'UTC', now: NOW, edge: 'first' });
        expect(time === undefined || (Number.isInteger(time) && time % 60 === 0)).toBe(true);
      }),
    );
  });
});
