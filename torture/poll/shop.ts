import type { Store } from '../../test/support/store/store.ts';
import type { Row } from '../../test/support/store/tables.ts';
import { PLANTED_ORDER } from '../planted.ts';
import type { Action, LineChange, Step } from './order-life.ts';
import { goodsOfLines } from './truth.ts';

/** An order of the schedule, as the shop's own programs work on it. */
interface ShopOrder {
  readonly orderId: number;
  readonly name: string;
  /** What was done to it, in words. */
  readonly history: string[];
  /** Grows with all that is done to any order of the schedule. */
  touchedAt: number;
  /** All goods that it ever had, but not those of a save under way. */
  readonly goodsEver: Set<string>;
  edit: { readonly status: string; readonly lines: readonly LineRow[]; left: readonly LineRow[] } | undefined;
}

interface LineRow extends Row {
  readonly item_id: number;
  readonly product_code: string;
  readonly amount: number;
}

/** The shop's own programs: they do to the orders of one schedule what a plan says, statement by statement. */
export class Shop {
  readonly #store: Store;
  readonly #orders = new Map<number, ShopOrder>();
  readonly #hasStamp: boolean;
  /** When the schedule began. */
  readonly start: number;
  #touches = 0;

  constructor(store: Store, start: number) {
    this.#store = store;
    this.start = start;
    this.#hasStamp = store.hasColumn('orders', 'updated_at');
  }

