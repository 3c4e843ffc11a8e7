import type { Queryable } from '../../database/database.ts';
import type { OrderId } from '../../values/order-id.ts';
import type { Store } from '../store/store.ts';

/** A shipment of an order, with how much of which line lies in it. */
export interface Box {
  readonly shipmentId: number;
  readonly trackingNumber: string;
  /** Units by item id. */
  readonly units: ReadonlyMap<number, number>;
}

/** The shipments that hold any of these lines, oldest first (by primary key of `shipment_items`, which begins with the item). */
export async function readBoxes(
  session: Queryable,
  store: Store,
  orderId: OrderId,
  itemIds: readonly number[],
): Promise<Box[]> {
  if (itemIds.length === 0) return [];
  const rows = await session.query<{
    shipmentId: number;
    trackingNumber: string;
    itemId: number;
    amount: number;
  }>(
    `select s.shipment_id as shipmentId, s.tracking_number as trackingNumber, i.item_id as itemId, i.amount
       from ${store.tables('shipment_items')} i join ${store.tables('shipments')} s on s.shipment_id = i.shipment_id
      where i.item_id in (?) and i.order_id = ? order by s.shipment_id`,
    [itemIds, orderId],
  );
  const boxes = new Map<number, { readonly trackingNumber: string; readonly units: Map<number, number> }>();
  for (const { shipmentId, trackingNumber, itemId, amount } of rows) {
    const box = boxes.get(shipmentId) ?? { trackingNumber, units: new Map<number, number>() };
    box.units.set(itemId, amount);
    boxes.set(shipmentId, box);
  }
  return [...boxes].map(([shipmentId, box]) => ({ shipmentId, ...box }));
}
