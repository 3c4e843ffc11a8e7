import { LEFT_OUT_REASONS } from '../bridge/export-orders/left-out.ts';
import { LEFT_OUT_ADVICE } from '../bridge/export-orders/left-out-advice.ts';
import type { OrderPreview } from '../bridge/export-orders/preview-order.ts';
import type { WrittenElement } from '../shipstation/written-order.ts';
import type { EpochSeconds } from '../values/epoch-seconds.ts';

/**
 * A preview for machines: instants as ISO 8601 in UTC, absent things as `null`, the order by the names of ShipStation's
 * elements and with their texts.
 *
 * @param written the order as it is on the wire
 */
export function previewForMachines(
  { orderId, status, outcome, damagedParts, instants, exports, notices }: OrderPreview,
  written: WrittenElement | undefined,
  remarks: readonly string[],
): object {
  return {
    order: orderId,
    sent: outcome.kind === 'sent',
    status,
    leftOut:
      outcome.kind === 'sent'
        ? null
        : {
            reason: outcome.reason,
            explanation: LEFT_OUT_REASONS[outcome.reason],
            detail: outcome.detail ?? null,
            advice: LEFT_OUT_ADVICE[outcome.reason],
            vendorOrders: outcome.children,
          },
    document: written ?? null,
    cut: outcome.kind === 'sent' ? outcome.cut : [],
    damaged: damagedParts,
    changes: instants.map(({ at, source, startUpTo, endFrom }) => ({
      at: iso(at),
      source,
      startUpTo: iso(startUpTo),
      endFrom: iso(endFrom),
    })),
    exports:
      exports?.map(({ start, end, createdAt, page, reason }) => ({
        start: iso(start),
        end: iso(end),
        answeredAt: iso(createdAt),
        page: page ?? null,
        leftOut: reason ?? null,
      })) ?? null,
    notices:
      notices?.map(({ noticeId, state, decision, shipmentId, receivedAt, attempts }) => ({
        notice: noticeId,
        state,
        decision,
        shipment: shipmentId,
        receivedAt: iso(receivedAt),
        attempts,
      })) ?? null,
    remarks,
  };
}

function iso(instant: EpochSeconds): string {
  return new Date(instant * 1000).toISOString();
}