  get orders(): readonly ShopOrder[] {
    return [...this.#orders.values()];
  }

  /** A number that grows with everything that is done. */
  get touches(): number {
    return this.#touches;
  }

  /** Notes what somebody else did to an order. */
  touch(orderId: number, words: string, at: number): void {
    const order = this.orders.find((other) => other.orderId === orderId);
    if (order) this.#note(order, words, at);
  }

  /** Carries out a step at the instant `now`; a step of an order that is not there yet is passed over. */
  async carryOut({ action, delay, order: index }: Step, now: number): Promise<void> {
    if (action.kind === 'create') {
      await this.#create(index, action, now);
      return;
    }
    const order = this.#orders.get(index);
    if (!order) return;
    const words = await this.#change(order, action, now - delay);
    this.#note(order, delay > 0 ? `${words} (stamped ${delay} s earlier)` : words, now);
  }

  async #create(index: number, action: Extract<Action, { kind: 'create' }>, now: number): Promise<void> {
    const { status, placedAt, quantities } = action;
    const placed = await this.#store.addOrder({
      ...PLANTED_ORDER,
      status,
      placedAt: new Date(placedAt * 1000),
      shipTo: { ...PLANTED_ORDER.shipTo, address: `${index + 1} Main Street` },
      notes: `note ${index}`,
      lines: quantities.map((quantity, line) => ({
        sku: skuOf(index, line),
        name: `Thing ${line}`,
        quantity,
      })),
      // The cart's snapshot: kilobytes that no reader looks at.
      orderData: { G: null },
    });
    const name = `order ${index} (${placed.orderId})`;
    const lines = quantities.map((amount, line) => ({ product_code: skuOf(index, line), amount }));
    const order: ShopOrder = {
      orderId: placed.orderId,
      name,
      history: [],
      touchedAt: 0,
      goodsEver: new Set([goodsOfLines(lines)]),
      edit: undefined,
    };
    this.#orders.set(index, order);
    this.#note(order, `created ${status}, timestamp ${now - placedAt} s earlier`, now);
  }

  /** Does one thing to an order and says what. */
  async #change(
    order: ShopOrder,
    action: Exclude<Action, { kind: 'create' }>,
    stamp: number,
  ): Promise<string> {
    switch (action.kind) {
      case 'leave-incomplete':
      case 'status': {
        const current = await this.#statusOf(order.orderId);
        const letter = action.letters.find((other) => other !== current) ?? 'P';
        await this.#store.setStatus(order.orderId, letter, new Date(stamp * 1000));
        return `${current} → ${letter}`;
      }
      case 'edit-hide': {
        const lines = await this.#store.query<LineRow>(
          `select item_id, order_id, product_id, product_code, price, amount, extra
             from ${this.#store.table('order_details')} where order_id = ? order by product_code`,
          [order.orderId],
        );
        order.edit = { status: await this.#statusOf(order.orderId), lines, left: [] };
        await this.#update(order.orderId, `status = 'N'`);
        return 'edit: N';
      }
      case 'edit-delete-lines':
        await this.#store.run(`delete from ${this.#store.table('order_details')} where order_id = ?`, [
          order.orderId,
        ]);
        return 'edit: lines away';
      case 'edit-insert': {
        const lines = changeLines(order.edit?.lines ?? [], action.change, this.#touches);
        // Before anybody can see them.
        order.goodsEver.add(goodsOfLines(lines));
        const first = action.isInParts ? lines.slice(0, 1) : lines;
        if (order.edit) order.edit.left = lines.slice(first.length);
        await this.#store.insert('order_details', first);
        return `edit: ${first.length} of ${lines.length} lines again (${action.change})`;
      }
      case 'edit-insert-rest': {
        const rows = order.edit?.left ?? [];
        await this.#store.insert('order_details', rows);
        return `edit: ${rows.length} more lines`;
      }
      case 'edit-total':
        if (action.isChanged) await this.#update(order.orderId, 'total = total + 1.25');
        return action.isChanged ? 'edit: total' : 'edit: same total';
      case 'edit-show': {
        const { status = 'P' } = order.edit ?? {};
        order.edit = undefined;
        await this.#store.setStatus(order.orderId, status, new Date(stamp * 1000));
        return `edit: ${status} again`;
      }
      case 'address':
        await this.#update(order.orderId, `s_address = '${this.#touches} High Street'`, stamp);
        return 'address';
      case 'notes':
        await this.#update(order.orderId, `notes = 'note at ${this.#touches}'`, stamp);
        return 'notes';
      case 'total':
        await this.#update(order.orderId, 'total = total + 0.5', stamp);
        return 'total';
    }
  }

  async #update(orderId: number, assignment: string, stamp?: number): Promise<void> {
    const stamped = stamp !== undefined && this.#hasStamp ? `, updated_at = ${stamp}` : '';
    await this.#store.run(
      `update ${this.#store.table('orders')} set ${assignment}${stamped} where order_id = ?`,
      [orderId],
    );
  }

  async #statusOf(orderId: number): Promise<string> {
    const [row] = await this.#store.query<{ status: string }>(
      `select status from ${this.#store.table('orders')} where order_id = ?`,
      [orderId],
    );
    return row?.status ?? 'P';
  }

  #note(order: ShopOrder, words: string, at: number): void {
    this.#touches += 1;
    order.touchedAt = this.#touches;
    order.history.push(`${inWords(at - this.start)} ${words}`);
  }
}

/** Seconds since the beginning of a schedule, as hours, minutes and seconds. */
export function inWords(seconds: number): string {
  const parts = [Math.floor(seconds / 3600), Math.floor(seconds / 60) % 60, Math.floor(seconds) % 60];
  return parts.map((part) => String(part).padStart(2, '0')).join(':');
}

function skuOf(order: number, line: number): string {
  return `S${order}-${line}`;
}

/** @param mark a number that no other edit has, for new goods */
function changeLines(lines: readonly LineRow[], change: LineChange, mark: number): readonly LineRow[] {
  const [first, ...others] = lines;
  if (!first) return lines;
  switch (change) {
    case 'none':
      return lines;
    case 'quantity':
      return [{ ...first, amount: first.amount + 1 }, ...others];
    case 'sku':
      // Other goods are another line of the cart.
      return [{ ...first, item_id: newItemId(mark), product_code: `S-${mark}` }, ...others];
    case 'more':
      return [...lines, { ...first, item_id: newItemId(mark), product_code: `S-${mark}`, amount: 1 }];
    case 'less':
      return others.length > 0 ? others : [{ ...first, amount: first.amount + 2 }];
  }
}

/** Item ids are unsigned numbers of 32 bits; those of one order must differ. */
function newItemId(mark: number): number {
  return 0xf000_0000 + mark;
}
