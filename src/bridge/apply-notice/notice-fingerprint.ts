import { createHash } from 'node:crypto';
import type { NoticeItem, ShipNotice } from '../../shipstation/ship-notice.ts';
import { NOT_A_PRODUCT } from '../not-a-product.ts';
import { lettersAndDigits } from './carrier.ts';

/**
 * What makes two notices the same one, as 64 hex digits: ShipStation sends no id of its own, and repeats a notice until
 * it is answered. Order, carrier and tracking number, and the items with their quantities: two parts of an order can
 * leave in one box under one number. Without a tracking number also what else tells two labels apart.
 *
 * @param orderKey how the order is known, the same for every notice of it
 */
export function noticeFingerprint(orderKey: string, notice: ShipNotice): string {
  const trackingNumber = lettersAndDigits(notice.trackingNumber);
  const quantities = new Map<string, number>();
  for (const item of notice.items ?? []) {
    // The fees that an export adds are echoed or not; they are no part of the parcel.
    if (item.lineItemId.startsWith(NOT_A_PRODUCT)) continue;
    quantities.set(identityOf(item), (quantities.get(identityOf(item)) ?? 0) + item.quantity);
  }
  return digest([
    orderKey,
    lettersAndDigits(notice.carrier),
    trackingNumber,
    notice.items ? [...quantities].sort(([a], [b]) => (a < b ? -1 : 1)) : 'all',
    trackingNumber === '' ? [notice.service, notice.shipDate ?? null, notice.labelCreateDate ?? null] : null,
  ]);
}

/** What says which line an item is: the surest key alone, since the others may be edited in ShipStation meanwhile. */
function identityOf({ lineItemId, sku, name }: NoticeItem): string {
  if (lineItemId !== '') return `id ${lineItemId}`;
  return sku !== '' ? `sku ${sku.toLowerCase()}` : `name ${name.toLowerCase()}`;
}

/** The same for a notice that cannot be read: only its very bytes tell it apart. */
export function unreadableFingerprint(query: string, body: Buffer): string {
  return digest(['unreadable', query, createHash('sha256').update(body).digest('hex')]);
}

function digest(parts: unknown): string {
  return createHash('sha256').update(JSON.stringify(parts)).digest('hex');
}
