import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { NoticeQuestion } from '../../src/bridge/kept-notices/list-notices.ts';
import type { ShownNotice } from '../../src/bridge/kept-notices/show-notice.ts';
import { createOrderId } from '../../src/values/order-id.ts';
import { parseSince } from '../../src/values/since.ts';
import type { TestDatabase } from '../support/database.ts';
import { type EveryKind, NOTE_TO_BUYER, sendEveryKind } from '../support/notices-of-every-kind.ts';
import { buildStore, type Store } from '../support/store/store.ts';
import { startTestBridge, type TestBridge } from '../support/test-bridge.ts';
import { createTestDatabase } from '../support/test-database.ts';

let database: TestDatabase;
let store: Store;
let bridge: TestBridge;
let kinds: EveryKind;

beforeAll(async () => {
  database = await createTestDatabase();
  store = await buildStore(database, { version: '4.18.2 M' });
  bridge = await startTestBridge(store);
  kinds = await sendEveryKind(store, bridge);
});
afterAll(async () => {
  await bridge.close();
  await database.drop();
});

const notices = () => `${store.prefix}shipstation_notices`;
const list = async (question: Partial<NoticeQuestion> = {}) =>
  bridge.bridge.notices.list({ limit: 20, ...question });
const numbersOf = ({ notices: listed }: Awaited<ReturnType<typeof list>>) =>
  listed.map(({ noticeId }) => noticeId);

async function show(noticeId: number): Promise<ShownNotice> {
  const shown = await bridge.bridge.notices.show(noticeId);
  if (!('record' in shown)) throw new Error('no such notice');
  return shown;
}

describe('the list', () => {
  it('holds what failed, waits or wants a look, the newest first, and leaves out what is well', async () => {
    const all = await list();
    expect(all.holds).toBe('to-do');
    expect(numbersOf(all)).toEqual([7, 6, 5, 4, 3, 2]);
    expect(all.notices.map(({ trackingNumber }) => trackingNumber)).toEqual([
      '1ZWAITS',
      '1ZHALF',
      '1ZAGAIN',
      '1ZUNKNOWN',
      '1ZUNREADABLE',
      '1ZUNMATCHED',
    ]);
    expect(all.notices.map(({ order }) => Number(order))).toEqual([
      kinds.waiting.orderId,
      kinds.halfWritten.orderId,
      kinds.nothingLeft.orderId,
      999_999,
      // Of what cannot be read only the query names the order.
      kinds.unreadable.orderId,
      kinds.unmatched.orderId,
    ]);
    expect(all.counts).toEqual({ all: 7, failed: 3, waiting: 2, applied: 2, attention: 4 });
  });

  it.each([
    ['failed', [4, 3, 2]],
    ['waiting', [7, 6]],
    ['applied', [5, 1]],
    ['attention', [5, 4, 3, 2]],
  ] as const)('of those that are %s holds just these', async (standing, numbers) => {
    const all = await list({ standing });
    expect(numbersOf(all)).toEqual(numbers);
    expect(all.counts.all).toBe(7);
  });

  it('says how many more there are', async () => {
    const two = await list({ standing: 'attention', limit: 2 });
    expect([numbersOf(two), two.more]).toEqual([[5, 4], 2]);
    expect((await list({ standing: 'attention', limit: 4 })).more).toBe(0);
  });

  it("of an order holds the order's alone, those that are well too, and counts them", async () => {
    const ofFirst = await list({ orderId: createOrderId(kinds.applied.orderId) });
    expect(numbersOf(ofFirst)).toEqual([5, 1]);
    expect(ofFirst.counts).toEqual({ all: 2, failed: 0, waiting: 0, applied: 2, attention: 1 });
    expect(numbersOf(await list({ orderId: createOrderId(123_456) }))).toEqual([]);
  });

  it('since a day or an hour holds what came then or later', async () => {
    const now = Math.floor(Date.now() / 1000);
    await store.run(`update ${notices()} set received_at = ? where notice_id <= 3`, [now - 3 * 86_400]);
    expect(numbersOf(await list({ since: parseSince('2d') }))).toEqual([7, 6, 5, 4]);
    expect(numbersOf(await list({ since: parseSince('4d'), standing: 'failed' }))).toEqual([4, 3, 2]);
    expect((await list({ since: parseSince('2d') })).counts).toMatchObject({ all: 4, failed: 1 });
    expect(numbersOf(await list({ since: parseSince('2037-01-01') }))).toEqual([]);
    await store.run(`update ${notices()} set received_at = ?`, [now]);
  });

  it('holds the last ones where nothing is to be done, and nothing where there are none', async () => {
    await store.run(`create table kept like ${notices()}`);
    await store.run(`insert into kept select * from ${notices()}`);
    await store.run(`update ${notices()} set state = 'applied', needs_attention = 0`);
    const last = await list({ limit: 3 });
    expect([last.holds, numbersOf(last), last.more]).toEqual(['last', [7, 6, 5], 4]);
    await store.run(`delete from ${notices()}`);
    expect(await list()).toMatchObject({ holds: 'last', notices: [], more: 0, counts: { all: 0 } });
    expect(await bridge.bridge.notices.show(1)).toEqual({ latest: undefined });
    await store.run(`insert into ${notices()} select * from kept`);
    await store.run(`drop table kept`);
  });
});

