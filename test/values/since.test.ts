import { expect, it } from 'vitest';
import { createEpochSeconds } from '../../src/values/epoch-seconds.ts';
import { parseSince, sinceInstant } from '../../src/values/since.ts';

const NOW = createEpochSeconds(Date.UTC(2026, 10, 8, 12) / 1000);

it.each([
  ['90m', '2026-11-08T10:30:00Z'],
  ['12h', '2026-11-08T00:00:00Z'],
  ['7d', '2026-11-01T12:00:00Z'],
  ['2w', '2026-10-25T12:00:00Z'],
  // A day begins when it begins in the store; New York leaves daylight saving on the 1st of November, at two.
  ['2026-11-01', '2026-11-01T04:00:00Z'],
  ['2026-11-02', '2026-11-02T05:00:00Z'],
  // Further back than there are instants.
  ['999999d', '1970-01-01T00:00:00Z'],
])('%s is the instant %s', (text, instant) => {
  const since = parseSince(text);
  if (!since) throw new Error('not read');
  expect(sinceInstant(since, 'America/New_York', NOW)).toBe(Date.parse(instant) / 1000);
});

it.each([
  '',
  'yesterday',
  '7',
  '7 d',
  '-7d',
  '7y',
  '2026-02-30',
  '2026-1-1',
  '11/01/2026',
  '2026-11-01T00:00',
  '1234567d',
])('%j is neither a day nor a span', (text) => {
  expect(parseSince(text)).toBeUndefined();
});
