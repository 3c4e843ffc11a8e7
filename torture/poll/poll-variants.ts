import type { BrokenVariant } from '../broken-variants.ts';

const EXPORT_ORDERS = 'bridge/export-orders/export-orders.js';
const PAGE_COUNT = 'bridge/export-orders/page-count.js';
const KEEP_LIST = 'bridge/export-orders/keep-list.js';
const JOINED = 'isInUse ? joinLists(other, list) : list';
const WINDOW_LIST = 'bridge/export-orders/window-list.js';
const FINGERPRINT_CHANGES = 'bridge/export-orders/fingerprint-changes.js';
const FIRST_LOOK = 'isFirstLook = known.size === 0';

/** Bridges that lose orders, repeat them for ever, or show them late: the test has to tell each of them from a healthy one. */
export const POLL_VARIANTS: readonly BrokenVariant[] = [
  {
    name: 'no kept list',
    caughtBy: 'poll',
    changes: [
      {
        file: WINDOW_LIST,
        find: 'request.page > 1 ? await memory.keptList(',
        replace: 'request.page > 1 && false ? await memory.keptList(',
      },
      { file: KEEP_LIST, find: JOINED, replace: 'list' },
    ],
  },
  {
    name: 'kept list in another order',
    caughtBy: 'poll',
    changes: [
      {
        file: 'ledger/exports.js',
        find: "orderIds.map((orderId) => orderId ?? FREE_PLACE).join(',')",
        replace: "orderIds.map((orderId) => orderId ?? FREE_PLACE).toReversed().join(',')",
      },
    ],
  },
  {
    name: 'last page not counted',
    caughtBy: 'poll',
    changes: [
      {
        file: PAGE_COUNT,
        find: 'Math.ceil(orders / pageSize)',
        replace: 'Math.floor(orders / pageSize)',
      },
    ],
  },
  { name: 'no overlap', caughtBy: 'poll', environment: { EXPORT_OVERLAP_SECONDS: '0' } },
  {
    name: 'stale end',
    caughtBy: 'poll',
    changes: [
      { file: WINDOW_LIST, find: 'const REST_OF_END_MINUTE = 59', replace: 'const REST_OF_END_MINUTE = 0' },
    ],
  },
  {
    name: 'instants of change not looked at',
    caughtBy: 'poll',
    changes: [
      {
        file: 'cscart/orders/changed-orders.js',
        find: "['timestamp', ...modifiedStamps(store.shape)]",
        replace: "['timestamp']",
      },
    ],
  },
  {
    name: 'own change of status not stamped',
    caughtBy: 'poll',
    changes: [
      {
        file: 'cscart/shipments/write-status.js',
        find: '[move.to, ...stamps.map(() => move.at),',
        replace: '[move.to, ...stamps.map(() => 0),',
      },
    ],
  },
  { name: 'no fingerprints', caughtBy: 'poll', environment: { CHANGE_DETECTION: 'columns' } },
  {
    name: 'incomplete orders not compared',
    caughtBy: 'poll',
    changes: [
      {
        file: 'cscart/orders/order-fingerprints.js',
        find: 'o.timestamp between ? and ? order by',
        replace: "o.status <> \\'N\\' and o.timestamp between ? and ? order by",
      },
      { file: FINGERPRINT_CHANGES, find: FIRST_LOOK, replace: 'isFirstLook = true' },
    ],
  },
  {
    name: 'lines not compared',
    caughtBy: 'poll',
    changes: [
      {
        file: 'cscart/orders/order-fingerprints.js',
        find: "'d.item_id, d.product_id, d.product_code, d.price, d.amount'",
        replace: "'d.product_id'",
      },
    ],
  },
  {
    name: 'every look is a change',
    caughtBy: 'poll',
    changes: [
      {
        file: FINGERPRINT_CHANGES,
        find: "comparison !== 'different'",
        replace: "comparison === 'incomparable'",
      },
    ],
  },
  {
    name: 'late orders as old as they say',
    caughtBy: 'poll',
    changes: [{ file: FINGERPRINT_CHANGES, find: FIRST_LOOK, replace: 'isFirstLook = true' }],
  },
  {
    name: 'clock of the bridge taken for right',
    caughtBy: 'poll',
    changes: [{ file: WINDOW_LIST, find: 'Math.max(end - now, 0)', replace: '0' }],
  },
  {
    name: 'list replaced by that of another connection',
    caughtBy: 'poll',
    changes: [{ file: KEEP_LIST, find: JOINED, replace: 'list' }],
  },
  {
    name: 'orders that were being saved not looked at again',
    caughtBy: 'poll',
    changes: [
      {
        file: EXPORT_ORDERS,
        find: 'await lookAgain(memory, leftOut)',
        replace: 'await undefined',
      },
    ],
  },
  {
    name: 'orders that changed before their page was read not looked at again',
    caughtBy: 'poll',
    changes: [
      {
        file: WINDOW_LIST,
        find: 'await forgetChanged(database, memory, store, fields.wanted, known);',
        replace: '',
      },
    ],
  },
  {
    name: 'lines of an order that was being saved',
    caughtBy: 'poll',
    changes: [
      {
        file: 'cscart/orders/to-order.js',
        find: 'status: statusOf(row.status, lines)',
        replace: 'status: row.status',
      },
    ],
  },
];
