import type { SentLabel } from './notices.ts';
import type { Scene } from './scene.ts';
import type { Tally } from './tally.ts';

/** Holds what the store and the ledger have at the end against the labels that were sent and taken. */
export async function judge(scene: Scene, labels: readonly SentLabel[], tally: Tally): Promise<void> {
  const { store, name } = scene;
  const shipments = await store.allShipments();
  const tell = (figure: string, words: string) => tally.complain(figure, `${name}: ${words}`);
  const lines = await readLines(scene);

  const known = new Set(labels.map(({ trackingNumber }) => trackingNumber));
  for (const { shipmentId, trackingNumber, items } of shipments) {
    if (items.length === 0) tell('shipments without items', `${shipmentId} (${trackingNumber})`);
    if (!known.has(trackingNumber)) tell('shipments of nobody', `${shipmentId} (${trackingNumber})`);
  }
  const shippedOf = new Map<string, number>();
  for (const { orderId, itemId, amount } of shipments.flatMap(({ items }) => items)) {
    const key = `${orderId}/${itemId}`;
    shippedOf.set(key, (shippedOf.get(key) ?? 0) + amount);
  }
  for (const { orderId, itemId, ordered } of lines) {
    const shipped = shippedOf.get(`${orderId}/${itemId}`) ?? 0;
    if (shipped > ordered) tell('lines over-shipped', `${shipped} of ${ordered}, order ${orderId}`);
  }
  for (const { orderId, trackingNumber, items } of labels) {
    const mine = shipments.filter((shipment) => shipment.trackingNumber === trackingNumber);
    const [first] = mine;
    if (!first) {
      tell('notices lost', `${trackingNumber} has no shipment`);
      continue;
    }
    if (mine.length > 1) tell('notices doubled', `${trackingNumber} has ${mine.length} shipments`);
    const written = first.items
      .filter((item) => item.orderId === orderId)
      .map((item) => `${item.amount} ${skuOf(lines, orderId, item.itemId)}`);
    const wanted = items.map(({ sku, quantity }) => `${quantity} ${sku}`);
    if (written.sort().join() !== wanted.sort().join())
      tell('shipments with wrong items', `${trackingNumber} has ${written.join()}, not ${wanted.join()}`);
  }
  await judgeStatuses(scene, labels, tell);
  await judgeLedger(scene, tell);
}

async function judgeStatuses(
  { store, toShip }: Scene,
  labels: readonly SentLabel[],
  tell: (figure: string, words: string) => void,
): Promise<void> {
  const rows = await store.query<{ order_id: number; status: string }>(
    `select order_id, status from ${store.table('orders')}`,
  );
  const statusOf = new Map(rows.map(({ order_id, status }) => [order_id, status]));
  const unitsOf = (items: readonly { readonly quantity: number }[]) =>
    items.reduce((sum, { quantity }) => sum + quantity, 0);
  for (const { orderId, lines } of toShip) {
    const sent = unitsOf(labels.filter((label) => label.orderId === orderId).flatMap(({ items }) => items));
    // C when all has left; else as it was, since no status for a part is configured.
    const right = sent === unitsOf(lines) ? 'C' : 'P';
    const status = statusOf.get(orderId);
    if (status !== right) tell('wrong statuses', `order ${orderId} has ${status} instead of ${right}`);
  }
}

async function judgeLedger({ store }: Scene, tell: (figure: string, words: string) => void): Promise<void> {
  const notices = await store.query<{ order_id: number; state: string; decision: string }>(
    `select order_id, state, decision from ${store.prefix}shipstation_notices where state <> 'applied'`,
  );
  for (const { order_id, state, decision } of notices)
    tell('notices left waiting', `order ${order_id}: ${state} ${decision}`);
}

interface OrderedLine {
  readonly orderId: number;
  readonly itemId: number;
  readonly sku: string;
  readonly ordered: number;
}

function readLines({ store }: Scene): Promise<OrderedLine[]> {
  return store.query<OrderedLine>(
    `select order_id as orderId, item_id as itemId, product_code as sku, amount as ordered
       from ${store.table('order_details')}`,
  );
}

function skuOf(lines: readonly OrderedLine[], orderId: number, itemId: number): string {
  return lines.find((line) => line.orderId === orderId && line.itemId === itemId)?.sku ?? `line ${itemId}`;
}
