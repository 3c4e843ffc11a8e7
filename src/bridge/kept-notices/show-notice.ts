import { readOrderStatus, readShipment, type StoredShipment } from '../../cscart/shipments/read-shipment.ts';
import { latestNoticeId, type NoticeRecord, readNoticeRecord } from '../../ledger/find-notices.ts';
import { isNewLabel, type KeptPlan, readKeptPlan, unreadablePlan } from '../apply-notice/kept-plan.ts';
import type { NoticeDependencies } from '../apply-notice/notice-answer.ts';
import { type NoticeAsItCame, readAsItCame } from './notice-as-it-came.ts';

/** A kept notice, and what there is of it in the store now. */
export interface ShownNotice {
  readonly record: NoticeRecord;
  readonly came: NoticeAsItCame;
  /**
   * What was going to be written, as it was kept before anything was; absent where nothing was planned, `damaged` where
   * somebody has changed it so that it cannot be read.
   */
  readonly plan?: KeptPlan | 'damaged' | undefined;
  /** The shipment that the ledger has for it; `gone` where somebody in the shop has deleted it. */
  readonly shipment?: StoredShipment | 'gone' | undefined;
  /** The order's status now, with its name; `null` where the store has no such order, absent where it is not known which. */
  readonly orderStatus?: string | null | undefined;
  /** One sentence: what the admin has to do. */
  readonly advice: string;
  readonly timeZone: string;
}

/** No notice of the number that was asked for. */
export interface NoSuchNotice {
  /** The number of the latest one there is. */
  readonly latest: number | undefined;
}

/** Looks up one notice. Reads only. */
export async function showNotice(
  { database, ledger, tables, stores }: NoticeDependencies,
  noticeId: number,
): Promise<ShownNotice | NoSuchNotice> {
  const store = await stores.current();
  const record = await readNoticeRecord(ledger, tables, noticeId);
  if (!record) return { latest: await latestNoticeId(ledger, tables) };
  const { orderId, shipmentId } = record;
  const shipment =
    shipmentId === null ? undefined : ((await readShipment(database, store, shipmentId)) ?? 'gone');
  const letter = orderId === null ? undefined : await readOrderStatus(database, store, orderId);
  const name = store.statuses.find((status) => status.letter === letter)?.names[0];
  const came = readAsItCame(record.raw);
  const plan = planOf(record);
  return {
    record,
    came,
    plan,
    shipment,
    orderStatus: orderId === null ? undefined : letter === undefined ? null : nameOf(letter, name),
    advice: adviceFor(record, {
      isReadable: came.isReadable,
      isPlanDamaged: plan === 'damaged',
      isShipmentGone: shipment === 'gone',
    }),
    timeZone: store.timeZone,
  };
}

function nameOf(letter: string, name: string | undefined): string {
  return name === undefined ? letter : `${letter} (${name})`;
}

/** A plan of a shipment; that of a new label for an earlier shipment says no more than its comments. */
function planOf({ plan }: NoticeRecord): ShownNotice['plan'] {
  return plan === null || isNewLabel(plan) ? undefined : (readKeptPlan(plan) ?? 'damaged');
}

/** What the admin has to do now, in one sentence. */
export function adviceFor(
  {
    noticeId,
    orderId,
    state,
    needsAttention,
  }: Pick<NoticeRecord, 'noticeId' | 'orderId' | 'state' | 'needsAttention'>,
  {
    isReadable,
    isPlanDamaged,
    isShipmentGone,
  }: { readonly isReadable: boolean; readonly isPlanDamaged: boolean; readonly isShipmentGone: boolean },
): string {
  if (isPlanDamaged && state !== 'applied') return unreadablePlan(orderId);
  const retry = `"cscart-shipstation notices retry ${noticeId}"`;
  switch (state) {
    case 'received':
    case 'planned':
      return `Nothing: the bridge, while it runs, tries again by itself, at least once an hour; ${retry} tries at once.`;
    case 'refused':
      return isReadable
        ? `Mend what the decision names, then run ${retry}; or enter the shipment in the shop by hand.`
        : 'Enter the shipment in the shop by hand: what cannot be read cannot be run again.';
    case 'applied':
      if (isShipmentGone)
        return `Nothing, if that was meant: somebody in the shop has deleted the shipment; ${retry} would write it again.`;
      return needsAttention ? `Look at order ${orderId} in the shop, as the decision says.` : 'Nothing.';
  }
}
