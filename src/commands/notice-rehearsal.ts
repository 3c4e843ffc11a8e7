import type { WouldBeWritten } from '../bridge/kept-notices/rehearsal-shop.ts';
import { onOneLine, shownInstant } from './shown-text.ts';

/** What would be written into the shop, a line for each piece. `timeZone` is an IANA name. */
export function wouldBeWrittenText(written: readonly WouldBeWritten[], timeZone: string): string {
  return written.map((piece) => `   ${lineOf(piece, timeZone)}`).join('\n');
}

function lineOf(piece: WouldBeWritten, timeZone: string): string {
  switch (piece.kind) {
    case 'shipment': {
      const { trackingNumber, carrier, shippedAt, comments } = piece.shipment;
      const parts = [
        `tracking number ${onOneLine(trackingNumber) || 'none'}`,
        `carrier ${onOneLine(carrier) || 'none that the store knows'}`,
        `shipped at ${shownInstant(shippedAt, timeZone)}`,
        ...(comments === '' ? [] : [`comment "${onOneLine(comments)}"`]),
      ];
      return `a new shipment of order ${piece.orderId}: ${parts.join(', ')}`;
    }
    case 'items': {
      const items = piece.items.map(({ itemId, amount }) => `${amount} of line ${itemId}`).join(', ');
      return `in ${piece.shipmentId === undefined ? 'the new shipment' : `shipment ${piece.shipmentId}`}: ${items}`;
    }
    case 'label': {
      const { trackingNumber, carrier } = piece.label;
      return `${shipmentName(piece.shipmentId)}: tracking number ${onOneLine(trackingNumber)} in place of ${onOneLine(piece.before) || 'none'}, carrier ${onOneLine(carrier) || 'none that the store knows'}`;
    }
    case 'status':
      return `order ${piece.orderId}: status ${piece.from} → ${piece.to}`;
    case 'store-log':
      return `the shop's log: the change of order ${piece.orderId}`;
  }
}

function shipmentName(shipmentId: number): string {
  return shipmentId < 0 ? 'the new shipment' : `shipment ${shipmentId}`;
}

/** The same for a program: instants in ISO 8601, UTC; a shipment that would be made has no number. */
export function wouldBeWrittenJson(written: readonly WouldBeWritten[]): readonly object[] {
  return written.map(pieceJson);
}

function pieceJson(piece: WouldBeWritten): object {
  switch (piece.kind) {
    case 'shipment': {
      const { shippedAt, ...shipment } = piece.shipment;
      return { ...piece, shipment: { ...shipment, shippedAt: isoOf(shippedAt) } };
    }
    case 'items':
      return { ...piece, shipmentId: piece.shipmentId ?? null };
    case 'label': {
      const { trackingNumber, carrier, comments } = piece.label;
      const label = { trackingNumber, carrier, comments: comments.now };
      return { ...piece, shipmentId: piece.shipmentId < 0 ? null : piece.shipmentId, label };
    }
    case 'status':
    case 'store-log':
      return { ...piece, at: isoOf(piece.at) };
  }
}

function isoOf(seconds: number): string {
  return new Date(seconds * 1000).toISOString();
}
