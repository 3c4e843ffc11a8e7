import type { BrokenVariant } from '../broken-variants.ts';

const EXPORT_ORDERS = 'bridge/export-orders/export-orders.js';

/** Bridges that lose orders, repeat them for ever, or show them late: the test has to tell each of them from a healthy one. */
export const POLL_VARIANTS: readonly BrokenVariant[] = [
  {
    name: 'no kept list',
    caughtBy: 'poll',
    changes: [
      {
        file: EXPORT_ORDERS,
        find: 'request.page > 1 ? await readKeptExport(',
        replace: 'request.page > 1 && false ? await readKeptExport(',
      },
    ],
  },
  {
    name: 'kept list in another order',
    caughtBy: 'poll',
    changes: [
      {
        file: 'ledger/exports.js',
        find: "kept.orderIds.join(',')",
        replace: "kept.orderIds.toReversed().join(',')",
      },
    ],
  },
  {
    name: 'last page not counted',
    caughtBy: 'poll',
    changes: [
      {
        file: EXPORT_ORDERS,
        find: 'Math.ceil(orderIds.length / pageSize)',
        replace: 'Math.floor(orderIds.length / pageSize)',
      },
    ],
  },
  { name: 'no overlap', caughtBy: 'poll', environment: { EXPORT_OVERLAP_SECONDS: '0' } },
  {
    name: 'stale end',
    caughtBy: 'poll',
    changes: [
      { file: EXPORT_ORDERS, find: 'const REST_OF_END_MINUTE = 59', replace: 'const REST_OF_END_MINUTE = 0' },
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
        file: 'cscart/shipments/write-shipment.js',
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
        find: 'where o.timestamp >= ?`',
        replace: "where o.status <> 'N' and o.timestamp >= ?`",
      },
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
        file: 'bridge/export-orders/fingerprint-changes.js',
        find: "comparison === 'different' ? now",
        replace: "comparison !== 'incomparable' ? now",
      },
    ],
  },
];
