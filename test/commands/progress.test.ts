import { expect, it } from 'vitest';
import { createProgress, progressLine } from '../../src/commands/progress.ts';

/** A terminal that remembers, and a clock that is moved by hand. */
function watched(terminal: { isTTY?: boolean; columns?: number }) {
  const drawn: string[] = [];
  let now = 0;
  const progress = createProgress('orders', { ...terminal, write: (text) => drawn.push(text) }, () => now);
  return {
    drawn,
    showAt: (milliseconds: number, done: number) => {
      now = milliseconds;
      progress.show(done, 1000);
    },
    clear: () => progress.clear(),
  };
}

it('draws nothing where nobody looks, nor for what is over in a second', () => {
  const [file, quick] = [watched({ isTTY: false }), watched({ isTTY: true })];
  file.showAt(5_000, 500);
  quick.showAt(900, 999);
  for (const { drawn, clear } of [file, quick]) {
    clear();
    expect(drawn).toEqual([]);
  }
});

it('draws one line again and again, ten times a second at most, and takes it away', () => {
  const { drawn, showAt, clear } = watched({ isTTY: true, columns: 200 });
  for (const [milliseconds, done] of [
    [1000, 100],
    [1050, 150],
    [1200, 600],
  ] as const)
    showAt(milliseconds, done);
  expect(drawn).toEqual([
    '\r\u001b[K[███░░░░░░░░░░░░░░░░░░░░░░░░░░░]  10 %  100 of 1,000 orders, 9 s left',
    '\r\u001b[K[██████████████████░░░░░░░░░░░░]  60 %  600 of 1,000 orders, 1 s left',
  ]);
  clear();
  clear();
  expect(drawn.slice(2)).toEqual(['\r\u001b[K']);
});

it('stays within a narrow terminal', () => {
  const { drawn, showAt } = watched({ isTTY: true, columns: 20 });
  showAt(2000, 500);
  expect(drawn[0]).toHaveLength('\r\u001b[K'.length + 19);
});

it.each([
  [0, 0, 0, '[██████████████████████████████] 100 %  0 of 0 orders'],
  [0, 100, 5000, '[░░░░░░░░░░░░░░░░░░░░░░░░░░░░░░]   0 %  0 of 100 orders'],
  [999, 1000, 1000, '[██████████████████████████████]  99 %  999 of 1,000 orders, 1 s left'],
  [1000, 100_000, 2000, '[░░░░░░░░░░░░░░░░░░░░░░░░░░░░░░]   1 %  1,000 of 100,000 orders, 3 min 18 s left'],
])('%i of %i says how far it is', (done, total, milliseconds, line) => {
  expect(progressLine('orders', done, total, milliseconds)).toBe(line);
});
