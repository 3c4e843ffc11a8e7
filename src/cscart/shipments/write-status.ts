import type { Queryable } from '../../database/database.ts';
import type { EpochSeconds } from '../../values/epoch-seconds.ts';
import type { OrderId } from '../../values/order-id.ts';
import { serializeRecord } from '../php-values/serialize.ts';
import type { Store } from '../store/store.ts';
import { modifiedStamps } from '../store/store-shape.ts';

/** A change of an order's status, by the letters. */
export interface StatusMove {
  readonly from: string;
  readonly to: string;
  readonly at: EpochSeconds;
}

/**
 * Moves an order from one status to another, unless somebody else has changed it meanwhile, and stamps it as modified.
 * Gives whether it was moved now, and the status that it has then; `undefined` where the order is gone.
 */
export async function moveOrderStatus(
  session: Queryable,
  store: Store,
  orderId: OrderId,
  move: StatusMove,
): Promise<{ readonly isMoved: boolean; readonly status: string | undefined }> {
  const stamps = modifiedStamps(store.shape);
  const { affectedRows } = await session.write(
    `update ${store.tables('orders')} set status = ?${stamps.map((column) => `, ${column} = ?`).join('')}
      where order_id = ? and status = ?`,
    [move.to, ...stamps.map(() => move.at), orderId, move.from],
  );
  if (affectedRows > 0) return { isMoved: true, status: move.to };
  const [order] = await session.query<{ status: string }>(
    `select status from ${store.tables('orders')} where order_id = ?`,
    [orderId],
  );
  return { isMoved: false, status: order?.status };
}

/** Writes a change of status into the shop's log as the shop does it itself: `logs`, type `orders`, action `status`. */
export async function writeStatusLog(
  session: Queryable,
  store: Store,
  orderId: OrderId,
  { from, to, at }: StatusMove,
): Promise<void> {
  const nameOf = (letter: string) =>
    store.statuses.find((status) => status.letter === letter)?.names[0] ?? letter;
  const content = serializeRecord({
    order: `# ${orderId}`,
    id: orderId,
    status: `${nameOf(from)} -> ${nameOf(to)}`,
  });
  await session.write(
    `insert into ${store.tables('logs')}
       (user_id, timestamp, type, event_type, action, object, content, backtrace, company_id)
     select 0, ?, 'orders', 'N', 'status', '', ?, '', company_id from ${store.tables('orders')} where order_id = ?`,
    [at, content, orderId],
  );
}
