import { describe, expect, it } from 'vitest';
import { type Access, type Brought, createAccess, type Verdict } from '../../src/server/access.ts';

const RIGHT = { account: 'shipstation' };
const ADDRESS = '203.0.113.7';

/** Access with a clock that is set by hand. */
function access(requestsPerMinute = 600): Access & { readonly pass: (milliseconds: number) => void } {
  let at = 0;
  const { judge, judgeStray } = createAccess({ requestsPerMinute }, () => at);
  const pass = (milliseconds: number) => {
    at += milliseconds;
  };
  return { judge, judgeStray, pass };
}

/** The kinds of so many verdicts, each once with how often it came. */
function kinds(count: number, judge: (turn: number) => Verdict): Record<string, number> {
  const found: Record<string, number> = {};
  for (let turn = 0; turn < count; turn += 1) {
    const { kind } = judge(turn);
    found[kind] = (found[kind] ?? 0) + 1;
  }
  return found;
}

describe('right credentials', () => {
  it('are let in from an address from which somebody guesses, however much', () => {
    const { judge } = access();
    expect(kinds(10_000, () => judge('wrong', ADDRESS))).toEqual({ challenged: 30, refused: 9970 });
    expect(judge(RIGHT, ADDRESS)).toEqual({ kind: 'admitted' });
  });

  it('are let in while the memory for addresses overflows', () => {
    const { judge } = access();
    kinds(20_000, (turn) => judge('wrong', `10.0.${turn >> 8}.${turn & 255}`));
    expect(judge(RIGHT, ADDRESS)).toEqual({ kind: 'admitted' });
  });

  it('have a budget of their own, wherever they come from', () => {
    const { judge, pass } = access(600);
    expect(kinds(600, (turn) => judge(RIGHT, `203.0.113.${turn % 250}`))).toEqual({ admitted: 600 });
    pass(45_000);
    expect(judge(RIGHT, '198.51.100.1')).toEqual({ kind: 'refused', seconds: 15, because: 'many' });
    pass(15_000);
    expect(judge(RIGHT, '198.51.100.1')).toEqual({ kind: 'admitted' });
  });

  it('of one account do not use up what another may ask', () => {
    const { judge } = access(5);
    kinds(50, () => judge(RIGHT, ADDRESS));
    expect(judge({ account: 'another' }, ADDRESS)).toEqual({ kind: 'admitted' });
  });

  it('count at addresses that do not exist, too', () => {
    const { judge, judgeStray } = access(5);
    expect(kinds(10, () => judgeStray(RIGHT, ADDRESS))).toEqual({ admitted: 5, refused: 5 });
    expect(judge(RIGHT, ADDRESS)).toMatchObject({ kind: 'refused' });
  });
});

describe('wrong credentials', () => {
  it('are refused after thirty in a minute, until the minute is over', () => {
    const { judge, pass } = access();
    expect(kinds(30, () => judge('wrong', ADDRESS))).toEqual({ challenged: 30 });
    pass(59_001);
    expect(judge('wrong', ADDRESS)).toEqual({ kind: 'refused', seconds: 1, because: 'wrong' });
    pass(999);
    expect(judge('wrong', ADDRESS)).toEqual({ kind: 'challenged' });
  });

  it('of one client do not count against another', () => {
    const { judge } = access();
    kinds(100, () => judge('wrong', ADDRESS));
    expect(judge('wrong', '203.0.113.8')).toEqual({ kind: 'challenged' });
  });

  it('are counted by the /64 of an IPv6 address, which one client has for itself', () => {
    const { judge } = access();
    kinds(40, (turn) => judge('wrong', `2001:db8:0:1::${turn}`));
    expect(judge('wrong', '2001:db8:0:1:ffff::1')).toMatchObject({ kind: 'refused' });
    expect(judge('wrong', '2001:db8:0:2::1')).toEqual({ kind: 'challenged' });
  });

  it.each<Brought>(['none', 'wrong'])('count together with what is tried elsewhere: %s', (brought) => {
    const { judge, judgeStray } = access();
    kinds(30, () => judgeStray(brought, ADDRESS));
    expect(judge('wrong', ADDRESS)).toMatchObject({ kind: 'refused' });
    expect(judgeStray(brought, ADDRESS)).toMatchObject({ kind: 'refused' });
  });
});

it('who sends no credentials is asked for them every time: some clients wait for that', () => {
  const { judge } = access();
  kinds(100, () => judge('wrong', ADDRESS));
  expect(kinds(10_000, () => judge('none', ADDRESS))).toEqual({ challenged: 10_000 });
});
