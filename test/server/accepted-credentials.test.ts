import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import type { Log } from '../../src/bridge/log.ts';
import { acceptCredentials } from '../../src/server/accepted-credentials.ts';

const USERNAME = 'shipstation';
const HOUR_MS = 3_600_000;

let said: (object & { readonly event: string })[];
const log: Log = {
  info: (line) => void said.push(line),
  warn: (line) => void said.push(line),
  error: (line) => void said.push(line),
};

beforeEach(() => {
  said = [];
  vi.useFakeTimers({ now: 1_800_000_000_000 });
});
afterEach(() => void vi.useRealTimers());

const accept = (...passwords: string[]) => acceptCredentials({ username: USERNAME, passwords }, log);
const judge = (accepted: ReturnType<typeof accept>, password: string, username = USERNAME) =>
  accepted.judge({ username, password });

test('any of the passwords opens the account, and nothing else does', () => {
  const accepted = accept('new', 'old');
  expect([judge(accepted, 'new'), judge(accepted, 'old')]).toEqual([USERNAME, USERNAME]);
  for (const [password, username] of [
    ['newer', USERNAME],
    ['', USERNAME],
    ['new', 'Shipstation'],
    ['new', ''],
  ] as const)
    expect(judge(accepted, password, username)).toBeUndefined();
});

test('what replaces them counts at once, and what is replaced no longer', () => {
  const accepted = accept('old');
  accepted.replace({ username: 'other', passwords: ['new'] });
  expect(judge(accepted, 'new', 'other')).toBe('other');
  expect([judge(accepted, 'old'), judge(accepted, 'old', 'other'), judge(accepted, 'new')]).toEqual([
    undefined,
    undefined,
    undefined,
  ]);
});

test('that the previous password is still in use is said once, and then hourly', () => {
  const accepted = accept('new', 'old');
  judge(accepted, 'new');
  expect([said, accepted.previousUsedAt()]).toEqual([[], undefined]);
  judge(accepted, 'old');
  vi.advanceTimersByTime(HOUR_MS - 1);
  judge(accepted, 'old');
  expect(said).toEqual([{ event: 'credentials.previous_used' }]);
  vi.advanceTimersByTime(1);
  judge(accepted, 'old');
  expect(said).toHaveLength(2);
  expect(accepted.previousUsedAt()).toBe(1_800_000_000_000 + HOUR_MS);
  vi.advanceTimersByTime(HOUR_MS);
  judge(accepted, 'new');
  judge(accepted, 'wrong');
  judge(accepted, 'old', 'somebody else');
  expect(said).toHaveLength(2);
  expect(accepted.previousUsedAt()).toBe(1_800_000_000_000 + HOUR_MS);
});

test('a previous password that is the same as the present one is none', () => {
  const accepted = accept('same', 'same');
  expect(judge(accepted, 'same')).toBe(USERNAME);
  expect(said).toEqual([]);
});
