import { INCOMPLETE } from '../../cscart/store/order-statuses.ts';
import { nowInSeconds } from '../../values/epoch-seconds.ts';
import type { OrderSession } from './order-session.ts';

/**
 * Moves the order to its next status, and writes that into the shop's log where the admin wants it. Gives whether the
 * order has the new status now, or somebody in the shop has changed it meanwhile, or is saving the order at this moment,
 * which hides its status until that is done.
 */
export async function moveStatus(
  { shop, orderId, config }: OrderSession,
  move: { readonly from: string; readonly to: string },
): Promise<'moved' | 'changed' | 'being-saved'> {
  const at = nowInSeconds();
  const { isMoved, status } = await shop.moveStatus(orderId, { ...move, at });
  if (isMoved && config.shipping.writeStoreLog) await shop.writeStatusLog(orderId, { ...move, at });
  if (status === move.to) return 'moved';
  return status === INCOMPLETE ? 'being-saved' : 'changed';
}
