import { setTimeout as sleep } from 'node:timers/promises';
import { type Connection, createConnection } from 'mysql2/promise';
import { type BenchStore, earlier, forgetWindows, lastOrders, table } from './bench-store.ts';
import { type BenchBridge, withBridge } from './bridge-process.ts';
import { askPage } from './client.ts';
import { PAGE_SIZE } from './exports.ts';
import { type Figure, figureOf, percentileOf, quotientsOf } from './figure.ts';
import type { Section } from './section.ts';
import { timed } from './timing.ts';

const GOAL = { atMost: 1.1, of: 'median' } as const;

// A buyer every twentieth of a second, for a second and a half: a shop at its busiest, not a server at its limit.
const CHECKOUTS = 30;
const PAUSE_MS = 50;

/**
 * What a checkout costs somebody else's client while exports run without a pause, and while none does. Exports of another
 * store, of the same server, take the same turns at processor and disk, but no lock that a checkout waits for.
 */
export const measureCheckouts: Section = async ({ small, large, runs }) => {
  const shop = await createConnection({ uri: large.url, charset: 'utf8mb4' });
  const settings = { EXPORT_PAGE_SIZE: String(PAGE_SIZE) };
  try {
    const order = await readOrder(shop, large.firstOrderId);
    return await withBridge(small, settings, (ofSmall) =>
      withBridge(large, settings, async (ofLarge) => {
        const placed = () => checkOut(shop, order);
        const besideOthers = () => whileExporting(ofSmall, small, placed);
        const besideOwn = () => whileExporting(ofLarge, large, placed);
        await besideOthers();
        await besideOwn();
        const [alone, others, own]: [Checkouts[], Checkouts[], Checkouts[]] = [[], [], []];
        for (let run = 0; run < runs; run += 1) {
          alone.push(await placed());
          others.push(await besideOthers());
          own.push(await besideOwn());
        }
        return figuresOf(alone, others, own);
      }),
    );
  } finally {
    await shop.end();
  }
};

function figuresOf(
  alone: readonly Checkouts[],
  others: readonly Checkouts[],
  own: readonly Checkouts[],
): readonly Figure[] {
  const inserts = (of: readonly Checkouts[]) => of.map(({ insertMs }) => meanOf(insertMs));
  const middle = (of: readonly Checkouts[]) => of.map(({ insertMs }) => percentileOf(insertMs, 0.5));
  const wholes = (of: readonly Checkouts[]) => of.map(({ wholeMs }) => meanOf(wholeMs));
  const longest = own.map(({ insertMs }) => Math.max(...insertMs));
  return [
    figureOf('insert into orders, alone (mean)', 'ms', inserts(alone)),
    figureOf('insert into orders, beside exports (mean)', 'ms', inserts(own)),
    figureOf('insert into orders, beside exports (longest)', 'ms', longest),
    figureOf('insert, beside exports ÷ alone (mean)', '×', quotientsOf(inserts(own), inserts(alone)), {
      goal: GOAL,
    }),
    figureOf('insert, beside exports ÷ alone (median)', '×', quotientsOf(middle(own), middle(alone))),
    figureOf(
      'insert, beside exports of another store ÷ alone (mean)',
      '×',
      quotientsOf(inserts(others), inserts(alone)),
    ),
    figureOf(
      'insert, beside exports ÷ beside exports of another store (mean)',
      '×',
      quotientsOf(inserts(own), inserts(others)),
    ),
    figureOf('whole checkout, alone (mean)', 'ms', wholes(alone)),
    figureOf('whole checkout, beside exports ÷ alone (mean)', '×', quotientsOf(wholes(own), wholes(alone))),
    figureOf(
      'whole checkout, beside exports of another store ÷ alone (mean)',
      '×',
      quotientsOf(wholes(others), wholes(alone)),
    ),
  ];
}

type Row = Record<string, unknown>;

interface StoredOrder {
  readonly order: Row;
  readonly lines: readonly Row[];
  readonly orderData: readonly Row[];
}

interface Checkouts {
  readonly insertMs: readonly number[];
  readonly wholeMs: readonly number[];
}

async function readOrder(shop: Connection, orderId: number): Promise<StoredOrder> {
  const rows = async (name: string) =>
    (await shop.query(`select * from ${table(name)} where order_id = ?`, [orderId]))[0] as Row[];
  const [order] = await rows('orders');
  if (!order) throw new Error('the store has no first order');
  return { order, lines: await rows('order_details'), orderData: await rows('order_data') };
}

/**
 * Orders that are placed as the shop places them: the order, its lines and its data, then its status changes. Their
 * instant is now, so that no window of the benchmark holds them.
 */
async function checkOut(shop: Connection, like: StoredOrder): Promise<Checkouts> {
  const insertMs: number[] = [];
  const wholeMs: number[] = [];
  for (let checkout = 0; checkout < CHECKOUTS; checkout += 1) {
    const [whole, insert] = await timed(() => placeOrder(shop, like));
    insertMs.push(insert);
    wholeMs.push(whole);
    await sleep(PAUSE_MS);
  }
  return { insertMs, wholeMs };
}

/** Gives the milliseconds of the insert into `orders`. */
async function placeOrder(shop: Connection, { order, lines, orderData }: StoredOrder): Promise<number> {
  const now = Math.floor(Date.now() / 1000);
  const { order_id: _, ...columns } = order;
  const instants = Object.fromEntries(
    ['timestamp', 'updated_at'].flatMap((column) => (column in order ? [[column, now]] : [])),
  );
  const [milliseconds, [{ insertId }]] = await timed(
    () =>
      shop.query(`insert into ${table('orders')} set ?`, [
        { ...columns, ...instants, status: 'N' },
      ]) as unknown as Promise<[{ insertId: number }]>, // of an insert, mysql2 answers so
  );
  for (const [name, rows] of [
    ['order_details', lines],
    ['order_data', orderData],
  ] as const) {
    for (const { order_data_id: _number, ...row } of rows)
      await shop.query(`insert into ${table(name)} set ?`, [{ ...row, order_id: insertId }]);
  }
  await shop.query(`update ${table('orders')} set status = 'P' where order_id = ?`, [insertId]);
  return milliseconds;
}

/** Runs something while a client asks for window after window. */
async function whileExporting<Result>(
  bridge: BenchBridge,
  store: BenchStore,
  work: () => Promise<Result>,
): Promise<Result> {
  await forgetWindows(store);
  let isOver = false;
  const exporting = (async () => {
    for (let window = 0; !isOver; window += 1) {
      const asked = earlier(lastOrders(store, PAGE_SIZE), window % (store.orders - PAGE_SIZE));
      await askPage(bridge, asked, 1, PAGE_SIZE);
    }
  })();
  exporting.catch(() => {}); // is thrown below
  try {
    return await work();
  } finally {
    isOver = true;
    await exporting;
  }
}

function meanOf(samples: readonly number[]): number {
  return samples.reduce((sum, sample) => sum + sample, 0) / samples.length;
}
