import type { ImportedOrder } from '../../test/support/imported-order.ts';
import type { Store } from '../../test/support/store/store.ts';

/** What an order of the store should be in ShipStation. */
export interface TrueOrder {
  readonly orderId: number;
  /** ShipStation's word; `undefined` for an order that is not exported: incomplete, unmapped, or without lines. */
  readonly status: string | undefined;
  readonly total: string;
  readonly street: string;
  readonly notes: string;
  /** In words; empty for an order without lines. */
  readonly goods: string;
}

/** The bridge's default mapping, for the statuses that the schedules use. */
const WORDS: Readonly<Record<string, string>> = { O: 'unpaid', P: 'paid', C: 'shipped', I: 'cancelled' };

/** The goods of an order's lines: `sku × quantity`, sorted, so that they can be compared. */
export function goodsOfLines(
  lines: readonly { readonly product_code: string; readonly amount: number }[],
): string {
  return lines
    .map((line) => `${line.product_code} × ${line.amount}`)
    .sort()
    .join(', ');
}

/** The same for an order as it was received. What the bridge adds so that its sums are right has no SKU; all goods here have one. */
export function goodsOf({ Items }: ImportedOrder): string {
  return Items.filter((item) => item.SKU)
    .map((item) => `${item.SKU} × ${item.Quantity}`)
    .sort()
    .join(', ');
}

/** Reads from the store how orders are. */
export async function readTruth(store: Store, orderIds: readonly number[]): Promise<readonly TrueOrder[]> {
  if (orderIds.length === 0) return [];
  const orders = await store.query<{
    order_id: number;
    status: string;
    total: string;
    s_address: string;
    notes: string;
  }>(`select order_id, status, total, s_address, notes from ${store.table('orders')} where order_id in (?)`, [
    orderIds,
  ]);
  const lines = await store.query<{ order_id: number; product_code: string; amount: number }>(
    `select order_id, product_code, amount from ${store.table('order_details')} where order_id in (?)`,
    [orderIds],
  );
  return orders.map((order) => {
    const goods = goodsOfLines(lines.filter((line) => line.order_id === order.order_id));
    return {
      orderId: order.order_id,
      status: goods === '' ? undefined : WORDS[order.status],
      total: order.total,
      street: order.s_address,
      notes: order.notes,
      goods,
    };
  });
}

/** In what ShipStation's copy differs from the store, in words; `undefined` when it does not. */
export function difference(truth: TrueOrder, imported: ImportedOrder): string | undefined {
  const pairs = [
    ['status', truth.status, imported.OrderStatus],
    ['total', truth.total, imported.OrderTotal],
    ['street', truth.street, imported.ShipTo.Address1],
    ['notes', truth.notes, imported.CustomerNotes ?? ''],
    ['items', truth.goods, goodsOf(imported)],
  ] as const;
  const wrong = pairs.filter(([, expected, found]) => expected !== found);
  return wrong.length === 0
    ? undefined
    : wrong.map(([name, expected, found]) => `${name} is ${found}, not ${expected}`).join('; ');
}

/**
 * The orders that a window has to bring by the instants that the store keeps, as things are now: exported ones that were
 * placed or stamped from its start to the last second of its end minute.
 */
export async function readDue(
  store: Store,
  { start, end }: { readonly start: number; readonly end: number },
): Promise<readonly number[]> {
  const changed = store.hasColumn('orders', 'updated_at')
    ? 'greatest(o.timestamp, o.updated_at)'
    : 'o.timestamp';
  // The instants of an order lie close together: the first condition leans on the index `timestamp`.
  const rows = await store.query<{ order_id: number }>(
    `select o.order_id from ${store.table('orders')} o
      where o.timestamp between ? and ? and ${changed} between ? and ? and o.status in (?)
        and exists (select 1 from ${store.table('order_details')} d where d.order_id = o.order_id)`,
    [start - 3 * 86_400, end + 59, start, end + 59, Object.keys(WORDS)],
  );
  return rows.map((row) => row.order_id);
}
