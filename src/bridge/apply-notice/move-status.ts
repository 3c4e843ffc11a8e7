import { moveOrderStatus, writeStatusLog } from '../../cscart/shipments/write-status.ts';
import { nowInSeconds } from '../../values/epoch-seconds.ts';
import type { OrderSession } from './order-session.ts';

/**
 * Moves the order to its next status, and writes that into the shop's log where the admin wants it. Gives whether the
 * order has the new status now: not where somebody in the shop has changed it meanwhile.
 */
export async function moveStatus(
  { session, store, orderId, config }: OrderSession,
  move: { readonly from: string; readonly to: string },
): Promise<boolean> {
  const at = nowInSeconds();
  const moved = await moveOrderStatus(session, store, orderId, { ...move, at });
  if (moved === 'now' && config.shipping.writeStoreLog)
    await writeStatusLog(session, store, orderId, { ...move, at });
  return moved !== 'not';
}
