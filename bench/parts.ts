import { isDeepStrictEqual } from 'node:util';
import { XMLBuilder, XMLParser } from 'fast-xml-parser';
import { unserialize as libraryUnserialize } from 'php-serialize';
import type { PhpValue } from '../src/cscart/php-values/php-value.ts';
import type { OrderDocument } from '../src/shipstation/order-document.ts';
import { WIRE_WORDS } from '../src/shipstation/wire-words.ts';
import { type BenchStore, forgetWindows, lastOrders, table } from './bench-store.ts';
import { compiled } from './compiled.ts';
import { type Figure, figureOf, quotientsOf } from './figure.ts';
import { ordersToMap } from './mapping-input.ts';
import { exportRequest, withRecordedBridge } from './recorded.ts';
import type { Section } from './section.ts';
import { inTurn, timed, warmUp } from './timing.ts';

const ORDERS = 500;

/** What works in memory alone, beside libraries that do the same: microseconds for an order. */
export const measureParts: Section = async ({ small, runs }) => [
  ...(await measureWriter(small, runs)),
  ...(await measureUnserializer(small, runs)),
  ...(await measureMapping(small, runs)),
  ...(await measureCompression(small, runs)),
];

async function measureWriter(store: BenchStore, runs: number): Promise<readonly Figure[]> {
  const write = await pageWriter(store);
  const options = { ignoreAttributes: false, attributeNamePrefix: '@' };
  const parser = new XMLParser({ ...options, parseTagValue: false, trimValues: false });
  const tree: unknown = parser.parse(write().toString());
  const builder = new XMLBuilder(options);
  // Its texts are ready: what ours does besides, such as writing amounts and dates and cutting texts, is not asked of it.
  const build = (): string => builder.build(tree);
  if (!isDeepStrictEqual(parser.parse(build()), tree)) throw new Error('the two write different orders');
  return compare(runs, ['writing XML', write], ["the same by fast-xml-parser's builder", build]);
}

/** Writes a page as the endpoint does. */
async function pageWriter(store: BenchStore): Promise<() => Buffer> {
  const { encodeOrderXml, joinOrdersXml } =
    await compiled<typeof import('../src/shipstation/orders-xml.ts')>('shipstation/orders-xml');
  const documents = await documentsOf(store);
  const words = WIRE_WORDS['custom-store'];
  return () => joinOrdersXml({ pages: 1, orders: documents.map((order) => encodeOrderXml(order, words)) });
}

async function documentsOf(store: BenchStore): Promise<readonly OrderDocument[]> {
  return withRecordedBridge(store, { EXPORT_PAGE_SIZE: String(ORDERS) }, async (bridge) => {
    await forgetWindows(store);
    const request = exportRequest(lastOrders(store, ORDERS), 1);
    const { orders } = await bridge.exportOrders(request, (order) => order);
    if (orders.length !== ORDERS) throw new Error(`${orders.length} of ${ORDERS} orders were exported`);
    return orders;
  });
}

async function measureUnserializer(store: BenchStore, runs: number): Promise<readonly Figure[]> {
  const { unserialize } = await compiled<typeof import('../src/cscart/php-values/unserialize.ts')>(
    'cscart/php-values/unserialize',
  );
  const columns = await serializedColumns(store);
  const read = (bytes: Buffer): PhpValue => {
    const reading = unserialize(bytes);
    if (!reading.ok) throw new Error(reading.problem);
    return reading.value;
  };
  for (const bytes of columns)
    if (!isDeepStrictEqual(plain(read(bytes)), plain(libraryUnserialize(bytes))))
      throw new Error('the two read different values');
  return compare(
    runs,
    ['reading its PHP values as a whole', () => columns.map(read).length],
    ['the same by php-serialize', () => columns.map((bytes) => libraryUnserialize(bytes)).length],
  );
}

/** What an export reads of PHP values: the lines' `extra`, and the chosen methods, taxes and coupons. */
async function serializedColumns(store: BenchStore): Promise<readonly Buffer[]> {
  const firstId = store.firstOrderId + store.orders - ORDERS;
  const rows = await store.database.query<{ bytes: Buffer }>(
    `select extra as bytes from ${table('order_details')} where order_id >= ?
      union all select data from ${table('order_data')} where order_id >= ? and type in ('L', 'T', 'C')`,
    [firstId, firstId],
  );
  return rows.map(({ bytes }) => Buffer.from(bytes));
}

/** Arrays of either reader as objects, so that they can be compared. */
function plain(value: unknown): unknown {
  if (value instanceof Map)
    return Object.fromEntries([...value].map(([key, member]) => [String(key), plain(member)]));
  if (typeof value === 'object' && value !== null)
    return Object.fromEntries(Object.entries(value).map(([key, member]) => [key, plain(member)]));
  return value;
}

async function measureMapping(store: BenchStore, runs: number): Promise<readonly Figure[]> {
  const { toOrderDocument } = await compiled<
    typeof import('../src/bridge/export-orders/order-document/to-order-document.ts')
  >('bridge/export-orders/order-document/to-order-document');
  const { orders, rules } = await ordersToMap(store, lastOrders(store, ORDERS));
  const map = microseconds(() => orders.map((order) => toOrderDocument(order, rules)).length);
  await warmUp(map);
  const [mapping = []] = await inTurn(runs, [map]);
  return [figureOf('mapping to a document', 'µs', mapping)];
}

/** What compressing a page takes, and from which speed of the network on it would be quicker to send the page as it is. */
async function measureCompression(store: BenchStore, runs: number): Promise<readonly Figure[]> {
  const { coded } = await compiled<typeof import('../src/server/compression.ts')>('server/compression');
  const xml = (await pageWriter(store))();
  const bytesOf = async (accepted: string) => (await coded(xml, accepted)).body.length;
  const [plain, compressed] = [await bytesOf(''), await bytesOf('gzip')];
  const compress = async () => (await timed(() => bytesOf('gzip')))[0];
  await warmUp(compress);
  const [milliseconds = []] = await inTurn(runs, [compress]);
  const savedMegabits = ((plain - compressed) * 8) / 1e6;
  return [
    figureOf(`compressing a page of ${ORDERS}`, 'ms', milliseconds),
    figureOf('a page ÷ the same compressed, in bytes', '×', [plain / compressed]),
    figureOf(
      'a network as fast as compressing',
      'Mbit/s',
      milliseconds.map((ms) => savedMegabits / (ms / 1000)),
    ),
  ];
}

type Work = readonly [name: string, work: () => unknown];

/** Ours beside theirs. */
async function compare(
  runs: number,
  [name, ours]: Work,
  [theirName, theirs]: Work,
): Promise<readonly Figure[]> {
  const measurements = [microseconds(ours), microseconds(theirs)];
  await warmUp(() => inTurn(1, measurements));
  const [own = [], their = []] = await inTurn(runs, measurements);
  return [
    figureOf(`${name}, an order`, 'µs', own),
    figureOf(`${theirName}, an order`, 'µs', their),
    figureOf(`${name} ÷ ${theirName}`, '×', quotientsOf(own, their)),
  ];
}

function microseconds(work: () => unknown): () => Promise<number> {
  return async () => {
    const startedAt = performance.now();
    work();
    return ((performance.now() - startedAt) * 1000) / ORDERS;
  };
}
