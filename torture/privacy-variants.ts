import type { BrokenVariant } from './broken-variants.ts';
import { KEPT_SECRET } from './planted.ts';

const MAP_ORDERS = 'bridge/export-orders/map-orders.js';
const APPLY_NOTICE = 'bridge/apply-notice/apply-notice.js';
const ANSWER_LOG = 'server/answer-log.js';
const ANSWERED = 'status: reply.statusCode,';
const RECEIVED = 'noticeId: row.noticeId, orderId, state: row.state }';

const VARIANTS: readonly BrokenVariant[] = [
  {
    name: 'an order is logged as it was read',
    caughtBy: 'poll',
    changes: [
      {
        file: MAP_ORDERS,
        find: "const parts = 'lines' in order",
        replace:
          "log.info({ event: 'order.read', order }, 'order read');\n        const parts = 'lines' in order",
      },
    ],
  },
  {
    name: 'the note of a customer is logged',
    caughtBy: 'faults',
    changes: [
      {
        file: MAP_ORDERS,
        find: 'const document = toOrderDocument(order, rules);',
        replace:
          "const document = toOrderDocument(order, rules);\n            log.info({ event: 'order.sent', note: document.customerNotes }, 'order sent');",
      },
    ],
  },
  {
    name: 'a notice is logged as it arrived, its body as bytes',
    caughtBy: 'kill',
    changes: [{ file: APPLY_NOTICE, find: RECEIVED, replace: `arrived, ${RECEIVED}` }],
  },
  {
    name: 'the comment of a shipment is logged',
    caughtBy: 'faults',
    changes: [
      {
        file: 'bridge/apply-notice/carry-out.js',
        find: 'shipmentId = await shop.insertShipment(',
        replace:
          "log.info({ event: 'shipment.written', text: plan.shipment.comments }, 'shipment written');\n        shipmentId = await shop.insertShipment(",
      },
    ],
  },
  {
    name: 'the Authorization header is logged',
    caughtBy: 'faults',
    changes: [
      { file: ANSWER_LOG, find: ANSWERED, replace: `given: request.headers.authorization, ${ANSWERED}` },
    ],
  },
  {
    name: 'the address that was asked for is logged, password and all',
    caughtBy: 'faults',
    changes: [{ file: ANSWER_LOG, find: ANSWERED, replace: `url: request.url, ${ANSWERED}` }],
  },
];

/** Bridges that log what is nobody's business, each in a way in which it happens. */
export const PRIVACY_VARIANTS: readonly BrokenVariant[] = VARIANTS.map((variant) => ({
  ...variant,
  breaks: KEPT_SECRET,
}));