describe('one notice', () => {
  it('that was applied: what came, the plan, and what is in the store', async () => {
    const shown = await show(kinds.applied.noticeId);
    const { orderId } = kinds.applied;
    expect(shown.record).toMatchObject({ orderId, state: 'applied', attempts: 1 });
    expect(shown.came).toMatchObject({
      notice: { trackingNumber: '1ZAPPLIED', carrier: 'UPS', notesToCustomer: NOTE_TO_BUYER },
    });
    expect(shown.plan).toMatchObject({ orderId, items: [{ amount: 2 }], shipment: { carrier: 'ups' } });
    expect(shown.shipment).toMatchObject({
      shipmentId: shown.record.shipmentId,
      trackingNumber: '1ZAPPLIED',
      carrier: 'ups',
      items: [{ amount: 2, ordered: 2, sku: 'MUG' }],
      comments: expect.stringContaining(NOTE_TO_BUYER),
    });
    expect(shown.orderStatus).toBe('P (Paid)');
    expect(shown.advice).toBe('Nothing.');
  });

  it('shows the shipment as it is now, also when somebody in the shop has changed or deleted it', async () => {
    const shipments = store.table('shipments');
    await store.run(
      `update ${shipments} set tracking_number = 'BY-HAND' where tracking_number = '1ZAPPLIED'`,
    );
    expect((await show(1)).shipment).toMatchObject({ trackingNumber: 'BY-HAND' });
    await store.run(`delete from ${shipments} where tracking_number = 'BY-HAND'`);
    const shown = await show(1);
    expect(shown.shipment).toBe('gone');
    expect(shown.advice).toContain('notices retry 1" would write it again');
  });

  it('that cannot be read: why, and what its query says', async () => {
    const { came, advice } = await show(kinds.unreadable.noticeId);
    expect(came).toEqual({
      isReadable: false,
      problem: 'The quantity of item 1 is not a whole number from 0 to 99999.',
      orderKey: String(kinds.unreadable.orderId),
      trackingNumber: '1ZUNREADABLE',
    });
    expect(advice).toContain('by hand');
  });

  it('of which somebody has damaged the ledger row is shown all the same', async () => {
    await store.run(`update ${notices()} set raw_query = '{' where notice_id = 4`);
    expect((await show(4)).came).toMatchObject({
      isReadable: false,
      problem: 'The kept query of the notice is damaged.',
    });
    expect(numbersOf(await list())).toContain(4);
  });

  it('of an order that was deleted in the shop says so', async () => {
    await store.run(`delete from ${store.table('orders')} where order_id = ?`, [kinds.waiting.orderId]);
    expect((await show(kinds.waiting.noticeId)).orderStatus).toBeNull();
  });

  it('that is not there: which is the latest', async () => {
    expect(await bridge.bridge.notices.show(8)).toEqual({ latest: 7 });
  });
});
