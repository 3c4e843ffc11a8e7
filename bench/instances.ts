import { type BenchStore, earlier, forgetWindows, lastOrders, table, type Window } from './bench-store.ts';
import { type BenchBridge, withBridges } from './bridge-process.ts';
import { askOrderNumbers } from './client.ts';
import { figureOf, quotientsOf } from './figure.ts';
import {
  type Faults,
  faultsOfNotices,
  faultsOfPages,
  noFaults,
  type WrittenShipment,
} from './instance-faults.ts';
import { noticeOf, type OpenOrder, openOrders, send } from './notices.ts';
import type { Section } from './section.ts';
import { inTurn } from './timing.ts';

const CLIENTS = 4;
const PAGES_OF_WINDOW = 5;
const PAGE_SIZE = 50;
const SENDERS = 2;
const NOTICES_OF_SENDER = 3;
// Behind those that the section of notices uses; paid, with two lines, like those.
const FROM = 12;
const MOST_TRIES = 5;

/** What one instance and what several of them do in a second, pages and notices at the same time, and what went wrong. */
export const measureInstances: Section = async ({ large, runs, instances }) => {
  const nextOrder = openOrders(large, FROM);
  const [one, several]: [Round[], Round[]] = [[], []];
  const faults: Faults[] = [];
  await withBridges(large, { EXPORT_PAGE_SIZE: String(PAGE_SIZE) }, instances, async (all) => {
    const round = (bridges: readonly BenchBridge[], rounds: Round[]) => async () => {
      const done = await askAtOnce(large, bridges, nextOrder);
      faults.push(done.faults);
      rounds.push(done);
      return done.pages;
    };
    await round(all, [])();
    await inTurn(runs, [round(all.slice(0, 1), one), round(all, several)]);
  });
  const wrong = sumOf(faults);
  if (Object.values(wrong).some((count) => count > 0))
    throw new Error(`several instances got something wrong: ${JSON.stringify(wrong)}`);
  const pagesOfOne = one.map(({ pages }) => pages);
  const pages = several.map((done) => done.pages);
  const noticesOfOne = one.map(({ notices }) => notices);
  const notices = several.map((done) => done.notices);
  const of = `${instances} instances`;
  return [
    figureOf('pages while notices come, 1 instance', 'per s', pagesOfOne),
    figureOf(`pages while notices come, ${of}`, 'per s', pages),
    figureOf(`${of} ÷ 1, pages`, '×', quotientsOf(pages, pagesOfOne)),
    figureOf('notices while pages are asked, 1 instance', 'per s', noticesOfOne),
    figureOf(`notices while pages are asked, ${of}`, 'per s', notices),
    figureOf(`${of} ÷ 1, notices`, '×', quotientsOf(notices, noticesOfOne)),
  ];
};

interface Round {
  /** In a second. */
  readonly pages: number;
  readonly notices: number;
  readonly faults: Faults;
}

/** Clients that ask for windows, and senders of notices, at the same time, spread as a balancer spreads them. */
async function askAtOnce(
  store: BenchStore,
  bridges: readonly BenchBridge[],
  nextOrder: () => Promise<OpenOrder>,
): Promise<Round> {
  await forgetWindows(store);
  const orders: OpenOrder[] = [];
  while (orders.length < SENDERS * NOTICES_OF_SENDER) orders.push(await nextOrder());
  const next = balancer(bridges);
  const startedAt = performance.now();
  const perSecond = (count: number) => count / ((performance.now() - startedAt) / 1000);
  const [asked, sent] = await Promise.all([
    sideBySide(CLIENTS, (client) => askWindow(next, windowOf(store, client))).then((windows) => ({
      windows,
      rate: perSecond(CLIENTS * PAGES_OF_WINDOW),
    })),
    sideBySide(SENDERS, async (sender) => {
      const trackingNumbers: string[] = [];
      for (const order of orders.filter((_, index) => index % SENDERS === sender))
        trackingNumbers.push(await sendTwice(next, order));
      return trackingNumbers;
    }).then((numbers) => ({ numbers: numbers.flat(), rate: perSecond(orders.length) })),
  ]);
  const faults = [faultsOfNotices(sent.numbers, orders, await shipmentsOf(store, orders))];
  for (const [client, pages] of asked.windows.entries())
    faults.push(faultsOfPages(await ordersWithin(store, windowOf(store, client)), pages));
  return { pages: asked.rate, notices: sent.rate, faults: sumOf(faults) };
}

/** Each request goes to the next instance, whoever sends it. */
function balancer(bridges: readonly BenchBridge[]): () => BenchBridge {
  let turn = 0;
  return () => {
    const bridge = bridges[turn % bridges.length];
    turn += 1;
    if (!bridge) throw new RangeError('there is no instance');
    return bridge;
  };
}

async function askWindow(next: () => BenchBridge, window: Window): Promise<string[][]> {
  const pages: string[][] = [];
  for (let page = 1; page <= PAGES_OF_WINDOW; page += 1)
    pages.push([...(await askOrderNumbers(next(), window, page, PAGE_SIZE))]);
  return pages;
}

/** The same notice to two instances at once; to another one again where none has taken it. Gives its tracking number. */
async function sendTwice(next: () => BenchBridge, order: OpenOrder): Promise<string> {
  const notice = noticeOf(order);
  for (let attempt = 1; ; attempt += 1) {
    const answers = await Promise.allSettled([send(next(), notice), send(next(), notice)]);
    if (answers.some(({ status }) => status === 'fulfilled')) return notice.trackingNumber;
    const [first] = answers;
    if (attempt === MOST_TRIES && first.status === 'rejected') throw first.reason;
  }
}

function sideBySide<Result>(count: number, work: (number: number) => Promise<Result>): Promise<Result[]> {
  return Promise.all(Array.from({ length: count }, (_, number) => work(number)));
}

/** Windows that overlap, and of which none is another. */
function windowOf(store: BenchStore, client: number): Window {
  return earlier(lastOrders(store, PAGES_OF_WINDOW * PAGE_SIZE), client * 7);
}

async function ordersWithin({ database }: BenchStore, { startMs, endMs }: Window): Promise<string[]> {
  const rows = await database.query<{ orderId: number }>(
    `select order_id as orderId from ${table('orders')} where timestamp between ? and ?`,
    [startMs / 1000, endMs / 1000 + 59],
  );
  return rows.map(({ orderId }) => String(orderId));
}

function shipmentsOf({ database }: BenchStore, orders: readonly OpenOrder[]): Promise<WrittenShipment[]> {
  return database.query<WrittenShipment>(
    `select i.order_id as orderId, i.item_id as itemId, i.amount, s.tracking_number as trackingNumber,
            s.shipment_id as shipmentId
       from ${table('shipment_items')} i join ${table('shipments')} s on s.shipment_id = i.shipment_id
      where i.order_id in (${orders.map(({ orderId }) => orderId).join(', ')})`,
  );
}

function sumOf(all: readonly Faults[]): Faults {
  return all.reduce(
    (sum, one) => ({
      lost: sum.lost + one.lost,
      doubled: sum.doubled + one.doubled,
      overShipped: sum.overShipped + one.overShipped,
      missing: sum.missing + one.missing,
      twice: sum.twice + one.twice,
    }),
    noFaults,
  );
}
