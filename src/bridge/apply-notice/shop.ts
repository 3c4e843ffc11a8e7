import { type Box, readBoxes } from '../../cscart/shipments/boxes.ts';
import { type OrderToShip, readOrderToShip } from '../../cscart/shipments/order-to-ship.ts';
import {
  hasShipment,
  insertShipment,
  insertShipmentItems,
  type NewLabel,
  type NewShipment,
  replaceLabel,
  type ShippedItem,
} from '../../cscart/shipments/write-shipment.ts';
import { moveOrderStatus, type StatusMove, writeStatusLog } from '../../cscart/shipments/write-status.ts';
import type { Store } from '../../cscart/store/store.ts';
import type { Queryable } from '../../database/database.ts';
import type { OrderId } from '../../values/order-id.ts';

/** All that a notice changes in the shop, and what it looks at that such a change changes; see `cscart/shipments` for each. */
export interface Shop {
  readOrder(orderId: OrderId): Promise<OrderToShip | undefined>;
  readBoxes(orderId: OrderId, itemIds: readonly number[]): Promise<readonly Box[]>;
  hasShipment(shipmentId: number): Promise<boolean>;
  insertShipment(orderId: OrderId, shipment: NewShipment): Promise<number>;
  insertItems(orderId: OrderId, shipmentId: number, items: readonly ShippedItem[]): Promise<void>;
  replaceLabel(shipmentId: number, trackingNumber: string, label: NewLabel): Promise<boolean>;
  moveStatus(
    orderId: OrderId,
    move: StatusMove,
  ): Promise<{ readonly isMoved: boolean; readonly status: string | undefined }>;
  writeStatusLog(orderId: OrderId, move: StatusMove): Promise<void>;
}

/** Gives the shop through one connection, as what the store is at this moment. */
export type OpenShop = (session: Queryable, store: Store) => Shop;

/** The shop itself: the store's tables. */
export const openStoreTables: OpenShop = (session, store) => ({
  readOrder: (orderId) => readOrderToShip(session, store, orderId),
  readBoxes: (orderId, itemIds) => readBoxes(session, store, orderId, itemIds),
  hasShipment: (shipmentId) => hasShipment(session, store, shipmentId),
  insertShipment: (_orderId, shipment) => insertShipment(session, store, shipment),
  insertItems: (orderId, shipmentId, items) =>
    insertShipmentItems(session, store, orderId, shipmentId, items),
  replaceLabel: (shipmentId, trackingNumber, label) =>
    replaceLabel(session, store, shipmentId, trackingNumber, label),
  moveStatus: (orderId, move) => moveOrderStatus(session, store, orderId, move),
  writeStatusLog: (orderId, move) => writeStatusLog(session, store, orderId, move),
});
