import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { Agent, get, type IncomingMessage } from 'node:http';
import { setTimeout as sleep } from 'node:timers/promises';
import { type Connection, createPool, type Pool } from 'mysql2/promise';
import { createBridge } from '../src/bridge/bridge.ts';
import { readConfig } from '../src/config/read-config.ts';
import type { MariaDb } from '../test/support/mariadb.ts';
import { freePort } from '../test/support/program.ts';
import type { Store } from '../test/support/store/store.ts';
import { FIRST_ORDER_MS, MINUTE_MS } from './bench-store.ts';
import { type Spread, spreadOf } from './spread.ts';

export interface PageFigures {
  readonly storeOrders: number;
  readonly pageSize: number;
  /** Milliseconds of one HTTP request for a full page, from the question to the last byte. */
  readonly page: Spread;
  /**
   * Milliseconds of fetching the same rows by the same statements with mysql2, and doing nothing with them: one after
   * the other on one connection, and side by side as far as one does not need what another brings.
   */
  readonly fetchInTurn: Spread;
  readonly fetchSideBySide: Spread;
  /** Statements that the server counted for a page. */
  readonly statements: number;
}

// As a client that asks again and again.
const KEEP_ALIVE = new Agent({ keepAlive: true });

const USERNAME = 'bench';
const PASSWORD = 'bench';
// Until both sides run compiled code.
const WARM_UP_RUNS = 40;

type Statement = [sql: string, values: unknown[]];

// Orders, lines and order data; the rest needs what these hold.
const STATEMENTS_BY_ORDER = 3;

/** Measures pages of a window that holds exactly one page, in the middle of the store, against a process of its own. */
export async function measurePage(
  mariadb: MariaDb,
  store: Store,
  { storeOrders, pageSize, runs }: { storeOrders: number; pageSize: number; runs: number },
): Promise<PageFigures> {
  const [port, opsPort] = [await freePort(), await freePort()];
  const environment = {
    SHIPSTATION_USERNAME: USERNAME,
    SHIPSTATION_PASSWORD: PASSWORD,
    CSCART_DATABASE_URL: store.url,
    EXPORT_PAGE_SIZE: String(pageSize),
    EXPORT_OVERLAP_SECONDS: '0',
    RATE_LIMIT_PER_MINUTE: '1000000',
    LOG_LEVEL: 'warn',
    PORT: String(port),
    OPS_PORT: String(opsPort),
  };
  const start = FIRST_ORDER_MS + Math.floor(storeOrders / 2) * MINUTE_MS;
  const end = start + (pageSize - 1) * MINUTE_MS;
  const url = `http://127.0.0.1:${port}/shipstation?action=export&start_date=${wireDate(start)}&end_date=${wireDate(end)}&page=1`;

  const statementsOfPage = await recordSelects(environment, start, end);
  const pool = createPool({ uri: store.url, charset: 'utf8mb4', connectionLimit: 10 });
  const connection = await pool.getConnection();
  const server = spawn(process.execPath, ['dist/main.js', 'serve'], {
    env: { ...process.env, ...environment },
    stdio: ['ignore', 'ignore', 'inherit'],
  });
  try {
    await untilReady(opsPort);
    const pages: number[] = [];
    const inTurn: number[] = [];
    const sideBySide: number[] = [];
    const ofCounting = await questionsOfCounting(mariadb);
    let questions = 0;
    for (let run = -WARM_UP_RUNS; run < runs; run += 1) {
      const before = await questionsOf(mariadb);
      const [page, answer] = await timed(() => requestPage(url));
      checkPage(answer, pageSize);
      const asked = (await questionsOf(mariadb)) - before - ofCounting;
      const [fetchedInTurn] = await timed(() => fetchInTurn(connection, statementsOfPage));
      const [fetchedSideBySide] = await timed(() => fetchSideBySide(pool, statementsOfPage));
      if (run < 0) continue;
      pages.push(page);
      inTurn.push(fetchedInTurn);
      sideBySide.push(fetchedSideBySide);
      questions += asked;
    }
    return {
      storeOrders,
      pageSize,
      page: spreadOf(pages),
      fetchInTurn: spreadOf(inTurn),
      fetchSideBySide: spreadOf(sideBySide),
      statements: questions / runs,
    };
  } finally {
    server.kill('SIGTERM');
    await once(server, 'close');
    connection.release();
    await pool.end();
  }
}

