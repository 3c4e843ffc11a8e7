import type { BrokenVariant } from '../../torture/broken-variants.ts';

/** Bridges that keep what they should forget. */
export const LEAKS: readonly Pick<BrokenVariant, 'name' | 'changes'>[] = [
  {
    name: 'every request is remembered',
    changes: [
      {
        file: 'server/answer-log.js',
        find: 'const isStranger = isTurnedAway(request, reply);',
        replace:
          '(globalThis.kept ??= []).push(request);\n        const isStranger = isTurnedAway(request, reply);',
      },
    ],
  },
  {
    name: 'every order that is sent is remembered',
    changes: [
      {
        file: 'bridge/export-orders/map-orders.js',
        find: 'written: write(document)',
        replace: 'written: ((globalThis.kept ??= []).push(document), write(document))',
      },
    ],
  },
  {
    name: 'ten kilobytes of every notice is remembered, outside of the heap',
    changes: [
      {
        file: 'bridge/apply-notice/identify-notice.js',
        find: 'const notice = readOrProblem(arrived);',
        replace:
          '(globalThis.kept ??= []).push(Buffer.alloc(10_240));\n    const notice = readOrProblem(arrived);',
      },
    ],
  },
];
