import { createBridge } from '../../src/bridge/bridge.ts';
import { readConfig } from '../../src/config/read-config.ts';
import { createEpochSeconds } from '../../src/values/epoch-seconds.ts';
import type { Store } from '../support/store/store.ts';

/** A statement with its values, as the bridge sent it. */
export interface SentStatement {
  readonly sql: string;
  readonly values: readonly unknown[];
}

/** A line of the server's plan for a statement. */
export interface PlanStep {
  /** The table, by its name without the prefix. */
  readonly table: string;
  /** How it is read: `const`, `ref`, `range`, …; `ALL` and `index` read the whole of it. */
  readonly access: string;
  readonly key: string | null;
  readonly rows: number;
}

const SILENT = { info() {}, warn() {}, error() {} };
const MINUTE = 60;

/**
 * Everything that a bridge sends for a poll of two pages, the same poll again, a whole notice, a partial one, what it does
 * by itself each minute and each hour, and a start; each text once, with the values it had first.
 */
export async function statementsOf(
  store: Store,
  { from, whole, part }: { readonly from: Date; readonly whole: number; readonly part: number },
  environment: Readonly<Record<string, string>> = {},
): Promise<readonly SentStatement[]> {
  const sent = new Map<string, SentStatement>();
  const config = readConfig({
    SHIPSTATION_USERNAME: 'x',
    SHIPSTATION_PASSWORD: 'x',
    CSCART_DATABASE_URL: store.url,
    CSCART_TABLE_PREFIX: store.prefix,
    EXPORT_PAGE_SIZE: '20',
    EXPORT_OVERLAP_SECONDS: '0',
    ...environment,
  });
  const bridge = createBridge(config, SILENT, {
    onStatement: (sql, values) => void (sent.has(sql) || sent.set(sql, { sql, values })),
  });
  try {
    await bridge.prepare();
    const start = createEpochSeconds(from.getTime() / 1000);
    const window = { start, end: createEpochSeconds(start + 39 * MINUTE) };
    for (const page of [1, 2, 1]) await bridge.exportOrders({ ...window, page }, () => {});
    await bridge.applyNotice(noticeOf(whole));
    await bridge.applyNotice(noticeOf(part, 1));
    await bridge.applyNotice(noticeOf(whole));
    await bridge.tend();
    await bridge.prune();
    await bridge.checkReady();
  } finally {
    await bridge.close();
  }
  return [...sent.values()];
}

function noticeOf(orderId: number, quantity?: number) {
  const items =
    quantity === undefined
      ? ''
      : `<Items><Item><SKU>SKU-0</SKU><Name>Thing 0</Name><Quantity>${quantity}</Quantity></Item></Items>`;
  return {
    query: {
      order_number: String(orderId),
      carrier: 'UPS',
      service: 'Ground',
      tracking_number: `1Z${orderId}`,
    },
    body: Buffer.from(
      `<?xml version="1.0"?><ShipNotice><OrderNumber>${orderId}</OrderNumber><OrderID>${orderId}</OrderID><TrackingNumber>1Z${orderId}</TrackingNumber>${items}</ShipNotice>`,
    ),
  };
}

/** What the server would do for a statement. Statements of which it makes no plan have none. */
export async function planOf(store: Store, { sql, values }: SentStatement): Promise<readonly PlanStep[]> {
  if (!/^\s*\(?\s*(select|update|delete)\b/i.test(sql) || !sql.includes('`')) return [];
  const rows = await store.query<{
    table: string | null;
    type: string | null;
    key: string | null;
    rows: string | number | null;
  }>(`explain ${sql}`, values);
  const names = namesByAlias(sql, store.prefix);
  return rows.flatMap(({ table, type, key, rows: count }) =>
    table === null || type === null
      ? []
      : [{ table: names.get(table) ?? table, access: type, key, rows: Number(count ?? 0) }],
  );
}

/** Tables by the names that a plan calls them by: their own, or the alias that stands behind. */
function namesByAlias(sql: string, prefix: string): ReadonlyMap<string, string> {
  const names = new Map<string, string>();
  for (const [, table = '', alias] of sql.matchAll(/`(\w+)`(?:\s+(?:as\s+)?([a-z]\w*))?/gi)) {
    const name = table.startsWith(prefix) ? table.slice(prefix.length) : table;
    names.set(table, name);
    if (alias !== undefined) names.set(alias, name);
  }
  return names;
}
