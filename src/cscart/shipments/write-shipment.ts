import type { Queryable } from '../../database/database.ts';
import type { EpochSeconds } from '../../values/epoch-seconds.ts';
import type { OrderId } from '../../values/order-id.ts';
import type { Store } from '../store/store.ts';

/** A row of `shipments` to be. */
export interface NewShipment {
  readonly shippingId: number;
  readonly trackingNumber: string;
  /** A code that the store knows, or empty: an unknown one would be shown as `_carrier_…`. */
  readonly carrier: string;
  readonly shippedAt: EpochSeconds;
  readonly comments: string;
}

export interface ShippedItem {
  readonly itemId: number;
  readonly productId: number;
  readonly amount: number;
}

// Shipment statuses exist from 4.3.7 on; S is "Shipped" in a fresh install, and P ("Picked up") the column's default.
const SHIPPED = 'S';

/** The number of the latest shipment, 0 when there is none. */
export async function latestShipmentId(session: Queryable, store: Store): Promise<number> {
  const [row] = await session.query<{ latest: number | null }>(
    `select max(shipment_id) as latest from ${store.tables('shipments')}`,
  );
  return row?.latest ?? 0;
}

/** Inserts the shipment, without items, and gives its number. */
export async function insertShipment(
  session: Queryable,
  store: Store,
  shipment: NewShipment,
): Promise<number> {
  const row: Record<string, string | number> = {
    shipping_id: shipment.shippingId,
    tracking_number: store.shape.storable('shipments', 'tracking_number', shipment.trackingNumber),
    carrier: shipment.carrier,
    timestamp: shipment.shippedAt,
    // NOT NULL without a default up to 4.2.
    comments: store.shape.storable('shipments', 'comments', shipment.comments),
  };
  if (store.shape.has('shipments', 'status') && (await hasShippedStatus(session, store)))
    row['status'] = SHIPPED;
  const { insertId } = await session.write(
    `insert into ${store.tables('shipments')} (${Object.keys(row).join(', ')}) values (?)`,
    [Object.values(row)],
  );
  return insertId;
}

/**
 * Finds the shipments that a crash may have left behind: like `shipment`, later than `after`, without any item. Reads by
 * primary key range, oldest first.
 */
export async function findShipmentsWithoutItems(
  session: Queryable,
  store: Store,
  shipment: NewShipment,
  after: number,
): Promise<number[]> {
  const rows = await session.query<{ shipmentId: number }>(
    `select s.shipment_id as shipmentId from ${store.tables('shipments')} s
      where s.shipment_id > ? and s.tracking_number = ? and s.carrier = ? and s.timestamp = ? and s.shipping_id = ?
        and s.comments = ?
        and not exists (select 1 from ${store.tables('shipment_items')} i where i.shipment_id = s.shipment_id)
      order by s.shipment_id`,
    [
      after,
      store.shape.storable('shipments', 'tracking_number', shipment.trackingNumber),
      shipment.carrier,
      shipment.shippedAt,
      shipment.shippingId,
      store.shape.storable('shipments', 'comments', shipment.comments),
    ],
  );
  return rows.map((row) => row.shipmentId);
}

/** Whether a shipment is in the store; the shop's admin may have deleted it. */
export async function hasShipment(session: Queryable, store: Store, shipmentId: number): Promise<boolean> {
  const rows = await session.query(
    `select shipment_id from ${store.tables('shipments')} where shipment_id = ?`,
    [shipmentId],
  );
  return rows.length > 0;
}

/** The lines of which a shipment has any unit (index shipment_id). */
export async function shippedItemIds(
  session: Queryable,
  store: Store,
  shipmentId: number,
): Promise<number[]> {
  const rows = await session.query<{ itemId: number }>(
    `select item_id as itemId from ${store.tables('shipment_items')} where shipment_id = ?`,
    [shipmentId],
  );
  return rows.map((row) => row.itemId);
}

/** Inserts the items of a shipment; those that an interrupted earlier try has inserted stay as they are. */
export async function insertShipmentItems(
  session: Queryable,
  store: Store,
  orderId: OrderId,
  shipmentId: number,
  items: readonly ShippedItem[],
): Promise<void> {
  await session.write(
    `insert ignore into ${store.tables('shipment_items')} (item_id, shipment_id, order_id, product_id, amount) values ?`,
    [items.map((item) => [item.itemId, shipmentId, orderId, item.productId, item.amount])],
  );
}

/**
 * How many units more than ordered have been shipped of these lines (by primary key, which begins with the item): 0 unless
 * somebody else wrote a shipment of them at the same moment.
 */
export async function overShippedUnits(
  session: Queryable,
  store: Store,
  orderId: OrderId,
  itemIds: readonly number[],
): Promise<number> {
  const rows = await session.query<{ excess: string | number }>(
    `select sum(i.amount) - d.amount as excess
       from ${store.tables('shipment_items')} i
       join ${store.tables('order_details')} d on d.item_id = i.item_id and d.order_id = i.order_id
      where i.item_id in (?) and i.order_id = ?
      group by i.item_id, d.amount having sum(i.amount) > d.amount`,
    [itemIds, orderId],
  );
  return rows.reduce((sum, { excess }) => sum + Number(excess), 0);
}

/** A label in the place of another one. */
export interface NewLabel {
  readonly trackingNumber: string;
  readonly carrier: string;
  /** Replaces only what the bridge wrote itself: `before`. */
  readonly comments: { readonly before: string; readonly now: string };
}

/** Puts a new label in the place of `trackingNumber`, unless somebody else has changed that meanwhile. Gives whether it did. */
export async function replaceLabel(
  session: Queryable,
  store: Store,
  shipmentId: number,
  trackingNumber: string,
  label: NewLabel,
): Promise<boolean> {
  const comments = (text: string) => store.shape.storable('shipments', 'comments', text);
  const { affectedRows } = await session.write(
    `update ${store.tables('shipments')}
        set tracking_number = ?, carrier = ?, comments = if(comments = ?, ?, comments)
      where shipment_id = ? and tracking_number = ?`,
    [
      store.shape.storable('shipments', 'tracking_number', label.trackingNumber),
      label.carrier,
      comments(label.comments.before),
      comments(label.comments.now),
      shipmentId,
      trackingNumber,
    ],
  );
  return affectedRows > 0;
}

async function hasShippedStatus(session: Queryable, store: Store): Promise<boolean> {
  const rows = await session.query(
    `select status_id from ${store.tables('statuses')} where type = 'S' and status = ?`,
    [SHIPPED],
  );
  return rows.length > 0;
}
