import { type ImportedOrder, readOrdersPage } from '../../test/support/imported-order.ts';
import { validateOrders } from '../../test/support/orders-schema.ts';
import { shipNoticeXml, wireDate } from '../../test/support/ship-notice-xml.ts';
import { PLANTED_LABEL } from '../planted.ts';
import type { BridgeUnderTest, HttpAnswer } from './bridge-under-test.ts';

/** A window as ShipStation asks for it, in Unix seconds that are whole minutes. */
export interface PollWindow {
  readonly start: number;
  readonly end: number;
}

/** What a page brought, or why it brought nothing. */
export type PageOutcome =
  | { readonly kind: 'imported'; readonly orders: readonly ImportedOrder[] }
  | { readonly kind: 'not-200'; readonly answer: HttpAnswer }
  | { readonly kind: 'invalid'; readonly problem: string };

/** One connection of ShipStation with a store: the orders that it has, and up to where it has asked. */
export class StandIn {
  /** By OrderNumber, as they were received last. */
  readonly orders = new Map<string, ImportedOrder>();
  /** The windows that were asked to the end. */
  readonly done: PollWindow[] = [];
  readonly name: string;
  /** Where the next rolling window begins: the end of the last one that was asked to the end. */
  nextStart: number;
  readonly #bridge: BridgeUnderTest;

  constructor(name: string, bridge: BridgeUnderTest, firstStart: number) {
    this.name = name;
    this.#bridge = bridge;
    this.nextStart = firstStart;
  }

  /** Begins to import a window: nothing is asked yet. */
  open(window: PollWindow): OpenPoll {
    return new OpenPoll(this, this.#bridge, window);
  }

  /** Tells the store that all of an order has been shipped. */
  ship(orderNumber: string, trackingNumber: string, at: Date): Promise<HttpAnswer> {
    const label = { orderNumber, carrier: 'UPS', service: 'Ground', trackingNumber, items: [] };
    const { notesToCustomer } = PLANTED_LABEL;
    const body = shipNoticeXml(
      { ...label, shipDate: at, labelCreateDate: at, notesToCustomer },
      this.orders.get(orderNumber),
    );
    return this.#bridge.ask(
      {
        action: 'shipnotify',
        order_number: orderNumber,
        carrier: label.carrier,
        service: label.service,
        tracking_number: trackingNumber,
      },
      body,
    );
  }
}

/** An import that goes on page by page. */
export class OpenPoll {
  readonly standIn: StandIn;
  readonly window: PollWindow;
  /** The numbers of the orders that it has brought. */
  readonly received = new Set<string>();
  readonly #bridge: BridgeUnderTest;
  #asked = 0;
  #pages = 1;
  #hasFailed = false;

  constructor(standIn: StandIn, bridge: BridgeUnderTest, window: PollWindow) {
    this.standIn = standIn;
    this.window = window;
    this.#bridge = bridge;
  }

  get isOver(): boolean {
    return this.#hasFailed || this.isComplete;
  }

  /** Whether every page was taken in. */
  get isComplete(): boolean {
    return !this.#hasFailed && this.#asked === this.#pages;
  }

  get hasBegun(): boolean {
    return this.#asked > 0;
  }

  /** Gives it up, as when the connection is lost between two pages. */
  stop(): void {
    this.#hasFailed = true;
  }

  /** Asks for the next page and takes its orders in; the number of pages is that of the first. */
  async nextPage(): Promise<PageOutcome> {
    this.#asked += 1;
    const answer = await this.#bridge.ask({
      action: 'export',
      start_date: wireDate(new Date(this.window.start * 1000)),
      end_date: wireDate(new Date(this.window.end * 1000)),
      page: String(this.#asked),
    });
    if (answer.status !== 200) {
      this.stop();
      return { kind: 'not-200', answer };
    }
    const [problem] = validateOrders(answer.body);
    if (problem !== undefined) {
      this.stop();
      return { kind: 'invalid', problem };
    }
    const { pages, orders } = readOrdersPage(answer.body);
    if (this.#asked === 1) this.#pages = pages;
    for (const order of orders) {
      this.standIn.orders.set(order.OrderNumber, order);
      this.received.add(order.OrderNumber);
    }
    if (this.isComplete) {
      this.standIn.done.push(this.window);
      this.standIn.nextStart = Math.max(this.standIn.nextStart, this.window.end);
    }
    return { kind: 'imported', orders };
  }
}
