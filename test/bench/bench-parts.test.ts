import { describe, expect, it, test } from 'vitest';
import { earlier, lastOrders } from '../../bench/bench-store.ts';
import { readPage } from '../../bench/client.ts';
import { substitute } from '../../bench/replay.ts';
import { inTurn } from '../../bench/timing.ts';

const MINUTE = 60_000;

describe('a window', () => {
  it('of the last orders ends with the last one, and both ends count', () => {
    expect(lastOrders({ lastOrderMs: 100 * MINUTE }, 10)).toEqual({
      startMs: 91 * MINUTE,
      endMs: 100 * MINUTE,
    });
  });

  it('that is earlier by its own length holds the orders before', () => {
    const window = lastOrders({ lastOrderMs: 100 * MINUTE }, 10);
    expect(earlier(window, 10)).toEqual({ startMs: 81 * MINUTE, endMs: 90 * MINUTE });
  });
});

describe('an answer', () => {
  test.each([
    ['<Orders pages="3"><Order><OrderNumber>1</OrderNumber></Order><Order></Order></Orders>', 3, 2],
    ['<?xml version="1.0"?><Orders pages="1"></Orders>', 1, 0],
    ['Something went wrong', 0, 0],
  ])('%s', (text, pages, orders) => {
    expect(readPage(Buffer.from(text))).toEqual({ pages, orders });
  });
});

describe('a recorded value', () => {
  const substitutes = new Map<string | number, string | number>([
    [101, 161],
    ['1ZA', '1ZB'],
  ]);

  test.each([
    [101, 161],
    [1010, 1010],
    ['order:101', 'order:161'],
    ['{"tracking":"1ZA"}', '{"tracking":"1ZB"}'],
    [
      [[101, 2, '1ZA'], null],
      [[161, 2, '1ZB'], null],
    ],
    [null, null],
  ])('%j stands for another order as %j', (value, expected) => {
    expect(substitute(value, substitutes)).toEqual(expected);
  });

  it('of bytes stays as it is', () => {
    const bytes = Buffer.from('1ZA');
    expect(substitute(bytes, substitutes)).toBe(bytes);
  });
});

it('measures in turn, each first every other time', async () => {
  const asked: string[] = [];
  const measure = (name: string) => async () => {
    asked.push(name);
    return asked.length;
  };
  expect(await inTurn(3, [measure('a'), measure('b')])).toEqual([
    [1, 4, 5],
    [2, 3, 6],
  ]);
  expect(asked.join('')).toBe('abbaab');
});
