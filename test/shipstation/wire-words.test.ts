import { describe, expect, test } from 'vitest';
import { SHIPSTATION_STATUSES } from '../../src/shipstation/order-document.ts';
import { VOCABULARIES, WIRE_WORDS } from '../../src/shipstation/wire-words.ts';

describe('the words of the statuses', () => {
  test('are those that the Custom Store form suggests', () => {
    expect(SHIPSTATION_STATUSES.map((status) => WIRE_WORDS['custom-store'][status])).toEqual([
      'unpaid',
      'paid',
      'shipped',
      'cancelled',
      'on_hold',
    ]);
  });

  test('are those that the CS-Cart tile knows', () => {
    expect(SHIPSTATION_STATUSES.map((status) => WIRE_WORDS['cs-cart'][status])).toEqual([
      'pending',
      'processed',
      'shipped',
      'canceled',
      'pending',
    ]);
  });

  test.each(VOCABULARIES)('of %s keep what may be shipped apart from what may not', (vocabulary) => {
    const { paid, ...others } = WIRE_WORDS[vocabulary];
    expect(Object.values(others)).not.toContain(paid);
  });
});
