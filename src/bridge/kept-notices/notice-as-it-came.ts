import type { RawNotice } from '../../ledger/notices.ts';
import { readShipNotice } from '../../shipstation/read-ship-notice.ts';
import type { ShipNotice } from '../../shipstation/ship-notice.ts';
import { UnreadableNotice } from '../../shipstation/unreadable-notice.ts';
import { type ArrivedNotice, arrivedNotice } from '../apply-notice/notice-answer.ts';

/** What ShipStation said, read once more out of how it was written down. */
export type NoticeAsItCame =
  | { readonly isReadable: true; readonly notice: ShipNotice }
  | {
      readonly isReadable: false;
      /** One sentence. */
      readonly problem: string;
      /** What the query alone says; empty where it says nothing. */
      readonly orderKey: string;
      readonly trackingNumber: string;
    };

/** What is said of a row whose query somebody has changed by hand. */
export const DAMAGED_QUERY = 'The kept query of the notice is damaged.';

/** Reads a kept notice as it was read when it came. Throws nothing, whatever is kept. */
export function readAsItCame(raw: RawNotice): NoticeAsItCame {
  let arrived: ArrivedNotice;
  try {
    arrived = arrivedNotice(raw);
  } catch {
    return { isReadable: false, problem: DAMAGED_QUERY, orderKey: '', trackingNumber: '' };
  }
  try {
    return { isReadable: true, notice: readShipNotice(arrived) };
  } catch (error) {
    if (!(error instanceof UnreadableNotice)) throw error;
    const { order_number, tracking_number } = arrived.query;
    return {
      isReadable: false,
      problem: error.message,
      orderKey: order_number ?? '',
      trackingNumber: tracking_number ?? '',
    };
  }
}
