import { findShipmentsWithoutItems, shippedItemIds } from '../../cscart/shipments/write-shipment.ts';
import type { NoticeRow } from '../../ledger/notices.ts';
import { type KeptPlan, readKeptPlan } from './kept-plan.ts';
import type { OrderSession } from './order-session.ts';

/** What an interrupted try of a notice has left in the store. */
export interface Remains {
  /** A shipment that is there; `null` where there is none, or somebody in the shop has deleted it. */
  readonly shipmentId: number | null;
  /** Where items were written: the plan that has to be finished as it was made. */
  readonly begun?: { readonly shipmentId: number; readonly plan: KeptPlan };
}

const NOTHING: Remains = { shipmentId: null };

/**
 * Looks at what an earlier try of a notice has left. Costs nothing where none has planned anything. `plan-unreadable`:
 * only the plan would tell, and somebody has damaged it.
 */
export async function findRemains(order: OrderSession, row: NoticeRow): Promise<Remains | 'plan-unreadable'> {
  const { session, shop, store } = order;
  // What was applied is done; only its shipment may have been deleted in the shop.
  const kept = row.state === 'applied' ? null : row.plan;
  const plan = kept === null ? undefined : readKeptPlan(kept);
  if (kept !== null && !plan && row.shipmentId === null) return 'plan-unreadable';
  const shipmentId = row.shipmentId ?? (plan ? await findLeftBehind(order, plan) : null);
  if (shipmentId === null || !(await shop.hasShipment(shipmentId))) return NOTHING;
  if (kept === null || (await shippedItemIds(session, store, shipmentId)).length === 0) return { shipmentId };
  return plan ? { shipmentId, begun: { shipmentId, plan } } : 'plan-unreadable';
}

/**
 * The shipment that a crash left behind between its insert and its entry in the ledger, without items. One that the
 * ledger has for another notice is not it: two orders that leave in one box have shipments that look alike.
 */
async function findLeftBehind(
  { session, book, store }: OrderSession,
  plan: KeptPlan,
): Promise<number | null> {
  const candidates = await findShipmentsWithoutItems(session, store, plan.shipment, plan.latestShipmentId);
  const notices = await book.readOfShipments(candidates);
  const taken = new Set(notices.map(({ shipmentId }) => shipmentId));
  return candidates.find((shipmentId) => !taken.has(shipmentId)) ?? null;
}
