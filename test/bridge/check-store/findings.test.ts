import { describe, expect, it } from 'vitest';
import { judgeActivity } from '../../../src/bridge/check-store/check-activity.ts';
import { judgeClock, judgeServer } from '../../../src/bridge/check-store/check-database.ts';
import { judgeCarriers } from '../../../src/bridge/check-store/check-kind.ts';
import { judgeStatuses } from '../../../src/bridge/check-store/check-statuses.ts';
import { readConfig } from '../../../src/config/read-config.ts';
import type { OrderStatus } from '../../../src/cscart/store/order-statuses.ts';
import type { LedgerOverview } from '../../../src/ledger/overview.ts';
import { someOf } from '../../../src/values/counted.ts';
import { createEpochSeconds } from '../../../src/values/epoch-seconds.ts';

const url = {
  host: 'db.example.com',
  port: 3306,
  user: 'shipstation',
  password: 'planted-secret-word',
  database: 'cscart',
  tls: 'off',
} as const;
const server = {
  version: '8.0.36',
  account: "'shipstation'@'%'",
  isReadOnly: false,
  isEncrypted: false,
  clock: { server: 0, here: 0 },
};

describe('the server', () => {
  it('that is read-only is a problem, since no shipment can be written', () => {
    expect(judgeServer({ ...server, isReadOnly: true }, url)).toMatchObject({
      level: 'problem',
      message: expect.stringContaining('read-only'),
      advice: expect.stringContaining('replica'),
    });
  });

  it.each([
    ['on another machine, not encrypted', url, server, true],
    ['on another machine, encrypted', url, { ...server, isEncrypted: true }, false],
    ['on this machine', { ...url, host: '127.0.0.1' }, server, false],
    ['behind a socket', { ...url, socketPath: '/run/mysqld/mysqld.sock' }, server, false],
  ] as const)('%s: whether TLS is advised', (_, where, facts, isAdvised) => {
    const { level, advice, message } = judgeServer(facts, where);
    expect(level).toBe('ok');
    expect(advice?.includes('ssl=verify') ?? false).toBe(isAdvised);
    expect(message + (advice ?? '')).not.toContain('planted-secret-word');
  });
});

describe('the clock', () => {
  const clockOf = (seconds: number) =>
    judgeClock({ clock: { server: 1e12 + seconds * 1000, here: 1e12 } }, { overlapSeconds: 600 }, 'UTC');

  it.each([
    [0, 'ok', 'agree'],
    [5, 'ok', 'agree'],
    [6, 'warning', '6 seconds ahead of'],
    [-600, 'warning', '600 seconds behind'],
    [601, 'problem', 'orders can be missed'],
    [-3600, 'problem', '3,600 seconds behind'],
  ])('%i seconds off is %s', (seconds, level, words) => {
    expect(clockOf(seconds)).toMatchObject({ level, message: expect.stringContaining(words) });
  });
});

describe('the statuses', () => {
  const status = (letter: string, name: string): OrderStatus => ({
    letter,
    names: [name],
    stockEffect: 'decrease',
  });
  const statuses = [status('P', 'Processed'), status('C', 'Complete'), status('B', 'Backordered')];
  const judge = (
    counts: Readonly<Record<string, number>>,
    environment: Readonly<Record<string, string>> = {},
  ) =>
    judgeStatuses(
      readConfig({
        SHIPSTATION_USERNAME: 'x',
        SHIPSTATION_PASSWORD: 'x',
        CSCART_DATABASE_URL: 'mysql://x:x@127.0.0.1/x',
        ...environment,
      }),
      { statuses },
      { counts: new Map(Object.entries(counts)), isPart: false },
      [],
    );

  it('each have a line with letter, name, number of orders and meaning', () => {
    expect(judge({ P: 1200, B: 1 })[0]?.details).toEqual([
      'P  Processed: 1,200 orders → Awaiting Shipment',
      'C  Complete: 0 orders → Shipped',
      'B  Backordered: 1 order → not sent',
    ]);
  });

  it('that are not sent are no matter while they have no orders', () => {
    expect(judge({ P: 3 })).toMatchObject([{ level: 'ok' }]);
    expect(judge({ P: 3, B: 1 })).toMatchObject([
      { level: 'warning', message: expect.stringContaining('Backordered') },
    ]);
  });

  it('of which none means Awaiting Shipment are a problem', () => {
    expect(judge({}, { STATUS_AWAITING_SHIPMENT: 'Paid' })).toContainEqual(
      expect.objectContaining({
        level: 'problem',
        message: expect.stringContaining('nothing can be shipped'),
      }),
    );
  });

  it('that the shop no longer has are found by their orders; hidden ones are none of them', () => {
    expect(judge({ P: 1, N: 4, T: 5 })).toHaveLength(1);
    expect(judge({ P: 1, X: 2, Q: 1 })).toContainEqual(
      expect.objectContaining({
        level: 'warning',
        message: expect.stringMatching(/^3 orders in statuses .*X, Q/),
      }),
    );
  });
});

describe('the activity', () => {
  const now = createEpochSeconds(1_800_000_000);
  const secondsAgo = (seconds: number) => createEpochSeconds(now - seconds);
  const idle: LedgerOverview = {
    lastExportAt: secondsAgo(120),
    lastNoticeAt: secondsAgo(3 * 86_400),
    notices: { received: 0, planned: 0, applied: 7, refused: 0 },
    needAttention: 0,
    waiting: 0,
    waitingSince: undefined,
  };

  it.each([
    [{}, 'ok', 'ok', /2 minutes ago/],
    [{ lastExportAt: undefined }, 'warning', 'ok', /no orders yet/],
    [{ lastExportAt: secondsAgo(7 * 3600) }, 'warning', 'ok', /7 hours ago/],
    [{ notices: { ...idle.notices, refused: 2 } }, 'ok', 'warning', /2 refused/],
    [{ needAttention: 1 }, 'ok', 'warning', /1 to be looked at/],
    [{ waiting: 1, waitingSince: secondsAgo(60) }, 'ok', 'warning', /1 waiting/],
    [{ waiting: 1, waitingSince: secondsAgo(3600) }, 'ok', 'problem', /1 waiting, the oldest for 60 minutes/],
  ] as const)('%o', (change, activity, notices, words) => {
    const findings = judgeActivity({ ...idle, ...change }, now);
    expect(findings.map(({ level }) => level)).toEqual([activity, notices]);
    expect(findings.map(({ message }) => message).join('\n')).toMatch(words);
  });

  it('says when the last notice came, or that none has', () => {
    expect(judgeActivity(idle, now)[1]?.message).toContain('the last one came 3 days ago');
    expect(judgeActivity({ ...idle, lastNoticeAt: undefined }, now)[1]?.message).toContain(
      'none has come yet',
    );
  });
});

it('a store that knows no carrier is told', () => {
  expect(judgeCarriers({ carriers: [] }).level).toBe('warning');
  expect(judgeCarriers({ carriers: ['ups'] })).toMatchObject({ level: 'ok', facts: { carriers: ['ups'] } });
});

it('a long list is cut with the number of what is not named', () => {
  expect(someOf([1, 2, 3, 4, 5])).toBe('1, 2, 3, 4, 5');
  expect(someOf([1, 2, 3, 4, 5, 6, 7])).toBe('1, 2, 3, 4, 5 and 2 more');
});
