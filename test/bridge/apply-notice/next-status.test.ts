import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { nextStatus, type StatusRules } from '../../../src/bridge/apply-notice/next-status.ts';
import { SHIPSTATION_STATUSES } from '../../../src/shipstation/order-document.ts';
import { FRESH_STATUSES, freshStatus } from '../plain-orders.ts';

const RULES: StatusRules = {
  statuses: FRESH_STATUSES,
  meanings: new Map([
    ['O', 'unpaid'],
    ['P', 'paid'],
    ['C', 'shipped'],
    ['I', 'cancelled'],
    ['D', 'cancelled'],
  ]),
  shipped: freshStatus('C'),
  partiallyShipped: freshStatus('A'),
};
const WITHOUT_PARTIAL: StatusRules = { ...RULES, partiallyShipped: undefined };
const PARTIAL_MEANS_SHIPPED: StatusRules = {
  ...RULES,
  meanings: new Map([...RULES.meanings, ['A', 'shipped']]),
};

describe('an order moves', () => {
  test.each<[string, string, 'all' | 'some', StatusRules, string]>([
    ['from paid to shipped', 'P', 'all', RULES, 'C'],
    ['from unpaid to shipped: the parcel has left', 'O', 'all', RULES, 'C'],
    ['from paid to partly shipped', 'P', 'some', RULES, 'A'],
    ['from partly shipped to shipped', 'A', 'all', RULES, 'C'],
    [
      'from partly shipped to shipped, where both mean shipped to ShipStation',
      'A',
      'all',
      PARTIAL_MEANS_SHIPPED,
      'C',
    ],
    [
      'from a status that has no meaning, with the same stock',
      'A',
      'all',
      { ...WITHOUT_PARTIAL, meanings: new Map() },
      'C',
    ],
    [
      'between two statuses that give the stock back',
      'B',
      'all',
      { ...RULES, shipped: freshStatus('Y') },
      'Y',
    ],
  ])('%s', (_, current, covered, rules, to) => {
    expect(nextStatus(current, covered, rules)).toEqual({ to });
  });
});

describe('an order stays as it is', () => {
  test.each<[string, string, 'all' | 'some', StatusRules]>([
    ['in silence, when it is shipped already', 'C', 'all', RULES],
    ['in silence, when it is partly shipped already', 'A', 'some', RULES],
    ['in silence, when some is shipped and no status says so', 'P', 'some', WITHOUT_PARTIAL],
  ])('%s', (_, current, covered, rules) => {
    expect(nextStatus(current, covered, rules)).toEqual({});
  });

  test.each<[string, string, 'all' | 'some', StatusRules, RegExp]>([
    ['when it is cancelled', 'I', 'all', RULES, /cancelled/],
    ['when it is cancelled and some is shipped', 'I', 'some', RULES, /cancelled/],
    [
      'when it is cancelled, some is shipped, and no status says so',
      'I',
      'some',
      WITHOUT_PARTIAL,
      /cancelled/,
    ],
    ['when it was completed by hand', 'C', 'some', RULES, /completed already/],
    [
      'when it was completed by hand, and no status says so',
      'C',
      'some',
      WITHOUT_PARTIAL,
      /completed already/,
    ],
    ['when moving it would take stock', 'B', 'all', RULES, /changes the stock/],
    ['when moving it would take stock, for a part', 'B', 'some', RULES, /changes the stock/],
    [
      'when moving it would give stock back',
      'P',
      'all',
      { ...RULES, shipped: freshStatus('Y') },
      /changes the stock/,
    ],
    ['when its own status is gone', 'X', 'all', RULES, /keeps its status X/],
    ['when the store has no such status', 'P', 'all', { ...RULES, shipped: undefined }, /SHIPPED_STATUS/],
  ])('and the admin is told, %s', (_, current, covered, rules, remark) => {
    expect(nextStatus(current, covered, rules)).toEqual({ remark: expect.stringMatching(remark) });
  });
});

test('no move ever changes the stock, or brings a cancelled order back', () => {
  const status = fc.constantFrom(...FRESH_STATUSES);
  const rules = fc.record({
    statuses: fc.constant(FRESH_STATUSES),
    meanings: fc
      .array(fc.tuple(status, fc.constantFrom(...SHIPSTATION_STATUSES)))
      .map((pairs) => new Map(pairs.map(([{ letter }, meaning]) => [letter, meaning]))),
    shipped: fc.option(status, { nil: undefined }),
    partiallyShipped: fc.option(status, { nil: undefined }),
  });
  fc.assert(
    fc.property(
      status,
      fc.constantFrom('all' as const, 'some' as const),
      rules,
      (current, covered, given) => {
        const { to, remark } = nextStatus(current.letter, covered, given);
        if (to === undefined) return;
        expect(freshStatus(to).stockEffect).toBe(current.stockEffect);
        expect(given.meanings.get(current.letter)).not.toBe('cancelled');
        expect(to).toBe((covered === 'all' ? given.shipped : given.partiallyShipped)?.letter);
        expect(to).not.toBe(current.letter);
        expect(remark).toBeUndefined();
      },
    ),
  );
});
