import type { Box } from '../../cscart/shipments/boxes.ts';
import type { NewLabel, NewShipment, ShippedItem } from '../../cscart/shipments/write-shipment.ts';
import type { StatusMove } from '../../cscart/shipments/write-status.ts';
import type { OrderId } from '../../values/order-id.ts';
import type { OpenShop, Shop } from '../apply-notice/shop.ts';

/** What would be written into the shop, in the order in which it would be. */
export type WouldBeWritten =
  | { readonly kind: 'shipment'; readonly orderId: OrderId; readonly shipment: NewShipment }
  | {
      readonly kind: 'items';
      readonly orderId: OrderId;
      /** Absent: of the shipment that would be made. */
      readonly shipmentId?: number | undefined;
      readonly items: readonly ShippedItem[];
    }
  | {
      readonly kind: 'label';
      /** Below zero: that which would be made. */
      readonly shipmentId: number;
      /** The tracking number that is there now. */
      readonly before: string;
      readonly label: NewLabel;
    }
  | ({ readonly kind: 'status' | 'store-log'; readonly orderId: OrderId } & StatusMove);

/** A shop that would be: all that is written stays in this process, and is read as if it were there. */
export interface RehearsalShop {
  readonly open: OpenShop;
  /** What would have been written since the last call. */
  takeWritten(): readonly WouldBeWritten[];
}

interface NewBox {
  readonly orderId: OrderId;
  trackingNumber: string;
  readonly units: Map<number, number>;
}

/** @param real gives the shop as it is, of which nothing but the reading is used */
export function createRehearsalShop(real: OpenShop): RehearsalShop {
  let written: WouldBeWritten[] = [];
  // A shipment that would be made has a number below zero, which no real one has.
  const made = new Map<number, NewBox>();
  const added = new Map<number, NewBox>();
  const labels = new Map<number, string>();
  const statuses = new Map<OrderId, string>();
  const boxOf = (shipmentId: number, orderId: OrderId): NewBox => {
    const box = made.get(shipmentId) ??
      added.get(shipmentId) ?? { orderId, trackingNumber: '', units: new Map<number, number>() };
    if (shipmentId > 0) added.set(shipmentId, box);
    return box;
  };
  const addedTo = (orderId: OrderId, itemId: number): number =>
    [...made.values(), ...added.values()]
      .filter((box) => box.orderId === orderId)
      .reduce((sum, { units }) => sum + (units.get(itemId) ?? 0), 0);

  function rehearse(shop: Shop, storable: (trackingNumber: string) => string): Shop {
    return {
      async readOrder(orderId) {
        const order = await shop.readOrder(orderId);
        return (
          order && {
            ...order,
            status: statuses.get(orderId) ?? order.status,
            lines: order.lines.map((line) => ({
              ...line,
              shipped: line.shipped + addedTo(orderId, line.itemId),
            })),
          }
        );
      },
      async readBoxes(orderId, itemIds) {
        const boxes = await shop.readBoxes(orderId, itemIds);
        const known = boxes.map((box): Box => {
          const trackingNumber = labels.get(box.shipmentId) ?? box.trackingNumber;
          return {
            ...box,
            trackingNumber,
            units: new Map([...box.units, ...(added.get(box.shipmentId)?.units ?? [])]),
          };
        });
        const fresh = [...made].filter(([, box]) => box.orderId === orderId);
        return [...known, ...fresh.map(([shipmentId, box]) => ({ shipmentId, ...box }))];
      },
      hasShipment: async (shipmentId) => made.has(shipmentId) || shop.hasShipment(shipmentId),
      async insertShipment(orderId, shipment) {
        written.push({ kind: 'shipment', orderId, shipment });
        const shipmentId = -1 - made.size;
        made.set(shipmentId, {
          orderId,
          trackingNumber: storable(shipment.trackingNumber),
          units: new Map(),
        });
        return shipmentId;
      },
      async insertItems(orderId, shipmentId, items) {
        const existing = await shop.readBoxes(
          orderId,
          items.map(({ itemId }) => itemId),
        );
        const there = existing.find((box) => box.shipmentId === shipmentId)?.units;
        const fresh = items.filter(({ itemId }) => !there?.has(itemId));
        const { units } = boxOf(shipmentId, orderId);
        for (const { itemId, amount } of fresh) units.set(itemId, amount);
        if (fresh.length > 0)
          written.push({
            kind: 'items',
            orderId,
            shipmentId: shipmentId > 0 ? shipmentId : undefined,
            items: fresh,
          });
      },
      async replaceLabel(shipmentId, before, label) {
        const box = made.get(shipmentId);
        if (box) box.trackingNumber = storable(label.trackingNumber);
        else labels.set(shipmentId, storable(label.trackingNumber));
        written.push({ kind: 'label', shipmentId, before, label });
        return true;
      },
      async moveStatus(orderId, move) {
        const status = statuses.get(orderId) ?? (await shop.readOrder(orderId))?.status;
        if (status !== move.from) return { isMoved: false, status };
        statuses.set(orderId, move.to);
        written.push({ kind: 'status', orderId, ...move });
        return { isMoved: true, status: move.to };
      },
      async writeStatusLog(orderId, move) {
        written.push({ kind: 'store-log', orderId, ...move });
      },
    };
  }

  return {
    open: (session, store) =>
      rehearse(real(session, store), (text) => store.shape.storable('shipments', 'tracking_number', text)),
    takeWritten() {
      const taken = written;
      written = [];
      return taken;
    },
  };
}
