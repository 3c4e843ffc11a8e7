import type { CalendarDay } from '../values/calendar-day.ts';
import type { EpochSeconds } from '../values/epoch-seconds.ts';

/** A shipment as ShipStation tells it: of the body, and of the query where the body is silent. Texts are trimmed. */
export interface ShipNotice {
  /**
   * What may name the order, most telling first, without repeats and never empty: `OrderID` and `OrderNumber` of the
   * body, `order_number` of the query.
   */
  readonly orderKeys: readonly [string, ...string[]];
  /** Empty when the label has none ("mark as shipped"). */
  readonly trackingNumber: string;
  readonly carrier: string;
  readonly service: string;
  readonly shipDate?: CalendarDay | undefined;
  readonly labelCreateDate?: EpochSeconds | undefined;
  /** Text meant for the buyer, possibly of several lines. */
  readonly notesToCustomer: string;
  /** `undefined`: the notice names no items, which means everything that is left. */
  readonly items?: readonly NoticeItem[] | undefined;
}

export interface NoticeItem {
  readonly lineItemId: string;
  readonly sku: string;
  readonly name: string;
  /** A whole number from 1; items with a quantity of 0 are not in the list. */
  readonly quantity: number;
}
