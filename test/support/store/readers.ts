import type { Database } from '../database.ts';
import type { StoreTables } from './tables.ts';

/** What tests ask of an order after the bridge worked on it. Instants are Unix seconds. */
export interface StoredOrder {
  readonly orderId: number;
  readonly status: string;
  readonly timestamp: number;
  /** `undefined` where the version has no such column. */
  readonly updatedAt: number | undefined;
  readonly lastModify: number | undefined;
}

interface StoredShipmentItem {
  readonly itemId: number;
  readonly orderId: number;
  readonly productId: number;
  readonly amount: number;
}

export interface StoredShipment {
  readonly shipmentId: number;
  readonly shippingId: number;
  readonly trackingNumber: string;
  readonly carrier: string;
  /** Unix seconds. */
  readonly timestamp: number;
  readonly comments: string | null;
  /** `undefined` where the version has no such column. */
  readonly status: string | undefined;
  /** By item id; of every order that the shipment holds lines of. */
  readonly items: readonly StoredShipmentItem[];
}

/** The order, or `undefined` if it is not there. */
export async function readOrder(
  database: Pick<Database, 'query'>,
  tables: StoreTables,
  orderId: number,
): Promise<StoredOrder | undefined> {
  const rows = await database.query<{
    order_id: number;
    status: string;
    timestamp: number;
    updated_at?: number;
    last_modify?: number;
  }>(`select * from ${tables.quoted('orders')} where order_id = ?`, [orderId]);
  return rows.map((row) => ({
    orderId: row.order_id,
    status: row.status,
    timestamp: row.timestamp,
    updatedAt: row.updated_at,
    lastModify: row.last_modify,
  }))[0];
}

/** All shipments in the order of their ids, also those without items. */
export async function readShipments(
  database: Pick<Database, 'query'>,
  tables: StoreTables,
): Promise<readonly StoredShipment[]> {
  const rows = await database.query<{
    shipment_id: number;
    shipping_id: number;
    tracking_number: string;
    carrier: string;
    timestamp: number;
    comments: string | null;
    status?: string;
  }>(`select * from ${tables.quoted('shipments')} order by shipment_id`);
  const items = await database.query<{
    shipment_id: number;
    item_id: number;
    order_id: number;
    product_id: number;
    amount: number;
  }>(`select * from ${tables.quoted('shipment_items')} order by shipment_id, item_id`);
  return rows.map((row) => ({
    shipmentId: row.shipment_id,
    shippingId: row.shipping_id,
    trackingNumber: row.tracking_number,
    carrier: row.carrier,
    timestamp: row.timestamp,
    comments: row.comments,
    status: row.status,
    items: items
      .filter(({ shipment_id }) => shipment_id === row.shipment_id)
      .map(({ item_id, order_id, product_id, amount }) => ({
        itemId: item_id,
        orderId: order_id,
        productId: product_id,
        amount,
      })),
  }));
}
