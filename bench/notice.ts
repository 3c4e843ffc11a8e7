import { createHash } from 'node:crypto';
import { type Connection, createConnection } from 'mysql2/promise';
import { type BenchStore, table } from './bench-store.ts';
import { withBridge } from './bridge-process.ts';
import { figureOf, quotientsOf } from './figure.ts';
import { noticeOf, type OpenOrder, openOrders, type SentNotice, send } from './notices.ts';
import { type Statement, withRecordedBridge } from './recorded.ts';
import { replay } from './replay.ts';
import type { Section } from './section.ts';
import { inTurn, timed, warmUp } from './timing.ts';

const GOAL = { atMost: 2, of: 'median' } as const;

// Numbers that stand for nothing else in the statements of a notice.
const FIRST_SHIPMENT_ID = 7_000_001;
const FIRST_NOTICE_ID = 9_000_001;

/** A whole notice over HTTP beside the statements that it has to run, run by mysql2 for an order like it. */
export const measureNotices: Section = async ({ large, runs }) => {
  const nextOrder = openOrders(large);
  const recorded = await recordNotice(large, await nextOrder());
  const connection = await createConnection({ uri: large.url, charset: 'utf8mb4' });
  try {
    return await withBridge(large, {}, async (bridge) => {
      const whole = async () => {
        const order = await nextOrder();
        const milliseconds = await send(bridge, noticeOf(order));
        await requireShipped(large, order);
        return milliseconds;
      };
      const bare = async () => {
        const order = await nextOrder();
        const [milliseconds] = await timed(() => runBare(connection, recorded, order));
        await requireShipped(large, order);
        return milliseconds;
      };
      await warmUp(() => inTurn(1, [whole, bare]));
      const [wholes = [], bares = []] = await inTurn(runs, [whole, bare]);
      return [
        figureOf('notice of an order, two lines', 'ms', wholes),
        figureOf(`its ${recorded.statements.length} statements by mysql2`, 'ms', bares),
        figureOf('notice ÷ its statements', '×', quotientsOf(wholes, bares), { goal: GOAL }),
      ];
    });
  } finally {
    await connection.end();
  }
};

/** What a bridge has sent for the notice of an order, and what the server has numbered meanwhile. */
interface RecordedNotice {
  readonly order: OpenOrder;
  readonly notice: SentNotice;
  readonly statements: readonly Statement[];
  readonly noticeId: number;
  readonly shipmentId: number;
  readonly fingerprint: string;
}

async function recordNotice(store: BenchStore, order: OpenOrder): Promise<RecordedNotice> {
  const notice = noticeOf(order);
  const statements = await withRecordedBridge(store, {}, async (bridge, sent) => {
    const { database } = store;
    await database.run(`alter table ${table('shipments')} auto_increment = ${FIRST_SHIPMENT_ID}`);
    await database.run(`alter table ${table('shipstation_notices')} auto_increment = ${FIRST_NOTICE_ID}`);
    // What a bridge asks once is not asked for each notice.
    sent.length = 0;
    const answer = await bridge.applyNotice({ query: notice.query, body: Buffer.from(notice.xml) });
    if (answer.kind !== 'applied')
      throw new Error(`the notice to be recorded was not applied: ${answer.sentence}`);
    return [...sent];
  });
  const [row] = await store.database.query<Pick<RecordedNotice, 'noticeId' | 'shipmentId' | 'fingerprint'>>(
    `select notice_id as noticeId, shipment_id as shipmentId, fingerprint
       from ${table('shipstation_notices')} where order_id = ?`,
    [order.orderId],
  );
  if (!row) throw new Error('the recorded notice was not kept');
  return { order, notice, statements, ...row };
}

async function runBare(connection: Connection, recorded: RecordedNotice, order: OpenOrder): Promise<void> {
  const notice = noticeOf(order);
  const fingerprint = createHash('sha256').update(notice.trackingNumber).digest('hex');
  const substitutes = new Map<string | number, string | number>([
    [recorded.order.orderId, order.orderId],
    [recorded.notice.trackingNumber, notice.trackingNumber],
    [recorded.fingerprint, fingerprint],
    ...recorded.order.lines.map(({ itemId }, line) => [itemId, order.lines[line]?.itemId ?? 0] as const),
  ]);
  await replay(connection, recorded.statements, substitutes, (sql) => {
    if (sql.includes(`insert into \`${table('shipments')}\``)) return recorded.shipmentId;
    if (sql.includes(`insert into \`${table('shipstation_notices')}\``)) return recorded.noticeId;
    return undefined;
  });
}

/** Throws where the order was not shipped as a whole: statements that do nothing would be quick. */
async function requireShipped({ database }: BenchStore, { orderId, lines }: OpenOrder): Promise<void> {
  const [shipped] = await database.query<{ units: string | number | null }>(
    `select sum(i.amount) as units from ${table('shipment_items')} i
       join ${table('shipments')} s on s.shipment_id = i.shipment_id
       join ${table('orders')} o on o.order_id = i.order_id and o.status = 'C'
       join ${table('shipstation_notices')} n
         on n.order_id = i.order_id and n.shipment_id = i.shipment_id and n.state = 'applied'
      where i.order_id = ?`,
    [orderId],
  );
  const units = lines.reduce((sum, { amount }) => sum + amount, 0);
  if (Number(shipped?.units ?? 0) !== units) throw new Error(`order ${orderId} was not shipped as a whole`);
}
