import type { Database } from '../../test/support/database.ts';
import type { Store } from '../../test/support/store/store.ts';
import type { Book, BookedLabel, BookedOrder, Units } from './book.ts';
import type { Tally } from './tally.ts';

type StoredShipment = Awaited<ReturnType<Store['allShipments']>>[number];

export const SHIPPED = 'C';
export const PARTLY_SHIPPED = 'A';
const UNTOUCHED = 'P';

/** Compares what the store's tables hold in the end with what was asked of it. */
export async function judge(
  tally: Tally,
  place: { readonly name: string; readonly store: Store; readonly book: Book },
): Promise<void> {
  const { name, store, book } = place;
  const shipments = await store.allShipments();
  const byTracking = new Map<string, StoredShipment[]>();
  const asked = new Set(book.orders.flatMap(({ labels }) => labels.map(({ label }) => label.trackingNumber)));
  for (const shipment of shipments) {
    const { shipmentId, trackingNumber, items } = shipment;
    byTracking.set(trackingNumber, [...(byTracking.get(trackingNumber) ?? []), shipment]);
    const words = `${name}: shipment ${shipmentId} (${trackingNumber})`;
    if (items.length === 0) tally.fault('shipments without items', words);
    if (!asked.has(trackingNumber)) tally.fault('shipments that nobody asked for', words);
  }
  for (const order of book.orders) {
    for (const label of order.labels) {
      const all = byTracking.get(label.label.trackingNumber) ?? [];
      judgeLabel(
        tally,
        `${name}: order ${order.orderId}, ${label.label.trackingNumber}`,
        label,
        partsOf(all, order),
      );
    }
  }
  const shipped = await shippedUnits(store);
  for (const order of book.orders) judgeLines(tally, name, order, shipped);
  for (const order of book.orders) {
    const { status } = await store.order(order.orderId);
    const wanted = order.status ?? statusOf(order);
    if (status !== wanted)
      tally.fault(
        'orders with a wrong final status',
        `${name}: order ${order.orderId} is ${status}, not ${wanted}`,
      );
  }
  await judgeOrphans(tally, name, store);
}

function judgeLabel(tally: Tally, words: string, label: BookedLabel, parts: readonly Units[]): void {
  const { expected } = label;
  if (parts.length > 1) tally.fault('shipments doubled', `${words}: ${parts.length} shipments`);
  if (expected === 'nothing') {
    if (parts.length > 0) tally.fault('shipments that nobody asked for', `${words}: ${textOf(parts[0])}`);
    return;
  }
  const [units] = parts;
  if (units === undefined) tally.fault('shipments lost', `${words}: no shipment`);
  else if (expected !== 'a share' && textOf(units) !== textOf(expected))
    tally.fault('shipments lost', `${words}: ${textOf(units)} instead of ${textOf(expected)}`);
}

function judgeLines(tally: Tally, name: string, order: BookedOrder, shipped: Units): void {
  const isShared = order.labels.some(({ expected }) => expected === 'a share');
  for (const { itemId, quantity } of order.lines) {
    const units = shipped.get(itemId) ?? 0;
    const words = `${name}: order ${order.orderId}, line ${itemId}: ${units} of ${quantity}`;
    if (units > quantity) tally.fault('lines over-shipped', words);
    if (isShared && units < quantity) tally.fault('shipments lost', words);
  }
}

/** All shipped, a part, or nothing, by what was asked for. */
function statusOf({ lines, labels }: BookedOrder): string {
  const wanted = labels.flatMap(({ expected }) => (expected === 'nothing' ? [] : [expected]));
  if (wanted.length === 0) return UNTOUCHED;
  const isAll = lines.every(({ itemId, quantity }) => {
    const units = wanted.map((expected) => (expected === 'a share' ? quantity : (expected.get(itemId) ?? 0)));
    return units.reduce((sum, amount) => sum + amount, 0) >= quantity;
  });
  return isAll ? SHIPPED : PARTLY_SHIPPED;
}

/** What each of the shipments holds of the order, leaving out those that hold nothing of it. */
function partsOf(shipments: readonly StoredShipment[], { orderId }: BookedOrder): readonly Units[] {
  return shipments
    .map(({ items }) => items.filter((item) => item.orderId === orderId))
    .filter((items) => items.length > 0)
    .map((items) => new Map(items.map(({ itemId, amount }) => [itemId, amount])));
}

/** Summed by the database, shipments that were deleted included: the shop counts like that as well. */
async function shippedUnits(store: Store): Promise<Units> {
  const rows = await store.query<{ item_id: number; amount: string }>(
    `select item_id, sum(amount) as amount from ${store.table('shipment_items')} group by item_id`,
  );
  return new Map(rows.map(({ item_id, amount }) => [item_id, Number(amount)]));
}

async function judgeOrphans(tally: Tally, name: string, store: Store): Promise<void> {
  const rows = await store.query<{ shipment_id: number; order_id: number }>(
    `select distinct i.shipment_id, i.order_id from ${store.table('shipment_items')} i
       left join ${store.table('shipments')} s on s.shipment_id = i.shipment_id where s.shipment_id is null`,
  );
  for (const { shipment_id, order_id } of rows)
    tally.fault('shipment items without a shipment', `${name}: shipment ${shipment_id}, order ${order_id}`);
}

/** Where the bridge keeps its notices. */
export interface Ledger {
  readonly database: Pick<Database, 'query'>;
  readonly prefix: string;
}

/**
 * The notices that wait, in words, of all orders or of one; none in a bridge that has just become ready with nobody else at
 * work.
 */
export async function waitingNotices(
  { database, prefix }: Ledger,
  orderId?: number,
): Promise<readonly string[]> {
  const ofOrder = orderId === undefined ? '' : ` and order_id = ${orderId}`;
  return describeNotices(database, prefix, `state not in ('applied', 'refused')${ofOrder}`);
}

/** Notices that a store which has all their orders must have applied. */
export async function judgeLedger(tally: Tally, name: string, ledger: Ledger): Promise<void> {
  for (const words of await waitingNotices(ledger)) tally.fault('notices left waiting', `${name}: ${words}`);
  for (const words of await describeNotices(ledger.database, ledger.prefix, "state = 'refused'"))
    tally.fault('notices refused', `${name}: ${words}`);
}

async function describeNotices(
  database: Pick<Database, 'query'>,
  prefix: string,
  condition: string,
): Promise<readonly string[]> {
  const rows = await database.query<{ notice_id: number; order_id: number; state: string; decision: string }>(
    `select notice_id, order_id, state, decision from ${prefix}shipstation_notices where ${condition}`,
  );
  return rows.map(
    ({ notice_id, order_id, state, decision }) =>
      `notice ${notice_id} of order ${order_id} is ${state}: ${decision}`,
  );
}

function textOf(units: Units | undefined): string {
  return [...(units ?? [])]
    .sort(([a], [b]) => a - b)
    .map(([itemId, amount]) => `${amount} of ${itemId}`)
    .join(', ');
}