/** The reading statements of one page with their values, as the bridge itself sends them. */
async function recordSelects(
  environment: Readonly<Record<string, string>>,
  start: number,
  end: number,
): Promise<Statement[]> {
  const recorded: Statement[] = [];
  const silent = { info: () => {}, warn: () => {}, error: () => {} };
  const bridge = createBridge(readConfig(environment), silent, {
    onStatement: (sql, values) => recorded.push([sql, [...values]]),
  });
  try {
    await bridge.prepare();
    recorded.length = 0;
    const seconds = (milliseconds: number) =>
      (milliseconds / 1000) as Parameters<typeof bridge.exportOrders>[0]['start'];
    await bridge.exportOrders({ start: seconds(start), end: seconds(end), page: 1 });
  } finally {
    await bridge.close();
  }
  return recorded.filter(([sql]) => /^\s*select/i.test(sql));
}

async function fetchInTurn(connection: Connection, statements: readonly Statement[]): Promise<void> {
  for (const statement of statements) await connection.query(...statement);
}

/** First which orders, then what their ids lead to, then what that names. */
async function fetchSideBySide(pool: Pool, [changed, ...others]: readonly Statement[]): Promise<void> {
  const run = (statement: Statement) => pool.query(...statement);
  if (changed) await run(changed);
  await Promise.all(others.slice(0, STATEMENTS_BY_ORDER).map(run));
  await Promise.all(others.slice(STATEMENTS_BY_ORDER).map(run));
}

/** One whole request: from the question to the last byte of the answer. */
async function requestPage(url: string): Promise<{ status: number; body: Buffer }> {
  const asking = get(url, { auth: `${USERNAME}:${PASSWORD}`, agent: KEEP_ALIVE });
  const [response] = (await once(asking, 'response')) as [IncomingMessage];
  const chunks: Buffer[] = [];
  for await (const chunk of response) chunks.push(chunk as Buffer);
  return { status: response.statusCode ?? 0, body: Buffer.concat(chunks) };
}

/** A page that is not full would make every figure too good. */
function checkPage({ status, body }: { status: number; body: Buffer }, pageSize: number): void {
  const text = body.toString();
  const orders = text.split('<OrderNumber>').length - 1;
  if (status !== 200 || orders !== pageSize)
    throw new Error(`${status}, ${orders} orders: ${text.slice(0, 200)}`);
}

async function timed<Result>(work: () => Promise<Result>): Promise<[milliseconds: number, result: Result]> {
  const startedAt = performance.now();
  const result = await work();
  return [performance.now() - startedAt, result];
}

/** How much reading the counter twice adds to it: the second reading, and whatever its connection asks to begin with. */
async function questionsOfCounting(mariadb: MariaDb): Promise<number> {
  const before = await questionsOf(mariadb);
  return (await questionsOf(mariadb)) - before;
}

async function questionsOf(mariadb: MariaDb): Promise<number> {
  const [row] = await mariadb.query<{ Value: string }>("show global status like 'Questions'");
  return Number(row?.Value);
}

async function untilReady(opsPort: number): Promise<void> {
  for (let attempt = 0; attempt < 200; attempt += 1) {
    const ready = await fetch(`http://127.0.0.1:${opsPort}/readyz`).catch(() => undefined);
    if (ready?.ok) return;
    await sleep(50);
  }
  throw new Error('the bridge did not become ready');
}

function wireDate(milliseconds: number): string {
  const [year, month, day, hour, minute] = new Date(milliseconds).toISOString().split(/[-T:]/);
  return `${month}%2f${day}%2f${year}+${hour}%3a${minute}`;
}
