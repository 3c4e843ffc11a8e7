import { describe, expect, test } from 'vitest';
import {
  LEFT_OUT_REASONS,
  type LeftOut,
  type LeftOutReason,
  summarizeLeftOut,
} from '../../../src/bridge/export-orders/left-out.ts';
import { createOrderId } from '../../../src/values/order-id.ts';

const left = (orderId: number, reason: LeftOutReason): LeftOut => ({
  orderId: createOrderId(orderId),
  reason,
});

describe('the summary of what is left out', () => {
  test('counts by reason and names orders', () => {
    expect(summarizeLeftOut([left(1, 'no-name'), left(2, 'no-city'), left(3, 'no-name')])).toEqual({
      'no-name': { count: 2, examples: [1, 3] },
      'no-city': { count: 1, examples: [2] },
    });
  });

  test('is empty where nothing is left out', () => {
    expect(summarizeLeftOut([])).toEqual({});
  });

  test('is added to that of earlier pages, which stays as it is', () => {
    const before = summarizeLeftOut([left(1, 'no-name')]);
    const after = summarizeLeftOut([left(2, 'no-name'), left(3, 'unreadable')], before);
    expect(after).toEqual({
      'no-name': { count: 2, examples: [1, 2] },
      unreadable: { count: 1, examples: [3] },
    });
    expect(before).toEqual({ 'no-name': { count: 1, examples: [1] } });
  });

  test('does not count an order again when its page is asked for again', () => {
    const page = [left(1, 'no-name'), left(2, 'no-name')];
    expect(summarizeLeftOut(page, summarizeLeftOut(page))).toEqual(summarizeLeftOut(page));
  });

  test('counts all of many, and names the first thousand', () => {
    const many = Array.from({ length: 1500 }, (_, index) => left(index + 1, 'only-downloads'));
    expect(summarizeLeftOut(many)['only-downloads']).toEqual({
      count: 1500,
      examples: Array.from({ length: 1000 }, (_, index) => index + 1),
    });
  });

  test('counts an order once, however often its page is asked', () => {
    const many = Array.from({ length: 25 }, (_, index) => left(index + 1, 'only-downloads'));
    expect(summarizeLeftOut(many, summarizeLeftOut(many))['only-downloads']?.count).toBe(25);
  });
});

test('every reason is said in words that go on after "order left out: "', () => {
  for (const words of Object.values(LEFT_OUT_REASONS)) expect(words).toMatch(/^(it|its|a) [^\n]+[^.]$/);
});
