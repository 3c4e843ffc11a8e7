import type { Queryable } from '../../database/database.ts';
import type { EpochSeconds } from '../../values/epoch-seconds.ts';
import type { OrderId } from '../../values/order-id.ts';
import type { Store } from '../store/store.ts';
import { storedText } from '../stored-text.ts';

/** A shipment as it is in the store now, whoever wrote or changed it. */
export interface StoredShipment {
  readonly shipmentId: number;
  readonly trackingNumber: string;
  readonly carrier: string;
  readonly shippedAt: EpochSeconds;
  readonly comments: string;
  readonly items: readonly StoredShipmentItem[];
}

interface StoredShipmentItem {
  readonly itemId: number;
  readonly amount: number;
  /** Empty where the line is gone, or has none. */
  readonly sku: string;
  /** What was ordered of the line; 0 where it is gone. */
  readonly ordered: number;
}

/** Reads a shipment with its items (by primary key and index shipment_id); `undefined` where it was deleted. */
export async function readShipment(
  database: Queryable,
  store: Store,
  shipmentId: number,
): Promise<StoredShipment | undefined> {
  const [shipment] = await database.query<{
    trackingNumber: string;
    carrier: string;
    shippedAt: EpochSeconds;
    comments: string | null;
  }>(
    `select tracking_number as trackingNumber, carrier, timestamp as shippedAt, comments
       from ${store.tables('shipments')} where shipment_id = ?`,
    [shipmentId],
  );
  if (!shipment) return undefined;
  const items = await database.query<{
    itemId: number;
    amount: number;
    sku: string | null;
    ordered: number | null;
  }>(
    `select i.item_id as itemId, i.amount, d.product_code as sku, d.amount as ordered
       from ${store.tables('shipment_items')} i
       left join ${store.tables('order_details')} d on d.item_id = i.item_id and d.order_id = i.order_id
      where i.shipment_id = ? order by i.item_id`,
    [shipmentId],
  );
  return {
    shipmentId,
    ...shipment,
    comments: shipment.comments ?? '',
    items: items.map(({ sku, ordered, ...item }) => ({
      ...item,
      sku: storedText(sku),
      ordered: ordered ?? 0,
    })),
  };
}

/** The letter of an order's status as it is now; `undefined` where the store has no such order. */
export async function readOrderStatus(
  database: Queryable,
  store: Store,
  orderId: OrderId,
): Promise<string | undefined> {
  const [order] = await database.query<{ status: string }>(
    `select status from ${store.tables('orders')} where order_id = ?`,
    [orderId],
  );
  return order?.status;
}
