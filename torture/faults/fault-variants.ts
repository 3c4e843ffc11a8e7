import type { BrokenVariant } from '../broken-variants.ts';

const CAUGHT = { caughtBy: 'faults' } as const;

/** What has to be noticed by the short form of the test already. */
export const FAULT_VARIANTS: readonly BrokenVariant[] = [
  {
    ...CAUGHT,
    name: 'a write is repeated by itself when its connection is lost',
    changes: [
      {
        file: 'database/database.js',
        find: 'return holdLock(connection, name, work, onStatement);',
        replace:
          'return holdLock(connection, name, () => work(createQueryable(runOnAny, onStatement, { repeatLostReads: true })), onStatement);',
      },
      {
        file: 'database/database.js',
        find: '(await send(sql, values, {\n                    prefix: WITHOUT_LIMIT,\n                }));\n                return { affectedRows, insertId };',
        replace:
          '(await send(sql, values, {}).catch(() => send(sql, values, {})));\n                return { affectedRows, insertId };',
      },
    ],
  },
  {
    ...CAUGHT,
    name: 'the shipment that was left behind is not looked for',
    changes: [
      {
        file: 'bridge/apply-notice/remains.js',
        find: 'candidates.find((shipmentId) => !taken.has(shipmentId)) ?? null',
        replace: 'null',
      },
    ],
  },
  {
    ...CAUGHT,
    name: 'a notice that was half applied is begun anew',
    changes: [
      {
        file: 'bridge/apply-notice/work-on-notice.js',
        find: 'await findRemains(order, row)',
        replace: '{ shipmentId: null }',
      },
    ],
  },
  {
    ...CAUGHT,
    name: 'a lost connection is answered with 200',
    changes: [
      {
        file: 'server/http-problem.js',
        find: 'databaseAway: () => new HttpProblem(503',
        replace: 'databaseAway: () => new HttpProblem(200',
      },
    ],
  },
  {
    ...CAUGHT,
    name: 'a lost connection is answered with 500',
    changes: [
      {
        file: 'server/http-problem.js',
        find: 'databaseAway: () => new HttpProblem(503',
        replace: 'databaseAway: () => new HttpProblem(500',
      },
    ],
  },
  {
    ...CAUGHT,
    name: 'the server errors that pass are not told apart',
    changes: [
      { file: 'database/database-errors.js', find: 'PASSING_ERRORS.has(errnoOf(error)) ||', replace: '' },
    ],
  },
  {
    ...CAUGHT,
    name: 'orders that cannot be read are left out without a word',
    changes: [
      {
        file: 'bridge/export-orders/window-list.js',
        find: 'await readOrders(database, store, ids, fields.wanted), seenChanges',
        replace: 'await readOrders(database, store, ids, fields.wanted).catch(() => []), seenChanges',
      },
    ],
  },
  {
    ...CAUGHT,
    name: 'a notice is done before its status is written',
    changes: [
      {
        file: 'bridge/apply-notice/carry-out.js',
        find: 'let { decision, needsAttention } = plan;',
        replace:
          "let { decision, needsAttention } = plan; await book.close({ noticeId: notice.noticeId, state: notice.state }, { state: 'applied', decision, needsAttention });",
      },
    ],
  },
  {
    ...CAUGHT,
    name: 'an order stays locked when its notice has failed',
    changes: [{ file: 'database/turns.js', find: 'finally {', replace: 'catch (error) {\nthrow error;' }],
  },
  {
    ...CAUGHT,
    name: 'whoever shall come again is not told when',
    changes: [
      {
        file: 'server/http-problem.js',
        find: "const RETRY_AFTER_SECONDS = '60'",
        replace: "const RETRY_AFTER_SECONDS = 'soon'",
      },
    ],
  },
];
