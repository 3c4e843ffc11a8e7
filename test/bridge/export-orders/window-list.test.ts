import { describe, expect, it } from 'vitest';
import { joinLists } from '../../../src/bridge/export-orders/keep-list.ts';
import { changeRange } from '../../../src/bridge/export-orders/window-list.ts';
import { createEpochSeconds } from '../../../src/values/epoch-seconds.ts';
import { createOrderId } from '../../../src/values/order-id.ts';

describe('the instants that a window means', () => {
  const END = 1_700_000_040;
  const at = createEpochSeconds;

  it.each([
    ['the overlap before its start, to the end of its last minute', 0, END - 3600 - 600],
    ["no more where ShipStation's clock is behind", 180, END - 3600 - 600],
    ["as much more as ShipStation's clock is ahead", -180, END - 3600 - 600 - 180],
    ['an hour more at most', -86_400, END - 3600 - 600 - 3600],
  ])('are %s', (_, later, from) => {
    expect(changeRange({ start: at(END - 3600), end: at(END) }, 600, at(END + later))).toEqual({
      from,
      to: END + 59,
    });
  });

  it('begin with the epoch at the earliest', () => {
    expect(changeRange({ start: at(0), end: at(60) }, 600, at(60)).from).toBe(0);
  });
});

describe('two lists of one window', () => {
  const list = (...ids: number[]) => ({
    pageSize: 2,
    orderIds: ids.map((id) => (id === 0 ? undefined : createOrderId(id))),
  });

  it.each([
    ['the same', list(3, 1, 2), list(1, 2, 3), list(3, 1, 2)],
    ['one with new orders', list(3, 1), list(1, 4, 3, 5), list(3, 1, 4, 5)],
    ['one that lacks some', list(3, 1, 2), list(2, 3), list(3, 0, 2)],
    ['one that brings back what was missing', list(3, 0, 2), list(1, 2, 3), list(3, 0, 2, 1)],
    ['an empty one', list(3, 1), list(), list(0, 0)],
  ])('keep the places of the first and the orders of the second: %s', (_, first, second, joined) => {
    expect(joinLists(first, { ...second, pageSize: 9 })).toEqual(joined);
  });
});
