import { expect, test } from 'vitest';
import { figureOf } from '../../bench/figure.ts';
import { shown, tableOf } from '../../bench/report.ts';

test('a table has the figures by section and store, with what became of their goals', () => {
  const table = tableOf(
    [
      { section: 'page', store: '4.20.1 U', ...figureOf('page of 100', 'ms', [21.26, 20, 23]) },
      {
        section: 'page',
        store: '4.20.1 U',
        ...figureOf('page ÷ rows', '×', [1.4, 1.6, 1.5], { goal: { atMost: 1.5, of: 'median' } }),
      },
      {
        section: 'locks',
        store: '4.6.1 M',
        ...figureOf('lock', 'ms', [10, 51], { goal: { atMost: 50, of: 'most' }, note: 'select 1' }),
      },
    ],
    [{ section: 'notice', store: '4.6.1 M', reason: 'it went away' }],
  );
  expect(table).toBe(`               median  least  most  runs  unit          goal

page (4.20.1 U)
  page of 100    21.3     20    23     3    ms
  page ÷ rows    1.50   1.40  1.60     3     ×        ≤ 1.50      ok

locks (4.6.1 M)
  lock           30.5     10    51     2    ms  ≤ 50 at most  MISSED

Where the most came from
  locks (4.6.1 M), lock:
    select 1

NOT MEASURED: notice (4.6.1 M): it went away
`);
});

test.each([
  [0, '0'],
  [3, '3'],
  [1.204, '1.20'],
  [-1.5, '-1.50'],
  [21.26, '21.3'],
  [1234.56, '1235'],
])('%d is shown as %s', (figure, text) => {
  expect(shown(figure)).toBe(text);
});
