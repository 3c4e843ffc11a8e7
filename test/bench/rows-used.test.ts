import { describe, expect, it, test } from 'vitest';
import { rowsThatPass, sumsUp } from '../../bench/rows-used.ts';

describe('the rows that a statement sums up', () => {
  it('are those that its conditions let through, in all loops', () => {
    const plan = {
      query_block: {
        r_loops: 1,
        nested_loop: [
          { table: { table_name: 'o', r_loops: 1, r_rows: 100, r_filtered: 20 } },
          { table: { table_name: 'd', r_loops: 20, r_rows: 2.5, r_filtered: 100 } },
        ],
      },
    };
    expect(rowsThatPass(plan)).toBe(70);
  });

  it('are not counted again where they are kept on the way', () => {
    const derived = {
      table: {
        table_name: '<derived2>',
        r_loops: 10,
        r_rows: 1,
        r_filtered: 100,
        materialized: {
          query_block: { filesort: { table: { table_name: 'd', r_loops: 1, r_rows: 25, r_filtered: 100 } } },
        },
      },
    };
    expect(rowsThatPass({ query_block: { nested_loop: [derived] } })).toBe(25);
  });

  test.each([
    [{}],
    [{ query_block: { table: { message: 'Select tables optimized away' } } }],
    [{ table: { table_name: 'o', r_loops: 0, r_rows: null, r_filtered: null } }],
  ])('are none in %j', (plan) => {
    expect(rowsThatPass(plan)).toBe(0);
  });
});

test.each([
  ['select min(order_id) from t', true],
  ['select a, count(*) from t group by a', true],
  ['select a from t', false],
  ['select a_sum, minimum from t', false],
  ["update t set a = 'sum(1)'", false],
])('sums up: %s (%s)', (sql, isSum) => {
  expect(sumsUp(sql)).toBe(isSum);
});
