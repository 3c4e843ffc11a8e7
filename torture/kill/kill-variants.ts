import type { BrokenVariant } from '../broken-variants.ts';

/** Bridges that break one promise about notices each; the kill test must notice every one of them. */
export const KILL_VARIANTS: readonly BrokenVariant[] = [
  {
    name: 'every notice is a new one',
    caughtBy: 'kill',
    changes: [
      {
        file: 'bridge/apply-notice/identify-notice.js',
        find: 'noticeFingerprint(orderKey, notice)',
        replace: 'noticeFingerprint(`$' + '{orderKey}/$' + '{process.hrtime.bigint()}`, notice)',
      },
    ],
  },
  {
    name: 'a shipment that a crash left behind is not found',
    caughtBy: 'kill',
    changes: [
      {
        file: 'bridge/apply-notice/remains.js',
        find: 'candidates.find((shipmentId) => !taken.has(shipmentId)) ?? null',
        replace: 'null',
      },
    ],
  },
  {
    name: 'the lock of an order is not taken',
    caughtBy: 'kill',
    changes: [
      {
        file: 'database/database.js',
        find: 'select get_lock($' + '{fullName}, ?) as taken',
        replace: 'select 1 as taken, $' + '{fullName} as name, ? as seconds',
      },
    ],
  },
  {
    name: 'a start carries nothing on',
    caughtBy: 'kill',
    changes: [
      {
        file: 'bridge/bridge.js',
        find: "await resumeNotices(noticeDependencies, 'all', stopping);",
        replace: '',
      },
    ],
  },
  {
    name: 'a status is written whatever the shop has made of it',
    caughtBy: 'kill',
    changes: [
      {
        file: 'cscart/shipments/write-status.js',
        find: 'and status = ?`, [move.to',
        replace: 'and (status = ? or true)`, [move.to',
      },
    ],
  },
  {
    name: 'the next notice does not carry on what is half applied',
    caughtBy: 'kill',
    changes: [
      {
        file: 'bridge/apply-notice/apply-notice.js',
        find: 'await finishHalfApplied(order);',
        replace: '',
      },
    ],
  },
  {
    name: 'no plan is kept before the shipment is written',
    caughtBy: 'kill',
    changes: [
      {
        file: 'bridge/apply-notice/work-on-notice.js',
        find: 'await book.plan(row, JSON.stringify(plan), shipmentId)',
        replace: 'true',
      },
    ],
  },
  {
    name: 'a notice is done before its items are written',
    caughtBy: 'kill',
    changes: [
      {
        file: 'bridge/apply-notice/carry-out.js',
        find: 'await shop.insertItems(orderId, shipmentId, plan.items);',
        replace:
          "await book.close(notice, { state: 'applied', decision: '', needsAttention: false });\n" +
          '    await shop.insertItems(orderId, shipmentId, plan.items);',
      },
    ],
  },
];
