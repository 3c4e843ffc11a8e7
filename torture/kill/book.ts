import type { Label } from '../../test/support/ship-notice-xml.ts';
import type { Answer, ShipStation } from '../../test/support/shipstation-client.ts';
import type { PlainOrder } from '../../test/support/store/plain-order.ts';
import type { Store } from '../../test/support/store/store.ts';
import { PLANTED_LABEL, PLANTED_ORDER } from '../planted.ts';
import type { Tally } from './tally.ts';

/** Units by item id. */
export type Units = ReadonlyMap<number, number>;

/** A label, and what has to come of it. */
export interface BookedLabel {
  readonly label: Label;
  /** As it arrives on hosts that lose the body: of all that is left. */
  readonly withoutBody: boolean;
  /** `a share`: at least one unit, where labels ask for more than there is. */
  readonly expected: Units | 'a share' | 'nothing';
}

/** An order as the harness knows it: what was ordered, and who asked for what. */
export interface BookedOrder {
  readonly orderId: number;
  readonly lines: readonly { readonly itemId: number; readonly quantity: number }[];
  readonly labels: BookedLabel[];
  /** What it has to be in the end, where that does not follow from what was shipped. */
  status?: string;
}

/** What the harness has asked of one store. Knows nothing of what the bridge made of it. */
export interface Book {
  readonly orders: readonly BookedOrder[];
  place(quantities: readonly number[], order?: PlainOrder): Promise<BookedOrder>;
  /** A label of some units of each line (in the order of the lines), or of all of them without saying so. */
  label(order: BookedOrder, wanted: readonly number[] | 'all', options?: LabelOptions): BookedLabel;
}

interface LabelOptions {
  /** Default: the units that it names; for `all` the whole order. */
  readonly expected?: BookedLabel['expected'];
  /** Default: one that no other label has. */
  readonly trackingNumber?: string;
}

export function createBook(store: Store, tally: Tally, name: string): Book {
  const orders: BookedOrder[] = [];
  let labels = 0;
  return {
    orders,
    async place(quantities, order = {}) {
      const placed = await store.addOrder({
        ...PLANTED_ORDER,
        lines: quantities.map((quantity, index) => ({
          sku: `SKU-${index}`,
          name: `Product ${index}`,
          quantity,
        })),
        ...order,
      });
      const booked: BookedOrder = { orderId: placed.orderId, lines: placed.lines, labels: [] };
      orders.push(booked);
      tally.count('orders');
      return booked;
    },
    label(order, wanted, options = {}) {
      labels += 1;
      const units = order.lines.map(
        ({ itemId, quantity }, index) =>
          [itemId, wanted === 'all' ? quantity : (wanted[index] ?? 0)] as const,
      );
      const named = units.filter(([, quantity]) => quantity > 0);
      const now = new Date();
      const booked: BookedLabel = {
        label: {
          orderNumber: String(order.orderId),
          carrier: 'UPS',
          service: 'Ground',
          trackingNumber: options.trackingNumber ?? `${name}-${labels}`,
          shipDate: now,
          labelCreateDate: now,
          ...PLANTED_LABEL,
          items: named.map(([itemId, quantity]) => ({ lineItemId: String(itemId), quantity })),
        },
        withoutBody: wanted === 'all',
        expected: options.expected ?? new Map(named),
      };
      order.labels.push(booked);
      tally.count('notices');
      return booked;
    },
  };
}

/** Sends a label; an answer that a killed or busy bridge does not give is a fault. */
export async function post(
  tally: Tally,
  shipStation: ShipStation,
  { label, withoutBody }: BookedLabel,
): Promise<Answer> {
  tally.count('posts');
  return checked(tally, await shipStation.label(label, { withoutBody }), label.trackingNumber);
}

const ROUNDS = 60;
const PAUSE_MS = 250;

/** Repeats what was not taken until it is. */
export async function repeatUntilTaken(tally: Tally, shipStation: ShipStation): Promise<void> {
  for (let round = 0; shipStation.failedNotices.length > 0; round += 1) {
    if (round === ROUNDS) {
      for (const { trackingNumber } of shipStation.failedNotices)
        tally.fault('shipments lost', `the notice of ${trackingNumber} is never taken`);
      return;
    }
    if (round > 0) await new Promise((resolve) => setTimeout(resolve, PAUSE_MS));
    const labels = shipStation.failedNotices;
    const answers = await shipStation.retryFailed();
    tally.count('posts', answers.length);
    for (const [index, answer] of answers.entries())
      checked(tally, answer, labels[index]?.trackingNumber ?? '');
  }
}

function checked(tally: Tally, answer: Answer, trackingNumber: string): Answer {
  if (![0, 200, 503].includes(answer.status))
    tally.fault('wrong answers', `${trackingNumber}: ${answer.status} ${answer.body.trim().slice(0, 200)}`);
  return answer;
}
